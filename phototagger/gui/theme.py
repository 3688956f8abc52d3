# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""How the window looks: colours for light and dark, a type scale, a spacing grid, one style sheet.

The scheme is the system's and switches live. Contrast: every colour that text has reaches 4.5:1 on
everything it may stand on, marks and rings 3:1 (WCAG 2.2, criteria 1.4.3 and 1.4.11); a test
computes it.
"""

from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from phototagger.gui.directions import from_the_right
from phototagger.gui.style_sheet import style_sheet

SPACE = 4
"""The spacing grid in device-independent pixels; distances are multiples of it."""

Role = Literal["title", "heading", "body", "caption", "small"]

# Sizes as multiples of the system's own font, a scale by major seconds (9:8), and weights.
_TYPE: dict[Role, tuple[float, QFont.Weight]] = {
    "title": (1.6, QFont.Weight.DemiBold),
    "heading": (1.2, QFont.Weight.DemiBold),
    "body": (1.0, QFont.Weight.Normal),
    "caption": (1.06, QFont.Weight.Normal),
    "small": (0.89, QFont.Weight.Normal),
}


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme, named by what they are for.

    Attributes:
        window: behind everything.
        surface: panels, the grid, text fields.
        raised: what lies on a surface: cards, menus, buttons.
        line: hairlines between panels and around fields.
        text: what people read.
        quiet: secondary text.
        faint: place-holders, and what stands no longer.
        off: what cannot be used now, and marks that may be overlooked.
        accent: what to press first, and what is on.
        on_accent: text on `accent`.
        human: a person's words.
        machine: a model's words.
        good: it went well.
        warning: look at this.
        bad: it went wrong.
        selection: behind what is selected.
        focus: the ring around what has the keyboard.
        mark: behind words that were searched for.
    """

    window: QColor
    surface: QColor
    raised: QColor
    line: QColor
    text: QColor
    quiet: QColor
    faint: QColor
    off: QColor
    accent: QColor
    on_accent: QColor
    human: QColor
    machine: QColor
    good: QColor
    warning: QColor
    bad: QColor
    selection: QColor
    focus: QColor
    mark: QColor


def _colours(**names: str) -> Colours:
    return Colours(**{name: QColor(value) for name, value in names.items()})


LIGHT = _colours(
    window="#f4f4f2",
    surface="#fcfcfb",
    raised="#ffffff",
    line="#e0dfdb",
    text="#1d1e20",
    quiet="#55595f",
    faint="#676b71",
    off="#85888d",
    accent="#2a5cc0",
    on_accent="#ffffff",
    human="#0d6b55",
    machine="#5b55b5",
    good="#267043",
    warning="#8a5c05",
    bad="#b0332a",
    selection="#d9e5fb",
    focus="#2a5cc0",
    mark="#ffe69a",
)
DARK = _colours(
    window="#191a1c",
    surface="#202124",
    raised="#2a2b2f",
    line="#37393e",
    text="#ebeae7",
    quiet="#b4b7bd",
    faint="#94989f",
    off="#7d8188",
    accent="#86aeff",
    on_accent="#0b1a36",
    human="#67cbb0",
    machine="#b0abff",
    good="#62c78d",
    warning="#e3b355",
    bad="#ff8a82",
    selection="#2b4064",
    focus="#86aeff",
    mark="#66531a",
)


SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
"""The schemes by the names that are remembered; any other name follows the system."""


class _News(QObject):
    changed = Signal()
    chosen: Qt.ColorScheme | None = None


_news = _News()
changed = _news.changed
"""Emitted when the system has switched between light and dark; ask `colours()` again then."""


def colours() -> Colours:
    """The colours of the scheme in force."""
    scheme = _news.chosen or QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def choose(scheme: Qt.ColorScheme | None) -> None:
    """Use one scheme whatever the system's is; None follows the system again."""
    _news.chosen = scheme
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _dress(app)


def veiled(colour: QColor) -> QColor:
    """A colour at half its strength, for what is seen on any ground and catches no eye."""
    result = QColor(colour)
    result.setAlphaF(0.5)
    return result


def font(role: Role) -> QFont:
    """The system's font in the size and weight of a role."""
    scale, weight = _TYPE[role]
    result = QFont(QApplication.font())
    if result.pointSizeF() > 0:
        result.setPointSizeF(result.pointSizeF() * scale)
    else:
        result.setPixelSize(round(result.pixelSize() * scale))
    result.setWeight(weight)
    return result


def apply(app: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
    """Dress the application, now and whenever the system's scheme switches.

    Args:
        app: the application.
        scheme: use this one whatever the system's is; None follows the system.
    """
    _news.chosen = scheme
    app.setStyle("Fusion")
    _dress(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _dress(app))


def _dress(app: QApplication) -> None:
    shades = colours()
    app.setPalette(palette(shades))
    names = {item.name: getattr(shades, item.name).name() for item in fields(shades)}
    app.setStyleSheet(style_sheet(names, mirrored=from_the_right()))
    changed.emit()


def palette(shades: Colours) -> QPalette:
    """The colours by Qt's own names, for everything that the style draws."""
    roles = QPalette.ColorRole
    made = QPalette(shades.raised, shades.window)
    for role, colour in {
        roles.Window: shades.window,
        roles.WindowText: shades.text,
        roles.Base: shades.surface,
        roles.AlternateBase: shades.window,
        roles.Text: shades.text,
        roles.PlaceholderText: shades.faint,
        roles.Button: shades.raised,
        roles.ButtonText: shades.text,
        roles.BrightText: shades.bad,
        roles.ToolTipBase: shades.raised,
        roles.ToolTipText: shades.text,
        roles.Highlight: shades.selection,
        roles.HighlightedText: shades.text,
        roles.Accent: shades.accent,
        roles.Link: shades.accent,
        roles.LinkVisited: shades.accent,
        roles.Mid: shades.line,
        roles.Light: shades.raised,
    }.items():
        made.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, shades.off)
    return made
