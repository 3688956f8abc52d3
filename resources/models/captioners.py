# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Builds the two starter captioners, untrained, in the shape of the published models.

Tokenizers, configurations and the files beside the weights; teaching is `train.py`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pictures import SIDE
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from tokenizers.trainers import BpeTrainer, WordPieceTrainer
from torch import nn
from transformers import (
    BertTokenizer,
    GenerationConfig,
    GitConfig,
    GitForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    GPT2Tokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    VisionEncoderDecoderModel,
    ViTConfig,
    ViTModel,
)

WIDTH = 160
HEADS = 5
PATCH = 12
MOST_TOKENS = 32
END_OF_TEXT = "<|endoftext|>"
CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
# As published for each architecture, except that nothing is cropped: a thing at the rim counts.
PREPROCESSORS: dict[str, dict[str, object]] = {
    "vit-gpt2": {
        "do_normalize": True,
        "do_resize": True,
        "feature_extractor_type": "ViTFeatureExtractor",
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "resample": 2,
        "size": SIDE,
    },
    "git": {
        "crop_size": {"height": SIDE, "width": SIDE},
        "do_center_crop": False,
        "do_convert_rgb": True,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": list(CLIP_MEAN),
        "image_processor_type": "CLIPImageProcessor",
        "image_std": list(CLIP_STD),
        "processor_class": "GitProcessor",
        "resample": 3,
        "rescale_factor": 0.00392156862745098,
        "size": {"height": SIDE, "width": SIDE},
    },
}


@dataclass(frozen=True, slots=True)
class Captioner:
    """A model with its tokenizer, and what training needs to know about it."""

    kind: str
    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    encoder: nn.Module
    mean: tuple[float, float, float]
    std: tuple[float, float, float]

    def save(self, folder: Path) -> None:
        """Write the model in the published layout."""
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        preprocessor = json.dumps(PREPROCESSORS[self.kind], indent=2)
        (folder / "preprocessor_config.json").write_text(preprocessor + "\n")


def build(kind: str, captions: Iterable[str]) -> Captioner:
    """Build an untrained captioner whose tokenizer knows the words of `captions`."""
    words = sorted(set(captions))
    return _build_vit_gpt2(words) if kind == "vit-gpt2" else _build_git(words)


def _build_vit_gpt2(captions: list[str]) -> Captioner:
    tokenizer = _byte_level_tokenizer(captions)
    end = tokenizer.eos_token_id
    encoder = ViTModel(
        ViTConfig(
            hidden_size=WIDTH,
            num_hidden_layers=4,
            num_attention_heads=HEADS,
            intermediate_size=3 * WIDTH,
            image_size=SIDE,
            patch_size=PATCH,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )
    decoder = GPT2LMHeadModel(
        GPT2Config(
            vocab_size=len(tokenizer),
            n_positions=MOST_TOKENS,
            n_embd=WIDTH,
            n_layer=2,
            n_head=HEADS,
            n_inner=2 * WIDTH,
            resid_pdrop=0.0,
            embd_pdrop=0.0,
            attn_pdrop=0.0,
            add_cross_attention=True,
            is_decoder=True,
            bos_token_id=end,
            eos_token_id=end,
        )
    )
    model = VisionEncoderDecoderModel(encoder=encoder, decoder=decoder)
    # As in the published model one token begins, ends and pads.
    for config in (model.config, model.config.decoder):
        config.decoder_start_token_id = config.pad_token_id = end
        config.bos_token_id = config.eos_token_id = end
    model.generation_config = GenerationConfig(
        bos_token_id=end,
        eos_token_id=end,
        pad_token_id=end,
        decoder_start_token_id=end,
        max_length=MOST_TOKENS,
        num_beams=4,
    )
    half = (0.5, 0.5, 0.5)
    return Captioner("vit-gpt2", model, tokenizer, model.encoder, half, half)


def _build_git(captions: list[str]) -> Captioner:
    tokenizer = _word_piece_tokenizer(captions)
    begin, end, pad = (
        tokenizer.cls_token_id,
        tokenizer.sep_token_id,
        tokenizer.pad_token_id,
    )
    model = GitForCausalLM(
        GitConfig(
            vision_config={
                "hidden_size": WIDTH,
                "intermediate_size": 3 * WIDTH,
                "num_hidden_layers": 3,
                "num_attention_heads": HEADS,
                "image_size": SIDE,
                "patch_size": PATCH,
            },
            vocab_size=len(tokenizer),
            hidden_size=WIDTH,
            num_hidden_layers=3,
            num_attention_heads=HEADS,
            intermediate_size=2 * WIDTH,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            max_position_embeddings=MOST_TOKENS,
            bos_token_id=begin,
            eos_token_id=end,
            pad_token_id=pad,
        )
    )
    model.generation_config = GenerationConfig(
        bos_token_id=begin, eos_token_id=end, pad_token_id=pad, max_length=MOST_TOKENS, num_beams=1
    )
    return Captioner("git", model, tokenizer, model.git.image_encoder, CLIP_MEAN, CLIP_STD)


def _byte_level_tokenizer(captions: list[str]) -> GPT2Tokenizer:
    """Train GPT-2's byte-level BPE until every word of the captions is one token."""
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    core.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = BpeTrainer(
        vocab_size=2000,
        special_tokens=[END_OF_TEXT],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    core.train_from_iterator(captions, trainer)
    return GPT2Tokenizer(
        tokenizer_object=core,
        bos_token=END_OF_TEXT,
        eos_token=END_OF_TEXT,
        unk_token=END_OF_TEXT,
        pad_token=END_OF_TEXT,
        model_max_length=MOST_TOKENS,
    )


def _word_piece_tokenizer(captions: list[str]) -> BertTokenizer:
    """Train BERT's WordPiece on the captions, cased: a caption begins with a capital."""
    core = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    core.normalizer = normalizers.BertNormalizer(lowercase=False)
    core.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = WordPieceTrainer(
        vocab_size=2000,
        special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        show_progress=False,
    )
    core.train_from_iterator(captions, trainer)
    return BertTokenizer(vocab=core.get_vocab(), do_lower_case=False, model_max_length=MOST_TOKENS)
