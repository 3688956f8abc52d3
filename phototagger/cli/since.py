# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Points in time as people type them. Pure; the present is passed in."""

import re
from datetime import datetime, timedelta

_AGO = re.compile(r"(\d{1,6})\s*(min|m|h|d|w)", re.ASCII)
_UNITS = {"min": "minutes", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_since(text: str, now: datetime) -> float:
    """Read a point in time: a date, a time, or how long ago.

    Args:
        text: `2026-11-20`, `2026-11-20T14:30`, `today`, `yesterday`, `90min`, `2h`, `3d`, `1w`;
            without a zone it is local time.
        now: the present.

    Returns:
        Seconds since the epoch.

    Raises:
        ValueError: it is none of these.
    """
    plain = text.strip().lower()
    ago = _AGO.fullmatch(plain)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if ago:
            when = now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        elif plain in ("today", "yesterday"):
            when = midnight - timedelta(days=plain == "yesterday")
        else:
            when = datetime.fromisoformat(text.strip())
        return when.timestamp()
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{text} is no time; try 2026-11-20, yesterday or 2h") from None
