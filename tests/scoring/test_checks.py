"""`panel check` finds each kind of broken sheet: what must hold is shown broken by plain SQL."""

import pytest
from flask import Flask
from sqlalchemy import text

from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation import checks
from panel_app.foundation.database import transaction
from panel_app.scoring.models import SubmittedVersion
from tests.scoring.places import Place, a_place
from tests.scoring.saves import head_of


def broken() -> dict[str, str]:
    """Invariant of this stage → what it found."""
    return {name: said for name, said in checks.invariant.run() if name.startswith("scoring.")}


def run(statement: str) -> None:
    with transaction() as db:
        db.execute(text(statement))


def test_a_submitted_sheet_breaks_nothing(place: Place) -> None:
    a_submitted_sheet(place.key)

    assert broken() == {}


@pytest.mark.parametrize(("state", "name"), [("submitted", "submitted"), ("scoring", "started-has-sheet")])
def test_an_assignment_without_what_its_state_says_is_found(app: Flask, state: str, name: str) -> None:
    place = a_place(state=state)

    assert place.key in broken()[f"scoring.{name}"]


def test_a_save_that_is_not_in_the_history_is_found(place: Place) -> None:
    run("UPDATE score_sheet SET revision = revision + 1")

    assert broken() == {
        "scoring.revision": f"sheet {head_of(place.key).key} stands at revision 1, but 0 saves are kept"
    }


def test_a_sheet_that_was_changed_after_its_submission_is_found(place: Place) -> None:
    a_submitted_sheet(place.key)

    run("UPDATE score_sheet SET revision = revision + 1")

    assert broken()["scoring.version-is-latest"] == f"sheet {head_of(place.key).key} was saved after it was submitted"


def test_a_version_that_holds_something_else_than_was_hashed_is_found(place: Place) -> None:
    a_submitted_sheet(place.key)
    head = head_of(place.key)
    with transaction() as db:
        forged = SubmittedVersion(
            sheet_id=head.id,
            number=2,
            revision=head.revision,
            submitted_at=head.saved_at,
            is_complete=True,
            content={"scores": {}, "note": "forged"},
            sha256="0" * 64,
            form_key="forged",
        )
        db.add(forged)

    assert broken() == {"scoring.content": f"version 2 of sheet {head.key} is not what was submitted"}
