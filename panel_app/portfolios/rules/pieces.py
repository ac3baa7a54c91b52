"""Where a piece of evidence and its panel copy stand, and which act leads where."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone
from panel_app.foundation.words import N_


class EvidenceState(StrEnum):
    """A piece is listed or was removed by its candidate; removed pieces of a submission stay in its manifest."""

    LISTED = "listed"
    REMOVED = "removed"


class EvidenceStep(StrEnum):
    """What moves a piece."""

    REMOVE = "remove"


class CopyState(StrEnum):
    """A panel copy is waited for, ready, held because cleaning failed, or left out by a coordinator with a reason."""

    WAITING = "waiting"
    READY = "ready"
    HELD = "held"
    EXCLUDED = "excluded"


class CopyStep(StrEnum):
    """What moves a panel copy."""

    KEEP = "keep"
    HOLD = "hold"
    RETRY = "retry"
    EXCLUDE = "exclude"


EVIDENCE = States(
    N_("piece of evidence"),
    start=EvidenceState.LISTED,
    states={
        EvidenceState.LISTED: Standing(N_("Listed"), Tone.GOOD),
        EvidenceState.REMOVED: Standing(N_("Removed"), Tone.NOTE),
    },
    acts={EvidenceStep.REMOVE: Doing(N_("Remove the piece"), Tone.BAD, Party.CANDIDATE)},
    moves={(EvidenceState.LISTED, EvidenceStep.REMOVE): EvidenceState.REMOVED},
)

COPY = States(
    N_("panel copy"),
    start=CopyState.WAITING,
    states={
        CopyState.WAITING: Standing(N_("Copy is being made"), Tone.WAIT),
        CopyState.READY: Standing(N_("Copy is ready"), Tone.GOOD),
        CopyState.HELD: Standing(N_("Copy is held"), Tone.BAD),
        CopyState.EXCLUDED: Standing(N_("Left out"), Tone.NOTE),
    },
    acts={
        CopyStep.KEEP: Doing(N_("Keep the copy"), Tone.GOOD, Party.SYSTEM),
        CopyStep.HOLD: Doing(N_("Hold the copy: it could not be made"), Tone.BAD, Party.SYSTEM),
        CopyStep.RETRY: Doing(N_("Try again"), Tone.WAIT),
        CopyStep.EXCLUDE: Doing(N_("Leave the piece out"), Tone.BAD, reason=True),
    },
    moves={
        (CopyState.WAITING, CopyStep.KEEP): CopyState.READY,
        (CopyState.WAITING, CopyStep.HOLD): CopyState.HELD,
        (CopyState.HELD, CopyStep.RETRY): CopyState.WAITING,
        (CopyState.HELD, CopyStep.EXCLUDE): CopyState.EXCLUDED,
    },
)
