# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Random-weight checkpoints in the layout in which the real models are published.

Full size for speed and memory, tiny for quick tests; the same classes, files and forms either
way. The words they say mean nothing. Nothing here downloads anything.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

from phototagger.inference.quiet import quiet_transformers

GPT2_VOCABULARY = 50257
BERT_VOCABULARY = 30522
END_OF_TEXT = "<|endoftext|>"
# Tokens that are no words come first in both vocabularies and are never said: single bytes, and
# BERT's padding, unused and unknown tokens.
_BYTES = 256
_UNUSED = 101
WORDS = (
    "a an the of on in with and two three man woman dog cat horse boat bed hat tree house field "
    "beach street table red blue green white old young small large sitting standing riding"
).split()

# The published preprocessor files, word for word (the first is the old form of 2021).
VIT_PREPROCESSOR: dict[str, Any] = {
    "do_normalize": True,
    "do_resize": True,
    "feature_extractor_type": "ViTFeatureExtractor",
    "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5],
    "resample": 2,
    "size": 224,
}
GIT_PREPROCESSOR: dict[str, Any] = {
    "crop_size": {"height": 224, "width": 224},
    "do_center_crop": True,
    "do_convert_rgb": True,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_processor_type": "CLIPImageProcessor",
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "processor_class": "GitProcessor",
    "resample": 3,
    "rescale_factor": 0.00392156862745098,
    "size": {"shortest_edge": 224},
}
BLIP_PREPROCESSOR: dict[str, Any] = {
    "do_normalize": True,
    "do_resize": True,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_processor_type": "BlipImageProcessor",
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "processor_class": "BlipProcessor",
    "size": {"height": 384, "width": 384},
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a checkpoint is: the numbers that matter for speed and memory."""

    image: int
    patch: int
    vision_width: int
    vision_layers: int
    text_width: int
    text_layers: int
    heads: int
    # How many times larger the weights are than at the start of training: tiny models need it
    # for their words to depend on the picture.
    gain: float = 1.0


TINY = Size(
    image=32,
    patch=16,
    vision_width=16,
    vision_layers=1,
    text_width=16,
    text_layers=2,
    heads=2,
    gain=15.0,
)
VIT_GPT2 = Size(
    image=224,
    patch=16,
    vision_width=768,
    vision_layers=12,
    text_width=768,
    text_layers=12,
    heads=12,
)
GIT_BASE = Size(
    image=224, patch=16, vision_width=768, vision_layers=12, text_width=768, text_layers=6, heads=12
)


def write_vit_gpt2(
    folder: Path, size: Size = TINY, *, end_token: bool = True, safetensors: bool = True
) -> Path:
    """Write a ViT + GPT-2 checkpoint in the layout of nlpconnect/vit-gpt2-image-captioning.

    Args:
        folder: made if missing.
        size: full or tiny.
        end_token: False makes the end token all but impossible, so that every caption is as
            long as it may be (the worst case for speed).
        safetensors: False writes `pytorch_model.bin`, as the repository's main branch has it.
    """
    vocabulary = GPT2_VOCABULARY if size == VIT_GPT2 else len(WORDS) + 257
    end = _gpt2_tokenizer(folder, vocabulary)
    tokens = {"bos_token_id": end, "eos_token_id": end, "pad_token_id": end}
    encoder = transformers.ViTConfig(
        hidden_size=size.vision_width,
        num_hidden_layers=size.vision_layers,
        num_attention_heads=size.heads,
        intermediate_size=4 * size.vision_width,
        image_size=size.image,
        patch_size=size.patch,
    )
    decoder = transformers.GPT2Config(
        vocab_size=vocabulary,
        n_positions=1024 if size == VIT_GPT2 else 64,
        n_embd=size.text_width,
        n_layer=size.text_layers,
        n_head=size.heads,
        add_cross_attention=True,
        is_decoder=True,
        **tokens,
    )
    config = transformers.VisionEncoderDecoderConfig.from_encoder_decoder_configs(
        encoder, decoder, decoder_start_token_id=end, **tokens
    )
    model = _random(size, lambda: transformers.VisionEncoderDecoderModel(config))
    _mute(model, [*range(_BYTES), *([] if end_token else [end])])
    _write(
        folder,
        model,
        VIT_PREPROCESSOR | {"size": size.image},
        extra=_causal_masks(decoder),
        safetensors=safetensors,
    )
    _json(folder / "generation_config.json", tokens | {"decoder_start_token_id": end})
    return folder


def write_git(
    folder: Path, size: Size = TINY, *, end_token: bool = True, safetensors: bool = True
) -> Path:
    """Write a CLIP + decoder checkpoint in the layout of microsoft/git-base-textcaps."""
    vocabulary = BERT_VOCABULARY if size == GIT_BASE else len(WORDS) + 200
    _bert_tokenizer(folder, vocabulary)
    config = transformers.GitConfig(
        vision_config={
            "hidden_size": size.vision_width,
            "intermediate_size": 4 * size.vision_width,
            "num_hidden_layers": size.vision_layers,
            "num_attention_heads": size.heads,
            "image_size": size.image,
            "patch_size": size.patch,
        },
        vocab_size=vocabulary,
        hidden_size=size.text_width,
        num_hidden_layers=size.text_layers,
        num_attention_heads=size.heads,
        intermediate_size=4 * size.text_width,
        max_position_embeddings=1024 if size == GIT_BASE else 64,
        bos_token_id=101,
        eos_token_id=102,
        pad_token_id=0,
    )
    model = _random(size, lambda: transformers.GitForCausalLM(config))
    _mute(model, [*range(_UNUSED), *([] if end_token else [102])])
    side = {"height": size.image, "width": size.image}
    preprocessor = GIT_PREPROCESSOR | {"crop_size": side, "size": {"shortest_edge": size.image}}
    _write(folder, model, preprocessor, safetensors=safetensors)
    _json(
        folder / "generation_config.json",
        {"bos_token_id": 101, "eos_token_id": 102, "pad_token_id": 0},
    )
    return folder


def write_blip(folder: Path, size: Size = TINY) -> Path:
    """Write a BLIP checkpoint in the layout of Salesforce/blip-image-captioning-base."""
    vocabulary = len(WORDS) + 200
    _bert_tokenizer(folder, vocabulary)
    config = transformers.BlipConfig(
        text_config={
            "vocab_size": vocabulary,
            "hidden_size": size.text_width,
            "encoder_hidden_size": size.vision_width,
            "intermediate_size": 4 * size.text_width,
            "num_hidden_layers": size.text_layers,
            "num_attention_heads": size.heads,
            "max_position_embeddings": 64,
            "bos_token_id": 101,
            "sep_token_id": 102,
            "eos_token_id": 102,
            "pad_token_id": 0,
        },
        vision_config={
            "hidden_size": size.vision_width,
            "intermediate_size": 4 * size.vision_width,
            "num_hidden_layers": size.vision_layers,
            "num_attention_heads": size.heads,
            "image_size": size.image,
            "patch_size": size.patch,
        },
    )
    model = _random(size, lambda: transformers.BlipForConditionalGeneration(config))
    _mute(model, range(_UNUSED))
    side = {"height": size.image, "width": size.image}
    _write(folder, model, BLIP_PREPROCESSOR | {"size": side}, safetensors=True)
    return folder


def change_weights(folder: Path, change: Callable[[dict[str, torch.Tensor]], None]) -> None:
    """Load a checkpoint's tensors, let `change` edit them in place, and store them again."""
    path = folder / "model.safetensors"
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path, metadata={"format": "pt"})


def _random(
    size: Size, build: Callable[[], transformers.PreTrainedModel]
) -> transformers.PreTrainedModel:
    """Build a model whose weights are the same on every run, without touching global state."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        model = build().eval()
    with torch.no_grad():
        for weights in model.parameters():
            if weights.ndim > 1:
                weights.mul_(size.gain)
    return model


def _mute(model: transformers.PreTrainedModel, tokens: Iterable[int]) -> None:
    """Make tokens all but impossible: their logit is no more than zero, far below the best."""
    text = getattr(model, "decoder", None) or getattr(model, "text_decoder", None) or model
    head = text.get_output_embeddings()
    with torch.no_grad():
        for token in tokens:
            head.weight[token] = 0.0
            if head.bias is not None:
                head.bias[token] = -1e4


def _write(
    folder: Path,
    model: transformers.PreTrainedModel,
    preprocessor: dict[str, Any],
    *,
    extra: dict[str, torch.Tensor] | None = None,
    safetensors: bool = True,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _json(folder / "preprocessor_config.json", preprocessor)
    with quiet_transformers():
        model.save_pretrained(folder)
    change_weights(folder, lambda tensors: tensors.update(extra or {}))
    if not safetensors:
        # save_pretrained writes the names that published files have; the pickle gets the same.
        stored = folder / "model.safetensors"
        torch.save(load_file(stored), folder / "pytorch_model.bin")
        stored.unlink()


def _causal_masks(config: transformers.GPT2Config) -> dict[str, torch.Tensor]:
    """Constants that GPT-2 files of that time hold (25 MB of them); nobody reads them."""
    length = config.n_positions
    triangle = torch.ones(1, 1, length, length, dtype=torch.uint8).tril()
    return {
        f"decoder.transformer.h.{layer}.{attention}.{name}": value.clone()
        for layer in range(config.n_layer)
        for attention in ("attn", "crossattention")
        for name, value in (("bias", triangle), ("masked_bias", torch.tensor(-1e4)))
    }


def _gpt2_tokenizer(folder: Path, vocabulary: int) -> int:
    """Byte-level BPE with every byte, the words, and filler up to `vocabulary`; its end's id."""
    folder.mkdir(parents=True, exist_ok=True)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {token: index for index, token in enumerate(alphabet)}
    for word in WORDS:
        vocab["Ġ" + word] = len(vocab)
    while len(vocab) < vocabulary - 1:
        vocab[f"Ġ{_filler(len(vocab))}"] = len(vocab)
    end = len(vocab)
    vocab[END_OF_TEXT] = end
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.add_special_tokens([END_OF_TEXT])
    tokenizer.save(str(folder / "tokenizer.json"))
    _json(folder / "vocab.json", vocab)
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    special = {"bos_token": END_OF_TEXT, "eos_token": END_OF_TEXT, "unk_token": END_OF_TEXT}
    _json(folder / "special_tokens_map.json", special | {"pad_token": END_OF_TEXT})
    _json(
        folder / "tokenizer_config.json",
        special
        | {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": False, "model_max_length": 1024},
    )
    return end


def _bert_tokenizer(folder: Path, vocabulary: int) -> None:
    """WordPiece with BERT's special tokens at BERT's places and filler up to `vocabulary`."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = ["[PAD]", *(f"[unused{i}]" for i in range(99)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokens += WORDS
    while len(tokens) < vocabulary:
        tokens.append(_filler(len(tokens)))
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    special = {
        "cls_token": "[CLS]",
        "mask_token": "[MASK]",
        "pad_token": "[PAD]",
        "sep_token": "[SEP]",
        "unk_token": "[UNK]",
    }
    _json(folder / "special_tokens_map.json", special)
    _json(
        folder / "tokenizer_config.json",
        special
        | {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 512},
    )


def _filler(number: int) -> str:
    """A pronounceable word that differs for every number."""
    syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va".split()
    word = ""
    while number or not word:
        number, rest = divmod(number, len(syllables))
        word += syllables[rest]
    return word


def _json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")
