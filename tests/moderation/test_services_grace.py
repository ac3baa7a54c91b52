"""The time in which a submitted sheet can be taken back: what is found meanwhile sleeps. On both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.assignment import services as assignments
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.moderation import a_third_sheet
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.scoring import a_mended_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.running import run_due
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.moderation.models import CaseReason, ModerationCase, SleepingCase
from panel_app.moderation.queries.cases import case_page
from panel_app.moderation.queries.facts import case_standing
from panel_app.moderation.rules import CaseState
from panel_app.panel.models import Member
from panel_app.portfolios.models import AssessmentStatus
from panel_app.scoring.queries import SubmittedSheet, first_versions, submitted_versions
from panel_app.scoring.services import take_back_sheet
from tests.moderation.scenes import CLEAR, GAP, Scene, a_scene, broken_invariants, codes_of, status_of
from tests.support.kept import kept
from tests.support.pages import Visitor

pytestmark = pytest.mark.both_databases
GRACE = timedelta(minutes=30)


@kept
def a_resting_scene(sheets: tuple[tuple[int, ...], ...] = GAP, free: int = 1) -> Scene:
    """Two sheets that were submitted just now and can be taken back; so many more members are on the panel."""
    here = a_scene(sheets, grace_minutes=30)
    for _ in range(free):
        a_member(here.round)
    return here


def when_over(later: timedelta = GRACE) -> None:
    """The scheduler comes by, so long after the sheets were submitted."""
    with clock.pinned(clock.now() + later):
        run_due()


def rows(kind: type) -> int:
    return reading().execute(select(func.count()).select_from(kind)).scalar_one()


def asleep() -> int:
    return reading().execute(select(func.count()).where(SleepingCase.ended_at.is_(None))).scalar_one()


def thirds(here: Scene) -> int:
    query = select(func.count()).where(Assignment.role == AssignmentRole.THIRD)
    return reading().execute(query.where(Assignment.assessment_id == here.assessed.assessment_id)).scalar_one()


def test_what_is_found_at_submission_sleeps_until_the_last_grace_ends(app: Flask) -> None:
    here = a_resting_scene()
    mails = rows(Notification)
    found = (asleep(), rows(ModerationCase), thirds(here), status_of(here.assessed))

    when_over(GRACE - timedelta(seconds=1))
    early = (asleep(), rows(ModerationCase), thirds(here), rows(Notification) - mails)
    when_over()

    assert found == (1, 0, 0, AssessmentStatus.SCORING)
    assert early == (1, 0, 0, 0)
    assert (asleep(), thirds(here)) == (0, 1)
    assert (here.case.state, codes_of(here.case)) == (CaseState.WITH_THIRD, ["criterion_gap:C1"])
    assert here.case.opened_at == clock.now() + GRACE
    assert broken_invariants() == []


def test_nothing_is_proposed_either_before_the_last_grace_ends(app: Flask) -> None:
    here = a_resting_scene(CLEAR)
    early = status_of(here.assessed)

    when_over()

    assert (early, status_of(here.assessed)) == (AssessmentStatus.SCORING, AssessmentStatus.PROPOSED)


def test_a_sheet_taken_back_ends_what_slept_and_what_comes_then_is_found_anew(app: Flask) -> None:
    here = a_resting_scene()
    writer, key = here.assessed.members[0].actor, here.assessed.assignments[0]

    take_back_sheet(writer, key)
    gone = (asleep(), rows(ModerationCase))
    a_mended_sheet(writer, key, "C1", 3)
    when_over()

    assert gone == (0, 0)
    assert (asleep(), rows(ModerationCase), rows(CaseReason)) == (0, 0, 0)
    assert status_of(here.assessed) is AssessmentStatus.PROPOSED
    assert broken_invariants() == []


def test_a_later_grace_lets_everything_wait_for_it(app: Flask) -> None:
    here = a_resting_scene()
    writer, key = here.assessed.members[0].actor, here.assessed.assignments[0]
    with clock.pinned(clock.now() + timedelta(minutes=20)):
        take_back_sheet(writer, key)
        a_mended_sheet(writer, key, "C2", 2)

    when_over()
    waits = (asleep(), rows(ModerationCase))
    when_over(timedelta(minutes=50))

    assert waits == (1, 0)
    assert here.case.state is CaseState.WITH_THIRD


def test_no_sheet_is_taken_back_once_its_grace_is_over(app: Flask) -> None:
    here = a_resting_scene()
    first = here.assessed.members[0].actor

    with clock.pinned(clock.now() + GRACE), pytest.raises(Refused, match="time to take it back is over"):
        take_back_sheet(first, here.assessed.assignments[0])


@pytest.mark.parametrize("sheets", [CLEAR, GAP])
def test_a_sheet_that_a_coordinator_opened_again_is_not_taken_back_whatever_came_of_the_others(
    app: Flask, sheets: tuple[tuple[int, ...], ...]
) -> None:
    here = a_resting_scene(sheets, free=0)
    writer, key = here.assessed.members[0].actor, here.assessed.assignments[0]
    when_over()

    with clock.pinned(clock.now() + timedelta(hours=2)):
        assignments.reopen(a_coordinator(here.round.id), key, "C2 names the wrong figure.")
        a_mended_sheet(writer, key, "C2", 2)
        with pytest.raises(Refused) as refused:
            take_back_sheet(writer, key)

    assert refused.value.refusal.reason.startswith("The time to take it back is over.")


def offered(here: Scene, role: AssignmentRole) -> tuple[Actor, str]:
    """Who is asked in this role and has not answered, and the key of the offer."""
    found = select(Member.person_id, Assignment.key).join(Member, Member.id == Assignment.member_id)
    found = found.where(Assignment.assessment_id == here.assessed.assessment_id, Assignment.role == role)
    person_id, key = reading().execute(found.where(Assignment.state == AssignmentState.OFFERED)).one()
    return actor_of(person_id), key


def test_nothing_that_becomes_of_a_third_changes_until_when_a_first_sheet_is_taken_back(
    app: Flask, visit: Callable[[Actor | None], Visitor]
) -> None:
    here = a_resting_scene(free=3)
    when_over()
    a_declaration(here.assessed.members[1], "Harbour Lights Cooperative")
    assignments.replace(a_coordinator(here.round.id), here.assessed.assignments[1], "A late conflict.")
    writer, key = offered(here, AssignmentRole.ASSESSOR)
    with clock.pinned(clock.now() + timedelta(hours=2)):
        assignments.accept_offer(writer, key)
        a_submitted_sheet(key)
        before = visit(writer).get(f"/reviews/{key}").main
        assignments.decline_offer(*offered(here, AssignmentRole.THIRD), "Too much to do.")

        after = visit(writer).get(f"/reviews/{key}").main
        take_back_sheet(writer, key)

    assert "You can take it back without a reason until" in before
    assert after == before
    assert thirds(here) == 2


def test_a_thirds_sheet_is_shown_to_no_moderator_while_it_can_be_taken_back(app: Flask) -> None:
    here = a_resting_scene()
    when_over()
    with clock.pinned(clock.now() + timedelta(hours=2)):
        a_third_sheet(here.assessed, (1, 3, 3, 3, 3, 3))
        standing = case_standing(here.case.key)
        assert standing is not None
        resting = (case_page(standing).labels, standing.open_sheets, here.case.state)
    with clock.pinned(clock.now() + timedelta(hours=3)):
        run_due()
        shown = case_page(standing).labels

    assert resting == ((("A", False), ("B", False)), 1, CaseState.WITH_THIRD)
    assert shown == (("A", False), ("B", False), ("C", True))
    assert here.case.state is CaseState.WITH_MODERATOR


def test_a_version_taken_back_counts_nowhere_and_a_reopened_ones_first_version_stays(app: Flask) -> None:
    here = a_resting_scene(CLEAR)
    writer, key = here.assessed.members[0].actor, here.assessed.assignments[0]
    take_back_sheet(writer, key)
    a_mended_sheet(writer, key, "C1", 2)
    when_over(2 * GRACE)
    with clock.pinned(clock.now() + timedelta(hours=2)):
        assignments.reopen(a_coordinator(here.round.id), key, "C1 names the wrong figure.")
        a_mended_sheet(writer, key, "C1", 4)
    with clock.pinned(clock.now() + timedelta(hours=4)):
        versions = [(v.number, v.levels["C1"], v.taken_back, v.stands) for v in of_sheet(here, "A")]
        firsts = [(v.label, v.number, v.levels["C1"]) for v in first_versions(here.assessed.assessment_id)]

    assert versions == [(1, 3, True, False), (2, 2, False, False), (3, 4, False, True)]
    assert firsts == [("A", 2, 2), ("B", 1, 3)]


def of_sheet(here: Scene, label: str) -> list[SubmittedSheet]:
    return [each for each in submitted_versions(here.assessed.assessment_id) if each.label == label]
