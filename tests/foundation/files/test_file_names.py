"""Names as typed, neutral names, and names in headers and archives."""

import io
import unicodedata
import zipfile
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.files.names import Entry, content_disposition, neutral_name, shown_name, zip_of


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("Überblick – план.pdf", "Überblick – план.pdf"),
        ("資料.PDF", "資料.PDF"),
        ("تقرير نهائي.docx", "تقرير نهائي.docx"),
        ("می‌خواهم.pdf", "می‌خواهم.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/x", "x"),
        ("C:\\Users\\me\\x.pdf", "x.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2028b\u2029c.pdf", "abc.pdf"),
        ("  two   spaces .pdf ", "two spaces .pdf"),
        ('"><svg onload=alert(1)>.pdf', '"><svg onload=alert(1)>.pdf'),
        ("e\u0301.txt", "\u00e9.txt"),
        ("\ud800.txt", ".txt"),
        ("", "file"),
        ("..", "file"),
        ("dir/", "file"),
        ("\u202e\u200b", "file"),
    ],
)
def test_a_typed_name_is_shown_without_paths_and_tricks(typed: str, shown: str) -> None:
    assert shown_name(typed) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert shown_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
    assert shown_name("x" * 300) == "x" * 200


@given(st.text(max_size=300))
def test_any_name_is_safe_to_show(typed: str) -> None:
    shown = shown_name(typed)

    assert 0 < len(shown) <= 200
    assert not set("/\\\r\n\x00") & set(shown)
    assert all(unicodedata.category(letter) not in ("Cc", "Zl", "Zp", "Cs") for letter in shown)


def test_the_panel_reads_a_neutral_name() -> None:
    assert neutral_name("CPAP-26A-K7Q2", 3, "pdf") == "CPAP-26A-K7Q2-E03.pdf"


@pytest.mark.parametrize(
    ("reference", "number", "extension"),
    [("CPAP/26A", 1, "pdf"), ("", 1, "pdf"), ("CPAP-26A", 0, "pdf"), ("CPAP-26A", 1, "p/f"), ("CPAP-26A\n", 1, "pdf")],
)
def test_nothing_else_gets_into_a_neutral_name(reference: str, number: int, extension: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        neutral_name(reference, number, extension)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("report.pdf", 'attachment; filename="report.pdf"'),
        ("план.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD.pdf"),
        ("Überblick.pdf", "attachment; filename=\"Uberblick.pdf\"; filename*=UTF-8''%C3%9Cberblick.pdf"),
        ('a"b\\c.pdf', 'attachment; filename="c.pdf"'),
        ('a"b.pdf', "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf"),
        ("a;b%41.pdf", "attachment; filename=\"a_b_41.pdf\"; filename*=UTF-8''a%3Bb%2541.pdf"),
    ],
)
def test_a_name_in_a_header_is_quoted(name: str, value: str) -> None:
    assert content_disposition(name, inline=False) == value


@given(st.text(max_size=120), st.booleans())
def test_any_name_is_one_header_and_comes_back_equal(typed: str, inline: bool) -> None:
    value = content_disposition(typed, inline=inline)

    message = Message()
    message["Content-Disposition"] = value
    assert value.isascii()
    assert value.isprintable()
    assert message.get_content_disposition() == ("inline" if inline else "attachment")
    starred = value.partition("filename*=UTF-8''")[2]
    assert shown_name(typed) == (unquote(starred) if starred else message.get_filename())


def names_in(*names: str) -> list[str]:
    with zip_of([Entry(name, io.BytesIO(name.encode("utf-8", "replace"))) for name in names]) as archive:
        package = zipfile.ZipFile(archive)
        assert package.testzip() is None
        return package.namelist()


def test_names_in_an_archive_are_utf8_and_flagged_so() -> None:
    with zip_of([Entry("資料.pdf", io.BytesIO(b"a"))]) as archive:
        entry = zipfile.ZipFile(archive).infolist()[0]

    assert (entry.filename, entry.flag_bits & 0x800, entry.date_time) == ("資料.pdf", 0x800, (1980, 1, 1, 0, 0, 0))


def test_names_that_differ_only_in_case_or_form_do_not_clash() -> None:
    assert names_in("資料.pdf", "資料.PDF", "É.txt", "e\u0301.txt", "ﬁle", "FILE", ".env", ".ENV") == [
        "資料.pdf", "資料 (2).PDF", "É.txt", "é (2).txt", "ﬁle", "FILE (2)", ".env", ".ENV (2)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../x", "x"),
        ("/etc/x", "etc/x"),
        ("C:\\x", "C_/x"),
        ("E03/a.pdf", "E03/a.pdf"),
        ("a/../b", "a/b"),
        ("con.txt", "_con.txt"),
        ("a?b*.pdf", "a_b_.pdf"),
        ("dots...", "dots"),
        ("\x00", "file"),
    ],
)
def test_names_in_an_archive_are_relative_and_fit_every_disk(typed: str, shown: str) -> None:
    assert names_in(typed) == [shown]


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_names_give_a_readable_archive(typed: list[str]) -> None:
    names = names_in(*typed)

    assert len({name.casefold() for name in names}) == len(typed)
    assert all(not name.startswith("/") and ".." not in name.split("/") and "\\" not in name for name in names)
