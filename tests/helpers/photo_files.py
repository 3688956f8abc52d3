# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Small photos of every container, built by Pillow, and metadata blocks for them."""

import io
import struct
import zlib
from pathlib import Path

import piexif
from PIL import Image

from phototagger.photo import Caption, Origin

ASCII = "Two dogs play on a beach"
LETTERS = "Zwei Hunde spielen am Strand — 2 собаки"
MACHINE = Caption(LETTERS, Origin.AI, "vit", "r1", 0.875, "2026-01-02T03:04:05Z")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def picture(size: tuple[int, int] = (32, 24)) -> Image.Image:
    """A picture whose pixels all differ a little."""
    width, height = size
    rows = (
        bytes((x * 7 % 256, y * 9 % 256, (x + y) % 256))
        for y in range(height)
        for x in range(width)
    )
    return Image.frombytes("RGB", size, b"".join(rows))


def exif_block(description: bytes | None = None, **tags: object) -> bytes:
    """An EXIF block with a camera, a date, GPS and a maker note."""
    ifd0: dict[int, object] = {
        piexif.ImageIFD.Make: b"Acme",
        piexif.ImageIFD.Model: b"Acme One",
        piexif.ImageIFD.Orientation: tags.get("orientation", 1),
    }
    if description is not None:
        ifd0[piexif.ImageIFD.ImageDescription] = description
    photo: dict[int, object] = {
        piexif.ExifIFD.DateTimeOriginal: b"2024:07:01 12:34:56",
        piexif.ExifIFD.OffsetTimeOriginal: b"+02:00",
        piexif.ExifIFD.LensModel: b"Acme 35mm",
        piexif.ExifIFD.MakerNote: tags.get("maker_note", b"ACME\0" + bytes(range(64))),
    }
    if "user_comment" in tags:
        photo[piexif.ExifIFD.UserComment] = tags["user_comment"]
    gps = {
        piexif.GPSIFD.GPSLatitudeRef: b"S",
        piexif.GPSIFD.GPSLatitude: ((33, 1), (30, 1), (0, 1)),
        piexif.GPSIFD.GPSLongitudeRef: b"E",
        piexif.GPSIFD.GPSLongitude: ((151, 1), (15, 1), (0, 1)),
    }
    return bytes(piexif.dump({"0th": ifd0, "Exif": photo, "GPS": gps}))


def xmp_packet(properties: str, namespaces: str = "", *, padding: int = 0) -> bytes:
    """A packet with these properties in one description."""
    body = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Test">'
        f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about="" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" {namespaces}>{properties}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return (body + " " * padding + '<?xpacket end="w"?>').encode()


def description(text: str, language: str = "x-default") -> str:
    """The XMP property that holds a caption."""
    item = f'<rdf:li xml:lang="{language}">{text}</rdf:li>'
    return f"<dc:description><rdf:Alt>{item}</rdf:Alt></dc:description>"


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """An IPTC-IIM block from (record, dataset, data)."""
    return b"".join(
        bytes((0x1C, record, number)) + struct.pack(">H", len(data)) + data
        for record, number, data in datasets
    )


def photoshop(block: bytes, digest: bytes | None = None) -> bytes:
    """Photoshop's resource block with IPTC in it, as the payload of APP13."""
    parts = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + bytes(len(block) % 2)
    if digest is not None:
        parts += b"8BIM\x04\x25\0\0" + struct.pack(">I", 16) + digest
    return b"Photoshop 3.0\0" + parts


def segment(marker: int, payload: bytes) -> bytes:
    """A JPEG segment."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def jpeg(
    *,
    exif: bytes = b"",
    xmp: bytes = b"",
    app13: bytes = b"",
    comment: bytes = b"",
    more: bytes = b"",
    trailer: bytes = b"",
    size: tuple[int, int] = (32, 24),
) -> bytes:
    """A JPEG with these blocks behind its APP0."""
    stream = io.BytesIO()
    picture(size).save(stream, "JPEG", quality=80)
    plain = stream.getvalue()
    after_app0 = 2 + 2 + int.from_bytes(plain[4:6], "big")
    blocks = segment(0xE1, exif) if exif else b""
    blocks += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp) if xmp else b""
    blocks += segment(0xED, app13) if app13 else b""
    blocks += segment(0xFE, comment) if comment else b""
    return plain[:after_app0] + blocks + more + plain[after_app0:] + trailer


def saved(kind: str, mode: str = "RGB", *, frames: int = 1, **options: object) -> bytes:
    """A picture as Pillow saves it in some format, animated or with many pages when asked."""
    stream = io.BytesIO()
    images = []
    for number in range(frames):
        image = picture((32, 24 + (number if kind == "TIFF" else 0)))
        image.paste((number * 40, 0, 0), (0, 0, 4, 4))
        images.append(image.convert(mode) if mode != "I;16" else image.convert("I").convert(mode))
    if frames > 1:
        options |= {"save_all": True, "append_images": images[1:]}
    images[0].save(stream, kind, **options)
    return stream.getvalue()


def png_with(kind: bytes, body: bytes) -> bytes:
    """A PNG with one more chunk, behind its header."""
    plain = saved("PNG")
    chunk = struct.pack(">I", len(body)) + kind + body
    chunk += struct.pack(">I", zlib.crc32(kind + body))
    return plain[:33] + chunk + plain[33:]


def raw_profile(name: str, content: bytes) -> bytes:
    """A PNG with metadata in ImageMagick's old form."""
    text = f"Raw profile type {name}\0\n{name}\n {len(content)}\n{content.hex()}\n"
    return png_with(b"tEXt", text.encode())


def samples() -> dict[str, bytes]:
    """One small photo of every container that takes a caption, by file name."""
    exif = exif_block(b"OLYMPUS DIGITAL CAMERA         ")
    packet = xmp_packet("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    return {
        "plain.jpg": jpeg(),
        "exif.jpg": jpeg(exif=exif),
        "everything.jpg": jpeg(
            exif=exif, xmp=packet, app13=photoshop(iim((2, 5, b"Title"), (2, 25, b"sea")))
        ),
        "plain.png": saved("PNG"),
        "exif.png": saved("PNG", exif=exif[6:]),
        "animated.png": saved("PNG", frames=3),
        "deep.png": saved("PNG", "I;16"),
        "plain.webp": saved("WEBP"),
        "lossless.webp": saved("WEBP", lossless=True),
        "exif.webp": saved("WEBP", exif=exif[6:], xmp=packet),
        "animated.webp": saved("WEBP", frames=3),
        "plain.tif": saved("TIFF"),
        "exif.tif": saved("TIFF", exif=exif[6:]),
        "pages.tif": saved("TIFF", frames=5),
        "big.tif": saved("TIFF", big_tiff=True),
    }


def put(folder: Path, name: str, data: bytes) -> Path:
    """Write a file and say where."""
    path = folder / name
    path.write_bytes(data)
    return path
