# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Numbers in a search: `>4000`, `5MB..10MB`, `<0.4`. Pure."""

import re
from typing import Literal

Bound = tuple[Literal[">", ">=", "<", "<="], float]
"""A comparison that a number must pass."""

_NUMBER = r"(\d{1,15})(?:\.(\d{1,9}))?\s*([kmgt]?i?b|%)?"
_ONE = re.compile(rf"(>=|<=|>|<|=)?\s*{_NUMBER}", re.ASCII)
_RANGE = re.compile(rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?", re.ASCII)

_THOUSANDS = "bkmgt"


def bounds(text: str) -> tuple[Bound, ...]:
    """What a number must be to pass a condition.

    A number alone means every number that rounds to it: `4000` is 4000, `0.4` is 0.35 to 0.45,
    `5MB` is 4.5 to 5.5 million bytes. `kB MB GB TB` are powers of 1000 (the International
    System of Units), `KiB MiB GiB TiB` of 1024 (IEC 80000-13); `%` is hundredths. The
    ends of a range may stand in either order.

    Args:
        text: the condition, in lower case.

    Returns:
        The comparisons, all of which must hold; () when the text is no condition.
    """
    if match := _ONE.fullmatch(text):
        sign, *number = match.groups()
        return _compared(sign, *number)
    match = _RANGE.fullmatch(text)
    if not match:
        return ()
    groups = match.groups()
    first, last = groups[:3], groups[3:]
    low = _value(first[0], first[1], first[2] or last[2]) if first[0] else None
    high = _value(*last) if last[0] else None
    if low is not None and high is not None and low > high:
        low, high = high, low
    ends: tuple[tuple[Literal[">=", "<="], float | None], ...] = ((">=", low), ("<=", high))
    return tuple((sign, value) for sign, value in ends if value is not None)


def _compared(
    sign: str | None, whole: str, fraction: str | None, unit: str | None
) -> tuple[Bound, ...]:
    value = _value(whole, fraction, unit)
    match sign:
        case ">" | ">=" | "<" | "<=":
            return ((sign, value),)
        case _:
            half = 0.5 * 10.0 ** -len(fraction or "") * _factor(unit)
            return ((">=", value - half), ("<", value + half))


def _value(whole: str, fraction: str | None, unit: str | None) -> float:
    return float(f"{whole}.{fraction or 0}") * _factor(unit)


def _factor(unit: str | None) -> float:
    if not unit:
        return 1.0
    if unit == "%":
        return 0.01
    base = 1024.0 if "i" in unit else 1000.0
    return base ** _THOUSANDS.index(unit[0])
