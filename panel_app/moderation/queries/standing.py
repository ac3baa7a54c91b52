"""How one assessment stands before the rules of its round: what triggers and decisions are asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import func, select

from panel_app import clock
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AT_WORK_STATES
from panel_app.foundation.database import reading
from panel_app.moderation.models import ModerationCase, ModeratorLevel
from panel_app.moderation.rules import CaseFacts, Decision, DecisionRule, DiscrepancyRule, Sheet, counted, decide
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from panel_app.programmes.models import Criterion, Level, RubricPart
from panel_app.programmes.queries import promised, working
from panel_app.programmes.rules.policies import WorkingPolicy
from panel_app.scoring.queries import SubmittedSheet, submitted_sheets


@dataclass(frozen=True)
class CriterionRow:
    """A criterion of the assessment's part, with its weight in per cent of the rubric."""

    id: int
    code: str
    title: str
    weight: int


@dataclass(frozen=True)
class LevelInForce:
    """A level that a moderator set and that holds."""

    points: int
    label: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """One assessment with its sheets, its round's rules and what moderators set.

    `needed`: how many sheets the round promises; `awaited`: how many are being written: nothing is decided meanwhile.
    `resting`: sheets that their writers can take back still; they are shown to nobody and reckoned with nowhere.
    """

    assessment_id: int
    portfolio_id: int
    round_id: int
    status: AssessmentStatus
    needed: int
    criteria: tuple[CriterionRow, ...]
    decision: DecisionRule
    discrepancy: DiscrepancyRule
    working: WorkingPolicy
    sheets: tuple[SubmittedSheet, ...]
    resting: tuple[SubmittedSheet, ...]
    awaited: int
    moderator_levels: Mapping[str, LevelInForce]

    @property
    def weights(self) -> dict[str, Fraction]:
        """Criterion → weight, in the rubric's order."""
        return {criterion.code: Fraction(criterion.weight) for criterion in self.criteria}

    @property
    def points_set(self) -> dict[str, int]:
        """Criterion → points that a moderator set."""
        return {code: level.points for code, level in self.moderator_levels.items()}

    @property
    def handed_in(self) -> tuple[Sheet, ...]:
        """The submitted sheets that are not set aside, complete or not, as the rules reckon with them."""
        return tuple(Sheet(each.label, each.levels, complete=each.is_complete) for each in self.sheets)

    @property
    def counted(self) -> tuple[Sheet, ...]:
        """The sheets that enter figures."""
        return counted(self.handed_in, self.weights)

    @property
    def has_third(self) -> bool:
        """Whether a third assessor's sheet is in."""
        return any(each.role is AssignmentRole.THIRD for each in self.sheets)

    @property
    def is_short(self) -> bool:
        """Whether fewer sheets count than the round promises: one of those that are in says "cannot judge"."""
        return len(self.counted) < self.needed

    @property
    def is_in(self) -> bool:
        """Whether every sheet that is needed is in and none is open."""
        return not self.awaited and not self.resting and len(self.handed_in) >= self.needed

    def awake(self) -> "Standing":
        """How it stands once nobody takes a sheet back any more."""
        sheets = tuple(sorted((*self.sheets, *self.resting), key=lambda sheet: sheet.label))
        return replace(self, sheets=sheets, resting=())

    def facts(self) -> CaseFacts:
        """What triggers look at. Once enough sheets count, one that says "cannot judge" has been stood in for."""
        sheets = self.counted if len(self.counted) >= self.needed else self.handed_in
        return CaseFacts(self.decision, self.discrepancy, self.weights, sheets, self.points_set)

    def decide(self) -> Decision:
        """What the rule gives as it stands now. Raises NotDecidable when no sheet counts."""
        return decide(self.decision, self.weights, self.handed_in, self.points_set)


def standing(assessment_id: int) -> Standing:
    """How an assessment stands. Raises NoResultFound. Seven statements."""
    status, portfolio_id, round_id, part_id, part = (
        reading()
        .execute(
            select(Assessment.status, Portfolio.id, Portfolio.round_id, RubricPart.id, RubricPart.code)
            .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
            .join(RubricPart, RubricPart.id == Assessment.part_id)
            .where(Assessment.id == assessment_id)
        )
        .one()
    )
    promise, sheets = promised(round_id), submitted_sheets(assessment_id)
    return Standing(
        assessment_id=assessment_id,
        portfolio_id=portfolio_id,
        round_id=round_id,
        status=status,
        needed=promise.assessors[part],
        criteria=criteria_of(part_id),
        decision=DecisionRule.parse(promise.decision),
        discrepancy=DiscrepancyRule.parse(promise.discrepancy),
        working=working(round_id, clock.now()),
        sheets=tuple(each for each in sheets if not each.in_grace),
        resting=tuple(each for each in sheets if each.in_grace),
        awaited=_awaited(assessment_id),
        moderator_levels=levels_in_force(assessment_id),
    )


def criteria_of(part_id: int) -> tuple[CriterionRow, ...]:
    """The criteria of a part, in the rubric's order. One statement."""
    rows = reading().execute(
        select(Criterion.id, Criterion.code, Criterion.title, Criterion.weight)
        .where(Criterion.part_id == part_id)
        .order_by(Criterion.position, Criterion.id)
    )
    return tuple(CriterionRow(*row) for row in rows)


def levels_in_force(assessment_id: int) -> dict[str, LevelInForce]:
    """Criterion → the level that a moderator set last and that holds. One statement."""
    rows = reading().execute(
        select(Criterion.code, Level.points, Level.label, ModeratorLevel.reason)
        .join(ModerationCase, ModerationCase.id == ModeratorLevel.case_id)
        .join(Criterion, Criterion.id == ModeratorLevel.criterion_id)
        .join(Level, Level.id == ModeratorLevel.level_id)
        .where(ModerationCase.assessment_id == assessment_id, ModeratorLevel.replaced_at.is_(None))
        .order_by(ModeratorLevel.set_at, ModeratorLevel.id)
    )
    return {code: LevelInForce(points, label, reason) for code, points, label, reason in rows}


def _awaited(assessment_id: int) -> int:
    query = select(func.count()).select_from(Assignment)
    found = query.where(Assignment.assessment_id == assessment_id, Assignment.state.in_(AT_WORK_STATES))
    return reading().scalar(found) or 0
