"""Assignments: where one stands, what may be done with it, and on whom it waits (docs/states.md)."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone, Wait
from panel_app.foundation.words import N_
from panel_app.panel.rules import PLACE_TAKING


class AssignmentState(StrEnum):
    """Where an assignment stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    SCORING = "scoring"
    SUBMITTED = "submitted"
    REOPENED = "reopened"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    DEFERRED = "deferred"
    RECALLED = "recalled"
    RECUSED = "recused"
    EXPIRED = "expired"
    REPLACED = "replaced"
    CLOSED = "closed"


class AssignmentAct(StrEnum):
    """What may be done with an assignment."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DEFER = "defer"
    START = "start"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    REOPEN = "reopen"
    RECUSE = "recuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    RESTORE = "restore"
    RECALL = "recall"
    REPLACE = "replace"
    EXPIRE = "expire"
    CLOSE = "close"


class HoldCause(StrEnum):
    """Why work was put on hold."""

    CONFLICT = "conflict"
    REPORT = "report"


LIVE_STATES = frozenset(map(AssignmentState, PLACE_TAKING))
"""The member holds the place, or is asked to. One such row per assessment and member."""
ENDED_STATES = frozenset(AssignmentState) - LIVE_STATES
"""The row is history: the place is free, and a new offer is a new row."""
AT_WORK_STATES = frozenset({AssignmentState.ACCEPTED, AssignmentState.SCORING, AssignmentState.REOPENED})
"""A sheet is awaited from the member."""
TO_RECALL = frozenset({AssignmentState.OFFERED, AssignmentState.ACCEPTED})
"""Nothing was written yet: the coordinator may take the offer back."""

_STATES = {
    AssignmentState.OFFERED: Standing(N_("Offered"), Tone.WAIT, Wait(Party.MEMBER, "answer_by")),
    AssignmentState.ACCEPTED: Standing(N_("Accepted"), Tone.WORK, Wait(Party.MEMBER, "due_at")),
    AssignmentState.SCORING: Standing(N_("Scoring"), Tone.WORK, Wait(Party.MEMBER, "due_at")),
    AssignmentState.SUBMITTED: Standing(N_("Submitted"), Tone.GOOD),
    AssignmentState.REOPENED: Standing(N_("Reopened"), Tone.WAIT, Wait(Party.MEMBER, "due_at")),
    AssignmentState.SUSPENDED: Standing(N_("On hold"), Tone.BAD, Wait(Party.COORDINATOR, "due_at")),
    AssignmentState.DECLINED: Standing(N_("Declined"), Tone.NOTE),
    AssignmentState.DEFERRED: Standing(N_("Not now"), Tone.NOTE),
    AssignmentState.RECALLED: Standing(N_("Taken back"), Tone.NOTE),
    AssignmentState.RECUSED: Standing(N_("Recused"), Tone.NOTE),
    AssignmentState.EXPIRED: Standing(N_("Not answered in time"), Tone.NOTE),
    AssignmentState.REPLACED: Standing(N_("Replaced"), Tone.NOTE),
    AssignmentState.CLOSED: Standing(N_("No longer needed"), Tone.NOTE),
}

_ACTS = {
    AssignmentAct.ACCEPT: Doing(
        N_("Accept"), Tone.GOOD, Party.MEMBER, done=N_("You accepted. The portfolio stands in your reviews.")
    ),
    AssignmentAct.DECLINE: Doing(
        N_("Decline"), Tone.NOTE, Party.MEMBER, reason=True, done=N_("You declined. Nothing more is needed from you.")
    ),
    AssignmentAct.DEFER: Doing(
        N_("Not now"), Tone.NOTE, Party.MEMBER, done=N_("Noted. You may be asked again after the date that you gave.")
    ),
    AssignmentAct.START: Doing(N_("Start scoring"), Tone.GOOD, Party.MEMBER),
    AssignmentAct.SUBMIT: Doing(
        N_("Submit the score sheet"), Tone.GOOD, Party.MEMBER, done=N_("Your score sheet is submitted.")
    ),
    AssignmentAct.TAKE_BACK: Doing(
        N_("Take the score sheet back"), Tone.WAIT, Party.MEMBER, done=N_("Your score sheet is open again.")
    ),
    AssignmentAct.REOPEN: Doing(
        N_("Reopen the score sheet"),
        Tone.WAIT,
        reason=True,
        done=N_("The score sheet is open again; both versions stay."),
    ),
    AssignmentAct.RECUSE: Doing(
        N_("Recuse yourself"), Tone.BAD, Party.MEMBER, reason=True, done=N_("You have no more part in this portfolio.")
    ),
    AssignmentAct.SUSPEND: Doing(N_("Put on hold"), Tone.BAD, Party.SYSTEM, reason=True),
    AssignmentAct.RESUME: Doing(
        N_("Let the work go on"), Tone.GOOD, reason=True, done=N_("The member may go on; what was typed is kept.")
    ),
    AssignmentAct.RESTORE: Doing(
        N_("Let the submitted sheet stand"), Tone.GOOD, reason=True, done=N_("The submitted score sheet counts again.")
    ),
    AssignmentAct.RECALL: Doing(N_("Take the offer back"), Tone.NOTE, reason=True, done=N_("The offer is taken back.")),
    AssignmentAct.REPLACE: Doing(
        N_("Replace the member"), Tone.BAD, reason=True, done=N_("The place is free for someone else.")
    ),
    AssignmentAct.EXPIRE: Doing(N_("End: not answered in time"), Tone.NOTE, Party.SYSTEM),
    AssignmentAct.CLOSE: Doing(N_("End: no longer needed"), Tone.NOTE, Party.SYSTEM),
}

_WAYS_OUT: dict[AssignmentState, dict[AssignmentAct, AssignmentState]] = {
    AssignmentState.OFFERED: {
        AssignmentAct.ACCEPT: AssignmentState.ACCEPTED,
        AssignmentAct.DECLINE: AssignmentState.DECLINED,
        AssignmentAct.DEFER: AssignmentState.DEFERRED,
        AssignmentAct.RECUSE: AssignmentState.RECUSED,
        AssignmentAct.RECALL: AssignmentState.RECALLED,
        AssignmentAct.EXPIRE: AssignmentState.EXPIRED,
        AssignmentAct.CLOSE: AssignmentState.CLOSED,
    },
    AssignmentState.ACCEPTED: {
        AssignmentAct.START: AssignmentState.SCORING,
        AssignmentAct.DECLINE: AssignmentState.DECLINED,
        AssignmentAct.RECUSE: AssignmentState.RECUSED,
        AssignmentAct.SUSPEND: AssignmentState.SUSPENDED,
        AssignmentAct.RECALL: AssignmentState.RECALLED,
        AssignmentAct.REPLACE: AssignmentState.REPLACED,
        AssignmentAct.CLOSE: AssignmentState.CLOSED,
    },
    AssignmentState.SCORING: {
        AssignmentAct.SUBMIT: AssignmentState.SUBMITTED,
        AssignmentAct.RECUSE: AssignmentState.RECUSED,
        AssignmentAct.SUSPEND: AssignmentState.SUSPENDED,
        AssignmentAct.REPLACE: AssignmentState.REPLACED,
        AssignmentAct.CLOSE: AssignmentState.CLOSED,
    },
    AssignmentState.SUBMITTED: {
        AssignmentAct.TAKE_BACK: AssignmentState.SCORING,
        AssignmentAct.REOPEN: AssignmentState.REOPENED,
        AssignmentAct.SUSPEND: AssignmentState.SUSPENDED,
    },
    AssignmentState.REOPENED: {
        AssignmentAct.SUBMIT: AssignmentState.SUBMITTED,
        AssignmentAct.RECUSE: AssignmentState.RECUSED,
        AssignmentAct.SUSPEND: AssignmentState.SUSPENDED,
        AssignmentAct.REPLACE: AssignmentState.REPLACED,
        AssignmentAct.CLOSE: AssignmentState.CLOSED,
    },
    AssignmentState.SUSPENDED: {
        AssignmentAct.RESUME: AssignmentState.ACCEPTED,
        AssignmentAct.RESTORE: AssignmentState.SUBMITTED,
        AssignmentAct.RECUSE: AssignmentState.RECUSED,
        AssignmentAct.REPLACE: AssignmentState.REPLACED,
        AssignmentAct.CLOSE: AssignmentState.CLOSED,
    },
}

ASSIGNMENT = States(
    N_("assignment"),
    start=AssignmentState.OFFERED,
    states=_STATES,
    acts=_ACTS,
    moves={(state, act): after for state, ways in _WAYS_OUT.items() for act, after in ways.items()},
)
