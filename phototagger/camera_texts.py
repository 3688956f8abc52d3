# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Texts that cameras and programs leave where a person's caption would be."""

CAMERA_TEXTS = (
    # Cameras and phones, in ImageDescription and UserComment.
    "OLYMPUS DIGITAL CAMERA", "MINOLTA DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA",
    "KONICA DIGITAL CAMERA", "SANYO DIGITAL CAMERA", "SAMSUNG DIGITAL CAMERA",
    "FUJIFILM DIGITAL CAMERA", "CASIO DIGITAL CAMERA", "PENTAX DIGITAL CAMERA",
    "RICOH DIGITAL CAMERA", "POLAROID DIGITAL CAMERA", "VIVITAR DIGITAL CAMERA",
    "KODAK DIGITAL STILL CAMERA", "JVC DIGITAL STILL CAMERA", "DIGITAL STILL CAMERA",
    "DIGITAL CAMERA", "SONY DSC", "MINOLTA DSC", "EPSON DSC PICTURE", "Exif_JPEG*", "DCIM*",
    "default", "dav", "hdr", "sdr", "edf", "mde", "btf", "btfmdn", "cof", "hdrpl", "ptr", "nbty",
    "oplus_*", "oppo_*", "User comments", "Screenshot", "charset=Ascii",
    # Programs and libraries, in the comment of every JPEG they save.
    "AppleMark", "CREATOR: gd-jpeg*", "Created with GIMP", "Created with The GIMP",
    "File written by Adobe Photoshop*", "LEAD Technologies Inc.*", "Intel(R) JPEG Library*",
    "Optimized by JPEGmini*", "Compressed by jpeg-recompress*", "Processed By eBay with*",
    "Lavc5*", "Lavc6*", "JPEG Encoder Copyright*", "Handmade Software, Inc. Image Alchemy*",
)  # fmt: skip
"""Texts that nobody wrote, found where a person's caption would be (spec section 2). Letter case
and white space do not count; a `*` at the end stands for anything."""
