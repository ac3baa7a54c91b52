"""Starting, submitting and reopening sheets: whole or not at all, once, independent, with every version kept."""

from datetime import timedelta
from functools import partial
from json import loads

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from panel_app import clock
from panel_app.assignment import services as assignment
from panel_app.assignment.models import AssignmentRole
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.panel import a_declaration
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet, a_started_sheet, a_submitted_sheet
from panel_app.foundation import checks
from panel_app.foundation.actors import Actor
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import NotFromHere
from panel_app.panel.rules import DeclarationKind
from panel_app.scoring.models import SubmittedVersion
from panel_app.scoring.queries import submitted_sheets, submitted_versions
from panel_app.scoring.rules.fields import GlobalView
from panel_app.scoring.services import Incomplete, Submitted, save_field, start_scoring, submit_sheet
from tests.scoring.places import Place, a_place, two_places
from tests.scoring.races import at_once
from tests.scoring.saves import a_change, head_of, stored

pytestmark = pytest.mark.both_databases


def submit(place: Place, form_key: str = "f", revision: int | None = None, actor: Actor | None = None) -> Submitted:
    seen = head_of(place.key).revision if revision is None else revision
    return submit_sheet(actor or place.actor, place.key, revision=seen, form_key=form_key)


def state_of(place: Place) -> AssignmentState:
    facts = assignment_facts(place.key)
    assert facts is not None
    return facts.state


def findings() -> list[tuple[str, str]]:
    return [finding for finding in checks.invariant.run() if finding[0].startswith("scoring.")]


def test_least_feedback_is_the_round_s_own(app: Flask) -> None:
    strict = a_round(state="closed", working={"tolerances": {"scoring.feedback_letters": "5000"}})
    usual, longer = a_place(), a_place(strict)
    for place in (usual, longer):
        a_saved_sheet(place.key)

    submit(usual)
    with pytest.raises(Incomplete) as lack:
        submit(longer)

    assert {str(gap.sentence).partition(": ")[2] for gap in lack.value.missing} == {
        "write at least 5000 characters of feedback, as it is below the top level."
    }


def test_starting_twice_gives_one_empty_sheet(place: Place) -> None:
    first = head_of(place.key)

    start_scoring(place.actor, place.key)

    assert head_of(place.key) == first
    assert stored(place.key) == {}


def test_a_third_starts_from_an_empty_sheet_of_their_own(place: Place) -> None:
    a_submitted_sheet(place.key)
    third = a_place(place.round_, None, place.portfolio, role=AssignmentRole.THIRD)

    a_started_sheet(third.key)

    assert stored(third.key) == {}


def test_start_is_refused_when_a_conflict_appeared_since(app: Flask) -> None:
    place = a_place()
    declare_conflict(place)

    with pytest.raises((Refused, NotFromHere)):
        start_scoring(place.actor, place.key)


def declare_conflict(place: Place) -> None:
    """An interest in the candidate's organisation."""
    a_declaration(place.member, "Harbour Lights Cooperative", DeclarationKind.ORGANISATION, "I advise them.")


def test_an_empty_sheet_is_not_submitted_and_every_gap_is_named(place: Place) -> None:
    with pytest.raises(Incomplete) as incomplete:
        submit(place)

    assert len(incomplete.value.missing) == 6 * 3 + 1
    assert state_of(place) is AssignmentState.SCORING
    assert submitted_sheets(place.portfolio.assessment_id) == ()


def test_a_whole_sheet_is_submitted_with_its_words_at_the_acts_instant(place: Place) -> None:
    levels = {"C1": 4, "C2": 3, "C3": 2, "C4": 1, "C5": 3, "C6": 3}
    a_saved_sheet(place.key, levels=levels, texts={"note": "Look at C4."})

    done = submit(place)

    (sheet,) = submitted_sheets(place.portfolio.assessment_id)
    assert (done.number, done.submitted_at) == (1, clock.now())
    assert dict(sheet.levels) == levels
    assert (sheet.label, sheet.note, sheet.is_complete, sheet.stands) == ("A", "Look at C4.", True, True)
    assert sheet.score("C1").feedback.startswith("Production deployment: Your releases")
    assert state_of(place) is AssignmentState.SUBMITTED
    assert findings() == []


def test_a_second_press_is_the_same_submission(place: Place) -> None:
    a_saved_sheet(place.key)

    first, again = submit(place), submit(place)

    assert first == again
    assert reading().scalar(select(func.count()).select_from(SubmittedVersion)) == 1


def test_another_form_after_the_submission_is_refused(place: Place) -> None:
    a_saved_sheet(place.key)
    submit(place)

    with pytest.raises(Refused) as refused:
        submit(place, form_key="another")

    assert refused.value.refusal.kind == "moment"


def test_a_sheet_that_changed_since_it_was_shown_is_not_submitted(place: Place) -> None:
    a_saved_sheet(place.key)
    shown = head_of(place.key).revision
    save_field(place.actor, place.key, a_change("C1.level", "1", shown))

    with pytest.raises(Refused):
        submit(place, revision=shown)

    assert state_of(place) is AssignmentState.SCORING


def test_submission_is_refused_when_a_conflict_appeared_since_and_the_text_stays(place: Place) -> None:
    a_saved_sheet(place.key)
    before = stored(place.key)
    declare_conflict(place)

    with pytest.raises((Refused, NotFromHere)):
        submit(place)

    assert stored(place.key) == before
    assert submitted_versions(place.portfolio.assessment_id) == ()


def test_nobody_else_submits_it(place: Place) -> None:
    a_saved_sheet(place.key)
    other = a_place(place.round_, None, place.portfolio)

    with pytest.raises(Refused) as refused:
        submit(place, actor=other.actor)

    assert refused.value.refusal.hidden


def test_a_sheet_with_cannot_judge_is_kept_and_shown_but_incomplete(place: Place) -> None:
    a_saved_sheet(place.key, texts={"C3.level": "cannot_judge", "C3.cannot_judge": "E02 does not open."})

    submit(place)

    (sheet,) = submitted_sheets(place.portfolio.assessment_id)
    assert not sheet.is_complete
    assert sheet.levels["C3"] is None
    assert sheet.score("C3").cannot_judge == "E02 does not open."


def test_a_reason_for_cannot_judge_is_not_submitted_beside_a_level(place: Place) -> None:
    a_saved_sheet(place.key, texts={"C3.cannot_judge": "E02 did not open at first."})

    submit(place)

    (sheet,) = submitted_sheets(place.portfolio.assessment_id)
    assert sheet.is_complete
    assert (sheet.levels["C3"], sheet.score("C3").cannot_judge) == (3, "")


def test_view_of_the_whole_and_declared_tools_are_kept_with_the_version(place: Place) -> None:
    a_saved_sheet(place.key, texts={"global_view": "borderline"})

    revision = head_of(place.key).revision
    submit_sheet(place.actor, place.key, revision=revision, form_key="f", outside_tools=" A translator saw E02. ")

    (sheet,) = submitted_sheets(place.portfolio.assessment_id)
    assert (sheet.global_view, sheet.outside_tools) == (GlobalView.BORDERLINE, "A translator saw E02.")


def test_feedback_with_the_writers_own_name_is_not_submitted(place: Place) -> None:
    a_saved_sheet(place.key, texts={"C2.feedback": f"Ask {place.actor.name} how the fallback was measured there."})

    with pytest.raises(Incomplete) as incomplete:
        submit(place)

    assert [gap.field for gap in incomplete.value.missing] == ["C2.feedback"]


def test_a_reopened_sheet_can_be_edited_and_both_versions_stay(place: Place) -> None:
    a_saved_sheet(place.key)
    submit(place)
    coordinator = a_coordinator(place.round_.id)

    assignment.reopen(coordinator, place.key, "C1 names the wrong figure.")
    assert submitted_sheets(place.portfolio.assessment_id) == ()
    save_field(place.actor, place.key, a_change("C1.level", "2", head_of(place.key).revision))
    submit(place, form_key="second")

    versions = submitted_versions(place.portfolio.assessment_id)
    assert [(v.label, v.number, v.levels["C1"], v.stands) for v in versions] == [("A", 1, 3, False), ("A", 2, 2, True)]
    assert findings() == []


def test_labels_follow_first_submissions_and_never_change(app: Flask) -> None:
    first, second = two_places()
    a_submitted_sheet(second.key, levels=2)
    with clock.pinned(clock.now() + timedelta(hours=1)):
        a_submitted_sheet(first.key, levels=3)
        assignment.reopen(a_coordinator(first.round_.id), second.key, "A figure is wrong.")

        labels = {sheet.member_id: sheet.label for sheet in submitted_versions(first.portfolio.assessment_id)}

    assert labels == {second.member.member_id: "A", first.member.member_id: "B"}


def test_submitted_versions_are_never_changed_nor_removed(place: Place) -> None:
    a_submitted_sheet(place.key)

    for spoil in ("UPDATE submitted_version SET number = 9", "DELETE FROM submitted_version"):
        with pytest.raises(DatabaseError, match="never changed"):
            reading().execute(text(spoil))
        reading().rollback()


def test_submission_is_in_the_history_without_a_level_or_a_word(place: Place) -> None:
    a_submitted_sheet(place.key)

    (event,) = reading().scalars(select(AuditEvent).filter_by(tag="scoring:sheet:submitted")).all()

    assert set(loads(event.facts)) == {
        "sheet_id", "assignment_id", "assessment_id", "portfolio_id", "round_id", "number", "is_complete", "sha256",
    }  # fmt: skip


def test_two_submits_at_once_make_one_version(place: Place, app: Flask) -> None:
    a_saved_sheet(place.key)
    revision = head_of(place.key).revision

    results = at_once(app, *(partial(submit, place, key, revision) for key in ("one", "two")))

    assert sorted(type(each).__name__ for each in results) == ["Refused", "Submitted"]
    assert len(submitted_versions(place.portfolio.assessment_id)) == 1


def test_check_finds_a_submitted_assignment_without_a_version(app: Flask) -> None:
    place = a_place(state="submitted")

    assert ("scoring.submitted", f"assignment {place.key} stands submitted, but nothing was submitted") in findings()
