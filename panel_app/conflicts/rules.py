"""Conflicts of interest: what a detector is given and gives back, and where a finding may go.

Facts about one panel member and one candidate go in, findings come out; nothing here reads a database or a clock.
Independence is checked, not presumed (docs/rules.md, Independence); a barred pair can't be assigned by anyone.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from panel_app.foundation.registry import Registry, page_text
from panel_app.foundation.states import Doing, Party, Standing, States, Tone, Wait
from panel_app.foundation.words import N_, Sentence


class Strength(StrEnum):
    """What a finding does: it bars the pair, it needs a coordinator's decision, or it is only noted."""

    BARRED = "barred"
    DECISION = "decision"
    NOTE = "note"


class About(StrEnum):
    """What a member's declaration is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PORTFOLIO = "portfolio"


@dataclass(frozen=True)
class Affiliation:
    """An organisation as someone gives it, and the last day there; None while it lasts."""

    name: str
    until: date | None = None

    def is_recent(self, since: date) -> bool:
        """Say whether it lasts, or ended on `since` or later."""
        return self.until is None or self.until >= since


@dataclass(frozen=True)
class Mention:
    """A person whom someone names, and as what: referee, manager, mentor."""

    name: str
    role: str


@dataclass(frozen=True)
class DeclarationFact:
    """A member's interest: a person's name, an organisation or a portfolio's reference, and what it does."""

    about: About
    value: str
    relation: str = ""
    ended_on: date | None = None
    strength: Strength = Strength.BARRED


@dataclass(frozen=True)
class MemberFacts:
    """What is known of a panel member. `mentions` are the people whom the member names in a candidacy of their own.

    `coached` are people whom they trained, `vendors` firms with whom they have ties, `links` their pages and works.
    """

    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    organisations: tuple[Affiliation, ...] = ()
    declarations: tuple[DeclarationFact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    person: str = ""
    links: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    coached: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Names, then aliases: both are matched alike."""
        return self.names + self.aliases


@dataclass(frozen=True)
class CandidateFacts:
    """What is known of a candidate and the portfolio.

    `texts` are the portfolio's own, `mentions` the people it names, `vendors` the firms on which its systems depend,
    `mentors` who coached the candidate. `recent_from` is the day from which a past
    affiliation still counts: two years before the examination by default of the round's policy.
    """

    names: tuple[str, ...]
    recent_from: date
    emails: tuple[str, ...] = ()
    organisations: tuple[Affiliation, ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)
    mentions: tuple[Mention, ...] = ()
    reference: str = ""
    person: str = ""
    links: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What a detector found: the reason in words for the coordinator, and the facts that it stands on.

    `facts` are short texts in normal spelling, without order: a dismissed finding stays dismissed until they change.
    `strength` replaces the detector's own, where this evidence is weaker. `confidence` is how sure it is that the facts
    are about one thing, from 0 to 1.
    """

    reason: Sentence
    facts: frozenset[str]
    strength: Strength | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Finding:
    """A detector's evidence about one pair, with its strength and the fingerprint of its facts."""

    kind: str
    strength: Strength
    reason: Sentence
    fingerprint: str
    confidence: float = 1.0


Examiner = Callable[[MemberFacts, CandidateFacts], Evidence | None]


@dataclass(frozen=True)
class Detector:
    """A registered kind of conflict; `text` is the text on its page.

    `by_keys`: it finds nothing about a pair whose facts share no key (`blocking_rules`), so it isn't asked there.
    """

    name: str
    strength: Strength
    text: str
    find: Examiner
    by_keys: bool = False


DETECTORS: Registry[Detector] = Registry("conflict detector", folder="panel_app.conflicts.detectors")


def detector(
    name: str, *, strength: Strength, by_keys: bool = False, registry: Registry[Detector] = DETECTORS
) -> Callable[[Examiner], Examiner]:
    """Register a detector. Raises ValueError at import for a double name or a missing docstring."""

    def register(find: Examiner) -> Examiner:
        registry.add(Detector(name, strength, page_text(find, registry.kind), find, by_keys))
        return find

    return register


def examine(
    member: MemberFacts, candidate: CandidateFacts, detectors: Iterable[Detector] = DETECTORS
) -> tuple[Finding, ...]:
    """Ask every detector about a pair; findings come in order of the detectors' names."""
    findings = []
    for kind in detectors:
        if (evidence := kind.find(member, candidate)) is not None:
            strength = evidence.strength or kind.strength
            mark = fingerprint(kind.name, strength, evidence.facts)
            findings.append(Finding(kind.name, strength, evidence.reason, mark, evidence.confidence))
    return tuple(findings)


def fingerprint(kind: str, strength: Strength, facts: Iterable[str]) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of a finding's facts; it doesn't depend on their order."""
    canonical = json.dumps([kind, strength.value, sorted(set(facts))], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def weakest(strengths: Iterable[Strength]) -> Strength:
    """Return the weakest of some strengths (at least one)."""
    return max(strengths, key=list(Strength).index)


def weaker(strength: Strength) -> Strength:
    """Return the next weaker strength; a note stays one."""
    order = list(Strength)
    return order[min(order.index(strength) + 1, len(order) - 1)]


def strongest(strengths: Iterable[Strength]) -> Strength:
    """Return the strongest of some strengths (at least one)."""
    return min(strengths, key=list(Strength).index)


class FindingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    STANDING = "standing"
    DISMISSED = "dismissed"
    NOTED = "noted"
    SUPERSEDED = "superseded"


class FindingAct(StrEnum):
    """What may be done with a finding; the first four are the register's own, without a person."""

    BAR = "bar"
    NOTE = "note"
    FACTS_CHANGED = "facts_changed"
    FACTS_GONE = "facts_gone"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    RECONSIDER = "reconsider"


UNSETTLED_STATES = frozenset({FindingState.OPEN, FindingState.STANDING})
"""Such a finding keeps its pair from working: it bars them, or waits for a decision."""

FINDING = States(
    N_("finding"),
    start=FindingState.OPEN,
    states={
        FindingState.OPEN: Standing(N_("Needs a decision"), Tone.WAIT, Wait(Party.COORDINATOR, "decide_by")),
        FindingState.STANDING: Standing(N_("Stands"), Tone.BAD),
        FindingState.DISMISSED: Standing(N_("Dismissed"), Tone.GOOD),
        FindingState.NOTED: Standing(N_("Noted"), Tone.NOTE),
        FindingState.SUPERSEDED: Standing(N_("No longer found"), Tone.NOTE),
    },
    acts={
        FindingAct.BAR: Doing(N_("Bar the pair"), Tone.BAD, Party.SYSTEM),
        FindingAct.NOTE: Doing(N_("Note"), Tone.NOTE, Party.SYSTEM),
        FindingAct.FACTS_CHANGED: Doing(N_("Open again: the facts changed"), Tone.WAIT, Party.SYSTEM),
        FindingAct.FACTS_GONE: Doing(N_("Set aside: the facts are gone"), Tone.NOTE, Party.SYSTEM),
        FindingAct.UPHOLD: Doing(
            N_("Uphold"), Tone.BAD, reason=True, done=N_("The conflict stands. This pair can't be assigned.")
        ),
        FindingAct.DISMISS: Doing(
            N_("Dismiss"), Tone.GOOD, reason=True, done=N_("The finding is dismissed until its facts change.")
        ),
        FindingAct.RECONSIDER: Doing(
            N_("Reconsider"), Tone.WAIT, reason=True, done=N_("The finding is open again and needs a decision.")
        ),
    },
    moves={
        (FindingState.OPEN, FindingAct.BAR): FindingState.STANDING,
        (FindingState.OPEN, FindingAct.NOTE): FindingState.NOTED,
        (FindingState.OPEN, FindingAct.UPHOLD): FindingState.STANDING,
        (FindingState.OPEN, FindingAct.DISMISS): FindingState.DISMISSED,
        (FindingState.STANDING, FindingAct.RECONSIDER): FindingState.OPEN,
        (FindingState.DISMISSED, FindingAct.RECONSIDER): FindingState.OPEN,
        (FindingState.STANDING, FindingAct.FACTS_CHANGED): FindingState.OPEN,
        (FindingState.DISMISSED, FindingAct.FACTS_CHANGED): FindingState.OPEN,
        (FindingState.NOTED, FindingAct.FACTS_CHANGED): FindingState.OPEN,
        (FindingState.SUPERSEDED, FindingAct.FACTS_CHANGED): FindingState.OPEN,
        (FindingState.OPEN, FindingAct.FACTS_GONE): FindingState.SUPERSEDED,
        (FindingState.STANDING, FindingAct.FACTS_GONE): FindingState.SUPERSEDED,
        (FindingState.NOTED, FindingAct.FACTS_GONE): FindingState.SUPERSEDED,
    },
)

_FIRST: dict[Strength, FindingAct | None] = {
    Strength.BARRED: FindingAct.BAR,
    Strength.DECISION: None,
    Strength.NOTE: FindingAct.NOTE,
}


def first_state(strength: Strength) -> FindingState:
    """Return where a new finding of this strength stands: barred ones stand at once, notes are noted."""
    act = _FIRST[strength]
    return FINDING.start if act is None else FINDING.after(act, FINDING.start)


def found_again(state: FindingState, strength: Strength, *, same_facts: bool) -> FindingState:
    """Return where a known finding stands when it is found again.

    With the same facts it stays where it is, unless it had gone; with other facts it begins anew.
    """
    if same_facts and state is not FindingState.SUPERSEDED:
        return state
    if state is not FindingState.OPEN:
        FINDING.after(FindingAct.FACTS_CHANGED, state)
    return first_state(strength)


def not_found_again(state: FindingState) -> FindingState:
    """Return where a known finding stands when its facts are gone. A dismissed one keeps its decision."""
    gone = FINDING.can(FindingAct.FACTS_GONE, state)
    return FINDING.after(FindingAct.FACTS_GONE, state) if gone else state


def acts_for(state: FindingState, strength: Strength) -> tuple[FindingAct, ...]:
    """Return what a coordinator may do. Nobody decides away what bars a pair: its facts must change."""
    if strength is not Strength.DECISION:
        return ()
    return tuple(act for act in FINDING.acts_from(state) if FINDING.acts[act].who is Party.COORDINATOR)


class Independence(StrEnum):
    """Whether a member may assess a portfolio, as far as conflicts go."""

    FREE = "free"
    BARRED = "barred"
    UNDECIDED = "undecided"


NOT_INDEPENDENT = Sentence(N_("You can't assess this portfolio, because the rules of independence don't allow it."))
"""What a member whose pair is barred reads, one sentence for all kinds: it must not tell who the candidate is."""


def independence(states: Iterable[FindingState]) -> Independence:
    """Return what the findings of one pair add up to: one that stands bars, an open one needs a decision first."""
    known = frozenset(states)
    if FindingState.STANDING in known:
        return Independence.BARRED
    return Independence.UNDECIDED if FindingState.OPEN in known else Independence.FREE
