"""Rows as the register's pages print them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext

from panel_app import clock
from panel_app.conflicts.queries.register_page import DecisionRow, FindingRow
from panel_app.conflicts.rules import DETECTORS, FINDING, FindingState, Strength, acts_for
from panel_app.foundation.saying import say
from panel_app.foundation.times import Shown, shown
from panel_app.foundation.words import N_
from panel_app.programmes.queries import RoundView

STRENGTHS: Mapping[Strength, str] = {
    Strength.BARRED: N_("bars the pair"),
    Strength.DECISION: N_("needs a decision"),
    Strength.NOTE: N_("is only noted"),
}
UNKNOWN_KIND = N_("A kind of conflict that is no longer looked for.")


@dataclass(frozen=True)
class FindingLine:
    """A finding as a coordinator reads it. `action`: the words of its link."""

    key: str
    member: str
    reference: str
    portfolio_href: str
    kind: str
    strength: str
    state: str
    tone: str
    why: str
    since: Shown
    decide_by: Shown | None
    decision: str
    href: str
    action: str
    needs_decision: bool


@dataclass(frozen=True)
class StateTab:
    """A link to the findings of one state, with their number."""

    text: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True)
class DecisionLine:
    """A decision in a finding's history."""

    act: str
    reason: str
    author: str
    at: Shown


@dataclass(frozen=True)
class FindingPage:
    """What a finding's page shows. `hints`: of each act that may be done, what it leads to."""

    finding: FindingLine
    decisions: list[DecisionLine]
    hints: dict[str, str]


def finding_page(row: FindingRow, decisions: list[DecisionRow], round_: RoundView, own_zone: str) -> FindingPage:
    """A finding with its history and what may be done with it."""
    now = clock.now()
    return FindingPage(
        finding=finding_line(row, round_.key, round_.zone, own_zone, now),
        decisions=decision_lines(decisions, round_.zone, own_zone, now),
        hints={act.value: say(FINDING.acts[act].done) for act in acts_for(row.state, row.strength)},
    )


def finding_line(row: FindingRow, round_key: str, zone: str, own_zone: str, now: datetime) -> FindingLine:
    """One finding."""
    opens = FINDING.waits_on(row.state) is not None
    return FindingLine(
        key=row.key,
        member=row.member,
        reference=row.reference,
        portfolio_href=url_for("portfolios.case", round_key=round_key, portfolio_key=row.portfolio_key),
        kind=say(DETECTORS[row.kind].text if row.kind in DETECTORS else UNKNOWN_KIND),
        strength=say(STRENGTHS[row.strength]),
        state=say(FINDING.title(row.state)),
        tone=FINDING.tone(row.state).value,
        why=say(row.why),
        since=shown(row.since, zone, own_zone, now),
        decide_by=shown(row.decide_by, zone, own_zone, now) if row.decide_by else None,
        decision=_decision(row),
        href=url_for("conflicts.finding", round_key=round_key, finding_key=row.key),
        action=_action(row, opens),
        needs_decision=opens,
    )


def _decision(row: FindingRow) -> str:
    if not row.decision_reason:
        return ""
    return str(gettext("%(name)s: %(reason)s", name=row.decided_by or "panel", reason=row.decision_reason))


def _action(row: FindingRow, opens: bool) -> str:
    if opens:
        return str(gettext("Decide"))
    return str(gettext("Look again") if acts_for(row.state, row.strength) else gettext("Details"))


def state_tabs(counts: Mapping[FindingState, int], chosen: FindingState | None, round_key: str) -> list[StateTab]:
    """A tab for everything, then one per state that has findings, and the chosen one, with numbers."""
    every = url_for("conflicts.register", round_key=round_key)
    tabs = [StateTab(say(N_("All")), sum(counts.values()), every, chosen is None)]
    for state, count in counts.items():
        if not count and state is not chosen:
            continue
        href = url_for("conflicts.register", round_key=round_key, state=state.value)
        tabs.append(StateTab(say(FINDING.title(state)), count, href, state is chosen))
    return tabs


def decision_lines(rows: list[DecisionRow], zone: str, own_zone: str, now: datetime) -> list[DecisionLine]:
    """A finding's history."""
    return [DecisionLine(say(row.act), row.reason, row.author, shown(row.at, zone, own_zone, now)) for row in rows]
