"""The second step of signing in: asked of admins, coordinators and moderators where the installation requires it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from panel_app import clock
from panel_app.accounts.services.second_factor import remove_second_factor
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person, a_signer, an_admin
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM
from tests.accounts.kinds import Visit
from tests.conftest import START
from tests.support.pages import Page, Visitor

LATER = START + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def required(app: Flask) -> Iterator[None]:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, require_second_factor=True)
    yield
    app.config["SETTINGS"] = before


def code_for(secret: str, at: float = START.timestamp()) -> str:
    return pyotp.TOTP(secret).at(int(at))


def set_up(visitor: Visitor) -> str:
    """Go through the set-up as a person does; the secret that the page shows."""
    visitor.send("/second-factor/begin")
    secret = secret_on(visitor.get("/second-factor"))
    assert visitor.send("/second-factor", one_time_code=code_for(secret)).location == "/today"
    return secret


def secret_on(page: Page) -> str:
    (found,) = re.findall(r"\b[A-Z2-7]{32}\b", page.main)
    return str(found)


def test_roles_that_open_others_work_must_give_a_code_and_others_need_none(visit: Visit) -> None:
    round_id = a_round().id
    asked = [an_admin(), a_coordinator(round_id), a_moderator(round_id)]

    headings = {visit(person).get("/account").heading for person in asked}

    assert headings == {"Set up a second step"}
    assert visit(a_person("Fig")).get("/account").heading == "Your account"
    assert visit(a_signer(round_id)).get("/account").heading == "Your account"


def test_set_up_shows_a_picture_and_the_key_and_the_first_code_opens_the_account(visit: Visit) -> None:
    admin = visit(an_admin())
    admin.send("/second-factor/begin")
    page = admin.get("/second-factor")

    admin.send("/second-factor", one_time_code=code_for(secret_on(page)))

    pictures = page.all("//main//img[starts-with(@src, 'data:image/svg+xml')]/@alt")
    assert pictures == ["A picture to scan; the same as text stands beneath it."]
    assert admin.get("/people").heading == "People"


def test_sign_in_is_a_new_one_after_the_code(visit: Visit) -> None:
    admin = visit(an_admin())
    with admin.client.session_transaction() as kept:
        before = kept["sign_in"]

    set_up(admin)

    copy = visit()
    with copy.client.session_transaction() as kept:
        kept["sign_in"] = before
    assert copy.get("/account").heading == "Sign in"


def test_secret_is_shown_no_more_once_it_is_confirmed(visit: Visit) -> None:
    person = an_admin()
    secret = set_up(visit(person))
    stranger = visit(person)

    stranger.send("/second-factor/begin")
    page = stranger.get("/second-factor")

    assert page.heading == "The code from your device"
    assert secret not in page.body


def test_code_is_taken_once_and_the_next_one_is_good(visit: Visit) -> None:
    person = an_admin()
    secret = set_up(visit(person))
    elsewhere = visit(person)

    again = elsewhere.post("/second-factor", 409, one_time_code=code_for(secret))
    with clock.pinned(LATER):
        answer = elsewhere.send("/second-factor", one_time_code=code_for(secret, LATER.timestamp()))

    assert again.errors == ["This code is not right, or was used already. Wait for the next one and type it in."]
    assert answer.location == "/today"


def test_old_code_and_wrong_code_are_refused_and_tries_are_limited(visit: Visit) -> None:
    person = an_admin()
    secret = set_up(visit(person))
    with clock.pinned(START + timedelta(minutes=10)):
        other = visit(person)
        statuses = [
            other.send("/second-factor", one_time_code=each).status_code
            for each in [code_for(secret), "", *["000000"] * 9]
        ]
        right = other.send(
            "/second-factor", one_time_code=code_for(secret, (START + timedelta(minutes=10)).timestamp())
        )

    assert statuses == [409, 422, *[409] * 9]
    assert right.status_code == 429


def test_page_that_was_asked_for_comes_after_the_code(visit: Visit) -> None:
    admin = visit(an_admin())
    asked = admin.open("/people?q=fig")
    admin.send("/second-factor/begin")
    secret = secret_on(admin.get(asked.location))

    assert admin.send(asked.location, one_time_code=code_for(secret)).location == "/people?q=fig"


def test_removed_device_is_asked_for_anew_and_signs_out(visit: Visit) -> None:
    person = an_admin(email="rue@example.org")
    admin = visit(person)
    set_up(admin)

    remove_second_factor(SYSTEM, "RUE@example.org")

    assert admin.get("/people").heading == "Sign in"
    assert visit(person).get("/people").heading == "Set up a second step"


@pytest.mark.parametrize("zero", ["٠", "０"])
def test_code_is_read_in_the_digits_of_any_keyboard(visit: Visit, zero: str) -> None:
    visitor = visit(a_coordinator(a_round().id))
    visitor.send("/second-factor/begin")
    code = code_for(secret_on(visitor.get("/second-factor")))

    wrong = visitor.send("/second-factor", one_time_code="²³" + zero * 4)
    right = visitor.send("/second-factor", one_time_code="".join(chr(ord(zero) + int(sign)) for sign in code))

    assert wrong.status_code == 409
    assert right.location == "/today"
