"""However often a sheet was saved, what a save or a page reads of its history stays small, and says the same."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import insert

from panel_app import clock
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import transaction
from panel_app.scoring.models import SheetSave
from panel_app.scoring.queries.sheets import MOST_SAVES, history_met, saves_of, versions_of
from panel_app.scoring.rules.merging import form_meeting, meeting, seen_by
from panel_app.scoring.rules.versions import MOST_VERSIONS
from tests.scoring.places import Place
from tests.scoring.saves import head_of, history_of
from tests.support.pages import Visitor
from tests.support.statements import Statements

pytestmark = pytest.mark.both_databases
Visit = Callable[[Actor | None], Visitor]
Count = Callable[[], AbstractContextManager[Statements]]
Written = list[tuple[str, str, str]]


def written(place: Place, saves: Written) -> int:
    """These saves (field, page, text), one a minute, in bulk; gives the sheet's id."""
    sheet_id, begin = head_of(place.key).id, clock.now()
    rows = [
        {"revision": at, "operation": f"o{at}", "field": field, "page": page, "value": value}
        | {"sheet_id": sheet_id, "saved_at": begin + timedelta(minutes=at)}
        for at, (field, page, value) in enumerate(saves, 1)
    ]
    with transaction() as db:
        db.execute(insert(SheetSave), rows)
    return sheet_id


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_decides_each_meeting_as_the_whole_history_would(place: Place, seed: int) -> None:
    chance = random.Random(seed)
    saves = [(chance.choice(["note", "C1.rationale"]), chance.choice("pqr"), chance.choice("ab")) for _ in range(14)]
    sheet_id = written(place, saves)
    whole = history_of(sheet_id)["note"]

    for seen in range(15):
        for page in "pqrs":
            read = history_met(sheet_id, seen, page)["note"]
            assert len(read) <= 3
            assert history_met(sheet_id, seen, page, "note") == {"note": read}
            for new in ("a", "b", "", "c"):
                assert form_meeting(new, seen, page, read) is form_meeting(new, seen, page, whole)
                assert meeting(new, seen, page, read) is meeting(new, seen, page, whole)
            assert seen_by(seen, page, read) == seen_by(seen, page, whole)


def test_a_field_that_was_never_saved_has_no_history(place: Place) -> None:
    assert history_met(head_of(place.key).id, 0, "p", "note") == {}


def test_texts_are_read_for_the_listed_versions_alone(place: Place, count_statements: Count) -> None:
    sheet_id = written(place, [("note", "pq"[at % 2], f"text {at}") for at in range(MOST_VERSIONS + 30)])

    with count_statements() as seen:
        listed = versions_of(sheet_id, "note")

    assert [version.value for version in listed] == [f"text {at}" for at in range(79, 29, -1)]
    assert len(seen) == 2, seen.by_place()


@pytest.mark.parametrize("blank", ["", " ", "\n\t "])
def test_a_text_before_it_was_emptied_stays_listed(place: Place, blank: str) -> None:
    sheet_id = written(place, [("note", "p", "a long text"), ("note", "p", blank), ("note", "p", "anew")])

    assert [version.value for version in versions_of(sheet_id, "note")] == ["anew", "a long text"]


def test_of_very_many_saves_the_latest_are_looked_at(place: Place) -> None:
    sheet_id = written(place, [("note", "p", str(at)) for at in range(MOST_SAVES + 5)])

    saves = saves_of(sheet_id, "note")

    assert (len(saves), saves[0].revision, saves[-1].revision) == (MOST_SAVES, 6, MOST_SAVES + 5)
    assert versions_of(sheet_id, "note")[0].value == str(MOST_SAVES + 4)
