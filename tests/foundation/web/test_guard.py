"""What is checked before a view runs: shape, origin, token, caller; and what every answer carries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from panel_app import create_app
from panel_app.foundation.actors import Actor
from panel_app.foundation.web.guard import client_address
from panel_app.foundation.web.links import link, own_path
from tests.support.databases import settings_for
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


@pytest.fixture
def guest(visit: Visit) -> Visitor:
    return visit(None)


def bare(guest: Visitor, path: str = "/sign-in", **kwargs: object) -> TestResponse:
    return guest.client.open(path, buffered=True, **kwargs)  # type: ignore[arg-type]  # whatever a test sends


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/static/style/tokens.css", "/static/nothing.css"])
def test_every_answer_carries_the_security_headers(guest: Visitor, path: str) -> None:
    headers = bare(guest, path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Content-Type"].endswith("charset=utf-8")


def test_pages_are_never_stored_and_static_files_with_their_hash_are(guest: Visitor) -> None:
    page = guest.get("/sign-in")
    sheet = next(href for href in page.all("//link/@href") if "tokens.css" in href)

    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.response.headers["Vary"]
    assert bare(guest, sheet).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_https_alone_promises_https(memory: Path) -> None:
    app = create_app(settings_for("sqlite://", memory, BASE_URL="https://panel.example.org"))

    answer = app.test_client().get("/static/style/base.css", base_url="https://panel.example.org", buffered=True)

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_cookie_of_a_sign_in_belongs_to_this_host_alone_and_to_no_script(memory: Path) -> None:
    app = create_app(settings_for("sqlite://", memory, BASE_URL="https://panel.example.org"))

    cookie = (
        app.test_client().get("/sign-in", base_url="https://panel.example.org", buffered=True).headers["Set-Cookie"]
    )

    assert cookie.startswith("__Host-panel=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_cookie_over_plain_http_is_no_secure_one_and_has_a_plain_name(guest: Visitor) -> None:
    cookie = bare(guest).headers["Set-Cookie"]

    assert cookie.startswith("panel=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_http_makes_no_such_promise(guest: Visitor) -> None:
    assert "Strict-Transport-Security" not in bare(guest).headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in?" + "&".join(f"a{n}=1" for n in range(600)), 400),
        ("/sign-in?q=" + "x" * 9000, 400),
        ("/sign-in?q=%00", 400),
    ],
)
def test_misshapen_address_is_refused(guest: Visitor, path: str, status: int) -> None:
    assert bare(guest, path).status_code == status


def test_nul_in_a_form_is_refused_with_a_sentence(guest: Visitor) -> None:
    answer = guest.send("/sign-in", email="a\x00b@example.org", password="x")

    assert answer.status_code == 400
    assert "could not be read" in answer.get_data(as_text=True)


def test_too_many_parts_and_too_long_a_text_are_refused(guest: Visitor) -> None:
    many = guest.send("/sign-in", **{f"f{n}": "x" for n in range(1500)})
    long = guest.send("/sign-in", email="x" * (3 * 1024 * 1024), password="x")

    assert (many.status_code, long.status_code) == (413, 413)


@pytest.mark.parametrize("body", ["[" * 10_000, '{"a": "\\u0000"}', "{"])
def test_misshapen_json_is_refused(guest: Visitor, body: str) -> None:
    headers = {"X-CSRFToken": guest.token()}

    answer = bare(guest, method="POST", data=body, content_type="application/json", headers=headers)

    assert answer.status_code == 400


@pytest.mark.parametrize("origin", ["https://h.example", "null", "http://localhost.h.example", "https://localhost"])
def test_change_from_another_origin_is_refused(guest: Visitor, origin: str) -> None:
    data = {"email": "a@example.org", "password": "x", "csrf_token": guest.token()}

    assert bare(guest, method="POST", data=data, headers={"Origin": origin}).status_code == 403


def test_json_sent_as_plain_text_is_refused(guest: Visitor) -> None:
    assert bare(guest, method="POST", data='{"a": 1}', content_type="text/plain").status_code == 415


def test_form_without_a_token_comes_back_filled(guest: Visitor) -> None:
    page = bare(guest, method="POST", data={"email": "kept@example.org"})

    assert page.status_code == 400
    assert 'value="kept@example.org"' in page.get_data(as_text=True)
    assert "Nothing was lost" in page.get_data(as_text=True)


def test_form_without_a_token_shows_what_was_typed_and_no_password(guest: Visitor) -> None:
    typed = {"email": "kept@example.org", "password": "hidden words", "present": "old hidden words"}

    page = bare(guest, method="POST", data={**typed, "one_time_code": "271828"}).get_data(as_text=True)

    assert "kept@example.org" in html.fromstring(page).text_content()
    assert 'name="password"' not in page
    assert "hidden words" not in page
    assert "271828" not in page
    assert "you type those again on the next page" in page


def test_expired_form_that_held_a_secret_alone_can_be_sent_without_it(guest: Visitor) -> None:
    page = html.fromstring(bare(guest, method="POST", data={"one_time_code": "271828"}).get_data())

    (form,) = page.xpath("//main//form")
    assert form.get("action") == "/sign-in"
    assert [each.get("name") for each in form.xpath(".//input")] == ["csrf_token"]


def test_form_of_another_site_is_not_offered_again(guest: Visitor) -> None:
    headers = {"Origin": "https://h.example"}

    own = bare(guest, method="POST", data={"email": "theirs@example.org"})
    page = bare(guest, method="POST", data={"email": "theirs@example.org"}, headers=headers)

    assert "theirs@example.org" in html.fromstring(own.get_data(as_text=True)).text_content()
    assert "theirs@example.org" not in page.get_data(as_text=True)


def test_guest_is_asked_to_sign_in_and_comes_back(guest: Visitor) -> None:
    answer = bare(guest, "/account")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/account"


def test_proxy_is_believed_only_when_named(app: Flask, memory: Path) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    naming = create_app(settings_for("sqlite://", memory, TRUSTED_PROXIES="10.0.0.0/8, 198.51.100.7"))

    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.1"}):
        unnamed = client_address()
    with naming.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.1"}):
        named = client_address()

    assert (unnamed, named) == ("10.0.0.1", "203.0.113.9")


def test_host_of_a_request_never_reaches_a_link(app: Flask) -> None:
    with app.test_request_context(headers={"Host": "h.example", "X-Forwarded-Host": "h.example"}):
        assert link("accounts.sign_in") == "http://localhost/sign-in"


BAD_HOSTS = [
    "h.example", "localhost.h.example", "h.example:80", "localhost@h.example", "localhost/h", "[", "", "127.0.0.1",
    "h.example, localhost", "localhost.", "xlocalhost",
]  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/today", "/sign-in", "/nowhere", "/static/style/base.css"])
@pytest.mark.parametrize("host", BAD_HOSTS)
def test_request_for_another_host_gets_a_page_that_names_ours(guest: Visitor, host: str, path: str) -> None:
    answer = bare(guest, path, headers={"Host": host})

    assert answer.status_code == 400
    assert "Open http://localhost instead." in answer.get_data(as_text=True)
    assert "h.example" not in answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost:8000"])
def test_own_host_is_answered_in_any_letters_and_at_any_port(guest: Visitor, host: str) -> None:
    assert bare(guest, headers={"Host": host}).status_code == 200


BAD_TARGETS = [
    "//h", "/\\h", "\\\\h", "https:h", "https:/h", "/%2f/h", "/%09/h", "javascript:alert(1)", "/x@h",
    "http://localhost/x", "http://a:b@localhost/", "", "h", "/a\nb", "/%5ch", "/a//b",
]  # fmt: skip


@pytest.mark.parametrize("target", BAD_TARGETS)
def test_redirect_goes_to_no_foreign_place(target: str) -> None:
    assert own_path(target) is None


@pytest.mark.parametrize("target", ["/", "/portfolios/abc?part=2", "/rounds/x/desk#row"])
def test_redirect_goes_to_own_paths(target: str) -> None:
    assert own_path(target) == target
