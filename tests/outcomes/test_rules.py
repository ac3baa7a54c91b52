"""The table of outcomes, and signatures to come."""

import pytest

from panel_app.foundation.states import NotFromHere
from panel_app.outcomes.rules import EMBARGOED_STATES, OUTCOME, OutcomeState, still_to_sign


def test_every_pair_outside_the_table_is_refused() -> None:
    outside = [pair for pair in OUTCOME.pairs() if not OUTCOME.can(pair[1], pair[0])]

    for state, step in outside:
        with pytest.raises(NotFromHere):
            OUTCOME.after(step, state)

    assert len(outside) == 10


def test_released_and_dropped_are_ends() -> None:
    assert OUTCOME.ends == {OutcomeState.RELEASED, OutcomeState.DROPPED}


def test_states_that_wait_have_an_owner_and_a_date() -> None:
    waiting = {state: (wait.who.value, wait.due) for state, wait in OUTCOME.waiting()}

    assert set(waiting) == EMBARGOED_STATES
    assert waiting[OutcomeState.PROPOSED] == ("signer", "sign_off_by")


@pytest.mark.parametrize(("signed_by", "left"), [([], 2), ([1], 1), ([1, 1], 1), ([1, 2], 0), ([1, 2, 3], 0)])
def test_signatures_of_different_people_count(signed_by: list[int], left: int) -> None:
    assert still_to_sign(2, signed_by) == left
