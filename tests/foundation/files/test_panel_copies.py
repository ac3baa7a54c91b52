"""Panel copies hold what is read and nothing of who made it; each test first finds the name in the original."""

import io
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.inspection import inspect
from panel_app.foundation.files.markup import fragment_of
from panel_app.foundation.files.registry import KINDS
from tests.foundation.files import samples
from tests.foundation.files.reading import holds, unpacked

WHO = "Zephyrine Plantedname"
LABEL = "CPAP-26A-K7Q2-E03"


def copied(folder: Path, name: str, content: bytes, label: str = LABEL) -> bytes:
    source, out = folder / "source", folder / "copy"
    source.write_bytes(content)
    kind, _ = inspect(source, name, Bounds())
    KINDS.named(kind.name).clean(source, out, label, Bounds())
    return out.read_bytes()


def words_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def crowded_pdf() -> pikepdf.Pdf:
    """A PDF with a name in every place that isn't drawn."""
    document = pikepdf.open(io.BytesIO(samples.pdf_with("Drawn words", pages=2)))
    root, page = document.Root, document.pages[0].obj
    root.Lang = pikepdf.String(WHO)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=WHO)]))
    root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=f"app.alert('{WHO}')"))
    root.OpenAction = Dictionary(S=Name.URI, URI=WHO)
    root.PieceInfo = Dictionary(App=Dictionary(Private=WHO))
    root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Dictionary(Alt=WHO, T=WHO)))
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array([WHO, Dictionary(S=Name.JavaScript, JS=WHO)])))
    root.Dests = Dictionary({f"/{WHO.replace(' ', '')}": Array([page, Name.Fit])})
    layer = document.make_indirect(
        Dictionary(Type=Name.OCG, Name=WHO, Usage=Dictionary(CreatorInfo=Dictionary(Creator=WHO, Subtype=Name.Artwork)))
    )
    root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(Name=WHO, Creator=WHO, OFF=Array([layer]), Order=Array([WHO, layer]))
    )
    page.Resources.Properties = Dictionary(L1=layer, P1=Dictionary(MCID=0, Alt=WHO, Inner=Dictionary(E=WHO)))
    page.PieceInfo = Dictionary(App=Dictionary(Private=WHO))
    page.LastModified = WHO
    page.Metadata = document.make_stream(WHO.encode())
    drawn = page.Contents.read_bytes()
    marks = f"% by {WHO}\n/Span <</MCID 3 /Alt ({WHO}) /Inner <</E ({WHO})>> >> BDC\n".encode()
    page.Contents = Array([document.make_stream(marks), document.make_stream(drawn + b"EMC\n")])
    page.Thumb = document.make_stream(WHO.encode(), Width=1, Height=1)
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=WHO))
    page.Resources.XObject = Dictionary(Fm=document.make_stream(
        b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Name=Name.Fm1, LastModified=WHO,
        Owner=WHO, Metadata=document.make_stream(WHO.encode()), PieceInfo=Dictionary(App=Dictionary(Private=WHO)),
    ))  # fmt: skip
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(WHO, 0))
    document.trailer.ID = Array([pikepdf.String(WHO), pikepdf.String(WHO)])
    return document


def test_a_pdf_loses_info_xmp_comments_and_attachments(tmp_path: Path) -> None:
    original = samples.pdf_with(
        "Drawn words",
        pages=3,
        info=dict.fromkeys(["Author", "Title", "Subject", "Keywords", "Creator", "Producer", "Company"], WHO),
        xmp={"dc:creator": WHO, "dc:title": WHO, "pdf:Producer": WHO},
        comment=WHO,
        attachment=(f"{WHO}.txt", WHO.encode()),
        picture=samples.jpeg_with_exif(WHO, comment=WHO, xmp=f"<x:xmpmeta>{WHO}</x:xmpmeta>"),
    )

    copy = copied(tmp_path, "a.pdf", original)

    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert words_of(copy) == words_of(original)


@pytest.mark.parametrize("place", ["everywhere"])
def test_a_pdf_loses_what_stands_in_places_that_are_not_drawn(place: str, tmp_path: Path) -> None:
    original = samples.saved(crowded_pdf())

    copy = copied(tmp_path, "a.pdf", original)

    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert not holds(copy, WHO.replace(" ", ""))


def test_the_title_of_a_pdf_copy_is_its_label_and_nothing_else_is_said(tmp_path: Path) -> None:
    copy = copied(tmp_path, "a.pdf", samples.saved(crowded_pdf()))

    with pikepdf.open(io.BytesIO(copy)) as document:
        assert {key: str(value) for key, value in document.docinfo.items()} == {"/Title": LABEL}
        assert set(document.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences", "/OCProperties"}
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_a_hidden_layer_stays_hidden_under_a_neutral_name(tmp_path: Path) -> None:
    copy = copied(tmp_path, "a.pdf", samples.saved(crowded_pdf()))

    with pikepdf.open(io.BytesIO(copy)) as document:
        layers = document.Root.OCProperties
        assert [str(layer.Name) for layer in layers.OCGs] == ["Layer 1"]
        assert layers.D.OFF[0].objgen == layers.OCGs[0].objgen
        assert document.pages[0].obj.Resources.Properties.L1.objgen == layers.OCGs[0].objgen


def test_two_readers_open_the_copy_with_all_pages(tmp_path: Path) -> None:
    original = samples.pdf_with(pages=12, picture=samples.jpeg_with_exif(WHO))

    copy = copied(tmp_path, "a.pdf", original)

    assert len(pypdf.PdfReader(io.BytesIO(copy), strict=True).pages) == 12
    assert len(words_of(copy)) == 12


def test_pages_keep_what_they_inherit(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(samples.pdf_with("Drawn words", pages=2)))
    page = document.pages[0].obj
    document.Root.Pages.MediaBox, document.Root.Pages.Rotate = Array([0, 0, 300, 400]), 90
    document.Root.Pages.Resources = page.Resources
    for one in document.pages:
        del one.obj["/MediaBox"], one.obj["/Resources"]

    copy = copied(tmp_path, "a.pdf", samples.saved(document))

    opened = pypdfium2.PdfDocument(copy)
    assert (opened[0].get_size(), "Drawn words" in words_of(copy)[0]) == ((400.0, 300.0), True)
    opened.close()


def test_the_picture_in_a_pdf_is_drawn_as_before(tmp_path: Path) -> None:
    original = samples.pdf_with(picture=samples.jpeg_with_exif(WHO))

    copy = copied(tmp_path, "a.pdf", original)

    before, after = (pypdfium2.PdfDocument(one)[0].render().to_pil().convert("RGB") for one in (original, copy))
    assert before.tobytes() == after.tobytes()
    assert len(after.getcolors(1_000_000) or []) > 20


def test_what_was_filled_into_a_form_is_drawn_and_signatures_go(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(samples.pdf_with()))
    page = document.pages[0].obj
    fields = Array([])
    for kind, words, top in ((Name.Tx, "Filled in", 500), (Name.Sig, f"Signed {WHO}", 400)):
        look = document.make_stream(
            f"BT /F1 12 Tf 2 5 Td ({words}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, 200, 20]), Resources=page.Resources,
        )  # fmt: skip
        fields.append(document.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=kind, T=WHO, V=WHO, TU=WHO, F=4,
            Rect=Array([72, top, 272, top + 20]), AP=Dictionary(N=look),
        )))  # fmt: skip
    page.Annots, document.Root.AcroForm = fields, Dictionary(Fields=fields)
    original = samples.saved(document)

    copy = copied(tmp_path, "a.pdf", original)

    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert "Filled in" in words_of(copy)[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", samples.saved(crowded_pdf())),
        ("a.docx", samples.docx_with(picture=samples.png_with())),
        ("a.png", samples.png_with(text={"Author": WHO})),
        ("a.jpg", samples.jpeg_with_exif(WHO)),
        ("a.md", b"# Hello"),
        ("a.txt", b"Hello"),
    ],
)
def test_the_same_file_and_label_give_the_same_copy(name: str, content: bytes, tmp_path: Path) -> None:
    assert copied(tmp_path, name, content) == copied(tmp_path, name, content)


def test_a_word_document_loses_authors_comments_headers_and_properties(tmp_path: Path) -> None:
    original = samples.docx_with(
        ["What I did"],
        heading="Review",
        core=dict.fromkeys(["author", "last_modified_by", "title", "subject", "keywords", "comments", "category"], WHO),
        comment=(WHO, f"as {WHO} said"),
        inserted=(WHO, " and then"),
        deleted=(WHO, f" with {WHO}"),
        header=WHO,
        picture=samples.png_with(text={"Author": WHO}, exif_artist=WHO),
        parts={"docProps/custom.xml": f"<p>{WHO}</p>".encode(), "customXml/item1.xml": f"<p>{WHO}</p>".encode()},
    )

    copy = copied(tmp_path, "a.docx", original)

    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert "Zephyrine" not in unpacked(copy).decode()
    assert "<h3>Review</h3><p>What I did and then</p>" in copy.decode()
    assert copy.decode().count('<img alt="" src="data:image/png;base64,') == 1


FIELDS = {
    "simple field": '<w:fldSimple w:instr=" AUTHOR \\* MERGEFORMAT "><w:r><w:t>{who}</w:t></w:r></w:fldSimple>',
    "field in runs": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> LASTSAVEDBY </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{who}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "bound control": '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/cp:coreProperties/dc:creator" w:storeItemID="x"/>'
    "</w:sdtPr><w:sdtContent><w:r><w:t>{who}</w:t></w:r></w:sdtContent></w:sdt>",
    "hidden text": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{who}</w:t></w:r>",
    "moved text": '<w:moveFrom w:id="1" w:author="x"><w:r><w:t>{who}</w:t></w:r></w:moveFrom>',
}


@pytest.mark.parametrize("field", FIELDS)
def test_fields_of_a_word_document_that_print_a_property_are_emptied(field: str, tmp_path: Path) -> None:
    plain = samples.docx_with(["MARK"])
    body = samples.part_of(plain, "word/document.xml").replace(
        b"<w:r><w:t>MARK</w:t></w:r>", f"<w:r><w:t>Kept</w:t></w:r>{FIELDS[field].format(who=WHO)}".encode()
    )
    original = samples.with_parts(plain, {"word/document.xml": body})

    copy = copied(tmp_path, "a.docx", original)

    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert "<p>Kept</p>" in copy.decode()


def test_a_word_document_can_neither_act_nor_fetch(tmp_path: Path) -> None:
    plain = samples.docx_with(["<script>alert(1)</script>", "MARK"])
    rels = samples.part_of(plain, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId90" TargetMode="External" Target="javascript:alert(1)" Type="http://schemas.openxmlformats.org'
        b'/officeDocument/2006/relationships/hyperlink"/></Relationships>',
    )
    link = b'<w:hyperlink r:id="rId90"><w:r><w:t>press</w:t></w:r></w:hyperlink>'
    body = samples.part_of(plain, "word/document.xml").replace(b"<w:r><w:t>MARK</w:t></w:r>", link)
    parts = {"word/_rels/document.xml.rels": rels, "word/document.xml": body}

    shown = fragment_of(copied(tmp_path, "a.docx", samples.with_parts(plain, parts)).decode())

    assert shown == '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p><a rel="noopener nofollow">press</a></p>'


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_pictures_lose_all_metadata(name: str, tmp_path: Path) -> None:
    original = {
        "a.png": samples.png_with(text={"Author": WHO, "XML:com.adobe.xmp": f"<x>{WHO}</x>"}, exif_artist=WHO),
        "a.jpg": samples.jpeg_with_exif(WHO, comment=WHO, xmp=f"<x:xmpmeta>{WHO}</x:xmpmeta>"),
    }[name]

    copy = copied(tmp_path, name, original)

    opened = Image.open(io.BytesIO(copy))
    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert (dict(opened.getexif()), set(opened.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == (
        {},
        set(),
    )


def test_colours_of_a_profile_are_kept_and_the_profile_goes(tmp_path: Path) -> None:
    profile, out = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), io.BytesIO()
    Image.new("RGB", (9, 9), (200, 30, 30)).save(out, "PNG", icc_profile=profile.tobytes())
    same = io.BytesIO()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (9, 9), (200, 30, 30)).save(same, "JPEG", icc_profile=srgb, quality=100)

    unfit, fit = copied(tmp_path, "a.png", out.getvalue()), copied(tmp_path, "a.jpg", same.getvalue())

    for copy in (unfit, fit):
        opened = Image.open(io.BytesIO(copy))
        red = opened.getpixel((4, 4))
        assert isinstance(red, tuple)
        assert "icc_profile" not in opened.info
        assert max(abs(a - b) for a, b in zip(red, (200, 30, 30), strict=True)) <= 3


def test_letters_drawn_by_programs_and_patterns_lose_their_words(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(samples.pdf_with()))
    said = f"/Span <</Alt ({WHO})>> BDC 0 0 5 5 re f EMC".encode()
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        CharProcs=Dictionary(a=document.make_stream(b"9 0 0 0 9 9 d1 " + said)), FirstChar=97, LastChar=97,
        Widths=Array([9]), Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
    )  # fmt: skip
    pattern = document.make_stream(
        said, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9,
        Resources=Dictionary(),
    )  # fmt: skip
    resources = document.pages[0].obj.Resources
    resources.Font.F3, resources.Pattern = document.make_indirect(font), Dictionary(P1=pattern)
    drawn = b"BT /F3 1 Tf (a) Tj ET /Pattern cs /P1 scn 0 0 9 9 re f"
    document.pages[0].obj.Contents = document.make_stream(drawn)
    original = samples.saved(document)

    copy = copied(tmp_path, "a.pdf", original)

    assert holds(original, WHO)
    assert not holds(copy, WHO)
    assert unpacked(copy).count(b"0 0 5 5 re") == 2


def test_a_photo_lying_on_its_side_is_turned_upright(tmp_path: Path) -> None:
    copy = copied(tmp_path, "a.jpg", samples.jpeg_with_exif(size=(40, 30), orientation=6))

    upright = Image.open(io.BytesIO(copy))
    top, bottom = upright.getpixel((15, 2)), upright.getpixel((15, 37))
    assert upright.size == (30, 40)
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_look_the_same(mode: str, tmp_path: Path) -> None:
    picture, out = Image.new("RGB", (9, 9), (200, 30, 30)).convert(mode if mode != "I;16" else "L"), io.BytesIO()
    picture.convert(mode).save(out, "PNG")

    copy = Image.open(io.BytesIO(copied(tmp_path, "a.png", out.getvalue())))

    assert copy.convert("RGBA").tobytes() == Image.open(out).convert("RGBA").tobytes()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Übung\r\nzwei\rdrei\n".encode("cp1252"), "Übung\nzwei\ndrei\n"),
        ("Übung".encode("utf-16"), "Übung"),
        (b"\xef\xbb\xbfplain", "plain"),
        ("Привет, это отчёт о работе за прошлый год.".encode("cp1251"), "Привет, это отчёт о работе за прошлый год."),
        ("私はリスク評価を行いました。結果は報告書に書きました。".encode("shift_jis"),
         "私はリスク評価を行いました。結果は報告書に書きました。"),
    ],
)  # fmt: skip
def test_text_becomes_utf8_with_plain_line_ends(content: bytes, text: str, tmp_path: Path) -> None:
    assert copied(tmp_path, "a.txt", content).decode() == text


def test_markdown_loses_its_block_of_properties_and_unseen_comments(tmp_path: Path) -> None:
    unseen = f"[//]: # ({WHO})\n\n[by]: <> ({WHO})\n\n<!-- {WHO}\n{WHO} -->"
    original = f"---\nauthor: {WHO}\n---\n\n# Review\n\n{unseen}\n\nDone.\n".encode()

    copy = copied(tmp_path, "a.md", original)

    assert not holds(copy, WHO)
    assert fragment_of(copy.decode()) == "<h3>Review</h3>\n<p>Done.</p>\n"


def test_a_label_is_text_in_every_copy(tmp_path: Path) -> None:
    label = '"><svg onload=alert(1)>'

    page = copied(tmp_path, "a.md", b"# Hi", label).decode()

    assert "<title>&quot;&gt;&lt;svg onload=alert(1)&gt;</title>" in page
