"""Moderation cases: where one stands, and the registry of what opens one."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from panel_app.foundation.registry import Registry, page_text
from panel_app.foundation.states import Doing, Party, Standing, States, Tone, Wait
from panel_app.foundation.words import N_
from panel_app.moderation.rules.decision import DecisionRule
from panel_app.moderation.rules.discrepancy import DiscrepancyRule, Reason
from panel_app.moderation.rules.sheets import Sheet, Weights


class CaseState(StrEnum):
    """Where a moderation case stands."""

    OPEN = "open"
    WITH_THIRD = "with_third"
    WITH_MODERATOR = "with_moderator"
    ANSWERED = "answered"
    CLOSED = "closed"


class CaseAct(StrEnum):
    """What may be done with a moderation case."""

    ASK_THIRD = "ask_third"
    ASK_MODERATOR = "ask_moderator"
    AGREE = "agree"
    ANSWER = "answer"
    CLOSE = "close"
    CLEAR = "clear"
    REOPEN = "reopen"


CASE = States(
    N_("moderation case"),
    start=CaseState.OPEN,
    states={
        CaseState.OPEN: Standing(N_("Open"), Tone.WAIT, Wait(Party.COORDINATOR, "due_at")),
        CaseState.WITH_THIRD: Standing(N_("With a third assessor"), Tone.WAIT, Wait(Party.MEMBER, "due_at")),
        CaseState.WITH_MODERATOR: Standing(N_("With the moderator"), Tone.WAIT, Wait(Party.MODERATOR, "due_at")),
        CaseState.ANSWERED: Standing(N_("Answered"), Tone.GOOD),
        CaseState.CLOSED: Standing(N_("Closed"), Tone.NOTE),
    },
    acts={
        CaseAct.ASK_THIRD: Doing(
            N_("Ask a third assessor"), Tone.WAIT, done=N_("A third assessor is asked, who sees nothing of the others.")
        ),
        CaseAct.ASK_MODERATOR: Doing(
            N_("Hand to the moderator"), Tone.WAIT, done=N_("The case is with the moderator.")
        ),
        CaseAct.AGREE: Doing(N_("Answer by the third sheet"), Tone.GOOD, Party.SYSTEM),
        CaseAct.ANSWER: Doing(
            N_("Answer the case"), Tone.GOOD, Party.MODERATOR, reason=True, done=N_("The case is answered.")
        ),
        CaseAct.CLOSE: Doing(N_("Close the case"), Tone.NOTE, Party.SYSTEM),
        CaseAct.CLEAR: Doing(
            N_("Close without an answer"), Tone.NOTE, reason=True, done=N_("The case is closed without an answer.")
        ),
        CaseAct.REOPEN: Doing(
            N_("Open the case again"), Tone.WAIT, reason=True, done=N_("The case is with the moderator again.")
        ),
    },
    moves={
        (CaseState.OPEN, CaseAct.ASK_THIRD): CaseState.WITH_THIRD,
        (CaseState.OPEN, CaseAct.ASK_MODERATOR): CaseState.WITH_MODERATOR,
        (CaseState.WITH_THIRD, CaseAct.ASK_MODERATOR): CaseState.WITH_MODERATOR,
        (CaseState.WITH_THIRD, CaseAct.AGREE): CaseState.ANSWERED,
        (CaseState.WITH_MODERATOR, CaseAct.ASK_THIRD): CaseState.WITH_THIRD,
        (CaseState.WITH_MODERATOR, CaseAct.ANSWER): CaseState.ANSWERED,
        (CaseState.ANSWERED, CaseAct.CLOSE): CaseState.CLOSED,
        (CaseState.ANSWERED, CaseAct.REOPEN): CaseState.WITH_MODERATOR,
        (CaseState.OPEN, CaseAct.CLEAR): CaseState.CLOSED,
        (CaseState.WITH_THIRD, CaseAct.CLEAR): CaseState.CLOSED,
        (CaseState.WITH_MODERATOR, CaseAct.CLEAR): CaseState.CLOSED,
    },
)
WAS_DONE = {
    CaseAct.ASK_THIRD: N_("A third assessor was asked"),
    CaseAct.ASK_MODERATOR: N_("Handed to the moderator"),
    CaseAct.AGREE: N_("Answered by the third sheet"),
    CaseAct.ANSWER: N_("Answered"),
    CaseAct.CLOSE: N_("Closed"),
    CaseAct.CLEAR: N_("Closed without an answer"),
    CaseAct.REOPEN: N_("Opened again"),
}
"""The acts as the history of a case tells them."""
UNANSWERED_STATES = frozenset({CaseState.OPEN, CaseState.WITH_THIRD, CaseState.WITH_MODERATOR})
"""While a case stands here, nothing is decidable."""


class FirstAnswer(StrEnum):
    """Who answers first what a trigger found."""

    THIRD = "third"
    MODERATOR = "moderator"


@dataclass(frozen=True)
class CaseFacts:
    """What triggers look at: a portfolio's rules, weights and submitted sheets (those set aside left out).

    `moderator_levels` are those set in earlier cases.
    """

    decision: DecisionRule
    discrepancy: DiscrepancyRule
    weights: Weights
    sheets: tuple[Sheet, ...]
    moderator_levels: dict[str, int] = field(default_factory=dict)


Finder: TypeAlias = Callable[[CaseFacts], tuple[Reason, ...]]


@dataclass(frozen=True)
class Trigger:
    """A registered trigger; `text` is the text on its page, `first` who answers first."""

    name: str
    first: FirstAnswer
    text: str
    find: Finder


@dataclass(frozen=True)
class Raised:
    """A reason for a case, and the trigger that found it."""

    trigger: str
    first: FirstAnswer
    reason: Reason


TRIGGERS: Registry[Trigger] = Registry("moderation trigger", folder="panel_app.moderation.triggers")


def trigger(
    name: str, *, first: FirstAnswer = FirstAnswer.MODERATOR, registry: Registry[Trigger] = TRIGGERS
) -> Callable[[Finder], Finder]:
    """Register a trigger. Raises ValueError at import for a double name or a missing docstring."""

    def register(find: Finder) -> Finder:
        registry.add(Trigger(name, first, page_text(find, registry.kind), find))
        return find

    return register


def raised(
    facts: CaseFacts, triggers: Iterable[Trigger] = TRIGGERS, only: Collection[str] | None = None
) -> tuple[Raised, ...]:
    """Ask the triggers about a portfolio, all or those that the round's policy names; in order of their names."""
    return tuple(
        Raised(kind.name, kind.first, reason)
        for kind in triggers
        if only is None or kind.name in only
        for reason in kind.find(facts)
    )
