# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of captions: which model, on which device, and when a caption needs a person's eye."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSlider, QSpinBox, QWidget

from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import button, label, letters, while_there
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import (
    Option,
    bind,
    choice,
    fill,
    guard,
    may_be_narrow,
    number,
    page,
    row,
    select,
    side_by_side,
)
from phototagger.gui.settings.work_rows import work_rows
from phototagger.gui.translated import tr
from phototagger.paths import DataPlaces
from phototagger.pipeline.models import USUAL_THRESHOLD
from phototagger.settings import AUTO, Precision, Settings

_STEPS = 20  # of the slider: 5 % each


def captions_page(live: LiveSettings, bridge: Bridge, open_models: Callable[[], None]) -> QWidget:
    """The page."""
    batch = QSpinBox()
    batch.setRange(0, 1024)
    batch.setSpecialValueText(tr("automatic"))
    return page(
        tr("Captions & models"),
        *_models(live, bridge, open_models),
        tr("Review"),
        _threshold(live),
        tr("This machine"),
        choice(live, "captions.device", tr("Run models on"), _devices()),
        choice(
            live,
            "captions.precision",
            tr("The processor calculates"),
            _precisions(),
            tr("With 8 bits a model takes less memory; a few captions come out in other words."),
        ),
        number(
            live,
            "captions.batch",
            tr("Photos at once"),
            batch,
            tr("More is faster on a graphics card, and takes more memory."),
        ),
        tr("When it works"),
        *work_rows(live),
    )


def _devices() -> list[Option]:
    return [
        Option("auto", tr("the fastest there is")),
        Option("cuda", tr("the graphics card (CUDA)")),
        Option("mps", tr("the graphics card (Apple)")),
        Option("cpu", tr("the processor")),
    ]


def _precisions() -> list[Option]:
    return [
        Option(Precision.AUTO, tr("as fast as this machine can")),
        Option(Precision.FULL, tr("in full precision")),
        Option(Precision.REDUCED, tr("with 8 bits")),
    ]


def _models(
    live: LiveSettings, bridge: Bridge, open_models: Callable[[], None]
) -> tuple[QWidget, QWidget]:
    """Which model captions, with the way to get others, and which one looks at each photo, too."""
    first, second = QComboBox(), QComboBox()
    for box in (first, second):
        guard(box)
        may_be_narrow(box)
    models = button(tr("Models…"), "package")
    models.clicked.connect(open_models)
    warning = label(role="small", look="warning")

    def show(settings: Settings) -> None:
        bridge.read(
            "models to choose",
            lambda _: _offered(bridge.places, settings),
            while_there(first, lambda offered: take(offered, settings)),
        )

    def take(offered: list[tuple[str, str]], settings: Settings) -> None:
        fill(first, [Option("", tr("The best that is installed")), *map(_option, offered)])
        select(first, settings.captions.model)
        here = [_option(pair) for pair in offered if pair[1] != "remote"]
        fill(second, [Option("", tr("No other model")), *here])
        select(second, settings.captions.second_model)
        note = dict(offered).get(settings.captions.model, "")
        warning.setText(_warning(note))
        warning.setVisible(bool(note))

    first.activated.connect(lambda index: live.change("captions.model", first.itemData(index)))
    second.activated.connect(
        lambda index: live.change("captions.second_model", second.itemData(index))
    )
    bind(live, show)
    made = row(
        tr("Captions come from"),
        tr("A change counts for photos from now on; those that have a caption keep it."),
        side_by_side(first, models),
        wide=True,
    )
    first.setAccessibleName(tr("Captions come from"))
    grid = made.layout()
    assert grid is not None
    grid.addWidget(warning)
    other = row(
        tr("Looks at each photo, too"),
        tr("Its words are found by search, and where both agree a caption is more certain."),
        second,
        wide=True,
    )
    second.setAccessibleName(tr("Looks at each photo, too"))
    return made, other


def _option(offered: tuple[str, str]) -> Option:
    name, note = offered
    title = {
        "starter": tr("{model} (the demo's pictures only)"),
        "remote": tr("The remote captioner (photos are sent away)"),
    }.get(note, "{model}")
    return Option(name, title.format(model=name))


def _warning(note: str) -> str:
    return {
        "starter": tr(
            "This model knows the pictures that the demo draws, not the world: its captions of "
            "your photos will be wrong."
        ),
        "remote": tr("Photos are sent to a server. The page “Remote captioner” says where."),
    }.get(note, "")


def _offered(places: DataPlaces, settings: Settings) -> list[tuple[str, str]]:
    """Names of models that can caption, each with what a person should know of it."""
    from phototagger.inference.remote.model import NAME
    from phototagger.pipeline.models import models_of

    offered = [
        (model.name, "starter" if model.known_scenes_only else "")
        for model in models_of(places)
        if model.describes
    ]
    offered.sort(key=lambda pair: bool(pair[1]))
    return [*offered, (NAME, "remote")] if settings.remote.enabled else offered


def _threshold(live: LiveSettings) -> QWidget:
    """How sure a model must be."""
    slider = QSlider(Qt.Orientation.Horizontal)
    guard(slider)
    slider.setRange(0, _STEPS)
    slider.setPageStep(2)
    slider.setMinimumWidth(letters(16))
    words = QLabel()
    words.setMinimumWidth(letters(6))
    automatic = QCheckBox(tr("automatic"))

    def say(step: int) -> None:
        words.setText(f"{step / _STEPS:.0%}")

    def show(settings: Settings) -> None:
        chosen = settings.captions.threshold
        step = round((USUAL_THRESHOLD if chosen == AUTO else chosen) * _STEPS)
        before = slider.blockSignals(True)
        slider.setValue(step)
        slider.blockSignals(before)
        automatic.setChecked(chosen == AUTO)
        words.setText("" if chosen == AUTO else f"{chosen:.0%}")

    def settle() -> None:
        chosen = live.now.captions.threshold
        now = USUAL_THRESHOLD if chosen == AUTO else chosen
        if slider.value() != round(now * _STEPS):
            live.change("captions.threshold", slider.value() / _STEPS)

    def switch(on: bool) -> None:
        live.change("captions.threshold", AUTO if on else slider.value() / _STEPS)

    automatic.clicked.connect(switch)
    slider.valueChanged.connect(say)
    slider.valueChanged.connect(lambda _: None if slider.isSliderDown() else settle())
    slider.sliderReleased.connect(settle)
    bind(live, show)
    made = row(
        tr("A caption goes to Review when the model is less sure than"),
        tr(
            "0% writes every caption, 100% asks you about nearly all of them. Automatic: what was "
            "measured for the model."
        ),
        side_by_side(slider, words),
    )
    slider.setAccessibleName(tr("A caption goes to Review when the model is less sure than"))
    grid = made.layout()
    assert grid is not None
    grid.addWidget(automatic)
    return made
