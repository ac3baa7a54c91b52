"""The picture of a copy's first page, shown until the page itself is drawn: small, and made of the copy alone."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from panel_app.foundation.files import sayings
from panel_app.foundation.files.problems import Damaged

MOST_SIDE = 1000
"""Pixels of its longer side."""
MOST_BYTES = 60_000
# Ways to pack it; the first that fits is taken. A page of type is smallest without loss, and sharp; a photograph isn't.
WAYS: tuple[dict[str, int | bool], ...] = ({"lossless": True}, {"quality": 60}, {"quality": 30})
SMALLER = 0.8
"""What is left of each side when no way fits."""


def write_front(copy: Path, out: Path) -> tuple[int, int]:
    """Draw the first page of a PDF as WebP without any property; gives its sides in pixels. Raises `Damaged`."""
    picture = _drawn(copy)
    while not (packed := _packed(picture)):
        picture = picture.resize((_less(picture.width), _less(picture.height)))
    out.write_bytes(packed)
    return picture.width, picture.height


def _drawn(copy: Path) -> Image.Image:
    try:
        document = pypdfium2.PdfDocument(copy)
        try:
            page = document[0]
            width, height = page.get_size()
            scale = MOST_SIDE / max(width, height, 1)
            bitmap = page.render(scale=scale, may_draw_forms=False)
            picture: Image.Image = bitmap.to_pil().convert("RGB")
            return picture
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise Damaged(sayings.damaged(), "pdfium can't draw its first page") from error


def _less(side: int) -> int:
    return max(1, round(side * SMALLER))


def _packed(picture: Image.Image) -> bytes:
    """The picture within the bytes that it may take; empty when no way brings it there."""
    for way in WAYS:
        out = io.BytesIO()
        picture.save(out, format="WEBP", method=4, **way)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    return b""
