# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Events that a person should read of once, as messages in the window.

What lasts (a pause, no model, photos that failed) is the activity panel's to say.
"""

from phototagger.events import Event, ModelLoaded, Notice
from phototagger.gui.message_bar import Message, MessageBar
from phototagger.gui.said import said
from phototagger.gui.translated import tr


def tell_news(bar: MessageBar, event: Event) -> None:
    """Show an event that a person should read of."""
    match event:
        case Notice(text, hint, folder) if not _lasts(text):
            # Of a folder that goes and comes only the last word counts.
            topic = f"presence {folder}" if folder is not None else ""
            bar.tell(Message(said(text), said(hint), topic=topic))
        case ModelLoaded(model, _, known_scenes_only=True):
            title = tr("{model} is a starter model").format(model=model)
            hint = tr("It knows the demo's drawn scenes; of real photos its words mean nothing.")
            bar.tell(Message(title, hint, topic="starter"))


def _lasts(text: str) -> bool:
    from phototagger.pipeline.models import NO_MODEL

    return text == NO_MODEL
