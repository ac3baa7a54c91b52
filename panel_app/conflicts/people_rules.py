"""Rules around the detectors: how people are named, how far back counts, and when a role must keep away. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from panel_app.conflicts.rules import (
    DETECTORS,
    NOT_INDEPENDENT,
    Detector,
    Finding,
    FindingState,
    Independence,
    Mention,
    Strength,
    independence,
)
from panel_app.foundation.permissions import Allowed, Refusal, Verdict
from panel_app.foundation.words import N_, Sentence

RECENT_YEARS = 2
"""For so many years a past affiliation counts where the round's policy says nothing else."""
RECENT_YEARS_TOLERANCE = "conflicts.recent_years"
"""The entry of a round's working policy (`tolerances`) that says how many years a past affiliation counts."""
CLOSE_KINDS = frozenset({"former_organisation", "same_person"})
"""Kinds that keep a coordinator, moderator or signer away though they only ask for a decision about an assessor."""
PERSON_NAMED = N_("person named")
AWAITS_DECISION = Refusal(
    N_("A coordinator has to look at this first. You don't need to do anything; they will come back to you."),
    kind="moment",
)
_BRACKETED = re.compile(r"(?P<name>[^()]+)\((?P<role>[^()]+)\)\s*")


def mention(text: str) -> Mention:
    """Read a person as a candidate names them, `Wren Alder (mentor)`; without brackets the role stays open."""
    found = _BRACKETED.fullmatch(text)
    return Mention(found["name"].strip(), found["role"].strip()) if found else Mention(text.strip(), PERSON_NAMED)


def recent_from(closes_on: date, tolerances: Mapping[str, str]) -> date:
    """Return the day from which a past affiliation counts: whole years before the round closes."""
    years = int(tolerances.get(RECENT_YEARS_TOLERANCE, RECENT_YEARS))
    day = min(closes_on.day, 28) if closes_on.month == 2 else closes_on.day
    return closes_on.replace(year=closes_on.year - years, day=day)


def close_detectors() -> list[Detector]:
    """The detectors that bear on somebody in a role who assesses nothing."""
    return [each for each in DETECTORS if each.strength is Strength.BARRED or each.name in CLOSE_KINDS]


def must_keep_away(found: Iterable[Finding], register: Mapping[str, FindingState]) -> bool:
    """Say whether somebody in a role has a conflict with a portfolio.

    `register`: what stands of them as a panel member, by kind; a kind that was dismissed there doesn't count, one that
    waits for its decision does.
    """
    if independence(register.values()) is not Independence.FREE:
        return True
    new = [each for each in found if each.kind not in register]
    return any(each.strength is Strength.BARRED or _is_close(each) for each in new)


def _is_close(finding: Finding) -> bool:
    return finding.kind in CLOSE_KINDS and finding.strength is not Strength.NOTE


@dataclass(frozen=True)
class PairStanding:
    """How a member and a portfolio stand to each other; `reasons` are for coordinators only."""

    independence: Independence
    reasons: tuple[Sentence, ...] = ()

    @property
    def is_free(self) -> bool:
        """Say whether the member may assess the portfolio."""
        return self.independence is Independence.FREE

    def for_member(self) -> Verdict:
        """Answer the member: one fixed sentence for whatever bars."""
        if self.is_free:
            return Allowed()
        return Refusal(NOT_INDEPENDENT.template) if self.independence is Independence.BARRED else AWAITS_DECISION

    def for_coordinator(self) -> Verdict:
        """Answer a coordinator, with every reason."""
        if self.is_free:
            return Allowed()
        return Refusal(" ".join(str(reason) for reason in self.reasons), kind="moment")


def standing(findings: Iterable[tuple[FindingState, Sentence]]) -> PairStanding:
    """Sum up the findings of one pair: its independence, and the reasons of those that make it so."""
    known = list(findings)
    sum_ = independence(state for state, _ in known)
    weighty = {
        Independence.BARRED: FindingState.STANDING,
        Independence.UNDECIDED: FindingState.OPEN,
    }.get(sum_)
    return PairStanding(sum_, tuple(reason for state, reason in known if state is weighty))
