"""Outcomes: where one stands, what blocks its release, and how many signatures it lacks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from panel_app.foundation import shown
from panel_app.foundation.states import Doing, Party, Standing, States, Tone, Wait
from panel_app.foundation.words import N_
from panel_app.moderation.rules import Result


class OutcomeState(StrEnum):
    """An outcome is proposed, signed off, released; or dropped when its assessment is looked at again."""

    PROPOSED = "proposed"
    SIGNED_OFF = "signed_off"
    RELEASED = "released"
    DROPPED = "dropped"


class OutcomeStep(StrEnum):
    """What moves an outcome."""

    SIGN_OFF = "sign_off"
    SEND_BACK = "send_back"
    DROP = "drop"
    RELEASE = "release"


OUTCOME = States(
    N_("outcome"),
    start=OutcomeState.PROPOSED,
    states={
        OutcomeState.PROPOSED: Standing(N_("Proposed"), Tone.WAIT, Wait(Party.SIGNER, "sign_off_by")),
        OutcomeState.SIGNED_OFF: Standing(N_("Signed off"), Tone.GOOD, Wait(Party.COORDINATOR, "release_at")),
        OutcomeState.RELEASED: Standing(N_("Released"), Tone.GOOD),
        OutcomeState.DROPPED: Standing(N_("Dropped"), Tone.NOTE),
    },
    acts={
        OutcomeStep.SIGN_OFF: Doing(N_("Sign off"), Tone.GOOD, Party.SIGNER, done=N_("Your signature is kept.")),
        OutcomeStep.SEND_BACK: Doing(
            N_("Send back"), Tone.BAD, Party.SIGNER, reason=True, done=N_("It is back with the moderator.")
        ),
        OutcomeStep.DROP: Doing(N_("Drop: it is looked at again"), Tone.NOTE, Party.SYSTEM, reason=True),
        OutcomeStep.RELEASE: Doing(N_("Release"), Tone.GOOD, Party.SYSTEM),
    },
    moves={
        (OutcomeState.PROPOSED, OutcomeStep.SIGN_OFF): OutcomeState.SIGNED_OFF,
        (OutcomeState.PROPOSED, OutcomeStep.SEND_BACK): OutcomeState.DROPPED,
        (OutcomeState.SIGNED_OFF, OutcomeStep.SEND_BACK): OutcomeState.DROPPED,
        (OutcomeState.PROPOSED, OutcomeStep.DROP): OutcomeState.DROPPED,
        (OutcomeState.SIGNED_OFF, OutcomeStep.DROP): OutcomeState.DROPPED,
        (OutcomeState.SIGNED_OFF, OutcomeStep.RELEASE): OutcomeState.RELEASED,
    },
)
EMBARGOED_STATES = frozenset({OutcomeState.PROPOSED, OutcomeState.SIGNED_OFF})
"""Alive, and nothing of it is told to its candidate."""


def still_to_sign(needed: int, signed_by: Iterable[int]) -> int:
    """How many signatures are missing, of different people."""
    return max(0, needed - len(set(signed_by)))


@dataclass(frozen=True)
class SignedCriterion:
    """A criterion as a signature covers it. `is_again`: the candidate is asked to show it again."""

    code: str
    value: Fraction
    is_moderated: bool
    is_again: bool
    struck_reason: str | None
    feedback: tuple[str, ...]


@dataclass(frozen=True)
class Signable:
    """What a signature covers: the proposal, its list of criteria, and what moderation did."""

    outcome_key: str
    result: Result
    criteria: tuple[SignedCriterion, ...]
    reasons: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, int, str], ...]


def shown_digest(signable: Signable) -> str:
    """The digest that the page of a proposal carries. What was signed before by someone else is no part of it."""
    return shown.digest(signable)
