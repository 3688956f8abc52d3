# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Choosing the words: beam search, and greedy search, with the words that `generate` chooses.

The rules are those of transformers' `_beam_search` with length penalty 1 and no early stopping:
twice as many continuations as beams are looked at, a sentence that ends among the best is kept by
its mean log probability, and the search ends when no open sentence can beat the worst kept one.
What is left out is the work on the whole vocabulary, of which only the best few words matter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

Say = Callable[[torch.Tensor, torch.Tensor | None], torch.Tensor]
"""Last words and parents in, logits of the next word out: (photos, beams), vocabulary last."""

_NEVER = -1.0e9  # the library's: far below any score, and still a number


@dataclass(frozen=True, slots=True)
class Rules:
    """How sentences are made.

    Attributes:
        start: the first token.
        end: the token that ends a sentence.
        fill: stands behind the end.
        max_length: most tokens, the first included.
        beams: sentences tried side by side.
        no_repeat: no run of this many tokens comes twice; 0 allows all.
    """

    start: int
    end: int
    fill: int
    max_length: int
    beams: int
    no_repeat: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """One sentence per photo.

    Attributes:
        tokens: (photos, length), the first token included.
        chances: for each sentence, the log probability of each of its tokens after the first,
            the end included, by the model's own logits.
    """

    tokens: torch.Tensor
    chances: list[list[float]]


_NO_CHANCE = 1.0  # where there is no token: log probabilities are below zero


def search(say: Say, photos: int, rules: Rules) -> Sentences:
    """The best sentence about each photo."""
    return (_beams if rules.beams > 1 else _greedy)(say, photos, rules)


def joined(parts: Sequence[Sentences], fill: int) -> Sentences:
    """The sentences of several batches as those of one; shorter ones get `fill` behind them."""
    longest = max(part.tokens.shape[1] for part in parts)
    tokens = [
        functional.pad(part.tokens, (0, longest - part.tokens.shape[1]), value=fill)
        for part in parts
    ]
    return Sentences(torch.cat(tokens), [row for part in parts for row in part.chances])


def _greedy(say: Say, photos: int, rules: Rules) -> Sentences:
    tokens = torch.full((photos, rules.max_length), rules.fill)
    tokens[:, 0] = rules.start
    chances = torch.full((photos, rules.max_length - 1), _NO_CHANCE)
    over = torch.zeros(photos, dtype=torch.bool)
    length = 1
    while length < rules.max_length:
        logits = say(tokens[:, length - 1 : length], None)[:, 0]
        total = logits.logsumexp(dim=1)
        _forbid(logits, tokens[:, :length], rules.no_repeat)
        best, word = logits.max(dim=1)
        tokens[:, length] = torch.where(over, rules.fill, word)
        chances[:, length - 1] = torch.where(over, _NO_CHANCE, best - total)
        over |= word == rules.end
        length += 1
        if bool(over.all()):
            break
    return Sentences(tokens[:, :length], _listed(chances))


@dataclass(slots=True)
class _Open:
    """Sentences that go on, or that ended: (photos, sentences), tokens and chances last."""

    tokens: torch.Tensor
    chances: torch.Tensor
    scores: torch.Tensor

    def take(self, index: torch.Tensor) -> "_Open":
        wide = index[..., None]
        return _Open(
            torch.take_along_dim(self.tokens, wide, dim=1),
            torch.take_along_dim(self.chances, wide, dim=1),
            torch.take_along_dim(self.scores, index, dim=1),
        )


def _beams(say: Say, photos: int, rules: Rules) -> Sentences:
    beams = rules.beams
    tokens = torch.full((photos, 1, rules.max_length), rules.fill)
    tokens[:, :, 0] = rules.start
    chances = torch.full((photos, 1, rules.max_length - 1), _NO_CHANCE)
    running = _Open(tokens, chances, torch.zeros(photos, 1))
    kept = _Open(
        tokens.repeat(1, beams, 1),
        chances.repeat(1, beams, 1),
        torch.full((photos, beams), _NEVER),
    )
    ended = torch.zeros(photos, beams, dtype=torch.bool)
    hopeful = torch.ones(photos, 1, dtype=torch.bool)
    parents: torch.Tensor | None = None
    for length in range(1, rules.max_length):
        grown, grown_from = _grown(
            running, say(running.tokens[:, :, length - 1], parents), length, rules
        )
        ends = grown.tokens[:, :, length] == rules.end
        if length + 1 == rules.max_length:
            ends = torch.ones_like(ends)
        kept, ended = _kept(kept, ended, grown, ends, hopeful, length)
        open_scores = grown.scores + ends * _NEVER
        chosen = open_scores.topk(beams).indices
        running = _Open(grown.tokens, grown.chances, open_scores).take(chosen)
        parents = grown_from.gather(1, chosen)
        worst = torch.where(ended, kept.scores.min(dim=1, keepdim=True).values, _NEVER)
        hopeful &= (running.scores[:, :1] / length > worst).any(dim=1, keepdim=True)
        if not bool(hopeful.any() & ~ends.all()):
            break
    return Sentences(kept.tokens[:, 0], _listed(kept.chances[:, 0]))


def _grown(
    running: _Open, logits: torch.Tensor, length: int, rules: Rules
) -> tuple[_Open, torch.Tensor]:
    """The best continuations of each photo's sentences, twice as many as beams, best first."""
    count = 2 * rules.beams
    total = logits.logsumexp(dim=-1, keepdim=True)
    _forbid(logits.flatten(0, 1), running.tokens[:, :, :length].flatten(0, 1), rules.no_repeat)
    best, words = logits.topk(count, dim=-1)
    chances = best - total
    scores, order = (chances + running.scores[..., None]).flatten(1).topk(count)
    parents = order // count
    grown = running.take(parents)
    grown.tokens[:, :, length] = words.flatten(1).gather(1, order)
    grown.chances[:, :, length - 1] = chances.flatten(1).gather(1, order)
    grown.scores = scores
    return grown, parents


def _kept(
    kept: _Open,
    ended: torch.Tensor,
    grown: _Open,
    ends: torch.Tensor,
    hopeful: torch.Tensor,
    length: int,
) -> tuple[_Open, torch.Tensor]:
    """The best ended sentences so far; only one of a photo's best may join them."""
    beams = kept.scores.shape[1]
    joins = ends.clone()
    joins[:, beams:] = False
    scores = grown.scores / length + ~hopeful * _NEVER + ~joins * _NEVER
    merged = _Open(
        torch.cat((kept.tokens, grown.tokens), dim=1),
        torch.cat((kept.chances, grown.chances), dim=1),
        torch.cat((kept.scores, scores), dim=1),
    )
    best = merged.scores.topk(beams).indices
    return merged.take(best), torch.cat((ended, joins), dim=1).gather(1, best)


def _listed(chances: torch.Tensor) -> list[list[float]]:
    return [[value for value in row if value != _NO_CHANCE] for row in chances.tolist()]


def _forbid(logits: torch.Tensor, tokens: torch.Tensor, run: int) -> None:
    """Make the words that would repeat a run of `run` tokens impossible, in place.

    Args:
        logits: (sentences, vocabulary).
        tokens: (sentences, length) so far.
        run: tokens that may not come twice in a row; 0 forbids nothing.
    """
    length = tokens.shape[1]
    if not run or length < run:
        return
    windows = tokens.unfold(1, run, 1)  # (sentences, places, run)
    tail = tokens[:, length - run + 1 :]
    again = (windows[:, :, :-1] == tail[:, None, :]).all(dim=-1)
    rows, places = again.nonzero(as_tuple=True)
    logits[rows, windows[rows, places, -1]] = -torch.inf
