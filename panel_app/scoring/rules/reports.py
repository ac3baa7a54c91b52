"""Short reports from a score sheet: what can be said, what it pauses, what happens next, and where a report stands."""

from dataclasses import dataclass
from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone, Wait
from panel_app.foundation.words import N_


class ReportKind(StrEnum):
    """What an assessor tells the coordinator."""

    KNOWN = "known"
    DOES_NOT_OPEN = "does_not_open"
    SHOWS_IDENTITY = "shows_identity"
    NOT_OWN_WORK = "not_own_work"
    QUESTION = "question"


class Pause(StrEnum):
    """Whose work a report puts on hold until it is answered."""

    NOBODY = "nobody"
    REPORTER = "reporter"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class Telling:
    """A kind of report: its words, whose work stops, what the member reads before and after they send it."""

    title: str
    pause: Pause
    next: str
    needs_words: bool = False


KINDS: dict[ReportKind, Telling] = {
    ReportKind.KNOWN: Telling(
        N_("I know who this is"),
        Pause.REPORTER,
        N_("Your work on this portfolio is on hold at once. The coordinator asks someone else, or tells you to go on."),
    ),
    ReportKind.DOES_NOT_OPEN: Telling(
        N_("This file does not open"),
        Pause.NOBODY,
        N_("Go on with the rest. The coordinator has the copy made again, or tells you to assess without it."),
    ),
    ReportKind.SHOWS_IDENTITY: Telling(
        N_("This shows an identity"),
        Pause.EVERYBODY,
        N_("All work on this portfolio is on hold at once. You hear when you may go on, or that you needn't."),
    ),
    ReportKind.NOT_OWN_WORK: Telling(
        N_("The evidence may be someone else's work"),
        Pause.NOBODY,
        N_("Go on, and judge what you see. Nothing is signed off before the coordinator has looked into it."),
        needs_words=True,
    ),
    ReportKind.QUESTION: Telling(
        N_("I need to ask something"),
        Pause.NOBODY,
        N_("Go on meanwhile. The answer comes by mail, and stands on this page."),
        needs_words=True,
    ),
}
PERSONAL = frozenset({ReportKind.KNOWN, ReportKind.QUESTION})
"""What an assessor asks for themselves: it lapses where their assignment ends. The rest concerns the evidence."""
STOPS_SIGNING = frozenset({ReportKind.SHOWS_IDENTITY, ReportKind.NOT_OWN_WORK})
"""While such a report is open, the portfolio's outcome is not signed off."""


class ReportState(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class ReportStep(StrEnum):
    """What may be done with a report."""

    ANSWER = "answer"
    CLOSE = "close"
    LAPSE = "lapse"


REPORT = States(
    N_("report"),
    start=ReportState.OPEN,
    states={
        ReportState.OPEN: Standing(N_("Open"), Tone.WAIT, Wait(Party.COORDINATOR, "raised_at")),
        ReportState.ANSWERED: Standing(N_("Answered"), Tone.GOOD),
        ReportState.CLOSED: Standing(N_("Closed"), Tone.NOTE),
    },
    acts={
        ReportStep.ANSWER: Doing(
            N_("Answer, and let the work go on"),
            Tone.GOOD,
            reason=True,
            done=N_("Your answer is on its way to the assessor."),
        ),
        ReportStep.CLOSE: Doing(
            N_("Close without letting the work go on"),
            reason=True,
            done=N_("The report is closed, and the assessor is told. Work that is on hold stays so."),
        ),
        ReportStep.LAPSE: Doing(N_("Close: the assignment has ended"), who=Party.SYSTEM),
    },
    moves={
        (ReportState.OPEN, ReportStep.ANSWER): ReportState.ANSWERED,
        (ReportState.OPEN, ReportStep.CLOSE): ReportState.CLOSED,
        (ReportState.OPEN, ReportStep.LAPSE): ReportState.CLOSED,
    },
)
