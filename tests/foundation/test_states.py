"""The table of states: what is in it is done, everything else is refused with a sentence."""

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.states import Doing, NotFromHere, Party, ReasonMissing, Standing, States, Tone, Wait


class Door(StrEnum):
    SHUT = "shut"
    OPEN = "open"
    GONE = "gone"


class Push(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    REMOVE = "remove"


STANDINGS = {
    Door.SHUT: Standing("Shut", Tone.WAIT, Wait(Party.COORDINATOR, "open_by")),
    Door.OPEN: Standing("Open", Tone.GOOD),
    Door.GONE: Standing("Gone", Tone.BAD),
}
DOINGS = {Push.OPEN: Doing("Open"), Push.SHUT: Doing("Shut"), Push.REMOVE: Doing("Remove", reason=True)}
MOVES = {(Door.SHUT, Push.OPEN): Door.OPEN, (Door.OPEN, Push.SHUT): Door.SHUT, (Door.OPEN, Push.REMOVE): Door.GONE}
DOOR = States("door", start=Door.SHUT, states=STANDINGS, acts=DOINGS, moves=MOVES)


@pytest.mark.parametrize(("state", "act"), list(DOOR.pairs()))
def test_every_pair_outside_the_table_is_refused_and_every_pair_inside_leads_on(state: Door, act: Push) -> None:
    if (state, act) in MOVES:
        assert DOOR.can(act, state)
        assert DOOR.after(act, state) is MOVES[state, act]
    else:
        assert not DOOR.can(act, state)
        with pytest.raises(NotFromHere):
            DOOR.after(act, state)


def test_refusal_names_the_act_the_thing_and_where_it_stands() -> None:
    with pytest.raises(NotFromHere) as refused:
        DOOR.after(Push.SHUT, Door.GONE)

    assert str(refused.value.sentence) == (
        "“Shut” is not possible here: the door stands at “Gone”. Reload the page to see its acts."
    )


@pytest.mark.parametrize("given_reason", [None, "", "  \n"])
def test_act_that_requires_a_reason_is_refused_without_one(given_reason: str | None) -> None:
    with pytest.raises(ReasonMissing) as refused:
        DOOR.reason(Push.REMOVE, given_reason)

    assert str(refused.value.sentence) == "Give a reason for “Remove”: it is kept with it."


def test_reason_comes_back_without_blanks_around_it() -> None:
    assert DOOR.reason(Push.REMOVE, " broken\n") == "broken"
    assert DOOR.reason(Push.SHUT, None) == ""


def test_acts_from_a_state_come_in_the_order_of_the_acts() -> None:
    assert DOOR.acts_from(Door.OPEN) == (Push.SHUT, Push.REMOVE)
    assert DOOR.acts_from(Door.GONE) == ()


def test_table_answers_for_titles_tones_ends_sources_and_waits() -> None:
    assert (DOOR.title(Door.SHUT), DOOR.tone(Door.OPEN)) == ("Shut", Tone.GOOD)
    assert DOOR.ends == {Door.GONE}
    assert DOOR.sources(Push.REMOVE) == {Door.OPEN}
    assert DOOR.waits_on(Door.OPEN) is None
    assert list(DOOR.waiting()) == [(Door.SHUT, Wait(Party.COORDINATOR, "open_by"))]


@given(st.lists(st.sampled_from(list(Push))))
def test_walk_by_offered_acts_never_leaves_the_table(pushes: list[Push]) -> None:
    state = DOOR.start

    for push in pushes:
        if push in DOOR.acts_from(state):
            state = DOOR.after(push, state)

    assert state in DOOR.states


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"states": {Door.SHUT: STANDINGS[Door.SHUT]}}, "not every Door is listed"),
        ({"acts": {Push.OPEN: DOINGS[Push.OPEN]}}, "not every Push is listed"),
        ({"moves": {(Door.SHUT, Push.OPEN): Door.OPEN}}, "an act leads nowhere"),
        ({"start": Door.OPEN, "moves": {**MOVES, (Door.OPEN, Push.REMOVE): Door.OPEN}}, "a state can't be reached"),
    ],
)
def test_table_with_a_gap_is_refused_when_made(changed: dict[str, Any], words: str) -> None:
    table: dict[str, Any] = {"start": Door.SHUT, "states": STANDINGS, "acts": DOINGS, "moves": MOVES} | changed

    with pytest.raises(ValueError, match=words):
        States("door", **table)
