"""Panel members: credential, domains of experience, organisations, capacity, availability, interests."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column
from panel_app.foundation.words import N_
from panel_app.panel.rules import DECLARATION, MOST_CAPACITY, DeclarationKind, DeclarationState


class Member(Base):
    """A person who may assess. `aliases`: other names, one a line, so that the database can search them."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[Id]
    key: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    credential: Mapped[str] = mapped_column(String(60), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    aliases: Mapped[str] = mapped_column(Text, default="")
    domains: Mapped[list[str]] = mapped_column(default=list)
    interests_checked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class FormerOrganisation(Base):
    """An organisation that a member left, with the last day there: for some time it still counts."""

    __tablename__ = "former_organisation"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    until: Mapped[date]


class Seat(Base):
    """A member's place on a round's panel: capacity, availability, lead or not."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("round_id", "member_id"),
        holds("capacity_within_bounds", f"capacity >= 0 AND capacity <= {MOST_CAPACITY}"),
        holds("away_in_order", "away_from IS NULL OR away_until IS NULL OR away_from <= away_until"),
        holds("away_has_both_ends", "(away_from IS NULL) = (away_until IS NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    capacity: Mapped[int]
    is_lead: Mapped[bool] = mapped_column(default=False)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    seated_at: Mapped[datetime]


class Declaration(Base):
    """An interest that a member declared: a person, an organisation or a portfolio, with how and until when."""

    __tablename__ = "declaration"
    __table_args__ = (
        holds("portfolio_only_by_reference", "(kind = 'portfolio') = (portfolio_id IS NOT NULL)"),
        holds("withdrawn_has_instant", "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"),
    )

    id: Mapped[Id]
    key: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[DeclarationKind]
    about: Mapped[str] = mapped_column(String(200))
    portfolio_id: Mapped[int | None] = mapped_column(ForeignKey("portfolio.id"))
    relation: Mapped[str] = mapped_column(Text)
    ended_on: Mapped[date | None]
    state: Mapped[DeclarationState] = mapped_column(default=DECLARATION.start)
    declared_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


says(
    "uq_seat_round_id_member_id",
    N_("This person sits on the round's panel already. Change their place instead."),
    field="email",
)
says("ck_seat_capacity_within_bounds", N_("Enter a smaller number."), field="capacity")
says("ck_seat_away_in_order", N_("Enter a last day away that is not before the first."), field="away_until")
says("ck_seat_away_has_both_ends", N_("Enter both days: the first and the last day away."), field="away_until")
