"""Plans: where one stands, and which step leads where."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Standing, States, Tone
from panel_app.foundation.words import N_


class PlanState(StrEnum):
    """A plan is drawn up, then its offers are sent, or it is dropped; another may be drawn up after it."""

    DRAFT = "draft"
    SENT = "sent"
    DROPPED = "dropped"


class PlanStep(StrEnum):
    """What moves a plan on."""

    SEND = "send"
    DROP = "drop"


PLAN = States(
    N_("plan"),
    start=PlanState.DRAFT,
    states={
        PlanState.DRAFT: Standing(N_("Draft"), Tone.WAIT),
        PlanState.SENT: Standing(N_("Sent"), Tone.GOOD),
        PlanState.DROPPED: Standing(N_("Dropped"), Tone.NOTE),
    },
    acts={
        PlanStep.SEND: Doing(N_("Send the offers"), Tone.GOOD),
        PlanStep.DROP: Doing(N_("Drop the plan"), Tone.BAD),
    },
    moves={
        (PlanState.DRAFT, PlanStep.SEND): PlanState.SENT,
        (PlanState.DRAFT, PlanStep.DROP): PlanState.DROPPED,
    },
)
