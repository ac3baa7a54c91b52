"""Signing up, confirming, asking for a new password: through the pages and the mailbox."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from panel_app import clock
from panel_app.accounts.queries import account_by_address
from panel_app.accounts.rules import PersonState
from panel_app.accounts.services import invite_person
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.actors import SYSTEM
from tests.accounts.kinds import Visit, sure
from tests.accounts.outbox import link_in, mails
from tests.conftest import START

GOOD = "three grey herons"


def alike(response: TestResponse) -> tuple[int, str, dict[str, str]]:
    """Status, words and headers of an answer, without what differs from request to request."""
    body = response.get_data(as_text=True).split('name="csrf_token"')[0]
    headers = {name: text for name, text in response.headers if name not in ("Set-Cookie", "X-Request-Id", "Date")}
    return response.status_code, body, headers


def test_person_with_one_name_signs_up_confirms_and_is_signed_in(visit: Visit) -> None:
    guest = visit()
    page = guest.post("/sign-up", name="Walnut", email="Walnut@Example.org ", zone="Asia/Jakarta")
    (mail,) = mails()

    answer = guest.send(link_in(mail), name="Walnut", password=GOOD, zone="Asia/Jakarta")

    assert page.heading == "Check your email"
    assert mail.recipient == "Walnut@Example.org"
    assert answer.location == "/today"
    assert guest.get("/account").field("zone") == "Asia/Jakarta"
    assert sure(account_by_address("walnut@example.ORG")).state is PersonState.ACTIVE


def test_looking_at_the_link_confirms_nothing(visit: Visit) -> None:
    guest = visit()
    guest.post("/sign-up", name="Walnut", email="walnut@example.org")
    (mail,) = mails()

    page = guest.get(link_in(mail))

    assert (page.heading, page.field("name")) == ("Open your account", "Walnut")
    assert sure(account_by_address("walnut@example.org")).state is PersonState.INVITED


def test_sign_up_answers_alike_for_known_and_unknown_addresses(visit: Visit) -> None:
    a_person("Fig", "fig@example.org")

    known = visit().send("/sign-up", name="Bo", email="FIG@example.org")
    unknown = visit().send("/sign-up", name="Bo", email="bo@example.org")

    assert alike(known) == alike(unknown)
    assert [mail.kind for mail in mails()] == ["accounts/already", "accounts/confirm"]


def test_reset_answers_alike_and_finds_the_address_however_it_is_typed(visit: Visit) -> None:
    a_person("Kelp", "Kelp_P@example.org")

    known = visit().send("/forgotten-password", email=" kelp_p@EXAMPLE.org ")
    unknown = visit().send("/forgotten-password", email="nobody@example.org")

    assert alike(known) == alike(unknown)
    assert [(mail.kind, mail.recipient) for mail in mails()] == [("accounts/reset", "Kelp_P@example.org")]


def test_plus_part_is_another_mailbox(visit: Visit) -> None:
    a_person("Fig", "fig@example.org")

    visit().post("/sign-up", name="Fig", email="fig+panel@example.org")

    assert [(mail.kind, mail.recipient) for mail in mails()] == [("accounts/confirm", "fig+panel@example.org")]


def test_confirmation_mail_holds_nothing_that_the_sender_typed(visit: Visit) -> None:
    visit().post("/sign-up", name="Win at https://h.example <b>now</b>", email="victim@example.org")
    (mail,) = mails()

    for part in (mail.subject, mail.text, mail.html, mail.sender_name):
        assert not any(word in part for word in ("Win at", "h.example", "<b>now", "&lt;b&gt;"))
    assert "Confirm the address" in mail.text


def test_name_with_line_ends_can_not_reach_a_header(visit: Visit) -> None:
    guest = visit()
    guest.post("/sign-up", name="Fig\r\nBcc: all@example.org", email="fig@example.org")
    (mail,) = mails()

    page = guest.get(link_in(mail))

    assert page.field("name") == "Fig Bcc: all@example.org"
    assert "\n" not in mail.subject + mail.recipient


@pytest.mark.parametrize("email", ["a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org", "nobody", ""])
def test_what_is_no_address_is_refused_with_what_to_do(visit: Visit, email: str) -> None:
    page = visit().post("/sign-up", 422, name="Fig", email=email)

    assert page.errors in (["Enter an address such as name@example.org."], ["Enter your email address."])
    assert page.field("name") == "Fig"
    assert mails() == []


def test_invited_person_completes_the_same_row_by_signing_up(visit: Visit) -> None:
    invitation = invite_person(SYSTEM, "new@example.org", "Moss")
    guest = visit()
    guest.post("/sign-up", name="Somebody else", email="New@example.org")

    page = guest.get(link_in(mails()[-1]))
    guest.send(link_in(mails()[-1]), name="Moss Hammer", password=GOOD)

    found = sure(account_by_address("new@example.org"))
    assert page.field("name") == "Moss"
    assert (found.id, found.name, found.state) == (invitation.person_id, "Moss Hammer", PersonState.ACTIVE)


@pytest.mark.parametrize(("password", "says"), [
    ("short", "Use at least 8 letters, digits or signs."),
    ("Password123", "Many people use this password, so it is tried first. Choose another."),
    ("aaaaaaaaaa", "Many people use this password, so it is tried first. Choose another."),
    ("Panel2027!!", "This is a name that others can guess. Choose a password without it."),
    ("walnut-1234", "This is a name that others can guess. Choose a password without it."),
])  # fmt: skip
def test_weak_password_is_refused_with_its_reason_and_the_name_stays(visit: Visit, password: str, says: str) -> None:
    guest = visit()
    guest.post("/sign-up", name="Walnut", email="w.t@example.org")
    (mail,) = mails()

    page = guest.post(link_in(mail), 422, name="Walnut", password=password)

    assert page.errors == [says]
    assert page.field("name") == "Walnut"
    assert password not in page.body


@pytest.mark.parametrize(
    "password", ["x" * 60 + "yz" * 34, "пароль из слов", " leading and trailing ", "'; DROP TABLE x"]
)
def test_any_signs_make_a_password(visit: Visit, password: str) -> None:
    guest = visit()
    guest.post("/sign-up", name="Fig", email="fig@example.org")
    guest.send(link_in(mails()[0]), name="Fig", password=password)

    answer = visit().send("/sign-in", email="fig@example.org", password=password)

    assert answer.location == "/today"


def test_used_link_and_older_link_end_with_the_same_page(visit: Visit) -> None:
    guest = visit()
    for _ in range(2):
        guest.post("/sign-up", name="Fig", email="fig@example.org")
    older, newer = (link_in(mail) for mail in mails())
    guest.send(newer, name="Fig", password=GOOD)

    pages = [visit().get(path, 410) for path in (older, newer, "/welcome/" + "a" * 26)]

    assert {page.text for page in pages} == {pages[0].text}
    assert pages[0].heading == "This link no longer works"
    assert visit().send(newer, name="Eve", password=GOOD).status_code == 410


@pytest.mark.parametrize(
    ("path", "lasts"), [("/sign-up", timedelta(days=3)), ("/forgotten-password", timedelta(minutes=30))]
)
def test_link_works_until_its_end_and_not_after(visit: Visit, path: str, lasts: timedelta) -> None:
    a_person("Fig", "fig@example.org")
    email = "fig@example.org" if path == "/forgotten-password" else "bo@example.org"
    visit().post(path, name="Bo", email=email)
    href = link_in(mails()[-1])

    with clock.pinned(START + lasts - timedelta(seconds=1)):
        visit().get(href)
    with clock.pinned(START + lasts):
        visit().get(href, 410)


def test_link_of_one_purpose_is_no_link_of_another(visit: Visit) -> None:
    a_person("Fig", "fig@example.org")
    visit().post("/forgotten-password", email="fig@example.org")
    token = link_in(mails()[0]).rsplit("/", 1)[-1]

    visit().get(f"/new-password/{token}")
    visit().get(f"/welcome/{token}", 410)


def test_reset_ends_every_sign_in_and_every_other_link(visit: Visit) -> None:
    person = a_person("Fig", "fig@example.org", password="old one, quite long")
    elsewhere, guest = visit(person), visit()
    guest.post("/forgotten-password", email="fig@example.org")

    page = guest.post(link_in(mails()[0]), password=GOOD)

    assert page.heading == "Sign in"
    assert elsewhere.get("/account").heading == "Sign in"
    assert guest.send("/sign-in", email="fig@example.org", password=GOOD).location == "/today"
    assert [mail.kind for mail in mails()] == ["accounts/reset", "accounts/password_changed"]


def test_change_of_password_ends_an_open_reset_link(visit: Visit) -> None:
    person = a_person("Fig", "fig@example.org", password="old one, quite long")
    visit().post("/forgotten-password", email="fig@example.org")
    href = link_in(mails()[0])

    visit(person).post("/account/password", present="old one, quite long", password=GOOD)

    visit().get(href, 410)


def test_links_are_built_from_the_base_address_alone(visit: Visit) -> None:
    a_person("Fig", "fig@example.org")
    guest = visit()
    data = {"email": "fig@example.org", "csrf_token": guest.token()}

    refused = guest.client.post("/forgotten-password", data=data, headers={"Host": "h.example"})
    guest.client.post("/forgotten-password", data=data, headers={"X-Forwarded-Host": "h.example"})

    (mail,) = mails()
    assert refused.status_code == 400
    assert "http://localhost/" in mail.text
    assert "http://localhost/" in mail.html
    assert "h.example" not in mail.text + mail.html
