# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Why a photo stands where it stands, in words: also one that the library does not know.

What is known is answered from the library alone; only for a file that it does not know the disk
is asked, by name and without opening it.
"""

from dataclasses import dataclass
from pathlib import Path

from phototagger.formats import has_photo_extension
from phototagger.library.folders import Folder
from phototagger.paths import DataPlaces, show
from phototagger.photo import Caption, Origin, Photo, PhotoStatus, Target, is_placeholder
from phototagger.pipeline.activity import captioning
from phototagger.pipeline.disks import ANOTHER_DISK_HINT, has_another_disk
from phototagger.pipeline.stores import Stores
from phototagger.watching.ignore import why_ignored
from phototagger.watching.volumes import is_network

UNKNOWN = "unknown"
"""The status of a file that is no photo of the library."""

_WHERE = {
    Target.EMBEDDED: "in the photo itself",
    Target.SIDECAR: "in a sidecar beside it",
    Target.INDEX: "in the index only",
}
_REVIEW_HINT = "Accept, change or reject it in the window, under Review."
_PAUSED_HINT = "Let it go on in the window, under Watch folders."
_KEPT_DAYS = "It is remembered for 30 days; if it comes back, so does all that is known of it."


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a photo stands and why.

    Attributes:
        path: the file.
        status: a value of `PhotoStatus`, or `UNKNOWN`.
        why: one sentence or two, without the last full stop.
        hint: what to do, "" for nothing.
        caption: the caption that counts, or None.
    """

    path: Path
    status: str
    why: str
    hint: str = ""
    caption: Caption | None = None


def explain(path: Path, stores: Stores, places: DataPlaces) -> Answer:
    """Why the photo at a path stands where it stands.

    Args:
        path: absolute; it need not exist.
        stores: the library, reading is enough.
        places: the data folder.
    """
    photo = stores.photos.by_path(path)
    folder = _folder_of(path, stores)
    if photo is None:
        why, hint = _unknown(path, folder)
        return Answer(path, UNKNOWN, why, hint)
    caption = stores.captions.current(photo.id)
    if folder is not None and folder.offline and photo.status is not PhotoStatus.MISSING:
        why, hint = _away(folder)
    else:
        why, hint = _standing(photo, caption, folder, stores, places)
    return Answer(path, photo.status.value, why, hint, caption)


def explain_folder(folder: Folder) -> tuple[str, str]:
    """How a watch folder does that is not just as it should be, and what to do; "" if it is.

    Of a running watch this knows nothing; that shows in the window and in the watch's output.
    """
    if folder.offline or not folder.path.is_dir():
        return _away(folder)
    if folder.paused:
        return "It is paused, its photos wait", _PAUSED_HINT
    if is_network(folder.path):
        return (
            "It is on a network disk and is looked through every 1 to 10 minutes",
            "Network disks do not report changes that other machines make.",
        )
    return "", ""


def _folder_of(path: Path, stores: Stores) -> Folder | None:
    folders = (folder for folder in stores.folders.all() if path.is_relative_to(folder.path))
    return next(folders, None)


def _away(folder: Folder) -> tuple[str, str]:
    if has_another_disk(folder) and _holds_anything(folder.path):
        return f"Another disk is in the place of {show(folder.path)}", ANOTHER_DISK_HINT
    hint = "Nothing is removed from the library; it goes on when the disk is back."
    return f"The watch folder {show(folder.path)} is offline", hint


def _holds_anything(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:
        return False


def _standing(
    photo: Photo, caption: Caption | None, folder: Folder | None, stores: Stores, places: DataPlaces
) -> tuple[str, str]:
    """Why, and what to do, for a photo that the library knows."""
    found = stores.photos.why(photo.path)
    title, hint = (found.title, found.hint) if found else ("", "")
    match photo.status:
        case PhotoStatus.PENDING:
            return _waiting(caption, folder, places)
        case PhotoStatus.IN_PROGRESS:
            return "It is being captioned", "If nothing captions now, the next run begins it again."
        case PhotoStatus.CAPTIONED:
            return _captioned(photo, caption, stores), ""
        case PhotoStatus.REVIEW:
            return title.rstrip(".") or "Its caption waits for your review", _REVIEW_HINT
        case PhotoStatus.MISSING:
            return "The file is not there any more", _KEPT_DAYS
        case PhotoStatus.SKIPPED | PhotoStatus.FAILED:
            return title or "It was left without a caption", hint


def _waiting(caption: Caption | None, folder: Folder | None, places: DataPlaces) -> tuple[str, str]:
    who = captioning(places)
    beside = ""
    if caption is not None and caption.origin is Origin.HUMAN:
        beside = ". A person's caption is there already and stays; the model's goes to the index"
    if folder is not None and folder.paused:
        return f"Its watch folder is paused{beside}", _PAUSED_HINT
    if not who.model:
        return f"It waits for a model{beside}", who.problem
    hint = "Photos are captioned while the window or `phototagger watch` runs, newest first."
    return f"It waits for its turn with {who.model}{beside}", hint


def _captioned(photo: Photo, caption: Caption | None, stores: Stores) -> str:
    target, reason = stores.photos.written(photo.id)
    if caption is None:
        return "It has no caption now"
    if caption.origin is Origin.HUMAN:
        by = "A person wrote its caption"
    else:
        sure = "" if caption.confidence is None else f" ({caption.confidence:.0%} sure)"
        by = f"{caption.model or 'A model'} wrote its caption{sure}"
    return f"{by}. {reason.rstrip('.')}" if reason else f"{by}; it is {_WHERE[target]}"


def _unknown(path: Path, folder: Folder | None) -> tuple[str, str]:
    """Why a file is no photo of the library."""
    try:
        status = path.stat()
    except PermissionError:
        return "The system does not let it be looked at", "Check who owns the file and its folder."
    except OSError:
        return "There is no such file, and none was known here", "Look for a mistake in its name."
    if path.is_dir():
        return "This is a folder", "`phototagger status` tells how the watch folders do."
    if not has_photo_extension(path.name):
        if not path.suffix:
            return "Files without an ending are no photos to PhotoTagger", ""
        return f"Files ending in {path.suffix} are no photos to PhotoTagger", ""
    if folder is None:
        return (
            "It is in no watch folder",
            "Watch its folder: `phototagger folder add FOLDER`; or caption it alone: "
            "`phototagger tag PHOTO`.",
        )
    if ignored := why_ignored(path, folder.path):
        return ignored, "`phototagger tag PHOTO` captions it all the same."
    if folder.offline:
        return _away(folder)
    if is_placeholder(status):
        return "It is in the cloud and not on this disk", "Make it available offline."
    return (
        "It was not there when its folder was last looked through",
        "It is taken in once it has not changed for some seconds, while the window or "
        "`phototagger watch` runs.",
    )
