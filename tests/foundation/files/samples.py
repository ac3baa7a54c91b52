"""Real little files for tests, made with the libraries, with names planted in their properties where asked."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import cast

import docx
import pikepdf
from docx.oxml.parser import parse_xml
from docx.oxml.text.paragraph import CT_P
from pikepdf import Array, Dictionary, Name
from PIL import Image, PngImagePlugin

A4 = (595, 842)


def pdf_with(
    text: str = "A risk review of a small clinic",
    *,
    pages: int = 1,
    info: Mapping[str, str] | None = None,
    xmp: Mapping[str, str] | None = None,
    comment: str | None = None,
    attachment: tuple[str, bytes] | None = None,
    picture: bytes | None = None,
    password: str | None = None,
) -> bytes:
    """A PDF with `text` on each page; `info` and `xmp` by key (`Author`, `dc:creator`), a comment, an attachment,
    a JPEG picture on the page, and a password to open it."""
    document = pikepdf.Pdf.new()
    for number in range(1, pages + 1):
        _add_page(document, f"{text} ({number})", comment, picture)
    for key, value in (info or {}).items():
        document.docinfo[f"/{key}"] = value
    if xmp:
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for name, words in xmp.items():
                metadata[name] = [words] if name == "dc:creator" else words
    if attachment:
        document.attachments[attachment[0]] = pikepdf.AttachedFileSpec(
            document, attachment[1], filename=attachment[0], description=attachment[0]
        )
    locked = pikepdf.Encryption(owner="owner", user=password) if password is not None else None
    return saved(document, encryption=locked)


def saved(document: pikepdf.Pdf, *, encryption: pikepdf.Encryption | None = None) -> bytes:
    """The bytes of a document under construction."""
    out = io.BytesIO()
    if encryption is None:
        document.save(out)
    else:
        document.save(out, encryption=encryption)
    return out.getvalue()


def docx_with(
    paragraphs: Sequence[str] = ("A risk review of a small clinic",),
    *,
    heading: str | None = None,
    core: Mapping[str, str] | None = None,
    comment: tuple[str, str] | None = None,
    inserted: tuple[str, str] | None = None,
    deleted: tuple[str, str] | None = None,
    picture: bytes | None = None,
    header: str | None = None,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word document; `core` sets core properties (`author`), `comment`, `inserted` and `deleted` are (who, what),
    `parts` puts further parts into the package or in place of those that are there."""
    document = docx.Document()
    if heading:
        document.add_heading(heading, level=1)
    for words in paragraphs[:-1]:
        document.add_paragraph(words)
    paragraph = document.add_paragraph(paragraphs[-1])
    if comment:
        document.add_comment(paragraph.runs, text=comment[1], author=comment[0], initials="XX")
    for tag, change in (("ins", inserted), ("del", deleted)):
        if change:
            paragraph._p.append(_tracked(tag, *change))
    if picture:
        document.add_picture(io.BytesIO(picture))
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for key, value in (core or {}).items():
        setattr(document.core_properties, key, value)
    out = io.BytesIO()
    document.save(out)
    return with_parts(out.getvalue(), parts or {})


def with_parts(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A ZIP package with parts added or put in place of those of the same name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    """One part of a ZIP package."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


def png_with(
    *, size: tuple[int, int] = (40, 30), text: Mapping[str, str] | None = None, exif_artist: str | None = None
) -> bytes:
    """A PNG with text chunks (plain and compressed) and an EXIF artist."""
    about = PngImagePlugin.PngInfo()
    for key, value in (text or {}).items():
        about.add_text(key, value)
        about.add_itxt(f"{key} too", value, zip=True)
    out = io.BytesIO()
    _two_colours(size).save(out, "PNG", pnginfo=about, exif=_exif(exif_artist, None) if exif_artist else b"")
    return out.getvalue()


def jpeg_with_exif(
    artist: str = "",
    *,
    size: tuple[int, int] = (40, 30),
    orientation: int | None = None,
    comment: str = "",
    xmp: str = "",
) -> bytes:
    """A JPEG, left half red and right half blue, with an EXIF artist, an orientation, a comment and XMP."""
    out = io.BytesIO()
    _two_colours(size).save(
        out, "JPEG", exif=_exif(artist, orientation), comment=comment.encode(), xmp=xmp.encode(), quality=95
    )
    return out.getvalue()


def png_of_chunks(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG made chunk by chunk, with right sums."""
    made = (
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big") for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _add_page(document: pikepdf.Pdf, text: str, comment: str | None, picture: bytes | None) -> None:
    document.add_blank_page(page_size=A4)
    page = document.pages[-1]
    font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    words = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    drawn = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET\n"
    if picture is not None:
        with Image.open(io.BytesIO(picture)) as image:
            width, height = image.size
        stream = document.make_stream(
            picture, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
        )  # fmt: skip
        page.obj.Resources.XObject = Dictionary(Im1=stream)
        drawn += "q 100 0 0 75 72 500 cm /Im1 Do Q\n"
    page.obj.Contents = document.make_stream(drawn.encode("latin-1", "replace"))
    if comment is not None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=comment, T=comment)
        page.obj.Annots = document.make_indirect(Array([note]))


def _tracked(tag: str, who: str, what: str) -> CT_P:
    kept = "delText" if tag == "del" else "t"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    when = 'w:date="2026-01-01T00:00:00Z"'
    made = parse_xml(
        f'<w:{tag} {space} w:id="9" w:author="{who}" {when}><w:r><w:{kept}>{what}</w:{kept}></w:r></w:{tag}>'
    )
    return cast(CT_P, made)  # a change, typed as what its parent takes


def _two_colours(size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, "red")
    picture.paste((0, 0, 255), (size[0] // 2, 0, size[0], size[1]))
    return picture


def _exif(artist: str | None, orientation: int | None) -> Image.Exif:
    exif = Image.Exif()
    if artist:
        exif[0x013B] = artist
    if orientation:
        exif[0x0112] = orientation
    return exif
