"""What the sample of a round is drawn from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseMove, ModerationCase, SampleDraw
from panel_app.moderation.queries.standing import standing
from panel_app.moderation.rules import CaseAct, Result
from panel_app.panel.models import Member
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio, PortfolioStatus

BEFORE_PROPOSAL = (
    AssessmentStatus.ADMITTED,
    AssessmentStatus.ASSIGNING,
    AssessmentStatus.SCORING,
)


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


def is_still_assessed(round_id: int) -> bool:
    """Whether a submitted portfolio of the round still lacks score sheets. One statement."""
    found = exists().where(
        Assessment.portfolio_id == Portfolio.id,
        Portfolio.round_id == round_id,
        Portfolio.status == PortfolioStatus.SUBMITTED,
        Assessment.status.in_(BEFORE_PROPOSAL),
    )
    return bool(reading().scalar(select(found)))


def proposed_in(round_id: int) -> list[Sampled]:
    """The assessments of a round whose outcome is proposed, by key. A few statements each: it is drawn once a round."""
    answered = (
        exists()
        .where(ModerationCase.assessment_id == Assessment.id, CaseMove.case_id == ModerationCase.id)
        .where(CaseMove.act == CaseAct.ANSWER)
    )
    rows = reading().execute(
        select(Assessment.id, Assessment.key, answered)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .where(Portfolio.round_id == round_id, Assessment.status == AssessmentStatus.PROPOSED)
        .order_by(Assessment.key)
    )
    return [_sampled(*row) for row in rows.all()]


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
