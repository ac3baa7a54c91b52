"""Assessments whose sheets are in, and what moderation makes of them: everything through the services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from panel_app.accounts.services import actor_of
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.services import accept_offer
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import APortfolio, an_admitted_portfolio
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase
from panel_app.moderation.queries.cases import shown_now
from panel_app.moderation.rules import CaseState
from panel_app.moderation.services import ChosenLevel, answer_case
from panel_app.panel.models import Member
from panel_app.programmes.queries import RoundView

CODES = ("C1", "C2", "C3", "C4", "C5", "C6")
ANSWER = "I read both sheets and the evidence. The figures of the second release settle what they saw differently."
REASON = "The incident review in E02 shows the step that one sheet missed."
Levels = int | Sequence[int]
"""One level for all criteria, or one for each in the rubric's order."""


@dataclass(frozen=True)
class AnAssessed:
    """A portfolio whose sheets are in. `assignments`: the keys of the assignments, in the order of submission."""

    portfolio: APortfolio
    members: tuple[AMember, ...]
    assignments: tuple[str, ...]

    @property
    def assessment_id(self) -> int:
        return self.portfolio.assessment_id


def by_code(levels: Levels) -> int | Mapping[str, int]:
    """Levels as the builder of sheets takes them."""
    return levels if isinstance(levels, int) else dict(zip(CODES, levels, strict=True))


def an_assessed_portfolio(
    round_: RoundView,
    *sheets: Levels,
    portfolio: APortfolio | None = None,
    members: Sequence[AMember] = (),
    texts: Mapping[str, str] | None = None,
) -> AnAssessed:
    """A portfolio with these sheets submitted, two clear passes unless they are given; triggers have looked at it.

    `members`: who assesses; new ones of the round's panel where none are given.
    """
    portfolio = portfolio or an_admitted_portfolio(round_)
    sheets = sheets or (3, 3)
    members = tuple(members) or tuple(a_member(round_) for _ in sheets)
    keys = [an_assignment(portfolio, member).key for member in members]
    for key, levels in zip(keys, sheets, strict=True):
        a_submitted_sheet(key, levels=by_code(levels), texts=texts)
    return AnAssessed(portfolio, tuple(members), tuple(keys))


def a_third_sheet(assessed: AnAssessed, levels: Levels = 3, texts: Mapping[str, str] | None = None) -> str:
    """The third assessor who was asked last accepts and submits; gives the assignment's key."""
    third = select(Assignment.key, Member.person_id).join(Member, Member.id == Assignment.member_id)
    asked = third.where(Assignment.role == AssignmentRole.THIRD, Assignment.assessment_id == assessed.assessment_id)
    key, person_id = reading().execute(asked.order_by(Assignment.id.desc()).limit(1)).one()
    accept_offer(actor_of(person_id), key)
    a_submitted_sheet(key, levels=by_code(levels), texts=texts)
    return str(key)


def case_of(assessed: AnAssessed) -> ModerationCase:
    """The case of the portfolio that is not closed. Raises NoResultFound."""
    query = select(ModerationCase).filter_by(assessment_id=assessed.assessment_id)
    found = query.where(ModerationCase.state != CaseState.CLOSED).execution_options(populate_existing=True)
    return reading().scalars(found).one()


def an_answered_case(
    assessed: AnAssessed, moderator: Actor, levels: Mapping[str, int] | None = None, answer: str = ANSWER
) -> ModerationCase:
    """The moderator answers the portfolio's case; `levels`: criterion → points that they set."""
    chosen = {code: ChosenLevel(points, REASON) for code, points in (levels or {}).items()}
    key = case_of(assessed).key
    answer_case(moderator, key, shown_now(key), answer, chosen)
    return case_of(assessed)
