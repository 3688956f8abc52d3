# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of search: whether it goes by meaning, too."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from phototagger.gui import amounts
from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import button, label, while_there
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import bind, page, side_by_side, switch
from phototagger.gui.translated import tr
from phototagger.paths import DataPlaces
from phototagger.settings import Settings

if TYPE_CHECKING:
    from phototagger.pipeline.meaning import MeaningStatus
    from phototagger.pipeline.stores import Stores


def search_page(live: LiveSettings, bridge: Bridge, open_models: Callable[[], None]) -> QWidget:
    """The page."""
    state = label(look="quiet")
    models = button(tr("Models…"), "package")
    models.clicked.connect(open_models)

    def show(settings: Settings) -> None:
        bridge.read(
            "meaning",
            lambda stores: _status(stores, bridge.places, settings),
            while_there(state, take),
        )

    def take(status: "MeaningStatus") -> None:
        missing = live.now.searching.meaning and not status.on
        models.setVisible(missing)
        state.setVisible(status.on or missing)
        done, left = amounts.number(status.ready), amounts.number(status.waiting)
        if missing:
            state.setText(tr("Its model is not installed yet; search goes by words alone."))
        elif status.waiting:
            text = tr("{done} captions can be found by their meaning, {left} are to come.")
            state.setText(text.format(done=done, left=left))
        else:
            state.setText(tr("{done} captions can be found by their meaning.").format(done=done))

    bind(live, show)
    return page(
        tr("Search"),
        switch(
            live,
            "searching.meaning",
            tr("Search by meaning"),
            tr("“puppy at the seaside” then finds “A dog runs along the beach”."),
        ),
        side_by_side(state, models),
    )


def _status(stores: "Stores", places: DataPlaces, settings: Settings) -> "MeaningStatus":
    from phototagger.pipeline.meaning import meaning_status

    return meaning_status(places, settings.searching, stores.library)
