"""Pictures drawn anew: what the eye sees, and no byte of the original file."""

import io
import re
import zlib
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from panel_app.foundation.files import sayings
from panel_app.foundation.files.problems import Damaged, Unacceptable

_PNG_SIGNATURE_BYTES = 8
_END_OF_IMAGE = 0xD9
# A marker that isn't stuffing, padding or a restart: within a scan, only the next segment or the end looks so.
_MARKER = re.compile(rb"\xff+[^\x00\x01\xd0-\xd7\xff]")
MILLION = 1_000_000
JPEG_QUALITY = 92
# What Pillow and its decoders raise on files that are cut, broken or made to break them.
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error, IndexError, KeyError, EOFError)


def open_picture(source: Path | BinaryIO, form: str, pixels: int) -> Image.Image:
    """The first frame of a picture, decoded. `form` is PNG or JPEG. Raises `Unacceptable` over `pixels`, `Damaged`."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is compared before anything is decoded
    try:
        picture = Image.open(source, formats=[form])
    except BROKEN as error:
        raise Damaged(sayings.damaged(), type(error).__name__) from error
    width, height = picture.size
    if width * height > pixels:
        picture.close()
        raise Unacceptable(sayings.too_many_pixels(pixels // MILLION))
    try:
        picture.load()
    except BROKEN as error:
        picture.close()
        raise Damaged(sayings.damaged(), type(error).__name__) from error
    return picture


def bare(picture: Image.Image) -> Image.Image:
    """The same picture upright, in sRGB, without EXIF, XMP, comments, profile or text."""
    upright = ImageOps.exif_transpose(picture)
    plain = _in_srgb(upright, picture.info.get("icc_profile"))
    if plain.mode == "P":
        plain = plain.convert("RGBA" if "transparency" in plain.info else "RGB")
    drawn = plain.copy()
    drawn.info = {}
    return drawn


def as_png(picture: Image.Image, out: Path | BinaryIO) -> None:
    """Write a bare picture as PNG."""
    drawable = picture if picture.mode in ("1", "L", "LA", "RGB", "RGBA", "I;16") else picture.convert("RGB")
    drawable.save(out, format="PNG")


def as_jpeg(picture: Image.Image, out: Path | BinaryIO) -> None:
    """Write a bare picture as JPEG."""
    drawable = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    drawable.save(out, format="JPEG", quality=JPEG_QUALITY, subsampling=0)


def png_end(raw: bytes) -> int:
    """Where the PNG ends: the offset behind IEND. Raises `Damaged` for a broken chain of chunks or a wrong sum."""
    at = _PNG_SIGNATURE_BYTES
    while at + 12 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        kind, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        if zlib.crc32(kind + body) != int.from_bytes(raw[at + 8 + length : at + 12 + length], "big"):
            break
        at += 12 + length
        if kind == b"IEND":
            return at
    raise Damaged(sayings.cut_off(), "png chunks")


def jpeg_end(raw: bytes) -> int:
    """Where the JPEG ends: the offset behind its end marker, past thumbnails in its segments. Raises `Damaged`."""
    at = 2
    while at + 4 <= len(raw):
        found = _MARKER.search(raw, at)
        if found is None:
            break
        marker, at = raw[found.end() - 1], found.end()
        if marker == _END_OF_IMAGE:
            return at
        at += int.from_bytes(raw[at : at + 2], "big")
    raise Damaged(sayings.cut_off(), "jpeg segments")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return picture  # a profile that can't be read says nothing about colours
    return converted if converted is not None else picture
