# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Our own search for words says, token for token, what `generate` says.

Tiny networks whose words depend on the picture, where sentences end at every length.
"""

import gc
import platform
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from phototagger.inference.architectures import Generation
from phototagger.inference.decoding import matrices
from phototagger.inference.decoding.beams import Sentences
from phototagger.inference.decoding.cross_cache import SharedCrossCache
from phototagger.inference.decoding.library import LibraryWriter
from phototagger.inference.decoding.matrices import eight_bit, maker, plain
from phototagger.inference.decoding.side_by_side import SideBySide
from phototagger.inference.decoding.writer import StepWriter, writer_for
from phototagger.inference.quiet import quiet_transformers
from phototagger.inference.speech import speech_settings
from tests.helpers.checkpoints import write_git, write_vit_gpt2

CPU = torch.device("cpu")
CLASSES = {"vit-gpt2": "VisionEncoderDecoderModel", "git": "GitForCausalLM"}


def network_in(folder: Path) -> Any:
    with quiet_transformers():
        network = getattr(transformers, CLASSES[folder.name]).from_pretrained(folder).eval()
    if folder.name == "git":
        with torch.no_grad():  # enough for its sentences to end, at every length
            network.output.bias[102] += 1.0
    return network


def pictures(count: int, seed: int = 0) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    return torch.rand(count, 3, 32, 32, generator=random) * 4 - 2


def settings_of(network: Any, folder: Path, length: int, beams: int, no_repeat: int) -> Any:
    generation = Generation(length, beams, no_repeat)
    return speech_settings(network.generation_config, folder, generation, generation)


@pytest.mark.parametrize(("length", "no_repeat"), [(2, 0), (3, 1), (16, 0), (16, 3)])
@pytest.mark.parametrize(
    ("kind", "beams"), [("vit-gpt2", 4), ("vit-gpt2", 2), ("vit-gpt2", 1), ("git", 1)]
)
def test_the_words_are_those_of_generate(
    checkpoints: Path, kind: str, beams: int, length: int, no_repeat: int
) -> None:
    network = network_in(checkpoints / kind)
    settings = settings_of(network, checkpoints / kind, length, beams, no_repeat)
    writer = writer_for(network, settings, CPU)
    assert isinstance(writer, StepWriter)
    with quiet_transformers(), torch.inference_mode():
        expected = LibraryWriter(network, settings).write(pictures(24))
        found = writer.write(pictures(24))
    width = expected.tokens.shape[1]
    assert torch.equal(found.tokens[:, :width], expected.tokens)
    assert bool((found.tokens[:, width:] == settings.pad_token_id).all())
    for ours, theirs in zip(found.chances, expected.chances, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-4)


def test_sentences_of_the_tests_end_at_many_lengths(checkpoints: Path) -> None:
    """Or the comparison above would see no end of a sentence."""
    for kind, beams in (("vit-gpt2", 4), ("git", 1)):
        network = network_in(checkpoints / kind)
        writer = writer_for(network, settings_of(network, checkpoints / kind, 16, beams, 3), CPU)
        with torch.inference_mode():
            lengths = {len(row) for row in writer.write(pictures(24)).chances}
        assert len(lengths) > 1, (kind, lengths)


def test_a_writer_begins_anew_with_every_batch(checkpoints: Path) -> None:
    for kind, beams in (("vit-gpt2", 4), ("git", 1)):
        network = network_in(checkpoints / kind)
        writer = writer_for(network, settings_of(network, checkpoints / kind, 16, beams, 3), CPU)
        with torch.inference_mode():
            first = writer.write(pictures(3)).tokens
            writer.write(pictures(7, seed=1))
            again = writer.write(pictures(3)).tokens
        assert torch.equal(first, again)


@pytest.mark.parametrize(
    "change",
    [
        {"length_penalty": 0.5},
        {"early_stopping": True},
        {"repetition_penalty": 1.2},
        {"min_length": 5},
        {"eos_token_id": [1, 2]},
    ],
)
def test_what_the_search_does_not_know_is_left_to_the_library(
    checkpoints: Path, change: dict[str, Any]
) -> None:
    network = network_in(checkpoints / "vit-gpt2")
    settings = settings_of(network, checkpoints / "vit-gpt2", 16, 4, 3)
    settings.update(**change)
    assert isinstance(writer_for(network, settings, CPU), LibraryWriter)


def test_networks_that_are_not_known_are_left_to_the_library(tmp_path: Path) -> None:
    network = network_in(write_vit_gpt2(tmp_path / "vit-gpt2"))
    settings = settings_of(network, tmp_path / "vit-gpt2", 16, 4, 3)
    network.decoder.config.activation_function = "relu"
    assert isinstance(writer_for(network, settings, CPU), LibraryWriter)
    beams = network_in(write_git(tmp_path / "git"))
    settings = settings_of(beams, tmp_path / "git", 16, 4, 3)
    assert isinstance(writer_for(beams, settings, CPU), LibraryWriter)


def test_sharing_the_cross_attention_changes_no_token(
    checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = network_in(checkpoints / "vit-gpt2")
    writer = LibraryWriter(network, settings_of(network, checkpoints / "vit-gpt2", 16, 4, 3))
    with torch.inference_mode():
        shared = writer.write(pictures(8))
        monkeypatch.delattr(SharedCrossCache, "reorder_cache")
        plain = writer.write(pictures(8))
    assert torch.equal(shared.tokens, plain.tokens)
    assert shared.chances == plain.chances


@pytest.mark.parametrize(("kind", "beams"), [("vit-gpt2", 4), ("git", 1)])
def test_eight_bits_say_nearly_the_same(tmp_path: Path, kind: str, beams: int) -> None:
    """On words' probabilities, as tiny random networks are too touchy to compare by words."""
    write = {"vit-gpt2": write_vit_gpt2, "git": write_git}[kind]
    folder = write(tmp_path / kind)
    settings = settings_of(network_in(folder), folder, 2, beams, 0)
    with torch.inference_mode():
        full = writer_for(network_in(folder), settings, CPU).write(pictures(24))
        less = writer_for(network_in(folder), settings, CPU, reduced=True).write(pictures(24))
    same = (full.tokens == less.tokens).all(dim=1)
    assert same.float().mean() > 0.7
    gaps = [
        abs(ours[0] - theirs[0])
        for ours, theirs, equal in zip(full.chances, less.chances, same.tolist(), strict=True)
        if equal
    ]
    assert 0.0 < max(gaps) < 0.5


@pytest.fixture
def two_threads() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(threads)


@pytest.mark.usefixtures("two_threads")
@pytest.mark.parametrize(("kind", "beams"), [("vit-gpt2", 4), ("vit-gpt2", 1), ("git", 1)])
def test_halves_side_by_side_say_what_each_says_alone(
    checkpoints: Path, kind: str, beams: int
) -> None:
    """In full precision, where no photo depends on those beside it."""
    folder = checkpoints / kind
    network = network_in(folder)
    alone = writer_for(network, settings_of(network, folder, 16, beams, 3), CPU)
    assert isinstance(alone, StepWriter)
    both = SideBySide(alone, alone.twin(), alone.fill)
    torch.set_num_threads(1)  # two threads on a tiny product mostly wait
    for count in (24, 9, 3):  # equal halves, unequal ones, too few for two
        with torch.inference_mode():
            expected, found = alone.write(pictures(count)), both.write(pictures(count))
        assert torch.equal(found.tokens, expected.tokens)
        for ours, theirs in zip(found.chances, expected.chances, strict=True):
            assert ours == pytest.approx(theirs, abs=1e-4)


@pytest.mark.usefixtures("two_threads")
def test_eight_bits_go_side_by_side_where_cores_can_be_halved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_vit_gpt2(tmp_path / "vit-gpt2")
    settings = settings_of(network_in(folder), folder, 4, 4, 0)

    def kind(*, reduced: bool) -> type:
        return type(writer_for(network_in(folder), settings, CPU, reduced=reduced))

    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert kind(reduced=True) is SideBySide
    assert kind(reduced=False) is StepWriter
    torch.set_num_threads(1)
    assert kind(reduced=True) is StepWriter
    torch.set_num_threads(2)
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    assert kind(reduced=True) is StepWriter


class _Noting:
    """Says how it was called, or breaks on pictures that are not numbers."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, bool, int]] = []

    def write(self, pixel_values: torch.Tensor) -> Sentences:
        self.calls.append(
            (
                threading.current_thread().name.partition("_")[0],
                torch.get_num_threads(),
                torch.is_inference_mode_enabled(),
                len(pixel_values),
            )
        )
        if pixel_values.isnan().any():
            raise RuntimeError("not enough memory")
        words = torch.ones(len(pixel_values), int(pixel_values.max()), dtype=torch.long)
        return Sentences(words, [[-1.0]] * len(pixel_values))


@pytest.mark.usefixtures("two_threads")
def test_each_half_has_its_share_of_the_threads_and_they_end_with_the_model() -> None:
    first, second = _Noting(), _Noting()
    both = SideBySide(first, second, fill=7)
    lengths = torch.tensor([2.0] * 5 + [3.0] * 4)
    assert both.write(lengths).tokens.tolist() == [[1, 1, 7]] * 5 + [[1, 1, 1]] * 4
    assert first.calls == [("caption-half", 1, True, 5)]
    assert second.calls == [("caption-half", 1, True, 4)]
    assert torch.get_num_threads() == 2
    with pytest.raises(RuntimeError, match="memory"):
        both.write(torch.tensor([torch.nan] * 4 + [2.0] * 4))
    assert len(second.calls) == 2  # the other half went to its end
    halves = [thread for thread in threading.enumerate() if "caption-half" in thread.name]
    assert len(halves) == 2
    del both
    gc.collect()
    for thread in halves:
        thread.join(10)
        assert not thread.is_alive()


def test_a_matrix_in_eight_bits_is_close_to_itself() -> None:
    random = torch.Generator().manual_seed(1)
    weight = torch.randn(96, 64, generator=random)
    rows, bias = torch.randn(20, 64, generator=random), torch.randn(96, generator=random)
    exact = plain(weight, bias)(rows)
    error = (eight_bit(weight, bias)(rows) - exact).abs().mean() / exact.abs().mean()
    assert 0.0 < error < 0.02
    laid_out = maker(16)(weight, bias)(rows)
    assert torch.allclose(laid_out, exact, atol=1e-4)


def test_the_machine_is_asked_what_is_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_rows: torch.Tensor) -> torch.Tensor:
        for _ in range(20):
            torch.ones(788, 768) @ torch.ones(768, 3072)
        return torch.empty(0)

    monkeypatch.setattr(matrices, "eight_bit", lambda *_: slow)
    assert not matrices.eight_bit_is_faster()
    monkeypatch.setattr(matrices, "eight_bit", lambda *_: torch.neg)
    assert matrices.eight_bit_is_faster()

    def missing(*_: object) -> None:
        raise RuntimeError("no quantized engine")

    monkeypatch.setattr(matrices, "eight_bit", missing)
    assert not matrices.eight_bit_is_faster()
