"""A person's own account."""

import pytest
from argon2 import PasswordHasher
from flask import Flask

from panel_app.accounts.models import Credential
from panel_app.accounts.services.passwords import hash_of
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.database import locked, transaction
from tests.accounts.kinds import Visit, sure

PASSWORD = "three grey herons"


def test_profile_shows_what_was_saved(visit: Visit) -> None:
    fig = visit(a_person("Fig", "fig@example.org"))

    page = fig.post("/account", name="  Fig \t Primrose", address_form="Dr Primrose", zone="Asia/Tokyo", locale="en")

    shown = [page.field(name) for name in ("name", "address_form", "zone", "locale")]
    assert shown == ["Fig Primrose", "Dr Primrose", "Asia/Tokyo", "en"]
    assert "Saved." in page.main
    assert "fig@example.org" in page.main


@pytest.mark.parametrize(("field", "text", "says"), [
    ("zone", "Atlantis/Deep", "Enter a time zone such as Europe/Lisbon, or leave it empty."),
    ("name", "  ", "Enter your name."),
    ("name", "x" * 201, "This has 201 characters; shorten it to 200."),
    ("locale", "xx", "Not a valid choice."),
])  # fmt: skip
def test_what_can_not_be_saved_says_what_to_do_and_stays(visit: Visit, field: str, text: str, says: str) -> None:
    filled = {"name": "Fig", "address_form": "Dr Primrose", "zone": "", "locale": "en", field: text}

    page = visit(a_person("Fig")).post("/account", 422, **filled)

    assert page.errors == [says]
    assert page.title.startswith("Error: ")
    assert page.field("address_form") == "Dr Primrose"


def test_fields_that_the_form_has_not_are_ignored(visit: Visit) -> None:
    person = a_person("Fig")
    fig = visit(person)

    fig.post("/account", name="Fig", zone="", locale="en", address_form="", role="admin", state="erased", person_id="1")

    fig.get("/people", 403)
    assert fig.get("/account").heading == "Your account"


def test_signed_in_people_skip_the_pages_of_guests(visit: Visit) -> None:
    fig = visit(a_person("Fig"))

    assert [fig.open(path).location for path in ("/sign-in", "/sign-up", "/")] == ["/today"] * 3


def test_hash_of_another_cost_is_stored_anew_at_sign_in(app: Flask, visit: Visit) -> None:
    person = a_person("Fig", "fig@example.org", password=PASSWORD)
    costly = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with transaction() as db:
        sure(locked(db, Credential, person_id=person.person_id)).password_hash = costly

    assert visit().send("/sign-in", email="fig@example.org", password=PASSWORD).location == "/today"

    stored = sure(hash_of(person.person_id))
    assert stored != costly
    assert "m=8,t=1,p=1" in stored
    assert visit().send("/sign-in", email="fig@example.org", password=PASSWORD).location == "/today"
