"""Cases: found at submission, answered by a third sheet or a moderator; sheets never change. On both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.assignment import services as assignments
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.demo.builders.accounts import a_coordinator, a_moderator
from panel_app.demo.builders.moderation import (
    ANSWER,
    a_third_sheet,
    an_answered_case,
    an_assessed_portfolio,
    by_code,
    case_of,
)
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_mended_sheet, a_submitted_sheet
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import ReasonMissing
from panel_app.foundation.times import to_wall
from panel_app.moderation.models import ModeratorLevel
from panel_app.moderation.queries.cases import shown_now
from panel_app.moderation.queries.standing import standing
from panel_app.moderation.rules import CaseState
from panel_app.moderation.services import ChosenLevel, answer_case, look, look_again
from panel_app.portfolios.models import AssessmentStatus
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import move_dates
from panel_app.scoring.queries import submitted_sheets
from tests.moderation.scenes import (
    CLEAR,
    GAP,
    NEAR,
    Scene,
    a_scene,
    broken_invariants,
    codes_of,
    open_cases,
    status_of,
)

pytestmark = pytest.mark.both_databases


def mails(kind: str) -> list[tuple[int | None, str]]:
    rows = reading().execute(select(Notification.person_id, Notification.subject).filter_by(kind=kind))
    return [(person_id, subject) for person_id, subject in rows]


def third_of(assessment_id: int) -> str | None:
    query = select(Assignment.key).filter_by(assessment_id=assessment_id, role=AssignmentRole.THIRD)
    return reading().scalar(query)


def test_case_is_open_with_its_reason_the_moment_the_second_sheet_is_submitted(app: Flask) -> None:
    here = a_scene(GAP)

    assert codes_of(here.case) == ["criterion_gap:C1"]
    assert open_cases(here.assessed) == 1
    assert broken_invariants() == []


def test_looking_again_opens_no_second_case(app: Flask) -> None:
    here = a_scene(GAP)

    look(here.assessed.assessment_id)

    assert codes_of(here.case) == ["criterion_gap:C1"]
    assert open_cases(here.assessed) == 1


def test_one_sheet_alone_is_not_looked_at(app: Flask) -> None:
    round_ = a_round(state="closed")
    assessed = an_assessed_portfolio(round_, (1, 1, 1, 1, 1, 1))

    assert open_cases(assessed) == 0
    assert status_of(assessed) is AssessmentStatus.ASSIGNING


def test_agreeing_sheets_open_no_case(app: Flask) -> None:
    here = a_scene(CLEAR)

    assert open_cases(here.assessed) == 0
    assert status_of(here.assessed) is AssessmentStatus.PROPOSED


def test_third_assessor_is_asked_when_someone_is_free(app: Flask) -> None:
    round_ = a_round(state="closed")
    first, second, free = (a_member(round_) for _ in range(3))

    assessed = an_assessed_portfolio(round_, *GAP, members=[first, second])

    asked = reading().execute(select(Assignment.member_id).filter_by(role=AssignmentRole.THIRD)).scalar_one()
    assert asked == free.member_id
    assert case_of(assessed).state is CaseState.WITH_THIRD


def test_a_case_with_a_third_assessor_is_due_when_their_sheet_is(app: Flask) -> None:
    round_ = a_round(state="closed")
    first, second, _ = (a_member(round_) for _ in range(3))
    assessed = an_assessed_portfolio(round_, *GAP, members=[first, second])
    third = select(Assignment).filter_by(role=AssignmentRole.THIRD).execution_options(populate_existing=True)
    asked = case_of(assessed).due_at, reading().execute(third).scalar_one().due_at
    moved = round_.scoring_due_at + timedelta(days=1)

    move_dates(SYSTEM, round_.key, {Which.SCORING_DUE: to_wall(moved, round_.zone)}, "Holidays.")

    reading().rollback()
    assert asked[0] == asked[1]
    assert case_of(assessed).due_at == reading().execute(third).scalar_one().due_at == moved


def test_an_answer_is_never_due_after_the_release_that_waits_for_it(app: Flask) -> None:
    round_ = a_round(state="closed")
    members = [a_member(round_) for _ in range(2)]
    portfolio = an_admitted_portfolio(round_)
    with clock.pinned(round_.release_at - timedelta(days=4)):
        case = case_of(an_assessed_portfolio(round_, *GAP, portfolio=portfolio, members=members))

    assert case.due_at == round_.release_at


def test_moderator_is_asked_and_told_once_when_nobody_is_free(app: Flask) -> None:
    here = a_scene(GAP)

    assert here.case.state is CaseState.WITH_MODERATOR
    assert status_of(here.assessed) is AssessmentStatus.MODERATION
    reference = here.assessed.portfolio.reference
    assert mails("moderation/answer") == [(here.moderator.person_id, f"{reference} needs your answer")]


def test_case_goes_to_the_moderator_when_the_third_declines_and_nobody_is_left(app: Flask) -> None:
    round_ = a_round(state="closed")
    first, second, free = (a_member(round_) for _ in range(3))
    assessed = an_assessed_portfolio(round_, *GAP, members=[first, second])

    assignments.decline_offer(free.actor, str(third_of(assessed.assessment_id)), "I am away this month.")

    assert case_of(assessed).state is CaseState.WITH_MODERATOR
    assert status_of(assessed) is AssessmentStatus.MODERATION
    assert broken_invariants() == []


def test_third_sheet_stands_in_for_one_that_could_not_judge(app: Flask) -> None:
    round_ = a_round(state="closed")
    members = [a_member(round_) for _ in range(3)]
    texts = {"C6.level": "cannot_judge", "C6.cannot_judge": "The recording of the talk doesn't open."}
    assessed = an_assessed_portfolio(round_, 3, portfolio=None, members=members[:1], texts=texts)
    key = assignments.offer(SYSTEM, assessed.portfolio.assessment_key, members[1].key)
    assignments.accept_offer(members[1].actor, key)
    a_submitted_sheet(key, levels=3)

    a_third_sheet(assessed, 3)

    assert codes_of(case_of(assessed)) == ["cannot_judge:A"]
    assert case_of(assessed).state is CaseState.ANSWERED
    assert status_of(assessed) is AssessmentStatus.PROPOSED
    assert broken_invariants() == []


CANT = {"C6.level": "cannot_judge", "C6.cannot_judge": "The recording of the talk doesn't open."}


def one_who_cannot_judge(members: int, **working: object) -> tuple[Scene, list[AMember]]:
    """Two first sheets are in, and the first of them can't judge C6; so many members are on the panel."""
    round_ = a_round(state="closed", working=working)
    panel = [a_member(round_) for _ in range(members)]
    assessed = an_assessed_portfolio(round_, 3, members=panel[:1], texts=CANT)
    key = assignments.offer(SYSTEM, assessed.portfolio.assessment_key, panel[1].key)
    assignments.accept_offer(panel[1].actor, key)
    a_submitted_sheet(key, levels=3)
    return Scene(round_, a_moderator(round_.id), assessed), panel


def test_a_third_who_cannot_judge_either_is_followed_by_another(app: Flask) -> None:
    here, _ = one_who_cannot_judge(4)

    a_third_sheet(here.assessed, 3, texts=CANT)
    waits = here.case.state
    a_third_sheet(here.assessed, 3)

    assert waits is CaseState.WITH_THIRD
    assert here.case.state is CaseState.ANSWERED
    assert status_of(here.assessed) is AssessmentStatus.PROPOSED
    assert [sheet.is_complete for sheet in submitted_sheets(here.assessed.assessment_id)] == [False, True, False, True]
    assert broken_invariants() == []


def test_a_round_without_that_trigger_still_waits_for_its_complete_sheets(app: Flask) -> None:
    here, _ = one_who_cannot_judge(3, triggers={"cannot_judge": False})

    assert here.case.state is CaseState.WITH_THIRD
    assert codes_of(here.case) == ["cannot_judge:A"]


def test_nobody_answers_while_complete_sheets_are_missing_and_a_mended_one_settles_it(app: Flask) -> None:
    here, panel = one_who_cannot_judge(2)
    first = here.assessed.assignments[0]
    with pytest.raises(Refused, match="complete score sheet"):
        an_answered_case(here.assessed, here.moderator)

    assignments.reopen(a_coordinator(here.round.id), first, "The recording opens now: please look at C6 again.")
    a_mended_sheet(panel[0].actor, first, "C6", 3)
    an_answered_case(here.assessed, here.moderator)

    assert [sheet.is_complete for sheet in submitted_sheets(here.assessed.assessment_id)] == [True, True]
    assert status_of(here.assessed) is AssessmentStatus.PROPOSED


def test_third_sheet_that_still_disagrees_hands_the_case_to_the_moderator(app: Flask) -> None:
    round_ = a_round(state="closed")
    members = [a_member(round_) for _ in range(3)]
    assessed = an_assessed_portfolio(round_, *GAP, members=members[:2])

    a_third_sheet(assessed, (3, 3, 3, 3, 3, 3))

    assert case_of(assessed).state is CaseState.WITH_MODERATOR
    assert status_of(assessed) is AssessmentStatus.MODERATION


def test_triggers_that_the_round_switches_off_find_nothing(app: Flask) -> None:
    watched, here = a_scene(GAP), a_scene(GAP, triggers={"discrepancy": False})

    assert (open_cases(watched.assessed), open_cases(here.assessed)) == (1, 0)


def test_moderators_level_is_kept_beside_sheets_that_stay_as_they_are(app: Flask) -> None:
    here = a_scene(GAP)
    before = submitted_sheets(here.assessed.assessment_id)

    an_answered_case(here.assessed, here.moderator, {"C1": 3})

    now = standing(here.assessed.assessment_id)
    assert submitted_sheets(here.assessed.assessment_id) == before
    assert now.points_set == {"C1": 3}
    assert [sheet.levels["C1"] for sheet in now.handed_in] == [4, 2]
    assert (here.case.state, here.case.answer) == (CaseState.ANSWERED, ANSWER)
    assert broken_invariants() == []


def test_second_answer_replaces_the_levels_and_keeps_the_first(app: Flask) -> None:
    here = a_scene(GAP)
    an_answered_case(here.assessed, here.moderator, {"C1": 3})
    look_again(here.assessed.assessment_id, "C2 was not looked at.", "again:1", by=SYSTEM)

    an_answered_case(here.assessed, here.moderator, {"C2": 2})

    held = reading().scalars(select(ModeratorLevel).where(ModeratorLevel.replaced_at.is_(None))).all()
    assert standing(here.assessed.assessment_id).points_set == {"C2": 2}
    assert len(held) == 1
    assert len(reading().scalars(select(ModeratorLevel)).all()) == 2


def test_answer_is_refused_while_a_counted_sheet_is_open(app: Flask) -> None:
    here = a_scene(GAP)
    assignments.reopen(SYSTEM, here.assessed.assignments[0], "A figure of C1 was misread.")

    with pytest.raises(Refused, match="still missing"):
        answer_case(here.moderator, here.case.key, shown_now(here.case.key), ANSWER, {})

    assert here.case.state is CaseState.WITH_MODERATOR


def test_reopened_sheet_that_comes_back_adds_its_reasons_to_the_open_case(app: Flask) -> None:
    here = a_scene(GAP)
    assignments.reopen(SYSTEM, here.assessed.assignments[0], "A figure of C2 was misread.")

    a_submitted_sheet(here.assessed.assignments[0], levels=1)

    assert "criterion_gap:C2" in codes_of(here.case)
    assert open_cases(here.assessed) == 1


def test_reopened_sheet_that_comes_back_equal_opens_an_answered_case_again(app: Flask) -> None:
    here = a_scene(GAP)
    an_answered_case(here.assessed, here.moderator)
    assignments.reopen(SYSTEM, here.assessed.assignments[0], "A figure of C2 was misread.")
    during = status_of(here.assessed)

    a_submitted_sheet(here.assessed.assignments[0], levels=by_code(GAP[0]))

    assert during is AssessmentStatus.SCORING
    assert here.case.state is CaseState.WITH_MODERATOR
    assert status_of(here.assessed) is AssessmentStatus.MODERATION
    assert broken_invariants() == []


def test_answer_needs_words_and_a_level_needs_a_reason(app: Flask) -> None:
    here = a_scene(GAP)

    with pytest.raises(ReasonMissing):
        answer_case(here.moderator, here.case.key, shown_now(here.case.key), "  ", {})
    with pytest.raises(Conflicted, match="Say why"):
        answer_case(here.moderator, here.case.key, shown_now(here.case.key), ANSWER, {"C1": ChosenLevel(3, " ")})
    with pytest.raises(Conflicted, match="no such level"):
        answer_case(here.moderator, here.case.key, shown_now(here.case.key), ANSWER, {"C1": ChosenLevel(9, "Because.")})

    assert here.case.state is CaseState.WITH_MODERATOR
    assert standing(here.assessed.assessment_id).points_set == {}


def test_second_moderator_is_refused_once_the_case_is_answered(app: Flask) -> None:
    here = a_scene(GAP)
    second = a_moderator(here.round.id, "Indigo Prism")
    key = here.case.key
    an_answered_case(here.assessed, here.moderator)

    with pytest.raises(Refused, match="doesn't wait for a moderator"):
        answer_case(second, key, shown_now(key), ANSWER, {})


def test_b134_is_found_near_the_mark_and_split(app: Flask) -> None:
    here = a_scene(NEAR)

    assert codes_of(here.case) == ["borderline", "split_decision"]
    decision = standing(here.assessed.assessment_id).decide()
    assert (str(decision.mean), decision.result.value, decision.borderline) == ("99/40", "refer", True)
    assert status_of(here.assessed) is AssessmentStatus.MODERATION
