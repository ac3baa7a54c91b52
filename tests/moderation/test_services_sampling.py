"""The sample of a round: drawn once, from what is proposed, with a seed that repeats it. On both databases."""

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.demo.builders.accounts import a_moderator
from panel_app.demo.builders.moderation import an_answered_case, case_of
from panel_app.demo.builders.outcomes import outcome_of
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.moderation.models import CaseReason
from panel_app.moderation.queries.sample import sample_of
from panel_app.moderation.rules import CaseState
from panel_app.moderation.services import draw_sample
from panel_app.portfolios.models import AssessmentStatus
from tests.moderation.scenes import CLEAR, REFER, broken_invariants, open_cases, status_of
from tests.outcomes.scenes import a_scene

pytestmark = pytest.mark.both_databases

FAIL = ((1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1))


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


def test_sample_waits_until_all_sheets_are_in(app: Flask) -> None:
    here = a_scene(CLEAR)
    an_admitted_portfolio(here.round)

    with pytest.raises(Refused, match="still being scored"):
        draw_sample(here.coordinator, here.round.key)

    assert open_cases(here.assessed[0]) == 0


def test_sample_needs_a_proposal(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)

    with pytest.raises(Refused, match="nothing to draw from"):
        draw_sample(here.coordinator, here.round.key)


def test_only_a_coordinator_draws(app: Flask) -> None:
    here = a_scene(CLEAR)

    with pytest.raises(Refused) as refused:
        draw_sample(here.signers[0], here.round.key)

    assert refused.value.refusal.hidden
