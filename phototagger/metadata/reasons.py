# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Why a caption is not in its photo: what people read, each a clause that may follow "because".

resources/docs/where-captions-go.md lists the cases; a test finds every reason there.
"""

# The kind of file.
RAW = "camera RAW files are never changed"
HEIF = "HEIC and AVIF files are not changed, as not every program would cope"
GIF = "GIF files have no place for a caption"
BMP = "BMP files have no place for a caption"
JXL = "JPEG XL files are not changed yet"

# What it holds.
C2PA = "it carries a C2PA signature that any change would break"
AFCP = "it has a trailer (AFCP) that any change would break"
TRAILING = "it has other data behind the picture, which a change could break"
TWICE = "it holds a metadata block twice, and programs disagree on which one counts"
CUT_BLOCK = "the metadata to change is cut over several parts of the file"
EXTENDED = "its caption is in extended XMP, which cannot be changed safely"
RAW_PROFILE = "its metadata is kept in an old way (raw profile) that cannot be changed safely"
MACHINE_DATA = "its description holds another program's data"
POINTER = "it may hold a pointer to a preview behind the picture, which would move"
UNUSUAL_XMP = "its XMP is written in a form that cannot be changed safely"
OTHER_LANGUAGES = "it holds a text in another language, too, which would take its place"
NO_ROOM = "it has no room for more metadata, which a JPEG limits to 64 KB"
NO_FIELD = "its format has no place for a field that was to be changed"
TOO_LARGE = "it would become too large for its format"

# What is wrong with it.
DAMAGED = "its structure is damaged"
CUT_OFF = "the picture is cut off"
MISNAMED_XMP = "its XMP is misnamed, and programs disagree on whether it counts"
DAMAGED_EXIF = "its EXIF block is damaged"
OUTSIDE = "its EXIF block points outside itself, to data that would move"
DAMAGED_XMP = "its XMP is damaged"
DAMAGED_IPTC = "its IPTC block is damaged"
DAMAGED_INDEX = "its list of pictures (MPF) is damaged"

# Where it lies.
READ_ONLY = "it is read-only"
NOT_ALLOWED = "it may not be written by this user"
OWNER = "it belongs to another user, who would not own the new file"
HARD_LINKS = "it has other hard links, which would keep the old content"
SPACE = "there is too little free space to replace it safely"

# What the check before saving found; that should not happen, and then nothing does.
CHECK = "the check before saving failed"
NO_WAY_BACK = "the change could not be undone to the byte"
UNEXPECTED = "it could not be proven safe"

# Its sidecar.
DAMAGED_SIDECAR = "its sidecar is damaged or of an unknown kind"
UTF16_SIDECAR = "its sidecar is in UTF-16, which is read but never changed"
UNREADABLE_SIDECAR = "its sidecar cannot be read"

# Where a person's words go when no file can take them.
NO_FILE_MAY = "neither the photo nor a sidecar beside it may be written"
AWAY = "the photo is not there now"
IN_CLOUD = "the photo is in the cloud and not on this disk"

# What was asked for.
KEPT = "a person's caption is kept"
NOTHING = "there is nothing to write"
SIDECAR_ONLY = "the settings ask for a sidecar"
INDEX_ONLY = "the settings say that nothing is written into files"
