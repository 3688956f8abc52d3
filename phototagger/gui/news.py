# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Events that a person should read of, as messages in the window."""

from phototagger.events import Event, Notice, Paused, Resumed
from phototagger.gui.message_bar import Message, MessageBar

_PAUSE = "pause"


def tell_news(bar: MessageBar, event: Event) -> None:
    """Show an event that a person should read of, or take back one that is over."""
    match event:
        case Notice(text, hint):
            bar.tell(Message(text, hint))
        case Paused(error):
            bar.tell(Message(error.title, error.hint, "warning", topic=_PAUSE))
        case Resumed():
            bar.withdraw(_PAUSE)
