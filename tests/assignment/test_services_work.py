"""Work and its dates: late ends, third places, moved dates, portfolios that leave, on both databases."""

from datetime import timedelta

import pytest

from panel_app import clock
from panel_app.assignment import services
from panel_app.assignment.models import AssignmentRole
from panel_app.assignment.queries.offers import assignments_of, moves_of
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.assignment import an_assignment
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.permissions import Refused
from panel_app.foundation.times import to_wall
from panel_app.portfolios.models import AssessmentStatus
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.portfolios.services import advance
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import move_dates
from tests.assignment.conftest import Build

pytestmark = pytest.mark.both_databases

S = AssignmentState


def test_starting_twice_is_as_once(scene: Build) -> None:
    here = scene()
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")

    assert services.start(built.actor, built.key) is S.SCORING


def test_a_reopened_sheet_has_a_new_due_date_and_its_member_is_told(scene: Build) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="submitted")
    late = here.round.scoring_due_at + timedelta(days=3)

    with clock.pinned(late):
        services.reopen(here.coordinator, built.key, "C2 is not rated.")

    row = assignments_of(built.assessment_id)[0]
    assert (row.state, row.due_at) == (S.REOPENED, late + timedelta(days=10))
    assert here.mails(here.members[0], "reopened") == 1


def test_a_submitted_sheet_is_taken_back_and_submitted_again(scene: Build) -> None:
    here = scene(members=2)
    built = [an_assignment(here.portfolios[0], member, state="submitted") for member in here.members]

    services.take_back(built[0].actor, built[0].key)
    open_again = assignments_of(built[0].assessment_id)[0].state
    services.mark_submitted(built[0].actor, built[0].key)

    assert (open_again, assignments_of(built[0].assessment_id)[0].state) == (S.SCORING, S.SUBMITTED)


def test_a_third_assessor_who_declines_is_followed_by_the_next(scene: Build) -> None:
    here = scene(members=4)
    for member in here.members[:2]:
        an_assignment(here.portfolios[0], member, state="submitted")
    key = services.third_assessor(here.portfolios[0].assessment_id)
    third = next(row for row in assignments_of(here.portfolios[0].assessment_id) if row.key == key)
    who = next(member for member in here.members if member.key == third.member)

    services.decline_offer(who.actor, third.key, "Too much to do.")

    roles = [
        (row.role, row.state)
        for row in assignments_of(here.portfolios[0].assessment_id)
        if row.role is AssignmentRole.THIRD
    ]
    assert roles == [(AssignmentRole.THIRD, S.DECLINED), (AssignmentRole.THIRD, S.OFFERED)]
    assert here.status() is AssessmentStatus.ASSIGNING


def test_scoring_goes_on_when_the_third_agrees(scene: Build) -> None:
    here = scene(members=3)
    for member in here.members[:2]:
        an_assignment(here.portfolios[0], member, state="submitted")
    key = services.third_assessor(here.portfolios[0].assessment_id)
    assert key is not None
    before = here.status()

    services.accept_offer(here.members[2].actor, key)

    assert (before, here.status()) == (AssessmentStatus.ASSIGNING, AssessmentStatus.SCORING)


def test_what_nobody_needs_any_more_ends_kindly_and_nobody_follows(scene: Build) -> None:
    here = scene(members=4)
    done = [an_assignment(here.portfolios[0], member, state="submitted") for member in here.members[:2]]
    services.third_assessor(done[0].assessment_id)

    ended = services.close_unneeded(done[0].assessment_id)

    assert ended == 1
    assert sorted(row.state for row in assignments_of(done[0].assessment_id)) == [S.CLOSED, S.SUBMITTED, S.SUBMITTED]
    assert here.status() is AssessmentStatus.SCORING


def test_an_assessment_that_ends_keeps_nobody_at_work(scene: Build) -> None:
    here = scene(members=3)
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")

    advance(built.assessment_id, AssessmentStep.END, by=SYSTEM, reason="The portfolio is void.")

    assert [row.state for row in assignments_of(built.assessment_id)] == [S.CLOSED]
    assert here.mails(here.members[0], "ended") == 1


@pytest.mark.parametrize("days", [4, -4])
def test_a_moved_due_date_moves_the_work_that_was_due_then(scene: Build, days: int) -> None:
    here = scene(portfolios=2, members=1)
    plain = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    own = an_assignment(here.portfolios[1], here.members[0], state="scoring")
    far = here.round.scoring_due_at + timedelta(days=9)
    services.extend_due(here.coordinator, own.key, to_wall(far, here.round.zone), "A fever.")
    moved = here.round.scoring_due_at + timedelta(days=days)

    move_dates(here.coordinator, here.round.key, {Which.SCORING_DUE: to_wall(moved, here.round.zone)}, "Holidays.")

    reading().rollback()
    due = {row.key: row.due_at for one in (plain, own) for row in assignments_of(one.assessment_id)}
    assert due == {plain.key: moved, own.key: far}


def test_a_replacement_late_in_the_round_gets_days_of_their_own(scene: Build) -> None:
    here = scene(members=2)
    built = an_assignment(here.portfolios[0], here.members[0], state="scoring")
    late = here.round.scoring_due_at + timedelta(days=1)

    with clock.pinned(late):
        services.replace(here.coordinator, built.key, "No answer for a week.")

    fresh = assignments_of(built.assessment_id)[1]
    assert (fresh.answer_by, fresh.due_at) == (late + timedelta(days=5), late + timedelta(days=10))


def test_history_keeps_every_move_with_its_reason(scene: Build) -> None:
    here = scene(members=1)
    built = an_assignment(here.portfolios[0], here.members[0], state="recused", reason="I know who this is.")

    moves = [(move.act, move.state, move.reason) for move in moves_of([built.id])]

    assert [(act.value if act else "", state) for act, state, _ in moves] == [
        ("", S.OFFERED),
        ("accept", S.ACCEPTED),
        ("recuse", S.RECUSED),
    ]
    assert moves[2][2] == "I know who this is."


def test_nobody_is_asked_once_everyone_has_agreed(scene: Build) -> None:
    here = scene(members=3)
    for member in here.members[:2]:
        an_assignment(here.portfolios[0], member)

    with pytest.raises(Refused, match="Everyone who is needed"):
        an_assignment(here.portfolios[0], here.members[2], state="offered")


def test_nobody_is_asked_before_admission(scene: Build) -> None:
    here = scene(portfolios=1, members=1)
    advance(here.portfolios[0].assessment_id, AssessmentStep.END, by=SYSTEM, reason="The portfolio is void.")

    with pytest.raises(Refused, match="Nobody can be asked"):
        an_assignment(here.portfolios[0], here.members[0], state="offered")


def test_a_due_date_moves_only_where_a_sheet_is_awaited_and_to_a_time_that_exists(scene: Build) -> None:
    here = scene(portfolios=2, members=1)
    offered = an_assignment(here.portfolios[0], here.members[0], state="offered")
    scoring = an_assignment(here.portfolios[1], here.members[0], state="scoring")

    with pytest.raises(Refused, match="No score sheet is awaited"):
        services.extend_due(here.coordinator, offered.key, "2027-06-01T10:00", "A fever.")
    with pytest.raises(Conflicted, match="Enter a date and a time"):
        services.extend_due(here.coordinator, scoring.key, "next week", "A fever.")


def test_an_unknown_assignment_is_not_there(scene: Build) -> None:
    here = scene()

    with pytest.raises(Refused) as refused:
        services.accept_offer(here.members[0].actor, "a" * 26)

    assert refused.value.refusal.hidden
