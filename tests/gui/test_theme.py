# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Both schemes can be read by everybody, and icons take their colours."""

import gc
import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from phototagger.gui import icons, theme
from phototagger.gui.style_sheet import style_sheet
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


WORDS = ["text", "quiet", "accent", "human", "machine", "good", "warning", "bad"]


@pytest.mark.parametrize("shades", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "selection"])
@pytest.mark.parametrize("name", WORDS)
def test_words_can_be_read_on_whatever_they_stand(
    shades: theme.Colours, ground: str, name: str
) -> None:
    assert contrast(getattr(shades, name), getattr(shades, ground)) >= 4.5


@pytest.mark.parametrize("shades", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
@pytest.mark.parametrize(("name", "least"), [("faint", 4.5), ("off", 3.0), ("focus", 3.0)])
def test_what_is_faint_or_a_mark_can_be_seen(
    shades: theme.Colours, ground: str, name: str, least: float
) -> None:
    assert contrast(getattr(shades, name), getattr(shades, ground)) >= least


@pytest.mark.parametrize("shades", SCHEMES.values(), ids=SCHEMES)
def test_the_style_sheet_sets_words_in_colours_that_can_be_read(shades: theme.Colours) -> None:
    """Every rule that has both: words in one colour, on another."""
    sheet = style_sheet({item.name: getattr(shades, item.name).name() for item in fields(shades)})
    pairs = set()
    for selector, rule in re.findall(r"([^{}]+){([^{}]*)}", sheet):
        words = re.search(r"(?<![-\w])color: (#\w{6});", rule)
        ground = re.search(r"background: (#\w{6});", rule)
        if words and ground and "disabled" not in selector:
            pairs.add((words[1], ground[1]))
    assert pairs
    assert [pair for pair in pairs if contrast(QColor(pair[0]), QColor(pair[1])) < 4.5] == []


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
        wanted = (bad.red(), bad.green(), bad.blue(), 255)
        # Edges that lie over one another are rounded.
        assert all(abs(a - b) <= 1 for each in solid for a, b in zip(each, wanted, strict=True)), (
            name
        )
        assert bytes(wanted) in solid, name


def test_a_disabled_icon_is_faint(dressed: QApplication) -> None:
    icon = icons.icon("folder")
    enabled = icon.pixmap(QSize(32, 32), QIcon.Mode.Normal)
    disabled = icon.pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert enabled.toImage() != disabled.toImage()


def test_an_unknown_icon_is_an_error(dressed: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")
