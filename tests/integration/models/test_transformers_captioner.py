# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Captioning with real networks: tiny random checkpoints of every architecture."""

import dataclasses
import json
import math
import socket
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import numpy as np
import pytest
import torch
from PIL import Image

from phototagger.errors import CaptionError, ModelError
from phototagger.inference import precision as inference_precision
from phototagger.inference import transformers_captioner
from phototagger.inference.captioner import Captioner
from phototagger.inference.catalogue import entry_for
from phototagger.inference.decoding.beams import Sentences
from phototagger.inference.decoding.writer import Writer
from phototagger.inference.pictures import as_array
from phototagger.inference.precision import precision_words
from phototagger.inference.transformers_captioner import load
from phototagger.photo import Caption, Origin, Pixels
from phototagger.settings import Precision
from tests.helpers.checkpoints import change_weights
from tests.helpers.tiny_models import captions_of, model_in, picture

KINDS = ("vit-gpt2", "git", "blip")
# Wide, tall, tiny, square, as narrow as can be.
SIZES = ((60, 40), (40, 90), (1, 1), (32, 32), (2, 900))


@pytest.mark.parametrize("kind", KINDS)
def test_every_architecture_captions_pictures_of_any_shape(checkpoints: Path, kind: str) -> None:
    captioner = load(model_in(checkpoints / kind), device="cpu", batch=2, threads=1)
    pictures = [picture(width, height, seed) for seed, (width, height) in enumerate(SIZES)]
    captions = captions_of(captioner.caption(pictures))
    assert len(captions) == len(pictures)
    for caption in captions:
        assert caption.text
        assert caption.origin is Origin.AI
        assert caption.model == captioner.name == kind
        assert caption.revision == captioner.revision
        assert caption.confidence is not None
        assert 0.0 < caption.confidence < 1.0
        assert caption.created is not None
        assert caption.created.endswith("+00:00")
    assert captioner.device == "CPU, 1 thread"
    assert captioner.input_side == 32
    assert captioner.batch == 2
    assert not captioner.known_scenes_only
    captioner.close()


@pytest.mark.parametrize("kind", ["vit-gpt2", "git"])
def test_a_batch_says_what_single_pictures_say(checkpoints: Path, kind: str) -> None:
    captioner = load(model_in(checkpoints / kind), device="cpu", batch=8)
    pictures = [picture(50, 40, seed) for seed in range(4)]
    together = captions_of(captioner.caption(pictures))
    alone = [captions_of(captioner.caption([one]))[0] for one in pictures]
    assert [caption.text for caption in together] == [caption.text for caption in alone]
    assert len({caption.text for caption in together}) > 1
    for batched, single in zip(together, alone, strict=True):
        assert batched.confidence == pytest.approx(single.confidence, abs=2e-4)
    captioner.close()


def test_no_pictures_no_captions(tiny: Captioner) -> None:
    assert tiny.caption([]) == []


def test_a_bad_picture_keeps_its_place(tiny: Captioner) -> None:
    pictures = [picture(40, 30), Pixels(3, 3, b""), picture(30, 40), Pixels(0, 0, b"")]
    results = tiny.caption(pictures)
    assert [type(result) for result in results] == [Caption, CaptionError] * 2


def test_the_confidence_is_that_of_the_models_own_probabilities(checkpoints: Path) -> None:
    """Score the caption again in one pass with the plain network: the numbers must agree."""
    import transformers

    for kind, name in (("vit-gpt2", "VisionEncoderDecoderModel"), ("git", "GitForCausalLM")):
        folder = checkpoints / kind
        captioner: Any = load(model_in(folder), device="cpu")
        parts = captioner._parts
        tensor = parts.processor([as_array(picture(40, 40))], return_tensors="pt")["pixel_values"]
        network = getattr(transformers, name).from_pretrained(folder).eval()
        with torch.inference_mode():
            output = network.generate(pixel_values=tensor, generation_config=parts.settings)
            tokens = output.sequences
            if kind == "git":
                passed = network(input_ids=tokens, pixel_values=tensor)
                logits = passed.logits[:, -tokens.shape[1] : -1]
            else:
                passed = network(pixel_values=tensor, decoder_input_ids=tokens)
                logits = passed.logits[:, :-1]
            logs = logits.log_softmax(-1).gather(2, tokens[:, 1:, None])[0, :, 0].tolist()
        ends = [i for i, token in enumerate(tokens[0, 1:].tolist()) if token == tokens[0, 0]]
        logs = logs[: ends[0] + 1] if ends and kind == "vit-gpt2" else logs
        expected = math.exp(sum(logs) / len(logs))
        found = captioner._judge("no word comes twice", _scores(output, parts)).confidence
        assert found == pytest.approx(expected, abs=1e-3)
        captioner.close()


def _scores(output: Any, parts: Any) -> list[float]:
    from phototagger.inference.speech import end_tokens, log_probabilities

    return log_probabilities(output, end_tokens(parts.settings))[0]


@pytest.mark.parametrize("beams", [1, 4])
def test_a_folders_own_settings_are_followed(copy: Path, beams: int) -> None:
    path = copy / "generation_config.json"
    own = json.loads(path.read_text()) | {"max_length": 5, "num_beams": beams}
    path.write_text(json.dumps(own))
    captioner: Any = load(model_in(copy), device="cpu")
    settings = captioner._parts.settings
    assert (settings.max_length, settings.num_beams) == (5, beams)
    assert not settings.no_repeat_ngram_size
    assert all(len(caption.text.split()) <= 4 for caption in captioner.caption([picture(40, 40)]))
    captioner.close()


def test_a_known_model_speaks_as_published(checkpoints: Path) -> None:
    entry = entry_for("nlpconnect/vit-gpt2-image-captioning")
    model = dataclasses.replace(model_in(checkpoints / "vit-gpt2"), entry=entry)
    captioner: Any = load(model, device="cpu")
    settings = captioner._parts.settings
    assert (settings.max_length, settings.num_beams) == (16, 4)
    assert settings.no_repeat_ngram_size == 3
    captioner.close()


def test_a_model_without_generation_file_speaks(copy: Path) -> None:
    (copy / "generation_config.json").unlink()
    captioner = load(model_in(copy), device="cpu")
    assert captions_of(captioner.caption([picture(40, 40)]))
    captioner.close()


def test_arrays_and_pillow_pictures_give_the_same_tensor(checkpoints: Path) -> None:
    from transformers import AutoImageProcessor

    from phototagger.inference.pictures import as_tensor

    for kind in KINDS:
        processor = AutoImageProcessor.from_pretrained(checkpoints / kind)
        for width, height in ((60, 40), (33, 97)):
            array = as_array(picture(width, height))
            ours = as_tensor([array], processor)
            theirs = processor(Image.fromarray(array), return_tensors="pt")["pixel_values"]
            assert torch.equal(ours, theirs)


def test_an_endless_strip_is_cut_to_its_middle() -> None:
    strip = Pixels(1000, 2, bytes(range(250)) * 24)
    array = as_array(strip)
    assert array.shape == (2, 32, 3)
    full = np.frombuffer(strip.rgb, np.uint8).reshape(2, 1000, 3)
    assert np.array_equal(array, full[:, 484:516])


def test_output_that_is_no_number_is_an_error_for_each_photo(copy: Path) -> None:
    def poison(tensors: dict[str, torch.Tensor]) -> None:
        tensors["decoder.transformer.ln_f.weight"].fill_(math.nan)

    change_weights(copy, poison)
    captioner = load(model_in(copy), device="cpu")
    results = captioner.caption([picture(40, 40), picture(20, 20)])
    assert all(isinstance(result, CaptionError) for result in results)
    assert "not a number" in str(results[0])
    captioner.close()


def test_a_closed_model_says_so(checkpoints: Path) -> None:
    captioner = load(model_in(checkpoints / "git"), device="cpu")
    captioner.close()
    captioner.close()
    with pytest.raises(ModelError, match="closed"):
        captioner.caption([picture(8, 8)])


class Cramped:
    """A writer that runs out of memory above `room` pictures at once."""

    def __init__(self, writer: Writer, room: int) -> None:
        self._writer = writer
        self._room = room
        self.sizes: list[int] = []

    def write(self, pixel_values: torch.Tensor) -> Sentences:
        self.sizes.append(len(pixel_values))
        if len(pixel_values) > self._room:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return self._writer.write(pixel_values)


def cramped(captioner: Captioner, room: int) -> Cramped:
    loaded: Any = captioner
    loaded._writer = Cramped(loaded._writer, room)
    writer: Cramped = loaded._writer
    return writer


def test_larger_batches_are_tried_and_say_the_same(checkpoints: Path) -> None:
    pictures = [picture(40, 40, seed) for seed in range(100)]
    model = model_in(checkpoints / "vit-gpt2")
    fixed, tuned = load(model, device="cpu", batch=16), load(model, device="cpu")
    expected = captions_of(fixed.caption(pictures))
    writer = cramped(tuned, room=1000)
    found = captions_of(tuned.caption(pictures))
    assert [c.text for c in found] == [c.text for c in expected]
    assert writer.sizes[:6] == [8, 8, 8, 16, 16, 16]
    assert tuned.batch in (8, 16)
    assert fixed.batch == 16
    fixed.close()
    tuned.close()


def test_the_batch_halves_until_it_fits(checkpoints: Path) -> None:
    pictures = [picture(40, 40, seed) for seed in range(5)]
    captioner = load(model_in(checkpoints / "vit-gpt2"), device="cpu", batch=4)
    roomy = captions_of(captioner.caption(pictures))
    writer = cramped(captioner, room=1)
    tight = captions_of(captioner.caption(pictures))
    assert [c.text for c in tight] == [c.text for c in roomy]
    assert writer.sizes == [4, 2, 1, 1, 2, 1, 1, 1]
    assert captioner.batch == 1
    captioner.close()


def test_a_photo_that_never_fits_is_given_up(checkpoints: Path) -> None:
    captioner = load(model_in(checkpoints / "git"), device="cpu", batch=2)
    cramped(captioner, room=0)
    results = captioner.caption([picture(40, 40), picture(40, 40)])
    assert all(isinstance(result, CaptionError) for result in results)
    assert "not enough memory" in str(results[0])
    captioner.close()


def test_a_failing_network_is_the_models_fault(
    checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("device-side assert triggered\nlong explanation")

    captioner = load(model_in(checkpoints / "git"), device="cpu")
    monkeypatch.setattr(transformers_captioner, "as_tensor", fail)
    with pytest.raises(ModelError, match=r"device-side assert triggered$"):
        captioner.caption([picture(8, 8)])
    captioner.close()


class Lost:
    """A writer whose device has gone."""

    def write(self, pixel_values: torch.Tensor) -> Sentences:
        raise RuntimeError("CUDA error: unspecified launch failure")


def test_a_model_whose_device_was_lost_is_loaded_again_once(
    checkpoints: Path, caplog: pytest.LogCaptureFixture
) -> None:
    captioner: Any = load(model_in(checkpoints / "git"), device="cpu")
    before = captions_of(captioner.caption([picture(40, 40)]))
    captioner._writer = Lost()
    after = captions_of(captioner.caption([picture(40, 40)]))
    assert [caption.text for caption in after] == [caption.text for caption in before]
    assert "loading it again" in caplog.text
    captioner._writer = Lost()
    with pytest.raises(ModelError, match="unspecified launch failure"):
        captioner.caption([picture(40, 40)])
    captioner.close()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_ever_asks_the_network(
    checkpoints: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    asked: list[object] = []

    def refuse(*arguments: object) -> None:
        asked.append(arguments)
        raise OSError("no network in this test")

    # Online, as it is for users: the other tests forbid the library to ask at all.
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    captioner = load(model_in(checkpoints / kind), device="cpu")
    captioner.caption([picture(40, 40)])
    captioner.close()
    assert asked == []


def test_loading_writes_nothing_to_the_terminal(
    checkpoints: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    captioner = load(model_in(checkpoints / "blip"), device="cpu")
    captioner.caption([picture(40, 40)])
    captioner.close()
    assert capfd.readouterr() == ("", "")


def test_the_precision_is_told_and_chosen(
    checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def words(kind: str, precision: Precision) -> str:
        captioner = load(model_in(checkpoints / kind), device="cpu", threads=1, precision=precision)
        assert captions_of(captioner.caption([picture(40, 40)]))
        captioner.close()
        return captioner.device

    assert words("git", Precision.REDUCED) == "CPU, 1 thread, 8 bits"
    assert words("git", Precision.FULL) == "CPU, 1 thread"
    assert words("blip", Precision.REDUCED) == "CPU, 1 thread", "which the library runs"
    monkeypatch.setattr(transformers_captioner, "eight_bit_is_faster", lambda: True)
    assert words("git", Precision.AUTO) == "CPU, 1 thread", "a small model gains nothing"
    monkeypatch.setattr(inference_precision, "_SMALL_MODEL", 0)
    assert words("git", Precision.AUTO) == "CPU, 1 thread, 8 bits"
    monkeypatch.setattr(transformers_captioner, "eight_bit_is_faster", lambda: False)
    assert words("git", Precision.AUTO) == "CPU, 1 thread"


def test_the_reason_for_a_precision_is_told(
    checkpoints: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git, blip = model_in(checkpoints / "git"), model_in(checkpoints / "blip")
    assert precision_words(git, Precision.REDUCED) == "8 bits (as set)"
    assert precision_words(git, Precision.FULL) == "full precision (as set)"
    assert "too small" in precision_words(git, Precision.AUTO)
    assert "kind" in precision_words(blip, Precision.REDUCED)
    monkeypatch.setattr(inference_precision, "_SMALL_MODEL", 0)
    assert precision_words(git, Precision.AUTO) == "8 bits where that is faster"
    assert precision_words(git, Precision.AUTO, lambda: True).startswith("8 bits (")
    assert precision_words(git, Precision.AUTO, lambda: False).startswith("full precision (")
