"""What the templates of moderation print: frozen rows, every figure and date in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext

from panel_app import clock
from panel_app.assignment.models import AssignmentRole
from panel_app.foundation.actors import actor
from panel_app.foundation.numbers import shown as figure
from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_, sentence
from panel_app.moderation.queries.case_parts import trigger_text as untranslated
from panel_app.moderation.queries.cases import CasePage, CaseRow, MoveRow, ReasonRow
from panel_app.moderation.queries.standing import LevelInForce, Standing
from panel_app.moderation.rules import CASE, RESULT_TITLES, CaseAct, NotDecidable, gaps
from panel_app.moderation.rules.cases import WAS_DONE
from panel_app.programmes.queries import CriterionView, LevelView
from panel_app.scoring.queries import SubmittedSheet
from panel_app.scoring.rules.fields import Confidence
from panel_app.scoring.rules.references import words as reference_words

CONFIDENCE = {Confidence.LOW: N_("not sure"), Confidence.FAIR: N_("fairly sure"), Confidence.HIGH: N_("sure")}


@dataclass(frozen=True)
class ListedCase:
    """A case in the list."""

    href: str
    reference: str
    round_code: str
    why: tuple[str, ...]
    status: str
    tone: str
    since: Shown
    due: Shown
    waits: bool


@dataclass(frozen=True)
class Why:
    """A reason: what the trigger is, what it found, when."""

    text: str
    words: str
    when: Shown


@dataclass(frozen=True)
class Done:
    """What was done with the case."""

    title: str
    reason: str
    when: Shown


@dataclass(frozen=True)
class SheetCell:
    """One sheet's words on one criterion."""

    label: str
    level: str
    is_judged: bool
    confidence: str
    rationale: str
    references: tuple[str, ...]
    feedback: str


@dataclass(frozen=True)
class CriterionBlock:
    """A criterion: the sheets side by side, the value that they give, and what a moderator set.

    `gap`: the sentence on how far the sheets are apart, where that reaches the rule's limit; else empty.
    """

    code: str
    title: str
    weight: int
    asks: str
    levels: tuple[LevelView, ...]
    cells: tuple[SheetCell, ...]
    value: str | None
    set_level: LevelInForce | None
    gap: str


@dataclass(frozen=True)
class AsItStands:
    """What the decision rule gives now; `trace` are its steps. `lack` says why nothing can be decided."""

    mean: str
    result: str
    is_borderline: bool
    is_split: bool
    trace: tuple[str, ...]
    lack: str | None


@dataclass(frozen=True)
class Piece:
    """A piece of evidence with the addresses of its panel copy."""

    label: str
    shows: str
    bears: str
    copy_href: str | None
    link: str | None


@dataclass(frozen=True)
class CaseBlock:
    """Everything that the page of one case prints."""

    key: str
    reference: str
    status: str
    tone: str
    opened: Shown
    due: Shown
    reasons: tuple[Why, ...]
    moves: tuple[Done, ...]
    stands: AsItStands
    criteria: tuple[CriterionBlock, ...]
    sheets: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


def listed(row: CaseRow) -> ListedCase:
    """A case as the list prints it."""
    waits = CASE.can(CaseAct.ANSWER, row.state)
    return ListedCase(
        href=url_for("moderation.case", case_key=row.key),
        reference=row.reference,
        round_code=row.round_code,
        why=tuple(trigger_text(name) for name in row.triggers),
        status=gettext(CASE.title(row.state)),
        tone=CASE.tone(row.state).value,
        since=_when(row.state_since, row.zone),
        due=_when(row.due_at, row.zone),
        waits=waits,
    )


def case(page: CasePage) -> CaseBlock:
    """One case as its page prints it."""
    facts, now = page.facts, page.standing
    values, apart = _values(now), _apart(now)
    disputed_first = sorted(page.criteria, key=lambda each: each.code not in apart)
    portfolio = page.portfolio
    return CaseBlock(
        key=facts.key,
        reference=facts.reference,
        status=gettext(CASE.title(facts.state)),
        tone=CASE.tone(facts.state).value,
        opened=_when(page.opened_at, facts.zone),
        due=_when(page.due_at, facts.zone),
        reasons=tuple(_why(each, facts.zone) for each in page.reasons),
        moves=tuple(_done(each, facts.zone) for each in page.moves),
        stands=as_it_stands(now),
        criteria=tuple(_criterion(each, now, values, apart.get(each.code, "")) for each in disputed_first),
        sheets=tuple(sheet_name(label, is_third=third) for label, third in page.labels),
        notes=tuple((gettext("Sheet %(label)s", label=s.label), s.note) for s in now.sheets if s.note),
        sections=tuple((each.title, each.text) for each in portfolio.sections) if portfolio else (),
        pieces=tuple(
            Piece(
                label=each.label,
                shows=each.shows,
                bears=", ".join(each.mappings),
                copy_href=url_for("blind.copy", copy_key=each.copy_key) if each.copy_key else None,
                link=each.link,
            )
            for each in portfolio.evidence
        )
        if portfolio
        else (),
    )


def trigger_text(name: str) -> str:
    """What opened a case, as its trigger's docstring says it."""
    return say(untranslated(name))


def sheet_name(label: str, *, is_third: bool) -> str:
    """How a sheet is called: by a letter, and whether it is the third assessor's."""
    return say(sentence(N_("%(label)s (third)"), label=label)) if is_third else label


def as_it_stands(now: Standing) -> AsItStands:
    """What the rule gives as the sheets and levels are now."""
    try:
        decision = now.decide()
    except NotDecidable as lack:
        return AsItStands("", "", is_borderline=False, is_split=False, trace=(), lack=say(lack.sentence))
    return AsItStands(
        mean=figure(decision.mean, now.decision.marks),
        result=gettext(RESULT_TITLES[decision.result]),
        is_borderline=decision.borderline,
        is_split=decision.split,
        trace=tuple(say(line.sentence) for line in decision.trace),
        lack=None,
    )


def with_levels(now: Standing, points: Mapping[str, int]) -> AsItStands:
    """What the rule would give with these levels of the moderator's in place of those that hold."""
    levels = {code: LevelInForce(each, "", "") for code, each in points.items()}
    return as_it_stands(replace(now, moderator_levels=levels))


def _apart(now: Standing) -> dict[str, str]:
    """Criterion → how far the sheets are apart on it, where that reaches the rule's limit."""
    found = {reason.code: say(reason.words) for reason in gaps(now.discrepancy, now.weights, now.handed_in)}
    return {code: found[f"criterion_gap:{code}"] for code in now.weights if f"criterion_gap:{code}" in found}


def _values(now: Standing) -> dict[str, str]:
    try:
        return {code: figure(value, (now.decision.floor,)) for code, value in now.decide().values.items()}
    except NotDecidable:
        return {}


def _criterion(each: CriterionView, now: Standing, values: dict[str, str], gap: str) -> CriterionBlock:
    names = {level.points: level.label for level in each.levels}
    return CriterionBlock(
        code=each.code,
        title=each.title,
        weight=each.weight,
        asks=each.asks,
        levels=each.levels,
        cells=tuple(_cell(sheet, each.code, names) for sheet in now.sheets),
        value=values.get(each.code),
        set_level=now.moderator_levels.get(each.code),
        gap=gap,
    )


def _cell(sheet: SubmittedSheet, code: str, names: dict[int, str]) -> SheetCell:
    score = sheet.score(code)
    if score.level is None:
        level = gettext("Can't judge: %(why)s", why=score.cannot_judge)
    else:
        level = f"{score.level} {names.get(score.level, '')}".strip()
    return SheetCell(
        label=sheet_name(sheet.label, is_third=sheet.role is AssignmentRole.THIRD),
        level=level,
        is_judged=score.level is not None,
        confidence=gettext(CONFIDENCE[Confidence(score.confidence)]) if score.confidence else "",
        rationale=score.rationale,
        references=tuple(say(reference_words(each)) for each in score.references),
        feedback=score.feedback,
    )


def _why(each: ReasonRow, zone: str) -> Why:
    return Why(trigger_text(each.trigger), gettext(each.words), _when(each.found_at, zone))


def _done(each: MoveRow, zone: str) -> Done:
    return Done(gettext(WAS_DONE[each.act]), gettext(each.reason) if each.reason else "", _when(each.at, zone))


def _when(at: datetime, zone: str) -> Shown:
    return shown(at, zone, actor().zone, clock.now())
