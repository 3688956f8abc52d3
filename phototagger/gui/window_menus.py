# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The menu bar of the main window, from what its panels can do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu

from phototagger.gui import help_dialogs
from phototagger.gui.menus import action, appearance_menu
from phototagger.gui.translated import tr

if TYPE_CHECKING:
    from phototagger.gui.main_window import MainWindow

Standard = QKeySequence.StandardKey


def build_menus(window: "MainWindow") -> None:
    """Fill the menu bar."""
    bar = window.menuBar()
    _fill_file(window, bar.addMenu(tr("&File")))
    _fill_edit(window, bar.addMenu(tr("&Edit")))
    _fill_view(window, bar.addMenu(tr("&View")))
    window.photo_actions.fill(bar.addMenu(tr("&Photo")))
    _fill_help(window, bar.addMenu(tr("&Help")))


def _fill_file(window: "MainWindow", menu: QMenu) -> None:
    menu.addAction(
        action(
            window,
            tr("&Add a folder…"),
            window.ask_for_folder,
            Standard.Open,
            "folder-plus",
        )
    )
    menu.addAction(
        action(window, tr("&Watch folders…"), window.dialogs.show_folders, icon="folders")
    )
    menu.addSeparator()
    models = action(window, tr("&Models…"), window.dialogs.show_models, "Ctrl+M", "package")
    menu.addAction(models)
    chosen = action(
        window,
        tr("&Settings…"),
        window.dialogs.show_settings,
        "Ctrl+,",
        "settings",
    )
    chosen.setMenuRole(QAction.MenuRole.PreferencesRole)
    menu.addAction(chosen)
    menu.addSeparator()
    menu.addAction(action(window, tr("&Close the window"), window.close, Standard.Close))
    leave = action(window, tr("&Quit"), window.flush, "Ctrl+Q", "power")
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    menu.addAction(leave)


def _fill_edit(window: "MainWindow", menu: QMenu) -> None:
    menu.addActions([window.undo_actions.undo, window.undo_actions.redo])
    menu.addAction(action(window, tr("&History…"), window.dialogs.show_history, icon="history"))
    menu.addSeparator()
    menu.addAction(action(window, tr("&Find"), window.go_to_search, Standard.Find, "search"))
    menu.addAction(
        action(
            window,
            tr("&Save this search…"),
            window.search.save,
            Standard.Save,
            "bookmark-plus",
        )
    )
    menu.addSeparator()
    menu.addAction(action(window, tr("Select &all"), window.grid.select_all, Standard.SelectAll))


def _fill_view(window: "MainWindow", menu: QMenu) -> None:
    for number, listing in enumerate(window.sidebar.lists(), start=1):
        menu.addAction(
            action(
                window,
                listing.name,
                lambda key=listing.key: window.sidebar.choose(key),  # type: ignore[misc]
                f"Ctrl+{number}",
                listing.icon,
            )
        )
    menu.addSeparator()
    larger = action(window, tr("&Larger"), window.grid.zoom_in, Standard.ZoomIn, "zoom-in")
    larger.setShortcuts([QKeySequence(Standard.ZoomIn), QKeySequence("Ctrl+=")])
    menu.addAction(larger)
    menu.addAction(
        action(window, tr("S&maller"), window.grid.zoom_out, Standard.ZoomOut, "zoom-out")
    )
    menu.addSeparator()
    menu.addAction(
        action(window, tr("&Sidebar"), window.parts.sidebar_button.toggle, "Ctrl+B", "panel-left")
    )
    menu.addAction(
        action(window, tr("&Details"), window.parts.detail_button.toggle, "Ctrl+I", "panel-right")
    )
    menu.addSeparator()
    menu.addMenu(appearance_menu(menu, window.appearance, window.remember_appearance))
    menu.addAction(
        action(window, tr("&Full screen"), window.toggle_full_screen, Standard.FullScreen)
    )


def _fill_help(window: "MainWindow", menu: QMenu) -> None:
    menu.addAction(
        action(
            window,
            tr("What a &search can say"),
            lambda: help_dialogs.show_search_help(window),
            Standard.HelpContents,
            "search",
        )
    )
    menu.addAction(
        action(
            window,
            tr("&Keys"),
            lambda: help_dialogs.show_keys(window, window.actions()),
            "Ctrl+/",
            "keyboard",
        )
    )
    menu.addAction(
        action(
            window,
            tr("Show the &log files"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(window.places.logs))),
            icon="file-text",
        )
    )
    menu.addSeparator()
    about = action(window, tr("&About PhotoTagger"), lambda: help_dialogs.show_about(window))
    about.setMenuRole(QAction.MenuRole.AboutRole)
    menu.addAction(about)
