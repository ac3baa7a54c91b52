"""What the pages of signers and coordinators print: frozen rows, every figure and date in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext, ngettext

from panel_app import clock
from panel_app.foundation.actors import actor
from panel_app.foundation.numbers import shown as figure
from panel_app.foundation.numbers import written
from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_
from panel_app.moderation.queries.sample import Drawn
from panel_app.moderation.rules import RESULT_TITLES, UNANSWERED_STATES, CaseAct, Result
from panel_app.moderation.views.rows import trigger_text
from panel_app.outcomes.queries.facts import OutcomeStanding
from panel_app.outcomes.queries.lists import ReleaseRow, RoundOutcome, ToSign
from panel_app.outcomes.queries.pages import CriterionResult, Look, OutcomePage, Signed
from panel_app.outcomes.rules import OUTCOME, OutcomeState, still_to_sign
from panel_app.portfolios.queries.blocked import Blocked
from panel_app.portfolios.rules.statuses import ASSESSMENT
from panel_app.programmes.queries import RoundView

RESULT_TONES = {Result.PASS: "good", Result.REFER: "wait", Result.FAIL: "bad"}


@dataclass(frozen=True)
class ListedOutcome:
    """An outcome in a signer's list."""

    href: str
    reference: str
    round_code: str
    result: str
    tone: str
    stands: str
    due: Shown
    waits: bool


@dataclass(frozen=True)
class Standard:
    """A criterion against the standard, in a word and a tone."""

    word: str
    tone: str


@dataclass(frozen=True)
class CriterionRow:
    """A criterion with its value and what became of it."""

    code: str
    title: str
    value: str
    is_moderated: bool
    is_again: bool
    standard: Standard
    struck_reason: str | None
    feedback: tuple[str, ...]
    strike_href: str


@dataclass(frozen=True)
class OutcomeBlock:
    """Everything that a signer reads of an outcome's figures."""

    key: str
    reference: str
    round_code: str
    number: int
    result: str
    tone: str
    mean: str
    mark: str
    is_borderline: bool
    is_split: bool
    trace: tuple[str, ...]
    criteria: tuple[CriterionRow, ...]
    due: Shown
    status: str
    status_tone: str


@dataclass(frozen=True)
class LookBlock:
    """What moderation looked at, answered and set."""

    reasons: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class SignatureBlock:
    """The signatures that there are, and how many are missing."""

    given: tuple[tuple[str, Shown], ...]
    missing: int


@dataclass(frozen=True)
class RoundRow:
    """A portfolio in the round's list: where it stands, and what its release waits for."""

    reference: str
    href: str
    status: str
    tone: str
    result: str
    result_tone: str
    blocks: str
    since: Shown


@dataclass(frozen=True)
class ReleaseBlock:
    """A release: due, or done. `is_later`: it left some time after it was planned; `prepared_late`: because of that."""

    number: int
    planned: Shown
    due: Shown
    prepared: Shown
    by: str
    done: Shown | None
    is_later: bool
    prepared_late: bool
    count: int


@dataclass(frozen=True)
class SampleBlock:
    """The sample that was drawn."""

    drawn_at: Shown
    size: int
    drawn: int
    seed: int


def when(at: datetime, zone: str) -> Shown:
    """An instant in the round's zone and in the reader's."""
    return shown(at, zone, actor().zone, clock.now())


def to_sign(row: ToSign) -> ListedOutcome:
    """An outcome as the list prints it."""
    if row.is_mine and row.state is OutcomeState.PROPOSED:
        stands = gettext("You signed; someone else's signature is awaited.")
    elif row.state is OutcomeState.PROPOSED:
        stands = gettext("Waits for you")
    else:
        stands = gettext(OUTCOME.title(row.state))
    return ListedOutcome(
        href=url_for("outcomes.sign_off", outcome_key=row.key),
        reference=row.reference,
        round_code=row.round_code,
        result=gettext(RESULT_TITLES[row.result]),
        tone=RESULT_TONES[row.result],
        stands=stands,
        due=when(row.sign_off_by, row.zone),
        waits=row.state is OutcomeState.PROPOSED and not row.is_mine,
    )


def outcome(page: OutcomePage) -> OutcomeBlock:
    """One outcome as a signer reads it."""
    facts, head = page.facts, page.head
    return OutcomeBlock(
        key=facts.key,
        reference=facts.reference,
        round_code=head.round_code,
        number=head.number,
        result=gettext(RESULT_TITLES[head.result]),
        tone=RESULT_TONES[head.result],
        mean=figure(head.mean, page.rule.marks),
        mark=written(page.rule.pass_mark),
        is_borderline=head.is_borderline,
        is_split=head.is_split,
        trace=trace_words(page),
        criteria=tuple(_criterion(each, page) for each in page.criteria),
        due=when(head.sign_off_by, facts.zone),
        status=gettext(OUTCOME.title(facts.state)),
        status_tone=OUTCOME.tone(facts.state).value,
    )


def _criterion(each: CriterionResult, page: OutcomePage) -> CriterionRow:
    return CriterionRow(
        code=each.code,
        title=each.title,
        value=figure(each.value, (page.rule.floor, page.rule.pass_mark)),
        is_moderated=each.is_moderated,
        is_again=each.is_again,
        standard=standard(each, page),
        struck_reason=each.struck_reason,
        feedback=each.feedback,
        strike_href=url_for("outcomes.strike", outcome_key=page.facts.key, code=each.code),
    )


def standard(each: CriterionResult, page: OutcomePage) -> Standard:
    """Whether a criterion is to be shown again, was not met (a fail shows none again), or stands."""
    if each.is_again:
        return Standard(gettext("again"), "wait")
    if page.head.result is Result.FAIL and each.value < max(page.rule.floor, page.rule.pass_mark):
        return Standard(gettext("not met"), "bad")
    return Standard(gettext("met"), "good")


def trace_words(page: OutcomePage) -> tuple[str, ...]:
    """The reckoning step by step, and what was struck from the criteria to resubmit since."""
    steps = [say(line.sentence) for line in page.head.trace]
    if struck := ", ".join(each.code for each in page.criteria if each.struck_reason is not None):
        steps.append(gettext("Struck from the list, before it was signed: %(criteria)s.", criteria=struck))
    return tuple(steps)


def can_lose_one(page: OutcomePage) -> bool:
    """Whether a criterion to resubmit would be left after one is struck."""
    return sum(each.is_again for each in page.criteria) > 1


def look(found: Look) -> LookBlock:
    """What moderation did, in words."""
    names = {CaseAct.ANSWER: N_("A moderator answered"), CaseAct.AGREE: N_("The third score sheet settled it")}
    return LookBlock(
        reasons=tuple((trigger_text(trigger), gettext(words)) for trigger, words in found.reasons),
        answers=tuple((gettext(names[act]), gettext(reason)) for act, reason in found.answers),
        levels=tuple((code, f"{level.points} {level.label}", level.reason) for code, level in found.levels.items()),
    )


def signatures(given: Sequence[Signed], facts: OutcomeStanding) -> SignatureBlock:
    """Who signed, when, and how many are missing."""
    missing = still_to_sign(facts.promise.signers_needed, facts.signed_by)
    return SignatureBlock(tuple((each.name, when(each.signed_at, facts.zone)) for each in given), missing)


def of_round(row: RoundOutcome, round_: RoundView, needed: int, blocked: Blocked | None) -> RoundRow:
    """A portfolio of the round. Its result is shown from the sign-off on, not before."""
    is_signed = row.outcome_state in (OutcomeState.SIGNED_OFF, OutcomeState.RELEASED)
    return RoundRow(
        reference=row.reference,
        href=url_for("portfolios.case", round_key=round_.key, portfolio_key=row.portfolio_key),
        status=gettext(ASSESSMENT.title(row.status)),
        tone=ASSESSMENT.tone(row.status).value,
        result=gettext(RESULT_TITLES[row.result]) if is_signed and row.result else "",
        result_tone=RESULT_TONES[row.result] if is_signed and row.result else "",
        blocks=_blocks(row, round_, needed, blocked),
        since=when(row.status_since, round_.zone),
    )


def _blocks(row: RoundOutcome, round_: RoundView, needed: int, blocked: Blocked | None) -> str:
    if row.outcome_state is OutcomeState.RELEASED:
        return ""
    if row.outcome_state is OutcomeState.SIGNED_OFF:
        return str(gettext("Leaves with the release.") if row.is_prepared else gettext("Its release is not prepared."))
    if row.outcome_state is OutcomeState.PROPOSED and row.sign_off_by is not None:
        until = when(row.sign_off_by, round_.zone).short
        return str(
            ngettext(
                "%(given)s of %(num)s signature, due %(time)s",
                "%(given)s of %(num)s signatures, due %(time)s",
                needed,
                given=row.signatures,
                time=until,
            )
        )
    words = say(blocked.text) if blocked else gettext("Score sheets are missing.")
    if row.case_state in UNANSWERED_STATES and row.case_due_at is not None:
        return str(gettext("%(state)s (due %(time)s)", state=words, time=when(row.case_due_at, round_.zone).short))
    return str(words)


SOON = timedelta(minutes=5)
"""The scheduler passes within minutes: what leaves later than that is explained."""


def release(row: ReleaseRow, round_: RoundView) -> ReleaseBlock:
    """A release of the round."""
    zone = round_.zone
    return ReleaseBlock(
        number=row.number,
        planned=when(round_.release_at, zone),
        due=when(row.due_at, zone),
        prepared=when(row.prepared_at, zone),
        by=row.by,
        done=when(row.done_at, zone) if row.done_at else None,
        is_later=row.done_at is not None and row.done_at - min(row.due_at, round_.release_at) > SOON,
        prepared_late=row.prepared_at > round_.release_at,
        count=row.count,
    )


def sample(drawn: Drawn | None, zone: str) -> SampleBlock | None:
    """The round's sample, if it was drawn."""
    return SampleBlock(when(drawn.drawn_at, zone), drawn.size, drawn.drawn, drawn.seed) if drawn else None
