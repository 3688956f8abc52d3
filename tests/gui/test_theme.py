# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Both schemes can be read by everybody, and icons take their colours."""

import gc

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from phototagger.gui import icons, theme
from phototagger.paths import resources_dir

SCHEMES = {"light": theme.LIGHT, "dark": theme.DARK}
NAMES = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shades", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "selection"])
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("text", 7.0),
        ("quiet", 4.5),
        ("human", 4.5),
        ("machine", 4.5),
        ("faint", 2.5),
        ("accent", 3.0),
        ("focus", 3.0),
        ("good", 3.0),
        ("warning", 3.0),
        ("bad", 3.0),
    ],
)
def test_colours_can_be_told_from_what_is_behind_them(
    shades: theme.Colours, ground: str, name: str, least: float
) -> None:
    assert contrast(getattr(shades, name), getattr(shades, ground)) >= least


@pytest.mark.parametrize("shades", SCHEMES.values(), ids=SCHEMES)
def test_marked_words_and_buttons_can_be_read(shades: theme.Colours) -> None:
    assert contrast(shades.text, shades.mark) >= 4.5
    assert contrast(shades.on_accent, shades.accent) >= 4.5


def test_a_switch_of_the_scheme_is_told_and_changes_everything(
    dressed: QApplication, qtbot: QtBot
) -> None:
    drawn = icons.icon("folder")
    theme.choose(Qt.ColorScheme.Light)
    light = drawn.pixmap(QSize(32, 32)).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.choose(Qt.ColorScheme.Dark)
    assert theme.colours() is theme.DARK
    assert dressed.palette().color(QPalette.ColorRole.Window) == theme.DARK.window
    assert drawn.pixmap(QSize(32, 32)).toImage() != light


def test_roles_differ_in_size_and_scale_with_the_system(dressed: QApplication) -> None:
    sizes = [theme.font(role).pointSizeF() for role in ("title", "heading", "body", "small")]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def test_every_icon_draws_something_in_its_colour(dressed: QApplication) -> None:
    bad = theme.colours().bad
    for name in NAMES:
        icon = icons.icon(name, "bad")
        gc.collect(0)
        picture = icon.pixmap(QSize(32, 32), 2.0).toImage()
        assert picture.width() == 64
        plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
        raw = bytes(plain.constBits())
        pixels = {raw[start : start + 4] for start in range(0, len(raw), 4)}
        solid = {pixel for pixel in pixels if pixel[3] == 255}
        assert solid == {bytes((bad.red(), bad.green(), bad.blue(), 255))}, name


def test_a_disabled_icon_is_faint(dressed: QApplication) -> None:
    icon = icons.icon("folder")
    enabled = icon.pixmap(QSize(32, 32), QIcon.Mode.Normal)
    disabled = icon.pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert enabled.toImage() != disabled.toImage()


def test_an_unknown_icon_is_an_error(dressed: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")
