# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Where a photo stands once its file was read again, given what the library knew of it."""

from phototagger.errors import IN_CLOUD
from phototagger.photo import FileFacts, Origin, Photo, PhotoStatus, Target
from phototagger.pipeline.stores import Stores


def status_after(
    before: Photo | None, facts: FileFacts, *, was_in_cloud: bool = False
) -> PhotoStatus:
    """What a photo's status is once its file was read again."""
    machine_caption = facts.caption is not None and facts.caption.origin is Origin.AI
    fresh = PhotoStatus.CAPTIONED if machine_caption else PhotoStatus.PENDING
    if before is None:
        return fresh
    if before.status is PhotoStatus.IN_PROGRESS:
        # Whoever works on it notices that the file changed, and begins it again.
        return before.status
    if before.fingerprint != facts.fingerprint:
        return fresh
    if before.status in (PhotoStatus.PENDING, PhotoStatus.FAILED) or was_in_cloud:
        return fresh
    return before.status


def was_in_cloud(photo: Photo, stores: Stores) -> bool:
    """Whether a photo was skipped only because it was not here."""
    why = stores.photos.why(photo.path) if photo.status is PhotoStatus.SKIPPED else None
    return why is not None and why.title == IN_CLOUD


def lacks_its_caption(photo: Photo, facts: FileFacts, stores: Stores) -> bool:
    """Whether an older copy, without the machine's caption, is what is left of a photo."""
    if facts.caption is not None:
        return False
    caption, (target, _) = stores.captions.current(photo.id), stores.photos.written(photo.id)
    return caption is None or (caption.origin is Origin.AI and target is not Target.INDEX)


def is_about_another_picture(photo: Photo, facts: FileFacts, stores: Stores) -> bool:
    """Whether a sidecar still says what the machine saw in the picture that was here before."""
    if photo.fingerprint == facts.fingerprint or facts.caption is None:
        return False
    caption, (target, _) = stores.captions.current(photo.id), stores.photos.written(photo.id)
    return (
        target is Target.SIDECAR
        and caption is not None
        and caption.origin is Origin.AI
        and caption.text == facts.caption.text
    )


def is_asked_for_again(photo: Photo, facts: FileFacts, stores: Stores) -> bool:
    """Whether a photo waits for a caption although the library knows the one that it has."""
    known = stores.captions.current(photo.id) if photo.status is PhotoStatus.PENDING else None
    return known is not None and facts.caption is not None and known.text == facts.caption.text
