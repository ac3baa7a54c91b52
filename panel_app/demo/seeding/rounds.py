"""Rounds and their panels: made, published and manned by the people who do so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from panel_app.demo.contents import DemoMember
from panel_app.demo.contents import members as demo_members
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.places import member_key
from panel_app.demo.seeding.timeline import Timeline
from panel_app.foundation.actors import Actor, Role
from panel_app.panel import services as panel
from panel_app.panel.rules import DeclarationKind, Interest
from panel_app.programmes import queries
from panel_app.programmes.queries import RoundView
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import RoundPlan, make_round, publish_round

ZONE = "Europe/Lisbon"
PROGRAMME = "CPAP"
STAFF: Mapping[str, Role] = {
    "coordinator-1": Role.COORDINATOR,
    "coordinator-2": Role.COORDINATOR,
    "moderator": Role.MODERATOR,
    "signer-1": Role.SIGNER,
    "signer-2": Role.SIGNER,
    "signer-3": Role.SIGNER,
}
KINDS: Mapping[str, DeclarationKind] = {"person": DeclarationKind.PERSON, "organisation": DeclarationKind.ORGANISATION}


@dataclass(frozen=True)
class Dates:
    """The four dates of a round as days from today; each at five in the afternoon by the round's clock."""

    opens: int
    closes: int
    scoring_due: int
    release: int


@dataclass
class DemoRound:
    """A round of the demo. `key` and `id` are there once it was made."""

    code: str
    title: str
    dates: Dates
    key: str = ""
    id: int = field(default=0)

    def make(self, story: Timeline, by: Actor) -> None:
        """Make the draft."""
        rubric = next(each for each in queries.published_rubrics() if each.programme == PROGRAMME)
        days = (self.dates.opens, self.dates.closes, self.dates.scoring_due, self.dates.release)
        walls = {which: f"{story.day(day)}T17:00" for which, day in zip(Which, days, strict=True)}
        made = make_round(
            by, RoundPlan(code=self.code, title=self.title, rubric_key=rubric.key, zone=ZONE, walls=walls)
        )
        self.key, self.id = made.key, made.id

    def publish(self, by: Actor) -> RoundView:
        """Publish it."""
        return publish_round(by, self.key)

    def wall(self, story: Timeline, day: int, hour: str = "17:00") -> str:
        """A wall-clock time in the round's zone."""
        return f"{story.day(day)}T{hour}"


def man(cast: Cast, round_: DemoRound) -> None:
    """Let the admin grant the roles of a round to all who don't have them yet."""
    for name, role in STAFF.items():
        cast.grant(name, role, round_.id)


def seat(cast: Cast, story: Timeline, round_: DemoRound, member: DemoMember, by: str, day0: int) -> None:
    """A coordinator gives a member a place; days away count from `day0`."""
    person = member.person
    made = panel.invite_member(
        cast[by],
        round_.key,
        person.email,
        name=person.name,
        credential=member.credential,
        organisation=person.organisation,
        domains=member.domains,
        capacity=member.capacity,
    )
    panel.choose_lead(cast[by], made.seat_key, is_lead=member.lead)
    if member.away:
        first, last = (story.day(day0 + day) for day in member.away[0])
        panel.change_seat(cast[member.key], made.seat_key, capacity=member.capacity, away_from=first, away_until=last)


def declare(cast: Cast, member: DemoMember, *, late: bool) -> None:
    """A member declares interests: those that were known at once, or the late ones."""
    key = member_key(cast.id_of(member.key))
    for each in member.declarations:
        if each.late is late:
            panel.declare(cast[member.key], key, Interest(KINDS[each.about], each.name, each.relation, None))


def check(cast: Cast, member: DemoMember) -> None:
    """A member says that there is nothing more to declare."""
    panel.check_interests(cast[member.key], member_key(cast.id_of(member.key)))


def member_named(key: str) -> DemoMember:
    """A member by the short name."""
    return next(each for each in demo_members() if each.key == key)
