"""Places on an assessment: how many are needed, who is away, until when an answer and a sheet are due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from panel_app.assignment.rules import AT_WORK_STATES, LIVE_STATES, AssignmentState
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.portfolios.rules.statuses import AssessmentStatus
from panel_app.programmes.rules.dates import step_due

TAKEN_STATES = AT_WORK_STATES | {AssignmentState.SUBMITTED}
"""The member agreed and the place counts: nobody else is looked for."""
WAITING_STATES = LIVE_STATES - TAKEN_STATES
"""Asked and not answered, or suspended: the place is not free, and not sure."""
FILLING = frozenset({
    AssessmentStatus.ADMITTED,
    AssessmentStatus.ASSIGNING,
    AssessmentStatus.SCORING,
    AssessmentStatus.MODERATION,
})  # fmt: skip
"""While an assessment stands here someone may be asked; later its outcome is on its way."""


@dataclass(frozen=True)
class Places:
    """The places of one assessment: needed, taken (agreed to), waiting (offered and not answered, or suspended)."""

    needed: int
    taken: int
    waiting: int

    @property
    def is_full(self) -> bool:
        """Whether everyone who is needed has agreed: open offers are no longer needed."""
        return self.taken >= self.needed

    @property
    def to_offer(self) -> int:
        """For how many places nobody is asked."""
        return max(0, self.needed - self.taken - self.waiting)


def places(needed: int, states: Iterable[AssignmentState]) -> Places:
    """Count the assignments of one kind of place by their states. What ended holds no place.

    A suspended one is not taken, but nobody else is asked for it before a coordinator has replaced its member.
    """
    known = list(states)
    return Places(
        needed=needed,
        taken=sum(state in TAKEN_STATES for state in known),
        waiting=sum(state in WAITING_STATES for state in known),
    )


THIRD_NOT_WANTED = frozenset({AssignmentState.CLOSED, AssignmentState.RECALLED})


def thirds_wanted(states: Sequence[AssignmentState]) -> int:
    """How many third assessors an assessment is to have; `states`: of those asked for it so far, the oldest first.

    Those who submitted, and one more where somebody was asked after them: a sheet that can't judge is no answer.
    """
    submitted = [at for at, state in enumerate(states) if state is AssignmentState.SUBMITTED]
    since = states[submitted[-1] + 1 :] if submitted else states
    return len(submitted) + int(any(state not in THIRD_NOT_WANTED for state in since))


@dataclass(frozen=True)
class RoundDates:
    """The dates of a round that offers and sheets go by: its close, its day for score sheets, its release."""

    closes_at: datetime
    scoring_due_at: datetime
    release_at: datetime


def due_for(dates: RoundDates, offered_at: datetime, answer_days: int, due_at: datetime | None = None) -> datetime:
    """When a sheet is due: on the round's day (or on `due_at`, its own); made late, twice the days to answer later.

    So whoever steps in for another is never late on the day of the answer. At most half of the round's own time for
    scoring is given, and not beyond its release while half of that lies before it (`step_due`).
    """
    window = (dates.scoring_due_at - dates.closes_at) / 2
    late = step_due(offered_at, 2 * answer_days, window, dates.release_at)
    return max(due_at or dates.scoring_due_at, late)


def answer_by(offered_at: datetime, answer_days: int, due_at: datetime) -> datetime:
    """Until when an offer may be answered: for some days, and at most for half of the time until its sheet is due."""
    return offered_at + min(timedelta(days=answer_days), (due_at - offered_at) / 2)


def away(away_from: date | None, away_until: date | None, days: Iterable[date]) -> Sentence | None:
    """Return why a member can't be asked now, or None: away on one of `days` (that of the offer, that of the sheet).

    A missing first or last day means: since ever, or until further notice. Days away in between bar nobody.
    """
    if away_from is None and away_until is None:
        return None
    hit = any((away_from is None or away_from <= day) and (away_until is None or day <= away_until) for day in days)
    if not hit:
        return None
    if away_until is None:
        return Sentence(N_("This member is away until further notice. Choose another, or change their days away."))
    text = N_("This member is away until %(day)s. Choose another, or change their days away.")
    return sentence(text, day=f"{away_until.day} {away_until:%b %Y}")


OTHER_PART = Sentence(
    N_("This member coordinates, moderates or signs in this round, so they can't assess in it. Choose another.")
)
"""docs/rules.md, independence: who assesses a portfolio has no other part in its outcome."""

CLOSED_ACCOUNT = Sentence(N_("The account of this member is closed."))
UNCHECKED = Sentence(
    N_("This member has not said yet that there is nothing more to declare. Ask them to check their interests.")
)

ON_HOLD = N_(
    "Please stop work on this portfolio: it is on hold for you while a coordinator looks at something. "
    "What you typed is kept; you will hear."
)
"""What a member reads of work on hold, in mails, pages and refusals, whatever the cause: it may be another's report."""

HOW_IT_ENDED = {
    AssignmentState.DECLINED: N_("You declined this offer. Nothing more is needed from you."),
    AssignmentState.DEFERRED: N_("You said “not now”. Nothing more is needed; you may be asked again later."),
    AssignmentState.RECALLED: N_("This offer was taken back by a coordinator. Nothing more is needed from you."),
    AssignmentState.RECUSED: N_("You recused yourself here. You have no more part in this portfolio."),
    AssignmentState.EXPIRED: N_("The time to answer this offer is over. Nothing more is needed from you."),
    AssignmentState.REPLACED: N_("A coordinator freed this place for someone else. Nothing more is needed from you."),
    AssignmentState.CLOSED: N_("This is no longer needed, so nothing more is asked of you. Thank you."),
}
"""What the member reads where an assignment has ended: that, and nothing of the portfolio."""
