"""Policies of a round: whole or refused, and read back as they were."""

import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from panel_app.programmes.rules.policies import (
    SINCE,
    STANDARD,
    PromisedPolicy,
    ReminderSetting,
    RubricPin,
    WorkingPolicy,
    changed,
    default_promise,
    default_working,
)

DECISION = {"pass": {"weighted_mean_at_least": 2.5, "no_criterion_below": 2}, "borderline_band": 0.25}
PROMISE = default_promise(
    RubricPin("CPAP", "2026.1", "ab" * 32), {"portfolio": 2}, DECISION, {"mean_gap_at_least": 0.75}
)
WORKING = default_working()


@given(grace=st.integers(0, 3600), signers=st.integers(1, 9), band=st.sampled_from([0.1, 0.25, 0.3, 1, 2.675]))
def test_promise_comes_back_from_canonical_json_as_it_was(grace: int, signers: int, band: float) -> None:
    decision = {**DECISION, "borderline_band": band}
    promise = replace(PROMISE, grace_seconds=grace, signers_needed=signers, decision=decision)

    assert PromisedPolicy.read(json.loads(rfc8785.dumps(promise.block()))) == promise  # type: ignore[arg-type]


def test_working_policy_comes_back_from_json_as_it_was() -> None:
    assert WorkingPolicy.read(json.loads(json.dumps(WORKING.block()))) == WORKING


@pytest.mark.parametrize("name", sorted(PROMISE.block()))
def test_promise_without_an_entry_is_refused_rather_than_filled_with_a_default(name: str) -> None:
    block = PROMISE.block()
    del block[name]

    with pytest.raises(ValueError, match=name):
        PromisedPolicy.read(block)


@pytest.mark.parametrize("name", sorted(set(WORKING.block()) - set(SINCE)))
def test_working_policy_without_an_entry_is_refused(name: str) -> None:
    block = WORKING.block()
    del block[name]

    with pytest.raises(ValueError, match=name):
        WorkingPolicy.read(block)


@pytest.mark.parametrize(
    "changes",
    [
        {"surprise": 1},
        {"signers_needed": 0},
        {"signers_needed": True},
        {"grace_seconds": -1},
        {"grace_seconds": "60"},
        {"appeal_days": 2.5},
        {"may_sign": ["candidate"]},
        {"may_sign": "signer"},
        {"assessors": {"portfolio": 0}},
        {"decision": 3},
    ],
)
def test_wrong_entry_of_a_promise_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        changed(PROMISE, changes)


def test_promise_needs_a_part() -> None:
    with pytest.raises(ValueError, match="no part"):
        PromisedPolicy.read({**PROMISE.block(), "assessors": {}})


@pytest.mark.parametrize(
    "changes",
    [
        {"sampling_percent": 101},
        {"other_triggers": "yes"},
        {"reminders": {STANDARD: {"is_on": True}}},
        {"triggers": {"borderline": 1}},
        {"offer_days": 0},
    ],
)
def test_wrong_entry_of_a_working_policy_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        changed(WORKING, changes)


def test_working_policy_needs_a_standard_reminder() -> None:
    with pytest.raises(ValueError, match="standard"):
        WorkingPolicy.read({**WORKING.block(), "reminders": {}})


def test_blocks_are_joined_by_key() -> None:
    grown = changed(changed(WORKING, {"triggers": {"borderline": False}}), {"triggers": {"cannot_judge": True}})

    assert grown.triggers == {"borderline": False, "cannot_judge": True}
    assert (grown.trigger_is_on("borderline"), grown.trigger_is_on("a_new_one")) == (False, True)


def test_reminder_rule_has_its_own_setting_or_the_standard_one() -> None:
    own = {
        "is_on": True,
        "before_due_days": [1, 5],
        "on_due": False,
        "overdue_every_days": None,
        "escalate_after_days": 0,
    }

    grown = changed(WORKING, {"reminders": {"a_new_rule": own}})

    assert grown.reminder("a_new_rule") == ReminderSetting(True, (5, 1), False, None, 0)
    assert grown.reminder("another") == WORKING.reminders[STANDARD]


def test_a_version_from_before_there_was_a_grace_works_without_one_and_a_new_round_has_it() -> None:
    older = {name: value for name, value in WORKING.block().items() if name != "grace_minutes"}

    assert WorkingPolicy.read(older).grace_minutes == 0
    assert WORKING.grace_minutes == 30


@pytest.mark.parametrize("wrong", ["9:00", "25:00", "", 900, None])
def test_a_time_of_day_is_hours_and_minutes(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"time of day|hour must be"):
        changed(WORKING, {"remind_at": wrong})

    assert changed(WORKING, {"remind_at": "07:30"}).remind_at == "07:30"
