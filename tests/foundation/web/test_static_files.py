"""Static texts leave compressed, whole and the same; nothing else does."""

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from panel_app.foundation.web.headers import PDF_WORKER
from panel_app.foundation.web.static_files import TWIN
from scripts.assets import FONTS, LETTERS

STATIC = Path(__file__).resolve().parents[3] / "panel_app" / "static"
BROWSER = "gzip, deflate, br, zstd"
TEXTS = ("style/tokens.css", "behaviours/start.js", "vendor/bootstrap/bootstrap.min.css", PDF_WORKER)
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


def ask(app: Flask, path: str, accepts: str | None = BROWSER, **headers: str) -> TestResponse:
    """An answer to a reader who takes these encodings."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"Accept-Encoding": accepts} if accepts is not None else {}
    return app.test_client().get(path, headers=sent, buffered=True)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("accepts", "encoding"), [(BROWSER, "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")])
def test_a_text_is_sent_compressed_and_is_the_same_text(app: Flask, name: str, accepts: str, encoding: str) -> None:
    answer = ask(app, f"/static/{name}", accepts)

    whole = (STATIC / name).read_bytes()
    assert answer.headers["Content-Encoding"] == encoding
    assert UNPACK[encoding](answer.data) == whole
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(whole) * 0.7


@pytest.mark.parametrize("accepts", [None, "", "identity", "br;q=0", "deflate"])
def test_who_takes_no_encoding_gets_the_file_as_it_is(app: Flask, accepts: str | None) -> None:
    answer = ask(app, "/static/style/tokens.css", accepts)

    assert "Content-Encoding" not in answer.headers
    assert answer.data == (STATIC / "style/tokens.css").read_bytes()
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_compressed_text_keeps_type_policy_and_life_of_the_file(app: Flask) -> None:
    answer = ask(app, f"/static/{PDF_WORKER}?v=0123456789ab")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_each_form_of_a_file_has_an_etag_of_its_own_and_is_sent_once(app: Flask) -> None:
    path = "/static/behaviours/sheet/shelf.js"
    tags = {accepts: ask(app, path, accepts).headers["ETag"] for accepts in ("br", "gzip", "identity")}

    answers = {accepts: ask(app, path, accepts, If_None_Match=tag) for accepts, tag in tags.items()}

    assert len(set(tags.values())) == 3
    assert {answer.status_code for answer in answers.values()} == {304}
    assert ask(app, path, "br", If_None_Match=tags["gzip"]).status_code == 200


def test_a_part_of_a_file_is_a_part_of_the_file_itself(app: Flask) -> None:
    answer = ask(app, f"/static/{PDF_WORKER}", Range="bytes=100-199")

    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (206, None)
    assert answer.data == (STATIC / PDF_WORKER).read_bytes()[100:200]


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/offline", "/static/nothing.css", "/healthz"])
def test_pages_which_hold_tokens_are_never_compressed(app: Flask, path: str) -> None:
    assert "Content-Encoding" not in ask(app, path).headers


def test_the_offline_worker_is_sent_compressed_too(app: Flask) -> None:
    answer = ask(app, "/offline-worker.js")

    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == (STATIC / "worker/offline.js").read_bytes()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_that_is_packed_already_and_a_tiny_one_are_sent_as_they_are(app: Flask) -> None:
    font = ask(app, "/static/vendor/fonts/panel-sans-400.woff2")
    tiny = ask(app, "/static/vendor/htmx/LICENSE")

    assert [answer.headers.get("Content-Encoding") for answer in (font, tiny)] == [None, None]


def test_no_address_leads_out_of_the_folder(app: Flask) -> None:
    answers = [ask(app, f"/static/{way}") for way in ("../config.py", "%2e%2e/config.py", "style/../../config.py")]

    assert {answer.status_code for answer in answers} == {404}


def test_every_twin_holds_its_file() -> None:
    twins = sorted((STATIC / "vendor").rglob(f"*{TWIN}"))

    assert STATIC / f"{PDF_WORKER}{TWIN}" in twins
    assert [twin for twin in twins if brotli.decompress(twin.read_bytes()) != twin.with_suffix("").read_bytes()] == []


def test_the_style_asks_for_the_cut_faces_by_the_letters_that_they_hold() -> None:
    style = (STATIC / "style/base.css").read_text()

    faces = [line for line in style.splitlines() if line.startswith("@font-face")]
    assert [line for line in faces if f"unicode-range: {LETTERS};" in line] == faces[1::2]
    assert len(faces) == 2 * len(FONTS)
