"""The headers of files."""

import pytest

from panel_app.foundation.files import kinds as _kinds  # noqa: F401  registers the kinds
from panel_app.foundation.files.registry import KINDS
from panel_app.foundation.files.serving import file_headers

SHOWN = {"application/pdf", "image/png", "image/jpeg", "text/plain; charset=utf-8"}


def test_a_file_can_neither_act_nor_be_kept() -> None:
    assert file_headers("a.pdf", "application/pdf", may_show=True) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="a.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


@pytest.mark.parametrize("name", [kind.name for kind in KINDS.all()])
def test_only_pdf_text_and_pictures_drawn_anew_are_shown_in_place(name: str) -> None:
    kind = KINDS.named(name)

    shown = {
        media for media, inline in ((kind.media_type, kind.inline), (kind.copy.media_type, kind.copy.inline)) if inline
    }

    assert shown <= SHOWN
    assert not (kind.media_type.startswith("image/") and kind.inline)


def test_a_download_is_never_shown_in_place() -> None:
    headers = file_headers("a.pdf", "application/pdf", may_show=True, download=True)

    assert headers["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_html_is_never_named_so() -> None:
    headers = file_headers("E03.html", "text/html; charset=utf-8", may_show=False)

    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == 'attachment; filename="E03.html"'
