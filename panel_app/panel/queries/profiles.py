"""Reads for a member's own page, and for what a member declares."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from panel_app.foundation.database import reading
from panel_app.panel.models import Declaration, FormerOrganisation, Member, Seat
from panel_app.panel.queries.places import load_beside
from panel_app.panel.rules import DECLARATION, KINDS, DeclarationKind, DeclarationState, Former, former_text
from panel_app.portfolios.models import Portfolio
from panel_app.programmes.models import Domain, Framework, Round
from panel_app.programmes.rules.states import RoundState

MOST_DECLARATIONS = 200


@dataclass(frozen=True)
class OwnSeat:
    """A place of a member on a round's panel."""

    key: str
    round_id: int
    round_code: str
    round_title: str
    scoring_due_at: datetime
    zone: str
    capacity: int
    load: int
    away_from: date | None
    away_until: date | None
    ended: bool


@dataclass(frozen=True)
class DeclarationRow:
    """A declaration as its member reads it."""

    key: str
    kind: str
    about: str
    relation: str
    ended_on: date | None
    state: str
    stands: bool
    declared_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class OwnPage:
    """What a member reads of themself. `former`: one a line, as it is typed."""

    key: str
    credential: str
    organisation: str
    former: str
    aliases: str
    domains: tuple[str, ...]
    interests_checked_at: datetime | None
    seats: tuple[OwnSeat, ...]
    declarations: tuple[DeclarationRow, ...]

    @property
    def is_checked(self) -> bool:
        """Say whether the member ever said that there is nothing more to declare."""
        return self.interests_checked_at is not None


def own_page(member_id: int) -> OwnPage:
    """A member's own page. Raises NoResultFound. Four statements."""
    member = reading().execute(select(Member).where(Member.id == member_id)).scalar_one()
    return OwnPage(
        key=member.key,
        credential=member.credential,
        organisation=member.organisation,
        former=former_text(former_of(member_id)),
        aliases=member.aliases,
        domains=tuple(member.domains),
        interests_checked_at=member.interests_checked_at,
        seats=_seats(member_id),
        declarations=_declarations(member_id),
    )


def former_of(member_id: int) -> tuple[Former, ...]:
    """The organisations that a member left, the latest first. One statement."""
    rows = reading().execute(
        select(FormerOrganisation.name, FormerOrganisation.until)
        .where(FormerOrganisation.member_id == member_id)
        .order_by(FormerOrganisation.until.desc(), FormerOrganisation.id)
    )
    return tuple(Former(*row) for row in rows)


def _seats(member_id: int) -> tuple[OwnSeat, ...]:
    rows = reading().execute(
        select(Seat, Round, load_beside(None))
        .join(Member, Member.id == Seat.member_id)
        .join(Round, Round.id == Seat.round_id)
        .where(Seat.member_id == member_id)
        .order_by(Round.scoring_due_at.desc(), Seat.id)
    )
    return tuple(
        OwnSeat(
            key=seat.key,
            round_id=round_.id,
            round_code=round_.code,
            round_title=round_.title,
            scoring_due_at=round_.scoring_due_at,
            zone=round_.zone,
            capacity=seat.capacity,
            load=load,
            away_from=seat.away_from,
            away_until=seat.away_until,
            ended=round_.state is RoundState.ENDED,
        )
        for seat, round_, load in rows
    )


def _declarations(member_id: int) -> tuple[DeclarationRow, ...]:
    rows = reading().scalars(
        select(Declaration)
        .where(Declaration.member_id == member_id)
        .order_by(Declaration.state, Declaration.declared_at.desc(), Declaration.id.desc())
        .limit(MOST_DECLARATIONS)
    )
    return tuple(
        DeclarationRow(
            key=row.key,
            kind=KINDS[row.kind],
            about=row.about,
            relation=row.relation,
            ended_on=row.ended_on,
            state=DECLARATION.title(row.state),
            stands=row.state is DeclarationState.STANDING,
            declared_at=row.declared_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )


def same_declaration(member_id: int, kind: DeclarationKind, about: str) -> int | None:
    """The id of a standing declaration of the same thing. One statement."""
    found = select(Declaration.id).where(Declaration.member_id == member_id, Declaration.kind == kind)
    found = found.where(Declaration.about == about, Declaration.state == DeclarationState.STANDING)
    return reading().scalar(found.limit(1))


def declarable_portfolio(member_id: int, reference: str) -> int | None:
    """The id of the portfolio with this reference in a round on whose panel the member sits. One statement."""
    found = select(Portfolio.id).join(Seat, Seat.round_id == Portfolio.round_id)
    found = found.where(Seat.member_id == member_id, Portfolio.reference == reference.strip().upper())
    return reading().scalar(found.order_by(Portfolio.id).limit(1))


def domain_choices() -> list[tuple[str, str]]:
    """Code and words of every domain of the newest framework, in its order. One statement."""
    newest = select(Framework.id).order_by(Framework.id.desc()).limit(1).scalar_subquery()
    found = select(Domain.code, Domain.title).where(Domain.framework_id == newest)
    rows = reading().execute(found.order_by(Domain.position, Domain.id))
    return [(code, f"{code} · {title}") for code, title in rows]
