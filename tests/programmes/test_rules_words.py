"""Policies and rules in words; codes; states."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from panel_app.foundation.states import NotFromHere
from panel_app.programmes.rules.codes import code_of
from panel_app.programmes.rules.policies import RubricPin, default_promise, default_working
from panel_app.programmes.rules.states import ROUND, RoundMove, RoundState
from panel_app.programmes.rules.wording import (
    decision_words,
    hours_words,
    promise_words,
    reminder_words,
    working_words,
)

CPAP = json.loads((files("panel_app.programmes") / "data" / "cpap-2026.1.json").read_text())
PROMISE = default_promise(RubricPin("CPAP", "2026.1", ""), {"portfolio": 2}, CPAP["decision"], CPAP["discrepancy"])


def test_decision_rule_is_told_with_its_own_figures() -> None:
    words = {name: str(sentence) for name, sentence in decision_words(CPAP["decision"], CPAP["discrepancy"])}

    assert words == {
        "Pass": "The weighted mean is at least 2.5 and no criterion is below 2.",
        "Refer": "The weighted mean is at least 2 and at most 2 criteria are below 2.",
        "Fail": "Every other portfolio fails.",
        "Borderline": "A mean within 0.25 of the pass mark is looked at again.",
        "Disagreement": "Sheets 2 levels apart on a criterion, or 0.75 in their means, get a third look.",
    }


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "None: what comes after the close is late."), (90, "90 seconds, for what was under way.")],
)
def test_promise_is_told_in_sentences(seconds: int, words: str) -> None:
    facts = {
        name: str(text)
        for name, text in promise_words(replace(PROMISE, grace_seconds=seconds), {"portfolio": "Review"})
    }

    assert facts["Review"] == "2 assessors, each on their own."
    assert facts["Grace after the close"] == words


def test_one_of_each_is_told_as_one() -> None:
    promise = replace(PROMISE, assessors={"portfolio": 1}, signers_needed=1, appeal_days=1, resubmission_days=1)
    working = replace(default_working(), offer_days=1, case_days=1, sign_off_days=1)

    facts = dict([*promise_words(promise, {"portfolio": "Review"}), *working_words(working)])

    assert str(facts["Review"]) == "1 assessor."
    assert str(facts["Sign-off"]) == "1 person who neither assessed nor moderated the portfolio."
    assert str(facts["Appeal"]) == "Within 1 day of the release."
    assert str(facts["Resubmission after a refer"]).startswith("Within 1 day of the release. ")
    assert str(facts["Offers"]) == "To be answered within 1 day."
    assert str(facts["Moderation"]) == "Cases to be answered within 1 day."
    assert str(facts["Sign-off due"]) == "Within 1 day of the proposal."


def test_working_policy_is_told_in_sentences() -> None:
    working = default_working()
    facts = {name: str(text) for name, text in working_words(working)}
    plain = {name: str(text) for name, text in working_words(replace(working, sampling_at_least_root=False))}

    assert facts["Sampling"] == "10 % of clear passes, at least the square root of the round's size."
    assert plain["Sampling"] == "10 % of clear passes."


def test_reminders_are_told_in_one_sentence() -> None:
    setting = default_working().reminder("any")
    quiet = replace(setting, on_due=False, overdue_every_days=None, escalate_after_days=None, before_due_days=())

    assert str(reminder_words(setting)) == (
        "Days before: 7, 2; on the day; days between, once overdue: 2; days until a coordinator hears: 3."
    )
    assert str(reminder_words(quiet)) == (
        "Days before: –; days between, once overdue: –; days until a coordinator hears: –."
    )
    assert str(reminder_words(replace(setting, is_on=False))) == "None."


@pytest.mark.parametrize(("typed", "code"), [(" cpap-27a ", "CPAP-27A"), ("R2", "R2"), ("A-B-C", "A-B-C")])
def test_code_is_kept_in_capitals(typed: str, code: str) -> None:
    assert code_of(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "A", "CPAP 27", "-A1", "A1-", "A--B", "É27", "A-B-C-D", "CPAP27ABCDEFGH-12345678"]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert code_of(typed) is None


@pytest.mark.parametrize(("state", "act"), list(ROUND.pairs()))
def test_round_moves_only_as_its_table_says(state: RoundState, act: RoundMove) -> None:
    allowed = {
        (RoundState.DRAFT, RoundMove.PUBLISH): RoundState.PUBLISHED,
        (RoundState.PUBLISHED, RoundMove.END): RoundState.ENDED,
    }
    if (state, act) in allowed:
        assert ROUND.after(act, state) is allowed[state, act]
    else:
        with pytest.raises(NotFromHere):
            ROUND.after(act, state)


def test_hours_of_reminders_are_told_with_and_without_a_quiet_time() -> None:
    working = replace(default_working(), remind_at="09:00", quiet_from="21:00", quiet_until="07:00")

    quiet, never = hours_words(working), hours_words(replace(working, quiet_until="21:00"))

    assert str(quiet) == ("At 09:00 in the round's time zone; to nobody between 21:00 and 07:00 of their own time.")
    assert str(never) == "At 09:00 in the round's time zone."
