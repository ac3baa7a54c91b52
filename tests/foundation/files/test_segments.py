"""Pictures inside documents lose their properties and stay the pictures they are."""

import io

import pytest
from PIL import Image, features

from panel_app.foundation.files.segments import bare_jpeg, bare_jpeg2000
from tests.foundation.files import samples

WHO = "Zephyrine Plantedname"


def test_a_jpeg_keeps_its_points_and_loses_its_words() -> None:
    original = samples.jpeg_with_exif(WHO, comment=WHO, xmp=WHO) + WHO.encode()

    bare = bare_jpeg(original)

    assert original.count(WHO.encode()) == 4
    assert WHO.encode() not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(original)).tobytes()


def test_the_marks_for_colours_stay() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (10, 200, 30, 40)).save(out, "JPEG")

    bare = bare_jpeg(out.getvalue())

    assert b"Adobe" in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(out).tobytes()


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b"", b""),
        (b"\xff\xd8", b"\xff\xd8"),
        (b"\xff\xd8\xff\xe1", b"\xff\xd8"),
        (b"\xff\xd8\xff\xff\xff\xd8\xff\xe1\x00\x08Zephyr", b"\xff\xd8\xff\xd8"),
    ],
)
def test_of_a_broken_jpeg_its_marks_are_kept_and_no_word(raw: bytes, kept: bytes) -> None:
    assert bare_jpeg(raw) == kept


def box(kind: bytes, body: bytes, *, long: bool = False) -> bytes:
    if long:
        return b"\x00\x00\x00\x01" + kind + (16 + len(body)).to_bytes(8, "big") + body
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def test_a_jpeg2000_loses_its_boxes_of_words() -> None:
    signature, stream = box(b"jP  ", b"\r\n\x87\n"), b"\x00\x00\x00\x00jp2c" + b"\xff\x4f code"
    words = box(b"xml ", WHO.encode()) + box(b"uuid", WHO.encode(), long=True) + box(b"jp2i", WHO.encode())

    assert bare_jpeg2000(signature + words + stream) == signature + stream


def test_a_real_jpeg2000_opens_as_before() -> None:
    if not features.check("jpg_2000"):
        pytest.skip("Pillow was built without JPEG 2000")
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(out, "JPEG2000")

    bare = bare_jpeg2000(out.getvalue())

    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(out).tobytes()
