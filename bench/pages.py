"""Statements and times of the main pages, at every size in turn, so that what disturbs one disturbs all."""

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, session, url_for
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, select

from bench.databases import Site
from bench.played import NOW
from panel_app import clock
from panel_app.accounts.services import begin_sign_in
from panel_app.assignment.models import Assignment
from panel_app.assignment.rules import AssignmentState
from panel_app.foundation.database import reading
from panel_app.panel.models import Member, Seat
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio
from tests.support.statements import statements

REQUESTS = 60
WARM_UP = 5
MOST_RATIO = 2.0
"""How much slower a page may get from the smallest to the largest round (p95)."""


@dataclass(frozen=True)
class Page:
    """A page, whose it is, and the names of the keys in its address."""

    who: str
    endpoint: str
    keys: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the table says."""
        return f"{self.who}: {self.endpoint}"


PAGES = (
    Page("coordinator", "coordination.today"),
    Page("coordinator", "coordination.desk", ("round_key",)),
    Page("coordinator", "portfolios.listing", ("round_key",)),
    Page("coordinator", "portfolios.case", ("round_key", "portfolio_key")),
    Page("coordinator", "panel.listing", ("round_key",)),
    Page("coordinator", "conflicts.register", ("round_key",)),
    Page("coordinator", "assignment.plan", ("round_key",)),
    Page("coordinator", "outcomes.listing", ("round_key",)),
    Page("coordinator", "reminders.listing", ("round_key",)),
    Page("member", "coordination.today"),
    Page("member", "scoring.reviews"),
    Page("member", "scoring.sheet", ("assignment_key",)),
    Page("candidate", "coordination.today"),
    Page("candidate", "portfolios.mine"),
    Page("candidate", "portfolios.show", ("portfolio_key",)),
    Page("moderator", "coordination.today"),
    Page("moderator", "moderation.cases"),
    Page("signer", "coordination.today"),
    Page("signer", "outcomes.sign_offs"),
    Page("admin", "accounts.people"),
)


@dataclass(frozen=True)
class Measured:
    """A page at one size: statements of one request, and the times of many in milliseconds."""

    size: int
    statements: int
    times: tuple[float, ...]

    def at(self, share: float) -> float:
        """The time that this share of the requests kept."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class PageRow:
    """A page at every size, the smallest first."""

    page: Page
    sizes: tuple[Measured, ...]

    @property
    def ratio(self) -> float:
        """p95 of the largest to p95 of the smallest."""
        return self.sizes[-1].at(0.95) / self.sizes[0].at(0.95)

    @property
    def grows(self) -> bool:
        """Whether the number of statements differs, or it got too slow."""
        return len({each.statements for each in self.sizes}) > 1 or self.ratio > MOST_RATIO


class Visitors:
    """A browser for each kind of person of a site, and the keys of what is theirs."""

    def __init__(self, site: Site) -> None:
        self.app, self.size, played = site.app, site.size, site.played
        with self.app.app_context(), clock.pinned(NOW):
            member = typical_member(played.round.id)
            portfolio = _typical_portfolio(played.round.id)
            self.keys = {
                "round_key": played.round.key,
                "assignment_key": member.assignment_key,
                "portfolio_key": portfolio.key,
            }
            people = {
                "coordinator": played.coordinator.person_id,
                "moderator": played.moderator.person_id,
                "signer": played.signer.person_id,
                "admin": played.admin.person_id,
                "member": member.person_id,
                "candidate": portfolio.person_id,
            }
            self.clients = {who: signed_in(self.app, each) for who, each in people.items() if each is not None}

    def open(self, page: Page, path: str) -> float:
        """One request; gives its milliseconds. Raises AssertionError unless it is answered with the page."""
        client, began = self.clients[page.who], time.perf_counter()
        response = client.get(path)
        took = time.perf_counter() - began
        assert response.status_code == 200, f"{page.name} answered {response.status_code}"
        return took * 1000

    def path(self, page: Page) -> str:
        """The page's address."""
        with self.app.test_request_context():
            values: dict[str, Any] = {name: self.keys[name] for name in page.keys}
            return url_for(page.endpoint, **values)


@dataclass(frozen=True)
class Typical:
    """A member with as much to do as most, and one of their sheets that is being written."""

    member_id: int
    person_id: int
    assignment_key: str


@dataclass(frozen=True)
class Owned:
    """A portfolio that is being scored, and whose it is."""

    key: str
    person_id: int


def typical_member(round_id: int) -> Typical:
    """The middle one of a round's members by what they have to do, with a sheet that is being written."""
    loads = (
        select(Member.id, Member.person_id)
        .join(Seat, (Seat.member_id == Member.id) & (Seat.round_id == round_id))
        .join(Assignment, Assignment.member_id == Member.id)
        .group_by(Member.id, Member.person_id)
        .having(func.count().filter(Assignment.state == AssignmentState.SCORING) > 0)
        .order_by(func.count(), Member.id)
    )
    rows = reading().execute(loads).all()
    member_id, person_id = rows[len(rows) // 2]
    scoring = select(Assignment.key).filter_by(member_id=member_id, state=AssignmentState.SCORING)
    return Typical(member_id, person_id, reading().execute(scoring.order_by(Assignment.id).limit(1)).scalar_one())


def _typical_portfolio(round_id: int) -> Owned:
    row = reading().execute(
        select(Portfolio.key, PortfolioOwner.person_id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Assessment, Assessment.portfolio_id == Portfolio.id)
        .where(Portfolio.round_id == round_id, Assessment.status == AssessmentStatus.SCORING)
        .order_by(Portfolio.id.desc())
        .limit(1)
    )
    return Owned(*row.one())


def signed_in(app: Flask, person_id: int) -> FlaskClient:
    """A browser in which this person has signed in with a second factor."""
    client, token = app.test_client(), begin_sign_in(person_id, agent="bench", second_factor=True)
    with client.session_transaction() as kept:
        kept["sign_in"] = token
    return client


def token_of(app: Flask, client: FlaskClient) -> str:
    """A token as this browser's pages carry it."""
    with client.session_transaction() as kept:
        held = dict(kept)
    with app.test_request_context():
        session.update(held)
        token, raw = str(generate_csrf()), session["csrf_token"]
    with client.session_transaction() as kept:
        kept["csrf_token"] = raw
    return token


def measure(sites: Sequence[Site], requests: int = REQUESTS) -> Iterator[PageRow]:
    """Every page of the sites, the smallest first, one after the other. A page that seems to grow is asked again."""
    visitors = [Visitors(site) for site in sites]
    with clock.pinned(NOW):
        for page in PAGES:
            row = _measured(visitors, page, requests)
            yield (
                row if not row.grows else min(row, _measured(visitors, page, 2 * requests), key=lambda each: each.ratio)
            )


def _measured(visitors: Sequence[Visitors], page: Page, requests: int) -> PageRow:
    paths = [each.path(page) for each in visitors]
    pairs = list(zip(visitors, paths, strict=True))
    for visitor, path in pairs * WARM_UP:
        visitor.open(page, path)
    counts = [_statements(visitor, page, path) for visitor, path in pairs]
    times: list[list[float]] = [[] for _ in pairs]
    gc.collect()
    gc.disable()
    try:
        for _ in range(requests):
            for kept, (visitor, path) in zip(times, pairs, strict=True):
                kept.append(visitor.open(page, path))
    finally:
        gc.enable()
    sizes = zip(visitors, counts, times, strict=True)
    return PageRow(page, tuple(Measured(visitor.size, count, tuple(kept)) for visitor, count, kept in sizes))


def _statements(visitor: Visitors, page: Page, path: str) -> int:
    with statements() as seen:
        visitor.open(page, path)
    return len(seen)
