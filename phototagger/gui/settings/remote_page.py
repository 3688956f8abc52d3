# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of the remote captioner: off by default, and plain about where photos go."""

from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from phototagger.errors import PhotoTaggerError
from phototagger.gui.bridge import Bridge
from phototagger.gui.pieces import button, card, label, set_icon, while_there
from phototagger.gui.said import in_one
from phototagger.gui.settings.live import LiveSettings
from phototagger.gui.settings.rows import (
    bind,
    number,
    page,
    row,
    side_by_side,
    switch,
    text_field,
)
from phototagger.gui.theme import SPACE
from phototagger.gui.translated import tr
from phototagger.settings import RemoteSettings, Settings

_LINES = 4  # of the prompt that are shown at once


def remote_page(live: LiveSettings, bridge: Bridge) -> QWidget:
    """The page."""
    at_once, patience, side = QSpinBox(), QDoubleSpinBox(), QSpinBox()
    at_once.setRange(1, 16)
    patience.setRange(1, 3600)
    patience.setDecimals(0)
    patience.setSuffix(tr(" s"))
    side.setRange(64, 1024)
    side.setSingleStep(64)
    side.setSuffix(tr(" px"))
    details = page_part(
        text_field(
            live,
            "remote.url",
            tr("Address of the server"),
            hint=tr("Any that speaks the chat protocol of OpenAI."),
            example="http://localhost:11434/v1",
        ),
        text_field(live, "remote.model", tr("The server's name for the model"), example="llava"),
        _key(live, bridge),
        _use(live),
        _prompt(live),
        number(live, "remote.concurrency", tr("Photos at once"), at_once),
        number(live, "remote.timeout", tr("Patience with one answer"), patience),
        number(
            live,
            "remote.max_side",
            tr("Longest side of what is sent"),
            side,
            tr("Photos are scaled down to this before they go out."),
        ),
    )
    bind(live, lambda settings: details.setVisible(settings.remote.enabled))
    live.changed.connect(lambda settings: _leave(live, settings))
    return page(
        tr("Remote captioner"),
        _notice(),
        switch(live, "remote.enabled", tr("Allow photos to be sent to a server that I name")),
        details,
    )


def _leave(live: LiveSettings, settings: Settings) -> None:
    """A server that is no longer allowed is no longer in use."""
    if not settings.remote.enabled and settings.captions.model == "remote":
        live.change("captions.model", "")


def page_part(*rows: QWidget) -> QWidget:
    """Rows that come and go together."""
    made = page("", *rows)
    layout = made.layout()
    assert layout is not None
    title = layout.takeAt(0)
    if title is not None and (widget := title.widget()) is not None:
        widget.deleteLater()
    layout.setContentsMargins(0, 0, 0, 0)
    return made


def _notice() -> QWidget:
    """What everybody should know before switching it on."""
    picture = QLabel()
    set_icon(picture, "cloud", "warning")
    words = label(
        tr(
            "PhotoTagger captions on this machine. A remote captioner is different: every photo it "
            "captions is sent to the server you name, scaled down and without its metadata. Who "
            "runs that server can see and keep it. While it is in use, the foot of the window "
            "says so."
        )
    )
    line = QHBoxLayout()
    line.setSpacing(SPACE * 3)
    line.addWidget(picture)
    line.addWidget(words, 1)
    return card(line)


def _use(live: LiveSettings) -> QWidget:
    """Whether photos are really captioned with it."""
    state = label()
    start = button(tr("Use it for captions"), "cloud")
    end = button(tr("Caption on this machine again"), "monitor")

    def show(settings: Settings) -> None:
        used = settings.captions.model == "remote"
        ready = bool(settings.remote.url and settings.remote.model)
        state.setProperty("look", "warning" if used else "quiet")
        state.style().polish(state)
        state.setText(
            tr("Photos are sent to {server}.").format(server=settings.remote.url)
            if used
            else tr("It is allowed, and not in use: photos stay on this machine.")
        )
        start.setVisible(not used)
        start.setEnabled(ready)
        end.setVisible(used)

    start.clicked.connect(lambda: live.change("captions.model", "remote"))
    end.clicked.connect(lambda: live.change("captions.model", ""))
    bind(live, show)
    return side_by_side(state, start, end)


def _key(live: LiveSettings, bridge: Bridge) -> QWidget:
    """The key to the server, kept in the system's keyring and never shown."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    keep, forget = button(tr("Keep")), button(tr("Forget"), look="quiet")
    state = label(role="small", look="quiet")

    def ask(settings: Settings) -> None:
        field.setEnabled(bool(settings.remote.url))
        if settings.remote.enabled and settings.remote.url:
            remote = settings.remote
            bridge.read("key", lambda _: _is_kept(remote), shown, refused)

    def take(kept: bool) -> None:
        forget.setVisible(kept)
        field.setPlaceholderText("••••••••" if kept else "")
        state.setText(
            tr("A key for this server is in the system's keyring.")
            if kept
            else tr("No key is kept. Servers on your own machine rarely want one.")
        )

    def refuse(error: PhotoTaggerError) -> None:
        state.setText(in_one(error))

    shown, refused = while_there(field, take), while_there(field, refuse)
    asked_again = while_there(field, lambda _: ask(live.now))

    def store() -> None:
        remote, key = live.now.remote, field.text()
        field.clear()
        if key:
            bridge.command(lambda _: _keep(remote, key), asked_again, refused)

    def drop() -> None:
        remote = live.now.remote
        bridge.command(lambda _: _forget(remote), asked_again, refused)

    keep.clicked.connect(store)
    field.returnPressed.connect(store)
    forget.clicked.connect(drop)
    forget.hide()
    bind(live, ask)
    made = row(
        tr("Key"),
        tr("Kept in the system's keyring, for this server alone."),
        side_by_side(field, keep, forget),
        wide=True,
    )
    field.setAccessibleName(tr("Key"))
    layout = made.layout()
    assert layout is not None
    layout.addWidget(state)
    return made


def _is_kept(remote: RemoteSettings) -> bool:
    from phototagger.inference.remote.api_key import find_key
    from phototagger.inference.remote.endpoint import parse_endpoint

    return bool(find_key(parse_endpoint(remote.url)))


def _keep(remote: RemoteSettings, key: str) -> None:
    from phototagger.inference.remote.api_key import store_key
    from phototagger.inference.remote.endpoint import parse_endpoint

    store_key(parse_endpoint(remote.url), key)


def _forget(remote: RemoteSettings) -> None:
    from phototagger.inference.remote.api_key import forget_key
    from phototagger.inference.remote.endpoint import parse_endpoint

    forget_key(parse_endpoint(remote.url))


def _prompt(live: LiveSettings) -> QWidget:
    """What the model is told."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * (_LINES + 1))
    keep = button(tr("Save"))

    def text() -> str:
        return field.toPlainText().strip()

    def show(settings: Settings) -> None:
        field.setPlainText(settings.remote.prompt)
        keep.setEnabled(False)

    field.textChanged.connect(lambda: keep.setEnabled(text() not in ("", live.now.remote.prompt)))
    keep.clicked.connect(lambda: live.change("remote.prompt", text()))
    bind(live, show)
    made = row(
        tr("What the model is told"),
        tr("In any language; captions come in the language it asks for."),
        field,
        wide=True,
    )
    layout = made.layout()
    assert layout is not None
    layout.addWidget(side_by_side(keep))
    return made
