"""The picture of a first page: made of the copy, in the cage, small, in the page's own proportions, bare."""

import io
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from panel_app.foundation.files.cage import Limits
from panel_app.foundation.files.fronts import MOST_BYTES, MOST_SIDE, write_front
from panel_app.foundation.files.intake import draw_front, make_panel_copy
from panel_app.foundation.files.problems import Damaged, TooLong
from panel_app.foundation.files.registry import KINDS
from tests.foundation.files.samples import pdf_with, saved


def kept(folder: Path, content: bytes, name: str = "copy") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def picture_of(folder: Path, content: bytes) -> Image.Image:
    """The picture of a copy's first page."""
    out = folder / "front"
    write_front(kept(folder, content), out)
    return Image.open(io.BytesIO(out.read_bytes()), formats=["WEBP"])


def a_page(width: float, height: float, rotate: int = 0) -> bytes:
    """A blank page of these sides, in points."""
    document = pikepdf.Pdf.new()
    page = document.add_blank_page(page_size=(width, height))
    page.obj[Name.Rotate] = rotate
    return saved(document)


def a_stamped_pdf() -> bytes:
    """A page with a remark that is drawn over it as a black square."""
    document = pikepdf.Pdf.new()
    page = document.add_blank_page(page_size=(400, 400))
    look = document.make_stream(b"0 0 0 rg 0 0 200 200 re f")
    look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 200])})
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([100, 100, 300, 300]), F=4)
    stamp[Name.AP] = Dictionary(N=look)
    page.obj[Name.Annots] = Array([document.make_indirect(stamp)])
    return saved(document)


def noise() -> bytes:
    """A page that hardly anything makes smaller."""
    out = io.BytesIO()
    Image.frombytes("RGB", (900, 1200), Random(3).randbytes(900 * 1200 * 3)).save(out, "PDF")
    return out.getvalue()


def middle(picture: Image.Image) -> object:
    return picture.convert("L").getpixel((picture.width // 2, picture.height // 2))


@pytest.mark.parametrize(
    ("width", "height", "rotate", "sides"),
    [
        (595, 842, 0, (707, 1000)),
        (842, 595, 0, (1000, 707)),
        (595, 842, 90, (1000, 707)),
        (2384, 3370, 0, (708, 1000)),
        (10, 5000, 0, (2, 1000)),
    ],
)
def test_it_has_the_proportions_of_the_page_as_it_is_shown(
    tmp_path: Path, width: int, height: int, rotate: int, sides: tuple[int, int]
) -> None:
    picture = picture_of(tmp_path, a_page(width, height, rotate))

    assert max(picture.size) == MOST_SIDE
    assert picture.size == pytest.approx(sides, abs=1)


@pytest.mark.parametrize("content", [pdf_with(pages=3), noise()], ids=["type", "noise"])
def test_it_stays_within_its_bytes_whatever_the_page_is(tmp_path: Path, content: bytes) -> None:
    picture = picture_of(tmp_path, content)

    assert (tmp_path / "front").stat().st_size <= MOST_BYTES
    assert min(picture.size) > 300


def test_it_carries_no_property_of_the_file(tmp_path: Path) -> None:
    planted = {"Author": "Maize Test", "Title": "Maize Test"}

    picture = picture_of(tmp_path, pdf_with(info=planted, comment="Maize Test"))

    assert {"exif", "xmp", "icc_profile"} & picture.info.keys() == set()
    assert b"Maize" not in (tmp_path / "front").read_bytes()


def test_it_shows_the_copy_and_not_what_was_drawn_over_the_original(tmp_path: Path) -> None:
    original, copy, out = kept(tmp_path, a_stamped_pdf(), "original"), tmp_path / "made", tmp_path / "front"
    make_panel_copy(original, "pdf", "X-E01", copy)

    drawn = draw_front(copy, "pdf", out)

    assert middle(pypdfium2.PdfDocument(original)[0].render().to_pil()) == 0
    assert drawn is not None
    assert middle(Image.open(out)) == 255


def test_the_same_copy_gives_the_same_picture(tmp_path: Path) -> None:
    copy = kept(tmp_path, pdf_with())

    pictures = [draw_front(copy, "pdf", tmp_path / name) for name in ("one", "two")]

    assert pictures[0] == pictures[1]


def test_what_has_no_pages_has_no_picture(tmp_path: Path) -> None:
    out = tmp_path / "front"

    drawn = {
        kind.name: draw_front(kept(tmp_path, b"# A text"), kind.name, out) for kind in KINDS.all() if kind.name != "pdf"
    }

    assert set(drawn.values()) == {None}


def test_a_page_that_cannot_be_drawn_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "front"

    with pytest.raises(Damaged):
        draw_front(kept(tmp_path, b"%PDF-1.7\nnothing more"), "pdf", out)
    with pytest.raises(TooLong):
        draw_front(kept(tmp_path, pdf_with()), "pdf", out, limits=Limits(wall_seconds=0.01))

    assert not out.exists()
