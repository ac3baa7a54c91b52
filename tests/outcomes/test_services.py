"""Outcomes: proposed exactly, signed by people without a part, released once. On both databases."""

from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import actor_of, grant_role
from panel_app.assignment import services as assignments
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_person
from panel_app.demo.builders.moderation import AnAssessed, an_answered_case, an_assessed_portfolio, case_of
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome, outcome_of, two_signers
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused, can
from panel_app.foundation.times import to_wall
from panel_app.moderation.rules import CaseState, Result
from panel_app.outcomes.models import Outcome, OutcomeCriterion, Release
from panel_app.outcomes.policy import ResultAct
from panel_app.outcomes.queries.pages import shown_now
from panel_app.outcomes.rules import OutcomeState
from panel_app.outcomes.services import prepare_release, release_due, send_back, sign_off, strike_criterion
from panel_app.outcomes.services.releasing import release_some
from panel_app.portfolios.models import AssessmentStatus
from panel_app.programmes.queries import round_by_id
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import move_dates
from tests.moderation.scenes import CLEAR, GAP, NEAR, REFER, broken_invariants, status_of
from tests.outcomes.scenes import a_scene

pytestmark = pytest.mark.both_databases


def criteria_of(outcome: Outcome) -> list[OutcomeCriterion]:
    query = select(OutcomeCriterion).filter_by(outcome_id=outcome.id).order_by(OutcomeCriterion.criterion_id)
    return list(reading().scalars(query.execution_options(populate_existing=True)))


def results_sent() -> list[tuple[int | None, str]]:
    rows = reading().execute(
        select(Notification.person_id, Notification.subject)
        .filter_by(kind="outcomes/released")
        .order_by(Notification.id)
    )
    return [(person_id, subject) for person_id, subject in rows]


def is_shown(assessed: AnAssessed) -> bool:
    """Whether the candidate may read their result."""
    portfolio = assessed.portfolio
    return bool(can(portfolio.candidate, ResultAct.READ_OWN, portfolio.key))


def test_outcome_is_proposed_with_the_last_sheet(app: Flask) -> None:
    here = a_scene(CLEAR)

    outcome = here.outcome()

    assert (outcome.result, outcome.mean, outcome.state) == (Result.PASS, Fraction(3), OutcomeState.PROPOSED)
    assert outcome.trace[-1]["text"] == "Result: pass."
    assert status_of(here.assessed[0]) is AssessmentStatus.PROPOSED
    assert broken_invariants() == []


def test_b134_is_proposed_exactly(app: Flask) -> None:
    outcome = a_scene(NEAR).outcome()

    assert (outcome.result, outcome.mean) == (Result.REFER, Fraction(99, 40))
    assert (outcome.is_borderline, outcome.is_split) == (True, True)


def test_moderators_level_replaces_the_mean_and_says_so(app: Flask) -> None:
    round_ = a_round(state="closed")
    moderator, assessed = a_moderator(round_.id), an_assessed_portfolio(round_, *GAP)

    an_answered_case(assessed, moderator, {"C1": 2})

    rows = criteria_of(outcome_of(assessed))
    assert [(row.value, row.is_moderated) for row in rows[:2]] == [(Fraction(2), True), (Fraction(3), False)]


def test_feedback_of_counted_sheets_is_kept_for_each_criterion(app: Flask) -> None:
    here = a_scene(CLEAR)

    rows = criteria_of(here.outcome())

    assert [len(row.feedback) for row in rows] == [2] * 6


def test_two_people_sign_and_then_it_is_signed_off(app: Flask) -> None:
    here = a_scene(CLEAR)
    first, second = here.signers

    assert sign_off(first, here.outcome().key, shown_now(here.outcome().key)) == 1
    between = here.outcome().state
    assert sign_off(second, here.outcome().key, shown_now(here.outcome().key)) == 0

    assert (between, here.outcome().state) == (OutcomeState.PROPOSED, OutcomeState.SIGNED_OFF)
    assert status_of(here.assessed[0]) is AssessmentStatus.SIGNED_OFF
    assert broken_invariants() == []


def test_one_person_does_not_sign_twice(app: Flask) -> None:
    here = a_scene(CLEAR)
    sign_off(here.signers[0], here.outcome().key, shown_now(here.outcome().key))

    with pytest.raises(Refused, match="signed this already"):
        sign_off(here.signers[0], here.outcome().key, shown_now(here.outcome().key))


def test_assessor_with_a_signers_role_learns_nothing_of_what_they_assessed(app: Flask) -> None:
    here = a_scene(CLEAR)
    person_id = here.assessed[0].members[0].actor.person_id
    assert person_id is not None
    grant_role(SYSTEM, person_id, Role.SIGNER, here.round.id)

    with pytest.raises(Refused) as refused:
        sign_off(actor_of(person_id), here.outcome().key, shown_now(here.outcome().key))

    assert refused.value.refusal.hidden


def test_moderator_with_a_signers_role_is_refused_with_the_reason(app: Flask) -> None:
    round_ = a_round(state="closed")
    moderator, assessed = a_moderator(round_.id), an_assessed_portfolio(round_, *GAP)
    assert moderator.person_id is not None
    an_answered_case(assessed, moderator)
    grant_role(SYSTEM, moderator.person_id, Role.SIGNER, round_.id)

    with pytest.raises(Refused, match="You moderated this portfolio"):
        sign_off(actor_of(moderator.person_id), outcome_of(assessed).key, shown_now(outcome_of(assessed).key))


def test_who_has_no_role_that_signs_learns_nothing(app: Flask) -> None:
    here = a_scene(CLEAR)

    for actor in (here.coordinator, a_person(), here.assessed[0].portfolio.candidate):
        with pytest.raises(Refused) as refused:
            sign_off(actor, here.outcome().key, shown_now(here.outcome().key))
        assert refused.value.refusal.hidden


def test_struck_criterion_is_no_more_to_resubmit_and_keeps_its_reason(app: Flask) -> None:
    here = a_scene(REFER)
    named = [row for row in criteria_of(here.outcome()) if row.is_referred]

    strike_criterion(here.signers[0], here.outcome().key, "C6", "It was shown in the first part.")

    struck = [row for row in criteria_of(here.outcome()) if row.struck_by_id is not None]
    assert len(named) == 5
    assert [row.struck_reason for row in struck] == ["It was shown in the first part."]
    assert broken_invariants() == []


def test_last_criterion_of_a_refer_is_not_struck(app: Flask) -> None:
    here = a_scene(((3, 3, 3, 3, 3, 1), (3, 3, 3, 3, 3, 2)))

    with pytest.raises(Refused, match="at least one criterion"):
        strike_criterion(here.signers[0], here.outcome().key, "C6", "It was shown in the first part.")


def test_nothing_is_struck_once_someone_signed(app: Flask) -> None:
    here = a_scene(REFER)
    sign_off(here.signers[0], here.outcome().key, shown_now(here.outcome().key))

    with pytest.raises(Refused, match="Send the outcome back"):
        strike_criterion(here.signers[1], here.outcome().key, "C6", "It was shown in the first part.")


@pytest.mark.parametrize("signatures", [0, 2])
def test_sent_back_outcome_is_dropped_and_a_moderator_looks(app: Flask, signatures: int) -> None:
    here = a_scene(CLEAR)
    key = here.outcome().key
    a_signed_outcome(here.assessed[0], here.signers[:signatures])

    send_back(here.signers[0], key, "The trace counts a sheet that was set aside.")

    dropped = reading().execute(select(Outcome.state, Outcome.dropped_reason).filter_by(key=key)).one()
    assert tuple(dropped) == (OutcomeState.DROPPED, "The trace counts a sheet that was set aside.")
    assert case_of(here.assessed[0]).state is CaseState.WITH_MODERATOR
    assert status_of(here.assessed[0]) is AssessmentStatus.MODERATION
    assert broken_invariants() == []


def test_answer_to_what_was_sent_back_brings_a_new_proposal(app: Flask) -> None:
    here = a_scene(CLEAR)
    send_back(here.signers[0], here.outcome().key, "Look at C2 again.")

    an_answered_case(here.assessed[0], a_moderator(here.round.id), {"C2": 2})

    assert (here.outcome().number, here.outcome().mean) == (2, Fraction(11, 4))


@pytest.mark.parametrize("signatures", [0, 2])
def test_reopened_sheet_drops_the_outcome_until_it_comes_back(app: Flask, signatures: int) -> None:
    here = a_scene(CLEAR)
    a_signed_outcome(here.assessed[0], here.signers[:signatures])
    first = here.assessed[0].assignments[0]

    assignments.reopen(SYSTEM, first, "A figure of C1 was misread.")
    during = status_of(here.assessed[0])
    a_submitted_sheet(first, levels=2)

    assert during is AssessmentStatus.SCORING
    assert (here.outcome().number, here.outcome().mean) == (2, Fraction(5, 2))
    assert broken_invariants() == []


def test_released_outcome_keeps_its_sheets_shut(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    a_release(here.round, here.coordinator)

    with pytest.raises(Refused, match="is released"):
        assignments.reopen(SYSTEM, here.assessed[0].assignments[0], "A figure of C1 was misread.")


def test_release_leaves_at_its_time_and_not_before(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)

    with clock.pinned(here.round.release_at - timedelta(seconds=1)):
        assert release_due() == 0
    with clock.pinned(here.round.release_at):
        assert release_due() == 1

    assert here.outcome().released_at == here.round.release_at
    assert status_of(here.assessed[0]) is AssessmentStatus.RELEASED
    assert broken_invariants() == []


def test_release_that_was_stopped_midway_shows_each_result_whole_and_goes_on(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    release_id = reading().execute(select(Release.id)).scalar_one()

    with clock.pinned(here.round.release_at):
        first = release_some(release_id, 2)
    midway = [(status_of(each), is_shown(each)) for each in here.assessed]
    told, broken = len(results_sent()), broken_invariants()
    with clock.pinned(here.round.release_at + timedelta(minutes=1)):
        rest = (release_due(), release_due())

    out, waits = (AssessmentStatus.RELEASED, True), (AssessmentStatus.SIGNED_OFF, False)
    assert (first, midway) == ((2, False), [out, out, waits])
    assert (told, broken, rest, len(results_sent())) == (2, [], (1, 0), 3)
    assert reading().execute(select(Release.count)).scalar_one() == 3
    assert broken_invariants() == []


def test_three_outcomes_bring_three_messages_each_once_without_the_result(app: Flask) -> None:
    here = a_scene(CLEAR, REFER, ((1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1)), signed=True)
    a_release(here.round, here.coordinator)

    with clock.pinned(here.round.release_at + timedelta(days=1)):
        assert release_due() == 0

    told = [each.portfolio for each in here.assessed]
    assert sorted(results_sent()) == sorted(
        (each.candidate.person_id, f"Your result for {each.reference} is here") for each in told
    )


def test_message_is_made_at_the_release_from_what_then_holds(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    send_back(here.signers[0], here.outcome().key, "C2 was read too kindly.")
    levels = {"C1": 2, "C2": 2, "C3": 2}
    an_answered_case(here.assessed[0], a_moderator(here.round.id), levels)
    here.sign_all()

    a_release(here.round, here.coordinator)

    assert (here.outcome().result, here.outcome().state) == (Result.REFER, OutcomeState.RELEASED)
    assert len(results_sent()) == 1


def test_outcome_that_was_reopened_since_does_not_leave_with_its_release(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    send_back(here.signers[0], here.outcome(0).key, "C2 was read too kindly.")

    with clock.pinned(here.round.release_at):
        assert release_due() == 1

    assert status_of(here.assessed[0]) is AssessmentStatus.MODERATION
    assert len(results_sent()) == 1


def test_what_is_signed_off_later_leaves_with_a_later_release(app: Flask) -> None:
    here = a_scene(CLEAR, CLEAR)
    a_signed_outcome(here.assessed[0], here.signers)
    a_release(here.round, here.coordinator)
    a_signed_outcome(here.assessed[1], here.signers)

    with clock.pinned(here.round.release_at + timedelta(days=2)):
        prepare_release(here.coordinator, here.round.key)
        assert release_due() == 1

    numbers = reading().scalars(select(Release.number).order_by(Release.number)).all()
    assert (list(numbers), len(results_sent())) == ([1, 2], 2)


def test_nothing_signed_off_means_nothing_to_prepare(app: Flask) -> None:
    here = a_scene(CLEAR)

    with pytest.raises(Refused, match="No outcome is signed off"):
        prepare_release(here.coordinator, here.round.key)


def test_who_moderated_in_the_round_does_not_release(app: Flask) -> None:
    round_ = a_round(state="closed")
    moderator, assessed = a_moderator(round_.id), an_assessed_portfolio(round_, *GAP)
    assert moderator.person_id is not None
    an_answered_case(assessed, moderator)
    a_signed_outcome(assessed, two_signers(round_))
    grant_role(SYSTEM, moderator.person_id, Role.COORDINATOR, round_.id)

    with pytest.raises(Refused, match="You moderated in this round"):
        prepare_release(actor_of(moderator.person_id), round_.key)

    assert prepare_release(a_coordinator(round_.id, "Oak Bergamot"), round_.key) == 1


def test_coordinator_of_their_own_portfolio_leaves_it_to_another(app: Flask) -> None:
    round_ = a_round(state="closed")
    coordinator = a_coordinator(round_.id)
    own = an_admitted_portfolio(round_, coordinator)
    a_signed_outcome(an_assessed_portfolio(round_, portfolio=own), two_signers(round_))

    with pytest.raises(Refused, match="No outcome is signed off"):
        prepare_release(coordinator, round_.key)

    assert prepare_release(a_coordinator(round_.id, "Oak Bergamot"), round_.key) == 1


def test_prepared_release_follows_the_rounds_date(app: Flask) -> None:
    here = a_scene(CLEAR, signed=True)
    prepare_release(here.coordinator, here.round.key)
    later = here.round.release_at + timedelta(days=7)
    walls = {which: moment.wall for which, moment in here.round.dates.items()}
    walls[Which.RELEASE] = to_wall(later, here.round.zone)

    move_dates(here.coordinator, here.round.key, walls, "The board meets a week later.")

    moved = round_by_id(here.round.id).release_at
    with clock.pinned(here.round.release_at):
        assert release_due() == 0
    with clock.pinned(moved):
        assert release_due() == 1
