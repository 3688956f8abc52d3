# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How sure a model is of its caption, from its own probabilities.

Pure numbers: who computed them does not matter.
"""

import math
from collections.abc import Sequence


def confidence(log_probabilities: Sequence[float], repeated: float) -> float:
    """The confidence of one caption, 0..1.

    The geometric mean of the probabilities that the model gave to the tokens it chose (its
    inverse perplexity; the end token counts, as it says that the caption is complete), times
    the share of the words that are not repetition. The mean does not punish long captions, as
    their product would; repetition is the one way in which these models are sure and wrong.

    Args:
        log_probabilities: natural logarithms, one per generated token, 0 or less.
        repeated: share of the words that are repetition, 0..1.

    Returns:
        NaN when a probability is NaN: the model's output means nothing then.
    """
    if not log_probabilities:
        return 0.0
    # Divided first: a sum of numbers near the smallest float would overflow.
    count = len(log_probabilities)
    mean = math.exp(math.fsum(value / count for value in log_probabilities))
    # Rounding in float32 can put a probability a hair above one.
    return mean if math.isnan(mean) else min(mean, 1.0) * (1.0 - repeated)
