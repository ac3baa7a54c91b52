"""Where a portfolio and its assessments stand, and which act leads where."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone, Wait
from panel_app.foundation.words import N_


class PortfolioStatus(StrEnum):
    """Where a portfolio stands; stored, written by one function."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NOT_SUBMITTED = "not_submitted"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class PortfolioStep(StrEnum):
    """What moves a portfolio from status to status."""

    SUBMIT = "submit"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    VOID = "void"


class AssessmentStatus(StrEnum):
    """Where an assessment stands; stored, written by one function."""

    PREPARING = "preparing"
    READY = "ready"
    ADMITTED = "admitted"
    ASSIGNING = "assigning"
    SCORING = "scoring"
    MODERATION = "moderation"
    PROPOSED = "proposed"
    SIGNED_OFF = "signed_off"
    RELEASED = "released"
    ENDED = "ended"


class AssessmentStep(StrEnum):
    """What moves an assessment from status to status; later stages do it through `advance`."""

    PREPARE_AGAIN = "prepare_again"
    READY = "ready"
    ADMIT = "admit"
    ASSIGN = "assign"
    SCORE = "score"
    MODERATE = "moderate"
    RESUME = "resume"
    PROPOSE = "propose"
    SIGN_OFF = "sign_off"
    REOPEN = "reopen"
    RELEASE = "release"
    END = "end"


P, A = PortfolioStatus, AssessmentStatus
BEFORE_PROPOSAL = frozenset({A.PREPARING, A.READY, A.ADMITTED, A.ASSIGNING, A.SCORING, A.MODERATION})
"""From here an assessment can still come to a proposal, and somebody has its evidence to read."""

PORTFOLIO: States[PortfolioStatus, PortfolioStep] = States(
    "portfolio",
    start=P.DRAFT,
    states={
        P.DRAFT: Standing(N_("Draft"), Tone.WAIT, waits_on=Wait(Party.CANDIDATE, "closes_at")),
        P.SUBMITTED: Standing(N_("Submitted"), Tone.GOOD),
        P.NOT_SUBMITTED: Standing(N_("Not submitted"), Tone.NOTE),
        P.WITHDRAWN: Standing(N_("Withdrawn"), Tone.NOTE),
        P.VOID: Standing(N_("Void"), Tone.BAD),
    },
    acts={
        PortfolioStep.SUBMIT: Doing(N_("Submit"), Tone.GOOD, Party.CANDIDATE, done=N_("Your portfolio is submitted.")),
        PortfolioStep.CLOSE: Doing(N_("Close without a submission"), Tone.NOTE, Party.SYSTEM),
        PortfolioStep.REOPEN: Doing(N_("Open again until a later deadline"), Tone.NOTE, Party.COORDINATOR, reason=True),
        PortfolioStep.WITHDRAW: Doing(
            N_("Withdraw"), Tone.BAD, Party.CANDIDATE, done=N_("Your portfolio is withdrawn.")
        ),
        PortfolioStep.VOID: Doing(N_("Void"), Tone.BAD, Party.COORDINATOR, reason=True),
    },
    moves={
        (P.DRAFT, PortfolioStep.SUBMIT): P.SUBMITTED,
        (P.SUBMITTED, PortfolioStep.SUBMIT): P.SUBMITTED,
        (P.DRAFT, PortfolioStep.CLOSE): P.NOT_SUBMITTED,
        (P.NOT_SUBMITTED, PortfolioStep.REOPEN): P.DRAFT,
        (P.DRAFT, PortfolioStep.WITHDRAW): P.WITHDRAWN,
        (P.SUBMITTED, PortfolioStep.WITHDRAW): P.WITHDRAWN,
        (P.DRAFT, PortfolioStep.VOID): P.VOID,
        (P.SUBMITTED, PortfolioStep.VOID): P.VOID,
    },
)

_COORDINATOR = Party.COORDINATOR
_LIVING = tuple(each for each in A if each not in (A.RELEASED, A.ENDED))

ASSESSMENT: States[AssessmentStatus, AssessmentStep] = States(
    "assessment",
    start=A.PREPARING,
    states={
        A.PREPARING: Standing(N_("Preparing panel copies"), Tone.WAIT, waits_on=Wait(Party.SYSTEM, "closes_at")),
        A.READY: Standing(N_("Ready"), Tone.GOOD, waits_on=Wait(_COORDINATOR, "closes_at")),
        A.ADMITTED: Standing(N_("Admitted"), Tone.GOOD, waits_on=Wait(_COORDINATOR, "scoring_due_at")),
        A.ASSIGNING: Standing(N_("Assigning"), Tone.WAIT, waits_on=Wait(_COORDINATOR, "scoring_due_at")),
        A.SCORING: Standing(N_("Scoring"), Tone.WAIT, waits_on=Wait(Party.MEMBER, "scoring_due_at")),
        A.MODERATION: Standing(N_("Moderation"), Tone.WAIT, waits_on=Wait(Party.MODERATOR, "release_at")),
        A.PROPOSED: Standing(N_("Proposed"), Tone.WAIT, waits_on=Wait(Party.SIGNER, "release_at")),
        A.SIGNED_OFF: Standing(N_("Signed off"), Tone.GOOD, waits_on=Wait(Party.SYSTEM, "release_at")),
        A.RELEASED: Standing(N_("Released"), Tone.GOOD),
        A.ENDED: Standing(N_("Ended"), Tone.NOTE),
    },
    acts={
        AssessmentStep.PREPARE_AGAIN: Doing(N_("Prepare panel copies again"), who=Party.SYSTEM),
        AssessmentStep.READY: Doing(N_("Panel copies are ready"), Tone.GOOD, Party.SYSTEM),
        AssessmentStep.ADMIT: Doing(N_("Admit to assessment"), Tone.GOOD, _COORDINATOR, done=N_("Admitted.")),
        AssessmentStep.ASSIGN: Doing(N_("Look for assessors"), who=_COORDINATOR),
        AssessmentStep.SCORE: Doing(N_("Begin scoring"), who=Party.SYSTEM),
        AssessmentStep.MODERATE: Doing(N_("Send to moderation"), Tone.WAIT, Party.SYSTEM),
        AssessmentStep.RESUME: Doing(N_("Go on scoring"), who=Party.MODERATOR),
        AssessmentStep.PROPOSE: Doing(N_("Propose an outcome"), who=Party.SYSTEM),
        AssessmentStep.SIGN_OFF: Doing(N_("Sign off"), Tone.GOOD, Party.SIGNER),
        AssessmentStep.REOPEN: Doing(N_("Open again"), Tone.WAIT, Party.SIGNER, reason=True),
        AssessmentStep.RELEASE: Doing(N_("Release"), Tone.GOOD, Party.SYSTEM),
        AssessmentStep.END: Doing(N_("End without an outcome"), Tone.BAD, _COORDINATOR, reason=True),
    },
    moves={
        (A.PREPARING, AssessmentStep.PREPARE_AGAIN): A.PREPARING,
        (A.READY, AssessmentStep.PREPARE_AGAIN): A.PREPARING,
        (A.PREPARING, AssessmentStep.READY): A.READY,
        (A.READY, AssessmentStep.ADMIT): A.ADMITTED,
        (A.ADMITTED, AssessmentStep.ASSIGN): A.ASSIGNING,
        (A.SCORING, AssessmentStep.ASSIGN): A.ASSIGNING,
        (A.MODERATION, AssessmentStep.ASSIGN): A.ASSIGNING,
        (A.ASSIGNING, AssessmentStep.SCORE): A.SCORING,
        (A.SCORING, AssessmentStep.MODERATE): A.MODERATION,
        (A.ASSIGNING, AssessmentStep.MODERATE): A.MODERATION,
        (A.PROPOSED, AssessmentStep.MODERATE): A.MODERATION,
        (A.MODERATION, AssessmentStep.RESUME): A.SCORING,
        (A.SCORING, AssessmentStep.PROPOSE): A.PROPOSED,
        (A.MODERATION, AssessmentStep.PROPOSE): A.PROPOSED,
        (A.PROPOSED, AssessmentStep.SIGN_OFF): A.SIGNED_OFF,
        (A.SIGNED_OFF, AssessmentStep.REOPEN): A.PROPOSED,
        (A.SIGNED_OFF, AssessmentStep.RELEASE): A.RELEASED,
        **{(each, AssessmentStep.END): A.ENDED for each in _LIVING},
    },
)
