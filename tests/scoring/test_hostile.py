"""Saves that are bad or hostile: each has a right answer, and nothing lands where it should not."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from panel_app.assignment import services as assignment
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.scoring import a_started_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from tests.scoring.places import Place, a_place
from tests.scoring.saves import a_save, head_of, stored
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]

WRONG: list[tuple[dict[str, object], int, str]] = [
    ({"value": 5}, 422, "no such choice"),
    ({"value": 0}, 422, "no such choice"),
    ({"value": -1}, 422, "no such choice"),
    ({"value": "3.0"}, 422, "no such choice"),
    ({"value": "３"}, 422, "no such choice"),
    ({"field": "C9.level"}, 422, "no such field"),
    ({"field": "PSF-1.level"}, 422, "no such field"),
    ({"field": "C1.state"}, 422, "no such field"),
    ({"field": "C1.confidence", "value": "certain"}, 422, "no such choice"),
    ({"revision": 99}, 409, "ahead of the score sheet"),
    ({"field": "note", "value": "x" * 20_001}, 422, "Shorten the text"),
    ({"field": "note", "value": "x" * 1_000_000}, 413, "Shorten it"),
]


@pytest.mark.parametrize(("changes", "status", "words"), WRONG, ids=lambda each: str(each)[:40])
def test_what_a_sheet_can_t_hold_is_refused_with_what_to_do(
    place: Place, visit: Visit, changes: dict[str, object], status: int, words: str
) -> None:
    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", a_save(place.key, **changes))

    assert (answer.status_code, words in answer.get_json()["error"]) == (status, True)
    assert (head_of(place.key).revision, stored(place.key)) == (0, {})


HEBREW = "ראיה E03, עמוד 12"
TEXTS = [
    ("\u202eright to left\u202c", "\u202eright to left\u202c"),
    (HEBREW, HEBREW),
    ("👩🏽‍⚕️ ran the check 🙂", "👩🏽‍⚕️ ran the check 🙂"),
    ("e\u0301 stays two signs", "e\u0301 stays two signs"),
    ("“Smart” quotes – and\u00a0a hard space…\r\n• a list", "“Smart” quotes – and\u00a0a hard space…\n• a list"),
    ("soft\u000bline of a word processor", "soft\nline of a word processor"),
    ("bell\u0007, escape\u001b[31m and delete\u007f", "bell, escape[31m and delete"),
    ("<b onmouseover=alert(1)>bold</b>", "<b onmouseover=alert(1)>bold</b>"),
    ("=HYPERLINK('x')", "=HYPERLINK('x')"),
    ("x" * 20_000, "x" * 20_000),
]


@pytest.mark.both_databases
@pytest.mark.parametrize(("typed", "kept"), TEXTS, ids=lambda each: ascii(each)[:30])
def test_every_script_and_sign_is_kept_as_typed(place: Place, visit: Visit, typed: str, kept: str) -> None:
    body = a_save(place.key, field="C1.rationale", value=typed)

    answer = visit(place.actor).send_json(f"/reviews/{place.key}/sheet", body)
    page = visit(place.actor).get(f"/reviews/{place.key}")

    assert answer.status_code == 200
    assert stored(place.key) == {"C1.rationale": kept}
    assert page.all("//textarea[@name='C1.rationale']")[0] == " ".join(kept.split())


def test_somebody_else_s_sheet_is_not_there(place: Place, visit: Visit) -> None:
    other = a_place(place.round_)
    a_started_sheet(other.key)

    answers = [visit(other.actor).send_json(f"/reviews/{key}/sheet", a_save(key)) for key in (place.key, "a" * 26)]

    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].get_json()["error"] == answers[1].get_json()["error"]
    assert stored(place.key) == {}


ENDS: list[Callable[[Place], object]] = [
    lambda place: assignment.recuse(place.actor, place.key, "I know them."),
    lambda place: assignment.replace(a_coordinator(place.round_.id), place.key, "No answer for weeks."),
    lambda place: assignment.close_unneeded(place.portfolio.assessment_id),
]


@pytest.mark.parametrize("end", ENDS, ids=["recused", "replaced", "closed"])
def test_an_assignment_that_ended_is_shut_at_the_next_request(
    place: Place, visit: Visit, end: Callable[[Place], object]
) -> None:
    browser = visit(place.actor)
    assert browser.get(f"/reviews/{place.key}").heading.startswith("Score sheet")
    end(place)

    answer = browser.send_json(f"/reviews/{place.key}/sheet", a_save(place.key))
    page = browser.open(f"/reviews/{place.key}")

    assert answer.status_code == 409
    assert answer.get_json()["error"]
    assert "X-Panel-Keep-Until" not in page.headers
    assert page.status_code == 409
    assert place.portfolio.reference not in page.get_data(as_text=True)


def test_a_full_disk_is_said_and_the_save_can_be_sent_again(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    body = a_save(place.key, field="note", value="x" * 20_000)
    pages = reading().scalar(text("PRAGMA page_count"))
    reading().scalar(text(f"PRAGMA max_page_count = {pages}"))
    reading().rollback()

    full = [browser.send_json(f"/reviews/{place.key}/sheet", {**body, "operation": f"o{at}"}) for at in range(3)][-1]
    reading().scalar(text("PRAGMA max_page_count = 1000000"))
    reading().rollback()
    again = browser.send_json(f"/reviews/{place.key}/sheet", body)

    assert full.status_code == 503
    assert "can't be saved" in full.get_json()["error"]
    assert full.headers["Retry-After"] == "10"
    assert again.status_code == 200
