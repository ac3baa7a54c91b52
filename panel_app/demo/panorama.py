"""A picture that can be looked at and can't be cleaned: drawing it anew takes more memory than the cage has."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import ImageCms

SIDE = 7740
GAP, WIDTH = 58, 200
SHOTS = 62
LOG_BYTES = 1_000_000
CAMERA = "\N{CAMERA} ".encode()
PNG = b"\x89PNG\r\n\x1a\n"
EIGHT_BITS_WITH_ALPHA = (8, 6, 0, 0, 0)
PAPER = bytes((244, 238, 222, 255))
NOTE = bytes((240, 214, 92, 255))


def panorama() -> bytes:
    """A PNG of just under 60 million pixels, with a colour profile and a long record of its making. Some 2 MB."""
    header = struct.pack(">IIBBBBB", SIDE, SIDE, *EIGHT_BITS_WITH_ALPHA)
    chunks = (
        _chunk(b"IHDR", header),
        _chunk(b"iCCP", _profile()),
        *_logs(),
        _chunk(b"IDAT", _rows()),
        _chunk(b"IEND", b""),
    )
    return PNG + b"".join(chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _profile() -> bytes:
    profile = BytesIO(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return b"sRGB\x00\x00" + zlib.compress(profile.getvalue())


def _logs() -> Iterator[bytes]:
    """What the camera and the stitching program wrote down of each shot.

    A letter from beyond the first 65,536 makes a text take four bytes a letter in memory.
    """
    for shot in range(SHOTS):
        name = f"Shot {shot:02d}".encode()
        lines = CAMERA + (name + b" matched, exposure kept; ") * (LOG_BYTES // 32)
        yield _chunk(b"iTXt", name + b"\x00\x01\x00\x00\x00" + zlib.compress(lines))


def _rows() -> bytes:
    """The rows, compressed as they come: the whole picture never lies in memory."""
    empty = b"\x00" + PAPER * SIDE
    noted = b"\x00" + (PAPER * GAP + NOTE * WIDTH) * (SIDE // (GAP + WIDTH))
    press = zlib.compressobj(1)
    parts = [press.compress(noted if row % (GAP + WIDTH) >= GAP else empty) for row in range(SIDE)]
    return b"".join([*parts, press.flush()])
