"""Signing in and out, limits, own sign-ins: through the pages."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from panel_app import clock
from panel_app.accounts.services import invite_person
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.actors import SYSTEM
from tests.accounts.kinds import Visit
from tests.accounts.test_entry_pages import alike
from tests.conftest import START
from tests.support.pages import Visitor

PASSWORD = "three grey herons"
OWN = ("/portfolios", "/today", "/account?a=b")
FOREIGN = (
    "//h", "/\\h", "\\\\h", "https:h", "https:/h", "https://h.example/", "/%2f/h", "/%09/h", "/\t/h",
    "javascript:alert(1)", "/x@h", "http://user@localhost/account", "/%5ch", "///h", " //h", "h", "/account//h", "",
)  # fmt: skip


def sign_in(
    visitor: Visitor, email: str = "fig@example.org", password: str = PASSWORD, path: str = "/sign-in"
) -> TestResponse:
    return visitor.send(path, email=email, password=password)


def test_wrong_password_and_unknown_address_are_answered_alike(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)
    a_person("Bo", "bo@example.org")
    invite_person(SYSTEM, "cy@example.org")

    answers = {each: sign_in(visit(), each, "not the password") for each in ("fig@example.org", "nobody@example.org")}
    answers |= {each: sign_in(visit(), each, "not the password") for each in ("bo@example.org", "cy@example.org")}

    shown = {nameless(answer, email) for email, answer in answers.items()}
    assert len(answers) == 4
    assert len(shown) == 1
    assert shown.pop()[0] == 409


def nameless(answer: TestResponse, email: str) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """An answer without the address that was typed, and without its length."""
    status, body, headers = alike(answer)
    return status, body.replace(email, "typed"), tuple(sorted(h for h in headers.items() if h[0] != "Content-Length"))


def test_failed_sign_in_keeps_the_address_and_not_the_password(visit: Visit) -> None:
    page = visit().post("/sign-in", 409, email="fig@example.org", password="guess number one")

    assert page.field("email") == "fig@example.org"
    assert "guess number one" not in page.body
    assert page.errors == [
        "No account has this address and this password together. Check both, or ask for a new password."
    ]


def test_sign_in_renews_the_session(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)
    guest = visit()
    before = guest.token()

    sign_in(guest)

    with guest.client.session_transaction() as kept:
        assert "csrf_token" not in kept
        first = kept["sign_in"]
    assert guest.token() != before
    sign_in(guest)
    with guest.client.session_transaction() as kept:
        assert kept["sign_in"] != first


def test_copy_of_the_cookie_is_a_guest_after_sign_out(visit: Visit) -> None:
    fig = visit(a_person("Fig"))
    copy = visit()
    with fig.client.session_transaction() as kept, copy.client.session_transaction() as copied:
        copied.update(kept)
    assert copy.get("/account").heading == "Your account"

    answer = fig.send("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert copy.get("/account").heading == "Sign in"


@pytest.mark.parametrize(("later", "heading"), [
    (timedelta(minutes=719), "Your account"),
    (timedelta(minutes=722), "Sign in"),
])  # fmt: skip
def test_sign_in_ends_when_idle(visit: Visit, later: timedelta, heading: str) -> None:
    fig = visit(a_person("Fig"))
    fig.get("/account")

    with clock.pinned(START + later):
        assert fig.get("/account").heading == heading


def test_sign_in_ends_absolutely_even_for_the_busy(visit: Visit) -> None:
    fig = visit(a_person("Fig"))
    for hours in range(6, 168, 6):
        with clock.pinned(START + timedelta(hours=hours)):
            assert fig.get("/account").heading == "Your account"

    with clock.pinned(START + timedelta(hours=168)):
        assert fig.get("/account").heading == "Sign in"


def test_change_of_password_ends_the_others_and_not_this_one(visit: Visit) -> None:
    person = a_person("Fig", "fig@example.org", password=PASSWORD)
    here, elsewhere = visit(person), visit(person)

    here.post("/account/password", present=PASSWORD, password="a new one, quite long")

    assert here.get("/account").heading == "Your account"
    assert elsewhere.get("/account").heading == "Sign in"


def test_wrong_present_password_changes_nothing(visit: Visit) -> None:
    here = visit(a_person("Fig", "fig@example.org", password=PASSWORD))

    page = here.post("/account/password", 409, present="wrong one", password="a new one, quite long")

    assert page.errors == ["The present password is not right. Type it again."]
    assert sign_in(visit()).location == "/today"


def test_own_sign_ins_are_listed_and_ended_and_nobody_elses(visit: Visit) -> None:
    person, other = a_person("Fig"), a_person("Bo")
    here, elsewhere, stranger = visit(person), visit(person), visit(other)
    (foreign,) = stranger.get("/account/sign-ins").references
    keys = here.get("/account/sign-ins").references

    (ended,) = here.get("/account/sign-ins").all("//form[@class='act']/@action")
    here.post(ended)

    assert len(keys) == 2
    assert elsewhere.get("/account").heading == "Sign in"
    assert here.send(f"/account/sign-ins/{foreign}/end").status_code == 404
    assert stranger.get("/account").heading == "Your account"


@pytest.mark.parametrize("target", OWN)
def test_sign_in_leads_back_to_an_own_page(visit: Visit, target: str) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)

    assert visit().open("/sign-in", query_string={"next": target}).status_code == 200
    answer = sign_in(visit(), path="/sign-in?next=" + target.replace("&", "%26"))

    assert answer.location == target


@pytest.mark.parametrize("target", FOREIGN)
def test_sign_in_leads_nowhere_else(visit: Visit, target: str) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)
    guest = visit()
    data = {"email": "fig@example.org", "password": PASSWORD, "csrf_token": guest.token()}

    answer = guest.open("/sign-in", method="POST", query_string={"next": target}, data=data)

    assert answer.location == "/today"


def test_guest_who_asks_for_a_page_is_led_there_after_sign_in(visit: Visit) -> None:
    a_person("Fig", "fig@example.org", password=PASSWORD)
    guest = visit()

    asked = guest.open("/account/sign-ins")

    assert asked.location == "/sign-in?next=/account/sign-ins"
    assert sign_in(guest, path=asked.location).location == "/account/sign-ins"


def test_background_call_of_a_guest_gets_json(visit: Visit) -> None:
    answer = visit().send_json("/account", {})

    assert (answer.status_code, answer.mimetype) == (405, "application/json")
    asked = visit().open("/account", headers={"Accept": "application/json"})
    assert (asked.status_code, asked.get_json()["error"]) == (401, "Sign in to go on.")


def test_landing_page_is_for_guests_and_others_go_to_today(visit: Visit) -> None:
    assert visit().get("/").heading == "Portfolios, assessed without names"
    assert visit(a_person()).open("/").location == "/today"


def test_personal_pages_are_never_stored(visit: Visit) -> None:
    answer = visit(a_person()).open("/account")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]
