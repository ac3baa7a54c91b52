"""Assignments: what may be done from where."""

import pytest

from panel_app.assignment.rules import (
    ASSIGNMENT,
    AT_WORK_STATES,
    ENDED_STATES,
    LIVE_STATES,
    TO_RECALL,
    AssignmentAct,
    AssignmentState,
)
from panel_app.foundation.states import NotFromHere, Party


@pytest.mark.parametrize(("state", "act"), [pair for pair in ASSIGNMENT.pairs() if pair not in ASSIGNMENT.moves])
def test_every_pair_outside_the_table_is_refused(state: AssignmentState, act: AssignmentAct) -> None:
    with pytest.raises(NotFromHere):
        ASSIGNMENT.after(act, state)


def test_usual_way_leads_from_offer_to_submitted_sheet() -> None:
    state = ASSIGNMENT.start

    for act in (AssignmentAct.ACCEPT, AssignmentAct.START, AssignmentAct.SUBMIT):
        state = ASSIGNMENT.after(act, state)

    assert state is AssignmentState.SUBMITTED


def test_live_and_ended_states_cover_all_and_no_act_leaves_an_ended_one() -> None:
    assert set(AssignmentState) == LIVE_STATES | ENDED_STATES
    assert ASSIGNMENT.ends == ENDED_STATES


def test_every_live_state_has_a_way_out_that_the_coordinator_can_see() -> None:
    coordinators = {
        state: {act for act in ASSIGNMENT.acts_from(state) if ASSIGNMENT.acts[act].who is Party.COORDINATOR}
        for state in LIVE_STATES
    }

    assert {state for state, acts in coordinators.items() if not acts} == set()


def test_accepted_place_may_still_be_declined() -> None:
    assert ASSIGNMENT.after(AssignmentAct.DECLINE, AssignmentState.ACCEPTED) is AssignmentState.DECLINED


def test_open_states_wait_on_someone_with_a_date_and_a_submitted_one_on_nobody() -> None:
    waiting = dict(ASSIGNMENT.waiting())

    assert set(waiting) == LIVE_STATES - {AssignmentState.SUBMITTED}
    assert {wait.due for wait in waiting.values()} == {"answer_by", "due_at"}


def test_suspended_work_goes_on_or_its_submitted_sheet_stands() -> None:
    assert ASSIGNMENT.after(AssignmentAct.RESUME, AssignmentState.SUSPENDED) is AssignmentState.ACCEPTED
    assert ASSIGNMENT.after(AssignmentAct.RESTORE, AssignmentState.SUSPENDED) is AssignmentState.SUBMITTED


def test_offer_is_taken_back_only_before_anything_was_written() -> None:
    assert ASSIGNMENT.sources(AssignmentAct.RECALL) == TO_RECALL
    assert ASSIGNMENT.sources(AssignmentAct.SUBMIT) == AT_WORK_STATES - {AssignmentState.ACCEPTED}


def test_who_leaves_or_is_taken_off_gives_a_reason() -> None:
    with_reason = {act for act, doing in ASSIGNMENT.acts.items() if doing.reason}

    assert with_reason == {
        AssignmentAct.DECLINE,
        AssignmentAct.REOPEN,
        AssignmentAct.RECUSE,
        AssignmentAct.SUSPEND,
        AssignmentAct.RESUME,
        AssignmentAct.RESTORE,
        AssignmentAct.RECALL,
        AssignmentAct.REPLACE,
    }
