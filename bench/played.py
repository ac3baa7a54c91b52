"""A small round in mid-flow, played through the services: one portfolio of each kind, to be copied in bulk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from panel_app import clock
from panel_app.accounts.services import actor_of, grant_role
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, an_admin
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.moderation import AnAssessed, Levels, a_third_sheet, an_assessed_portfolio
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome, two_signers
from panel_app.demo.builders.panel import EIGHT, AMember, a_member
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet, a_submitted_sheet
from panel_app.foundation import schema
from panel_app.foundation.actors import SYSTEM, Actor, Role
from panel_app.foundation.database import reading
from panel_app.portfolios.services import extend_deadline, settle_closed
from panel_app.programmes.queries import RoundView

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""The instant at which everything is measured."""
DAY = timedelta(days=1)
EMPLOYER = "Lantern Freight"
MENTOR = "Corn Ashlar"
NOT_COPIED = frozenset({
    "audit_event", "audit_private", "audit_head", "delivered", "job", "kept_post", "lease", "one_time_token",
    "release", "role_grant", "second_factor", "sign_in", "throttle",
})  # fmt: skip
"""Tables whose rows belong to no single portfolio or member."""

Ends = Mapping[str, int]


@dataclass(frozen=True)
class Kind:
    """One thing that was played: per table the last id before it and its own last id. `share`: per hundred."""

    name: str
    share: int
    before: Ends
    after: Ends

    def holds(self, table: str) -> bool:
        """Whether any row of the table belongs to it."""
        return self.after[table] > self.before[table]


@dataclass(frozen=True)
class Played:
    """The round as it was played. `kinds` of portfolios, and of `members`; who acts in it."""

    round: RoundView
    kinds: tuple[Kind, ...]
    members: tuple[Kind, ...]
    coordinator: Actor
    moderator: Actor
    signer: Actor
    admin: Actor


class Stage:
    """What the played portfolios stand on: two rounds, people with roles, a few panel members."""

    def __init__(self) -> None:
        self.round = a_round(state="closed", opens=-60 * DAY, closes=-20 * DAY, scoring_due=10 * DAY, release=24 * DAY)
        self.earlier = a_round(state="released")
        self.coordinator = a_coordinator(self.round.id)
        self.moderator = a_moderator(self.round.id)
        self.signers = two_signers(self.round)
        self.admin = an_admin()
        for person, role in (
            (self.coordinator, Role.COORDINATOR),
            (self.moderator, Role.MODERATOR),
            *((signer, Role.SIGNER) for signer in self.signers),
        ):
            assert person.person_id is not None
            grant_role(SYSTEM, person.person_id, role, self.earlier.id)
        self.coordinator, self.moderator = _anew(self.coordinator), _anew(self.moderator)
        self.signers = _anew(self.signers[0]), _anew(self.signers[1])
        a_member(self.round, organisation=EMPLOYER, capacity=0)
        a_member(self.round, name=MENTOR, capacity=0)
        self.assessors = tuple(a_member(self.round, name, capacity=40) for name in ASSESSORS)
        for each in self.assessors:
            a_member(self.earlier, person=each.actor, capacity=40)

    @property
    def pair(self) -> tuple[AMember, AMember]:
        """Who assesses what is played."""
        return self.assessors[0], self.assessors[1]


def _anew(person: Actor) -> Actor:
    """The person with all roles that they have now."""
    assert person.person_id is not None
    return actor_of(person.person_id)


ASSESSORS = ("Sorrel Halyard", "Rosehip Hatch", "Nutmeg Anvil")


def play(*, plan_only: bool = False) -> Played:
    """Play one of each kind in an empty database at NOW; with `plan_only` nothing but what a plan is made of."""
    domains = [EIGHT[start : start + 5] for start in range(4)]
    with clock.pinned(NOW):
        stage = Stage()
        members = tuple(_members(stage, domains))
        wanted = {name: each for name, each in KINDS.items() if not plan_only or name == "admitted"}
        kinds = []
        for name, (share, days_ago, work) in wanted.items():
            with clock.pinned(NOW - days_ago * DAY):
                kinds.append(_played(name, 100 if plan_only else share, lambda work=work: work(stage)))  # type: ignore[misc]
    return Played(stage.round, tuple(kinds), members, stage.coordinator, stage.moderator, stage.signers[0], stage.admin)


def _members(stage: Stage, domains: list[tuple[str, ...]]) -> list[Kind]:
    def one(which: tuple[str, ...]) -> None:
        member = a_member(stage.round, domains=which, capacity=36)
        a_member(stage.earlier, person=member.actor, domains=which, capacity=36)

    return [_played(f"member {number}", 1, lambda which=which: one(which)) for number, which in enumerate(domains)]  # type: ignore[misc]


def _played(name: str, share: int, work: Callable[[], object]) -> Kind:
    before = ends()
    work()
    return Kind(name, share, before, ends())


def ends() -> dict[str, int]:
    """Table → its last id, of those whose rows are copied."""
    reading().rollback()
    found = {}
    for table in schema.metadata().sorted_tables:
        keys = list(table.primary_key.columns)
        if table.name not in NOT_COPIED and len(keys) == 1:
            found[table.name] = reading().scalar(select(func.max(keys[0]))) or 0
    return found


def _draft(stage: Stage) -> None:
    draft = a_portfolio(stage.round, submitted=False)
    extend_deadline(stage.coordinator, draft.key, "2027-03-12T12:00", "Ill in the last two weeks before the close.")


def _not_submitted(stage: Stage) -> None:
    a_portfolio(stage.round, submitted=False)
    settle_closed(stage.round.id)


def _undecided(stage: Stage) -> None:
    an_admitted_portfolio(stage.round, people_named=[f"{MENTOR} (mentor)"])


def _barred(stage: Stage) -> None:
    an_admitted_portfolio(stage.round, organisation=EMPLOYER)


def _offered(stage: Stage) -> None:
    portfolio = an_admitted_portfolio(stage.round)
    first, second = stage.pair
    an_assignment(portfolio, first)
    an_assignment(portfolio, second, state="offered")


def _accepted(stage: Stage) -> None:
    portfolio = an_admitted_portfolio(stage.round)
    for member in stage.pair:
        an_assignment(portfolio, member)


def _scoring(stage: Stage) -> None:
    portfolio = an_admitted_portfolio(stage.round)
    for member, criteria in zip(stage.pair, (4, 2), strict=True):
        a_saved_sheet(an_assignment(portfolio, member).key, criteria=criteria)


def _half_in(stage: Stage) -> None:
    portfolio = an_admitted_portfolio(stage.round)
    first, second = stage.pair
    a_submitted_sheet(an_assignment(portfolio, first).key)
    a_saved_sheet(an_assignment(portfolio, second).key, criteria=3)


def _assessed(stage: Stage, *sheets: Levels, round_: RoundView | None = None) -> AnAssessed:
    portfolio: APortfolio = an_admitted_portfolio(round_ or stage.round)
    return an_assessed_portfolio(round_ or stage.round, *sheets, portfolio=portfolio, members=stage.pair)


def _with_third(stage: Stage) -> None:
    _assessed(stage, *APART)


def _with_moderator(stage: Stage) -> None:
    a_third_sheet(_assessed(stage, *APART), (2, 2, 2, 2, 2, 2))


def _proposed(stage: Stage) -> None:
    _assessed(stage)


def _signed_once(stage: Stage) -> None:
    a_signed_outcome(_assessed(stage), stage.signers[1:])


def _signed_off(stage: Stage) -> None:
    a_signed_outcome(_assessed(stage), stage.signers)


def _released(stage: Stage, *sheets: Levels) -> None:
    days = (stage.earlier.closes_at + 10 * DAY, stage.earlier.closes_at + 20 * DAY)
    with clock.pinned(days[0]):
        assessed = _assessed(stage, *sheets, round_=stage.earlier)
    with clock.pinned(days[1]):
        a_signed_outcome(assessed, stage.signers)
    a_release(stage.earlier, stage.coordinator)


APART = ((4, 4, 4, 4, 3, 3), (1, 1, 2, 2, 3, 3))
KINDS: dict[str, tuple[int, int, Callable[[Stage], object]]] = {
    "draft": (4, 5, _draft),
    "not submitted": (4, 19, _not_submitted),
    "ready": (5, 10, lambda stage: a_portfolio(stage.round)),
    "admitted": (7, 10, lambda stage: an_admitted_portfolio(stage.round)),
    "undecided": (3, 10, _undecided),
    "barred": (3, 10, _barred),
    "offered": (6, 2, _offered),
    "accepted": (6, 9, _accepted),
    "scoring": (14, 8, _scoring),
    "half in": (12, 7, _half_in),
    "with third": (3, 6, _with_third),
    "with moderator": (4, 5, _with_moderator),
    "proposed": (10, 4, _proposed),
    "signed once": (4, 3, _signed_once),
    "signed off": (5, 2, _signed_off),
    "passed": (6, 0, lambda stage: _released(stage, 3, 3)),
    "failed": (4, 0, lambda stage: _released(stage, 1, 1)),
}
"""Name → share per hundred portfolios, days ago that it was played, and how."""
