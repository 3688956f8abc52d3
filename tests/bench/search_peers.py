# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""The same keystrokes with what else people have: FTS5's own ranking, ripgrep, Recoll."""

import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

# Recoll takes some ms of processor to index one message.
_RECOLLED = 50_000


def compared(library: Path, typed: Sequence[str], ours: Sequence[float]) -> dict[str, object]:
    """Median times of each peer for some keystrokes, in ms, and how many times ours they are."""
    result: dict[str, object] = {
        "peers_keystrokes": len(typed),
        "ours_p50_ms": statistics.median(ours),
    }
    words = [re.findall("[a-z0-9]+", text.lower()) or ["a"] for text in typed]
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(library)) as connection:
        peers: dict[str, Callable[[list[str]], object]] = {
            "fts5_rank": lambda each: _ranked_by_fts5(connection, each),
        }
        if shutil.which("rg"):
            captions = Path(folder) / "captions.txt"
            _write_captions(connection, captions)
            peers["ripgrep"] = lambda each: _ripgrep(captions, each)
        else:
            print("ripgrep is not installed: left out")
        if shutil.which("recollindex"):
            started = time.perf_counter()
            _recoll_index(connection, Path(folder))
            result["recoll_photos"] = _RECOLLED
            result["recoll_build_s_per_100k"] = (
                (time.perf_counter() - started) * 100_000 / _RECOLLED
            )
            peers["recoll"] = lambda each: _recoll(Path(folder), each)
        else:
            print("Recoll is not installed: left out")
        for name, search in peers.items():
            times = [_milliseconds(search, each) for each in words]
            result[f"{name}_p50_ms"] = statistics.median(times)
            result[f"{name}_slowest_ms"] = max(times)
            ratios = [theirs / mine for theirs, mine in zip(times, ours, strict=True)]
            result[f"{name}_times_ours"] = statistics.median(ratios)
    return result


def _milliseconds(search: Callable[[list[str]], object], words: list[str]) -> float:
    start = time.perf_counter()
    search(words)
    return (time.perf_counter() - start) * 1000


def _ranked_by_fts5(connection: sqlite3.Connection, words: list[str]) -> object:
    *whole, last = words
    expression = " AND ".join([*(f'"{word}"' for word in whole), f'"{last}"*'])
    return connection.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT 50",
        (expression,),
    ).fetchall()


def _write_captions(connection: sqlite3.Connection, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for (caption,) in connection.execute("SELECT caption FROM documents"):
            file.write(" ".join(caption.split()) + "\n")


def _ripgrep(captions: Path, words: list[str]) -> object:
    """Lines with all the words: one search after the other, as people pipe them."""
    commands = [["rg", "-i", "-F", words[0], str(captions)]]
    commands += [["rg", "-i", "-F", word] for word in words[1:]]
    previous = None
    processes = []
    for command in commands:
        process = subprocess.Popen(command, stdin=previous, stdout=subprocess.PIPE)
        if previous is not None:
            previous.close()
        previous = process.stdout
        processes.append(process)
    assert previous is not None
    with previous:
        found = sum(1 for _ in previous)
    for process in processes:
        process.wait()
    return found


def _recoll_index(connection: sqlite3.Connection, folder: Path) -> None:
    """The captions as one mailbox, which Recoll takes apart into documents."""
    mail = folder / "mail"
    mail.mkdir()
    rows = connection.execute("SELECT key, caption FROM documents LIMIT ?", (_RECOLLED,))
    with (mail / "captions.mbox").open("w", encoding="utf-8") as file:
        for key, caption in rows:
            file.write(
                "From anna@example.org Mon Jan  1 00:00:00 2024\n"
                f"From: anna@example.org\nMessage-ID: <{key}@example.org>\n"
                f"Subject: {' '.join(caption.split())}\n\n{' '.join(caption.split())}\n\n"
            )
    settings = folder / "recoll"
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {mail}\n", encoding="utf-8")
    subprocess.run(
        ["recollindex", "-c", str(settings)], check=True, capture_output=True, timeout=3600
    )


def _recoll(folder: Path, words: list[str]) -> object:
    *whole, last = words
    return subprocess.run(
        ["recollq", "-c", str(folder / "recoll"), "-n", "50", *whole, f"{last}*"],
        check=False,
        capture_output=True,
    )
