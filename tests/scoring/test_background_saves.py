"""Background saves over HTTP: what each answer says, and what a save may be."""

from collections.abc import Callable

import pytest
from flask import Flask

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.demo.builders.scoring import a_started_sheet
from panel_app.foundation.actors import Actor
from panel_app.scoring.services import save_field
from tests.scoring.places import Place, a_place
from tests.scoring.saves import a_change, a_save, head_of, stored
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def test_background_save_answers_with_the_revision_and_its_time(place: Place, visit: Visit) -> None:
    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", a_save(place.key))

    assert answer.status_code == 200
    assert answer.get_json() == {
        "revision": 1, "saved_at": clock.now().isoformat(), "said": "Saved 09:00", "others": {}, "done": [],
    }  # fmt: skip


def test_background_save_from_a_stale_page_gets_both_texts(place: Place, visit: Visit) -> None:
    save_field(place.actor, place.key, a_change("note", "desk", page="desk"))

    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", a_save(place.key, field="note", value="phone"))

    said = answer.get_json()
    assert answer.status_code == 409
    assert (said["yours"], said["theirs"], said["revision"]) == ("phone", "desk", 1)
    assert said["error"].startswith("This was changed on another page (09:00).")


def test_a_save_that_belongs_to_another_sheet_is_refused(app: Flask, visit: Visit) -> None:
    place = a_place()
    other = a_place(place.round_, place.member)
    for each in (place, other):
        a_started_sheet(each.key)

    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", a_save(other.key))

    assert answer.status_code == 409
    assert (stored(place.key), stored(other.key)) == ({}, {})


NO_SAVES: list[dict[str, object]] = [
    {"value": True},
    {"value": []},
    {"revision": "1"},
    {"revision": -1},
    {"operation": ""},
    {"operation": "half \ud800 of a pair"},
    {"page": "half \ud800 of a pair"},
    {"field": 3},
    {"page": "x" * 99},
]


@pytest.mark.parametrize("changes", NO_SAVES, ids=str)
def test_a_body_that_is_no_save_is_refused(place: Place, visit: Visit, changes: dict[str, object]) -> None:
    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", a_save(place.key, **changes))

    assert answer.status_code == 422
    assert head_of(place.key).revision == 0


@pytest.mark.parametrize(("length", "status"), [(20_001, 422), (1_000_000, 413)])
def test_a_text_that_is_too_long_is_refused_with_a_sentence(
    place: Place, visit: Visit, length: int, status: int
) -> None:
    body = a_save(place.key, field="note", value="x" * length)

    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", body)

    assert answer.status_code == status
    assert "horten" in answer.get_json()["error"]


def test_a_background_save_without_a_sign_in_is_told_so(place: Place, visit: Visit) -> None:
    answer = visit(None).send_json(f"/reviews/{place.key}/sheet", a_save(place.key))

    assert answer.status_code == 401
    assert answer.get_json()["error"]


def test_a_background_save_after_the_close_says_why(place: Place, visit: Visit) -> None:
    assignment.close_unneeded(place.portfolio.assessment_id)

    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", a_save(place.key))

    assert answer.status_code == 409
    assert "no longer needed" in answer.get_json()["error"]
    assert "no longer needed" in visit(place.actor).get(f"/reviews/{place.key}", 409).text
