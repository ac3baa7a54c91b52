"""What the sample of a round is drawn from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from panel_app import clock
from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseMove, ModerationCase, SampleDraw
from panel_app.moderation.queries.standing import standing
from panel_app.moderation.rules import CaseAct, Result
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio, PortfolioStatus
from panel_app.portfolios.queries.standing_facts import own_deadline
from panel_app.portfolios.rules.statuses import BEFORE_PROPOSAL
from panel_app.programmes.models import Round

DRAWN_FROM = (AssessmentStatus.PROPOSED, AssessmentStatus.SIGNED_OFF)
"""It has a proposal that has not left: what is signed off already comes back when it is drawn."""


@dataclass(frozen=True)
class Sampled:
    """An assessment whose outcome is proposed, as the sample sees it. `assessors`: public keys of members."""

    assessment_id: int
    assessment_key: str
    result: Result
    is_borderline: bool
    assessors: frozenset[str]
    was_moderated: bool


@dataclass(frozen=True)
class Drawn:
    """A sample that was drawn."""

    drawn_at: datetime
    size: int
    drawn: int
    seed: int


def lacks_proposal(round_id: int) -> bool:
    """Whether a portfolio of the round can still get its first proposal, or get one again. One statement.

    A draft counts as long as it can be handed in.
    """
    assessed = exists().where(Assessment.portfolio_id == Portfolio.id, Assessment.status.in_(BEFORE_PROPOSAL))
    found = (
        select(Portfolio.id)
        .join(Round, Round.id == Portfolio.round_id)
        .where(
            Portfolio.round_id == round_id,
            or_(
                and_(Portfolio.status == PortfolioStatus.SUBMITTED, assessed),
                and_(Portfolio.status == PortfolioStatus.DRAFT, own_deadline() >= clock.now()),
            ),
        )
    )
    return bool(reading().scalar(select(found.exists())))


def proposed_in(round_id: int) -> list[Sampled]:
    """The assessments of a round that have a proposal, signed or not, by key, without what is released.

    A few statements each: it is drawn once a round.
    """
    rows = reading().execute(
        select(Assessment.id, Assessment.key, _answered())
        .where(Assessment.round_id == round_id, Assessment.status.in_(DRAWN_FROM))
        .order_by(Assessment.key)
    )
    return [_sampled(*row) for row in rows.all()]


def was_moderated(assessment_id: int) -> bool:
    """Whether a moderator ever answered a case of the assessment. One statement."""
    return bool(reading().scalar(select(_answered()).where(Assessment.id == assessment_id)))


def _answered() -> ColumnElement[bool]:
    """Whether a moderator answered a case of the statement's assessment; one that the third sheet answered is none."""
    return (
        exists()
        .where(ModerationCase.assessment_id == Assessment.id, CaseMove.case_id == ModerationCase.id)
        .where(CaseMove.act == CaseAct.ANSWER)
        .correlate(Assessment)
    )


def _sampled(assessment_id: int, key: str, was_moderated: bool) -> Sampled:
    now = standing(assessment_id)
    decision = now.decide()
    assessors = reading().scalars(select(Member.key).where(Member.id.in_([each.member_id for each in now.sheets])))
    return Sampled(assessment_id, key, decision.result, decision.borderline, frozenset(assessors), was_moderated)


def sample_of(round_id: int) -> Drawn | None:
    """The sample of a round, if it was drawn. One statement."""
    columns = (SampleDraw.drawn_at, SampleDraw.size, SampleDraw.drawn, SampleDraw.seed)
    row = reading().execute(select(*columns).filter_by(round_id=round_id)).one_or_none()
    return Drawn(*row) if row else None
