"""One outcome with everything that a signature stands on; and what its candidate reads once it is released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from panel_app.accounts.models import Person
from panel_app.foundation.database import reading
from panel_app.moderation.models import CaseMove, CaseReason, ModerationCase
from panel_app.moderation.queries.standing import LevelInForce, levels_in_force
from panel_app.moderation.rules import CaseAct, DecisionRule, Result, TraceLine
from panel_app.outcomes.models import Outcome, OutcomeCriterion, Signature
from panel_app.outcomes.queries.facts import OutcomeStanding, outcome_standing
from panel_app.outcomes.rules import Signable, SignedCriterion, shown_digest
from panel_app.programmes.models import Criterion
from panel_app.programmes.queries import CriterionView, round_by_id, rubric_of


@dataclass(frozen=True)
class OutcomeHead:
    """An outcome's figures, with its round. `trace` are the steps of the reckoning."""

    number: int
    result: Result
    mean: Fraction
    is_borderline: bool
    is_split: bool
    trace: tuple[TraceLine, ...]
    proposed_at: datetime
    sign_off_by: datetime
    released_at: datetime | None
    round_code: str
    round_title: str
    programme: str
    rubric_id: int
    rubric_version: str


@dataclass(frozen=True)
class CriterionResult:
    """A criterion of an outcome. `is_again`: referred by the rule, and not struck. `criterion`: as published."""

    code: str
    title: str
    criterion: CriterionView
    value: Fraction
    is_moderated: bool
    is_referred: bool
    is_again: bool
    feedback: tuple[str, ...]
    struck_reason: str | None


@dataclass(frozen=True)
class Look:
    """Why moderation looked, and what it answered. `answers` are those of moderators and of third sheets, in order."""

    reasons: tuple[tuple[str, str], ...]
    answers: tuple[tuple[CaseAct, str], ...]
    levels: dict[str, LevelInForce]


@dataclass(frozen=True)
class Signed:
    """A signature: whose and when."""

    name: str
    signed_at: datetime


@dataclass(frozen=True)
class OutcomePage:
    """An outcome with its criteria and the rule that gave it."""

    facts: OutcomeStanding
    head: OutcomeHead
    rule: DecisionRule
    criteria: tuple[CriterionResult, ...]


def outcome_page(facts: OutcomeStanding) -> OutcomePage:
    """The figures and criteria of one outcome. Seven statements."""
    head = _head(facts)
    published = {each.code: each for each in rubric_of(facts.round_id).criteria}
    return OutcomePage(facts, head, DecisionRule.parse(facts.promise.decision), _criteria(facts.id, published))


def _head(facts: OutcomeStanding) -> OutcomeHead:
    query = select(Outcome).filter_by(id=facts.id).execution_options(populate_existing=True)
    outcome, round_ = reading().scalars(query).one(), round_by_id(facts.round_id)
    return OutcomeHead(
        number=outcome.number,
        result=outcome.result,
        mean=outcome.mean,
        is_borderline=outcome.is_borderline,
        is_split=outcome.is_split,
        trace=tuple(TraceLine(line["number"], line["text"], line["figures"]) for line in outcome.trace),
        proposed_at=outcome.proposed_at,
        sign_off_by=outcome.sign_off_by,
        released_at=outcome.released_at,
        round_code=round_.code,
        round_title=round_.title,
        programme=round_.programme_name,
        rubric_id=round_.rubric_id,
        rubric_version=round_.rubric_version,
    )


def _criteria(outcome_id: int, published: dict[str, CriterionView]) -> tuple[CriterionResult, ...]:
    rows = reading().execute(
        select(Criterion.code, Criterion.title, OutcomeCriterion)
        .join(Criterion, Criterion.id == OutcomeCriterion.criterion_id)
        .where(OutcomeCriterion.outcome_id == outcome_id)
        .order_by(Criterion.position, Criterion.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        CriterionResult(
            code=code,
            title=title,
            criterion=published[code],
            value=row.value,
            is_moderated=row.is_moderated,
            is_referred=row.is_referred,
            is_again=row.is_referred and row.struck_by_id is None,
            feedback=tuple(row.feedback),
            struck_reason=row.struck_reason,
        )
        for code, title, row in rows
    )


def look_of(assessment_id: int) -> Look:
    """What moderation looked at and answered about an assessment. Three statements."""
    reasons = reading().execute(
        select(CaseReason.trigger, CaseReason.words)
        .join(ModerationCase, ModerationCase.id == CaseReason.case_id)
        .where(ModerationCase.assessment_id == assessment_id)
        .order_by(CaseReason.id)
    )
    answers = reading().execute(
        select(CaseMove.act, CaseMove.reason)
        .join(ModerationCase, ModerationCase.id == CaseMove.case_id)
        .where(ModerationCase.assessment_id == assessment_id, CaseMove.act.in_([CaseAct.ANSWER, CaseAct.AGREE]))
        .order_by(CaseMove.id)
    )
    return Look(
        tuple((trigger, words) for trigger, words in reasons),
        tuple((act, reason) for act, reason in answers),
        levels_in_force(assessment_id),
    )


def digest_of(page: OutcomePage, look: Look) -> str:
    """The digest of what a signer reads on the page of an outcome. Runs no statement."""
    criteria = tuple(
        SignedCriterion(each.code, each.value, each.is_moderated, each.is_again, each.struck_reason, each.feedback)
        for each in page.criteria
    )
    levels = tuple((code, level.points, level.reason) for code, level in sorted(look.levels.items()))
    return shown_digest(Signable(page.facts.key, page.head.result, criteria, look.reasons, look.answers, levels))


def shown_now(key: str) -> str:
    """The digest of what the page of an outcome shows at this moment. Raises LookupError. Thirteen statements."""
    facts = outcome_standing(key)
    if facts is None:
        raise LookupError("there is no such outcome")
    return digest_of(outcome_page(facts), look_of(facts.assessment_id))


def signatures_of(outcome_id: int) -> Sequence[Signed]:
    """Who signed an outcome, in order. One statement."""
    rows = reading().execute(
        select(Person.name, Signature.signed_at)
        .join(Person, Person.id == Signature.person_id)
        .where(Signature.outcome_id == outcome_id)
        .order_by(Signature.id)
    )
    return [Signed(*row) for row in rows]
