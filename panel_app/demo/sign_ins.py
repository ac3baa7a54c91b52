"""The demo's sign-ins: who to be, with which address, and what there is to see there now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from panel_app import clock
from panel_app.accounts.models import EmailAddress, Person
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentState
from panel_app.demo.seeding.cast import Player, players
from panel_app.foundation.database import reading
from panel_app.foundation.words import N_
from panel_app.panel.models import Member
from panel_app.scoring.models import ScoreSheet

CANDIDATE, MEMBER = N_("Candidate"), N_("Panel member")
STAFF = (
    ("coordinator-1", N_("Coordinator"), N_("The desk of the current round: what blocks each portfolio, since when.")),
    ("coordinator-2", N_("Coordinator"), N_("The same desk, and the round that is open for portfolios now.")),
    ("moderator", N_("Moderator"), N_("Cases: sheets that disagree, and portfolios close to the pass mark.")),
    ("signer-1", N_("Signer"), N_("Outcomes to sign; one has this signer's signature and lacks a second.")),
    ("signer-3", N_("Signer"), N_("Outcomes to sign, none signed by this person yet.")),
    ("observer", N_("Observer"), N_("Rounds, their dates and rules; no portfolio.")),
    ("admin", N_("Admin"), N_("People, roles and settings; no portfolio.")),
)  # fmt: skip
CANDIDATES = (
    ("p24", N_("A draft whose deadline was moved: sections and evidence to add, then to submit.")),
    ("p01", N_("Submitted, with a receipt; the outcome is not released yet.")),
    ("p13", N_("Not submitted in time: too little evidence. A new draft in the open round.")),
    ("e01", N_("A released pass.")),
    ("e02", N_("A released refer with what to do next, and a new draft in the open round.")),
    ("e03", N_("A released fail, and a new draft in the open round.")),
)


@dataclass(frozen=True)
class SignIn:
    """One account: role, name, address, and what to look at. Role and `sees` are templates for gettext."""

    role: str
    name: str
    email: str
    sees: str


@dataclass(frozen=True)
class Seat:
    """A panel member's assignment, as far as it tells what there is to see. `is_begun`: something was saved."""

    email: str
    role: AssignmentRole
    state: AssignmentState
    due_at: datetime
    is_begun: bool

    def is_overdue(self, now: datetime) -> bool:
        """Whether the sheet should be in."""
        return self.state in AT_WORK_STATES and self.due_at < now


Test = Callable[[Seat, datetime], bool]
MEMBERS: tuple[tuple[str, Test], ...] = (
    (N_("Work on hold after a late declaration."), lambda seat, _: seat.state is AssignmentState.SUSPENDED),
    (N_("A third score sheet, written unseen."), lambda seat, _: seat.role is AssignmentRole.THIRD and _works(seat)),
    (N_("A score sheet that is overdue."), lambda seat, now: seat.is_overdue(now)),
    (N_("A score sheet that is half written."), lambda seat, now: _is_half_written(seat) and not seat.is_overdue(now)),
    (N_("An offer to answer."), lambda seat, _: seat.state is AssignmentState.OFFERED),
)
"""What fewest members have comes first, so that it is theirs alone to show."""


def _is_half_written(seat: Seat) -> bool:
    return seat.is_begun and seat.state is AssignmentState.SCORING and seat.role is not AssignmentRole.THIRD


def _works(seat: Seat) -> bool:
    return seat.state in AT_WORK_STATES


def sign_ins() -> list[SignIn]:
    """Every account worth trying, by role. One statement."""
    known = {each.name: each for each in players()}
    staff = [_of(known[name], role, sees) for name, role, sees in STAFF]
    candidates = [_of(known[name], CANDIDATE, sees) for name, sees in CANDIDATES]
    return [*candidates, *_members(), *staff]


def _of(player: Player, role: str, sees: str) -> SignIn:
    return SignIn(role, player.person.name, player.person.email, sees)


def _members() -> list[SignIn]:
    """A member for each thing that there is to see now: another one for each, as far as that goes."""
    now, seats = clock.now(), _seats()
    by_email = {each.person.email: each for each in players()}
    found: dict[str, str] = {}
    for sees, test in MEMBERS:
        fitting = [seat.email for seat in seats if test(seat, now) and seat.email in by_email]
        fresh = [email for email in fitting if email not in found.values()]
        for email in (fresh or fitting)[:1]:
            found[sees] = email
    return [_of(by_email[email], MEMBER, sees) for sees, email in found.items()]


def _seats() -> list[Seat]:
    """Live assignments of panel members with their address, the oldest first. One statement."""
    wanted = or_(Assignment.state.in_(AT_WORK_STATES), Assignment.state.in_(_WAITING))
    rows = reading().execute(
        select(EmailAddress.typed, Assignment.role, Assignment.state, Assignment.due_at, ScoreSheet.revision)
        .join(Member, Member.id == Assignment.member_id)
        .join(Person, Person.id == Member.person_id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(wanted)
        .order_by(Assignment.id)
        .limit(500)
    )
    return [Seat(email, role, state, due_at, bool(revision)) for email, role, state, due_at, revision in rows]


_WAITING = (AssignmentState.OFFERED, AssignmentState.SUSPENDED)
