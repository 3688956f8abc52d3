# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Whether a model's weights are rounded to 8 bits on the processor, and why.

Asking imports no model library; only who measures (`decoding.matrices`) needs one.
"""

from collections.abc import Callable

from phototagger.inference.catalogue import InstalledModel
from phototagger.inference.layout import check_configuration
from phototagger.settings import Precision

# Networks of less than this many bytes gain nothing from 8 bits, nor from a second thread, as
# handing over work costs as much as the work: a starter model (7 MB) needs 26 ms of processor time
# a photo with one thread and 36 with two. The smallest published captioner has 700 MB.
_SMALL_MODEL = 64_000_000
_CAN_BE_REDUCED = ("vision-encoder-decoder", "git")


def is_small(model: InstalledModel) -> bool:
    """Whether a model is so small that neither 8 bits nor a second thread make it faster."""
    return model.weight < _SMALL_MODEL


def reduces(model: InstalledModel, wanted: Precision, is_faster: Callable[[], bool]) -> bool:
    """Whether its weights are rounded.

    Args:
        model: the model.
        wanted: the setting.
        is_faster: measures this machine; asked only where that decides.
    """
    if wanted is Precision.AUTO:
        return _can_be_reduced(model) and not is_small(model) and is_faster()
    return wanted is Precision.REDUCED


def precision_words(
    model: InstalledModel, wanted: Precision, is_faster: Callable[[], bool] | None = None
) -> str:
    """How exactly a model calculates on the processor, and why, in words.

    Args:
        model: the model.
        wanted: the setting.
        is_faster: measures this machine; None to say what it depends on instead.
    """
    if not _can_be_reduced(model):
        return "full precision (its kind has no other)"
    if wanted is not Precision.AUTO:
        return f"{'8 bits' if wanted is Precision.REDUCED else 'full precision'} (as set)"
    if is_small(model):
        return "full precision (too small to gain from 8 bits)"
    if is_faster is None:
        return "8 bits where that is faster"
    if is_faster():
        return "8 bits (this processor is faster with them)"
    return "full precision (this processor is no faster with 8 bits)"


def _can_be_reduced(model: InstalledModel) -> bool:
    return check_configuration(model.folder).model_type in _CAN_BE_REDUCED
