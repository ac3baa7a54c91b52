"""The sample of a round: drawn once, from what is proposed, with a seed that repeats it. On both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services as assignments
from panel_app.demo.builders.accounts import a_coordinator, a_moderator
from panel_app.demo.builders.moderation import (
    AnAssessed,
    a_third_sheet,
    an_answered_case,
    an_assessed_portfolio,
    case_of,
)
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome, outcome_of
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.moderation.models import CaseReason
from panel_app.moderation.queries.sample import sample_of
from panel_app.moderation.rules import CaseState
from panel_app.moderation.services import draw_sample, look_again
from panel_app.outcomes.rules import OutcomeState
from panel_app.outcomes.services import prepare_release
from panel_app.portfolios.models import AssessmentStatus
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.portfolios.services import advance, extend_deadline
from panel_app.programmes.queries import RoundView
from tests.moderation.scenes import CLEAR, NEAR, REFER, broken_invariants, codes_of, open_cases, status_of
from tests.outcomes.scenes import NO_TRIGGERS, Scene, a_scene

pytestmark = pytest.mark.both_databases

FAIL = ((1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1))
CANT = {"C6.level": "cannot_judge", "C6.cannot_judge": "The recording of the talk doesn't open."}


def settled_by_a_third(round_: RoundView) -> AnAssessed:
    """A fail of which one sheet can't judge a criterion; the third sheet stands in for it and says the same."""
    members = [a_member(round_, capacity=20) for _ in range(3)]
    assessed = an_assessed_portfolio(round_, 1, members=members[:1], texts=CANT)
    key = assignments.offer(SYSTEM, assessed.portfolio.assessment_key, members[1].key)
    assignments.accept_offer(members[1].actor, key)
    a_submitted_sheet(key, levels=1)
    a_third_sheet(assessed, 1)
    return assessed


def test_sample_holds_what_failed_and_a_share_of_clear_passes(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, CLEAR, CLEAR, FAIL, REFER)

    drawn = draw_sample(here.coordinator, here.round.key, seed=7)

    codes = sorted(reading().scalars(select(CaseReason.code)))
    assert (drawn, codes) == (5, ["sample:fail", *["sample:random"] * 3, "sample:refer"])
    found = sample_of(here.round.id)
    assert found is not None
    assert (found.seed, found.size, found.drawn) == (7, 6, 5)
    assert broken_invariants() == []


def test_drawn_portfolio_is_with_the_moderator_and_proposed_anew_after_the_answer(app: Flask) -> None:
    here = a_scene(FAIL)
    draw_sample(here.coordinator, here.round.key)
    during = (case_of(here.assessed[0]).state, status_of(here.assessed[0]))

    an_answered_case(here.assessed[0], a_moderator(here.round.id))

    assert during == (CaseState.WITH_MODERATOR, AssessmentStatus.MODERATION)
    assert outcome_of(here.assessed[0]).number == 2


def test_sample_is_drawn_once(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR)
    draw_sample(here.coordinator, here.round.key)

    with pytest.raises(Refused, match="drawn already"):
        draw_sample(here.coordinator, here.round.key)


def prepared_only(here: Scene) -> None:
    a_portfolio(here.round)


def admitted(here: Scene) -> None:
    an_admitted_portfolio(here.round)


def with_the_moderator(here: Scene) -> None:
    look_again(here.assessed[1].assessment_id, "Read it once more.", "again", by=SYSTEM)


def drafted_with_more_time(here: Scene) -> None:
    draft = a_portfolio(here.round, submitted=False)
    extend_deadline(here.coordinator, draft.key, f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}", "Was ill.")


@pytest.mark.parametrize("stands", [prepared_only, admitted, with_the_moderator, drafted_with_more_time])
def test_sample_waits_until_every_portfolio_has_its_proposal(app: Flask, stands: Callable[[Scene], None]) -> None:
    here = a_scene(FAIL, CLEAR)
    stands(here)

    with pytest.raises(Refused, match="has its proposal yet"):
        draw_sample(here.coordinator, here.round.key)

    assert open_cases(here.assessed[0]) == 0


def test_draft_whose_time_is_over_does_not_keep_the_sample(app: Flask) -> None:
    here = a_scene(FAIL)
    a_portfolio(here.round, submitted=False)

    assert draw_sample(here.coordinator, here.round.key) == 1


def test_fail_that_is_signed_off_is_in_the_sample_and_is_signed_again(app: Flask) -> None:
    here = a_scene(FAIL, CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)

    drawn = draw_sample(here.coordinator, here.round.key)

    assert (drawn, status_of(here.assessed[0])) == (2, AssessmentStatus.MODERATION)
    an_answered_case(here.assessed[0], a_moderator(here.round.id))
    assert (outcome_of(here.assessed[0]).number, outcome_of(here.assessed[0]).release_id) == (2, None)
    assert a_signed_outcome(here.assessed[0], here.signers).state is OutcomeState.SIGNED_OFF
    assert broken_invariants() == []


def test_released_outcome_is_not_drawn(app: Flask) -> None:
    here = a_scene(FAIL, signed=True)
    a_release(here.round, here.coordinator)

    with pytest.raises(Refused, match="nothing to draw from"):
        draw_sample(here.coordinator, here.round.key)

    assert open_cases(here.assessed[0]) == 0


def test_fail_that_the_third_sheet_settled_is_in_the_sample(app: Flask) -> None:
    round_ = a_round(state="closed")
    agreed = settled_by_a_third(round_)
    before = (case_of(agreed).state, status_of(agreed))

    drawn = draw_sample(a_coordinator(round_.id), round_.key)

    assert (drawn, before) == (1, (CaseState.ANSWERED, AssessmentStatus.PROPOSED))
    assert (case_of(agreed).state, codes_of(case_of(agreed))) == (CaseState.WITH_MODERATOR, ["sample:fail"])
    assert (status_of(agreed), broken_invariants()) == (AssessmentStatus.MODERATION, [])


def a_scene_drawn(*sheets: tuple[tuple[int, ...], ...]) -> Scene:
    """A round whose sample is drawn, with a portfolio for each pair of sheets."""
    here = a_scene(*sheets)
    draw_sample(here.coordinator, here.round.key, seed=3)
    return here


@pytest.mark.parametrize(("sheets", "why"), [(FAIL, "fail"), (REFER, "refer"), (NEAR, "refer")])
def test_fail_or_refer_that_comes_after_the_draw_goes_to_a_moderator(
    app: Flask, sheets: tuple[tuple[int, ...], ...], why: str
) -> None:
    here = a_scene_drawn(CLEAR)

    late = an_assessed_portfolio(here.round, *sheets)

    assert (case_of(late).state, codes_of(case_of(late))) == (CaseState.WITH_MODERATOR, [f"sample:{why}"])
    assert status_of(late) is AssessmentStatus.MODERATION
    an_answered_case(late, a_moderator(here.round.id))
    assert (status_of(late), broken_invariants()) == (AssessmentStatus.PROPOSED, [])


def test_clear_pass_that_comes_after_the_draw_is_proposed_at_once(app: Flask) -> None:
    here = a_scene_drawn(CLEAR)

    late = an_assessed_portfolio(here.round, *CLEAR)

    assert (open_cases(late), status_of(late)) == (0, AssessmentStatus.PROPOSED)


def test_fail_that_comes_before_any_draw_is_proposed_at_once(app: Flask) -> None:
    here = a_scene(FAIL)

    assert (open_cases(here.assessed[0]), status_of(here.assessed[0])) == (0, AssessmentStatus.PROPOSED)


def test_fail_that_the_third_sheet_settles_after_the_draw_goes_to_the_moderator(app: Flask) -> None:
    here = a_scene_drawn(CLEAR)

    late = settled_by_a_third(here.round)

    assert (case_of(late).state, codes_of(case_of(late))) == (
        CaseState.WITH_MODERATOR,
        ["cannot_judge:A", "sample:fail"],
    )
    assert (status_of(late), broken_invariants()) == (AssessmentStatus.MODERATION, [])


def test_round_without_the_root_draws_its_part_alone(app: Flask) -> None:
    round_ = a_round(state="closed", working=NO_TRIGGERS | {"sampling_at_least_root": False})
    members = [a_member(round_, capacity=20) for _ in range(2)]
    for _ in range(4):
        an_assessed_portfolio(round_, *CLEAR, members=members)

    assert draw_sample(a_coordinator(round_.id), round_.key) == 1


def test_sample_needs_a_proposal(app: Flask) -> None:
    here = a_scene(CLEAR)
    advance(here.assessed[0].assessment_id, AssessmentStep.END, by=SYSTEM, reason="Withdrawn.")

    with pytest.raises(Refused, match="nothing to draw from"):
        draw_sample(here.coordinator, here.round.key)


def test_only_a_coordinator_draws(app: Flask) -> None:
    here = a_scene(CLEAR)

    with pytest.raises(Refused) as refused:
        draw_sample(here.signers[0], here.round.key)

    assert refused.value.refusal.hidden
