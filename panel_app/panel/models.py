"""Panel members: credential, domains of experience, organisation, capacity, availability, interests."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint

from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column
from panel_app.foundation.words import N_


class DeclarationKind(StrEnum):
    """What an interest is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PORTFOLIO = "portfolio"


class DeclarationState(StrEnum):
    """A declaration holds until its member withdraws it; the row stays."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class Member(Base):
    """A person who may assess."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[Id]
    key: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    credential: Mapped[str] = mapped_column(String(60), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    former_organisations: Mapped[list[str]] = mapped_column(default=list)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    domains: Mapped[list[str]] = mapped_column(default=list)
    interests_checked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Seat(Base):
    """A member's place on a round's panel: capacity, availability, lead or not."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("round_id", "member_id"),
        holds("capacity_not_negative", "capacity >= 0"),
        holds("away_in_order", "away_from IS NULL OR away_until IS NULL OR away_from <= away_until"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    capacity: Mapped[int]
    is_lead: Mapped[bool] = mapped_column(default=False)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class Declaration(Base):
    """An interest that a member declared: a person, an organisation or a portfolio, with how and until when."""

    __tablename__ = "declaration"

    id: Mapped[Id]
    key: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[DeclarationKind]
    about: Mapped[str] = mapped_column(String(200))
    portfolio_id: Mapped[int | None] = mapped_column(ForeignKey("portfolio.id"))
    relation: Mapped[str] = mapped_column(Text)
    ended_on: Mapped[date | None]
    state: Mapped[DeclarationState] = mapped_column(default=DeclarationState.STANDING)
    declared_at: Mapped[datetime]


says("uq_seat_round_id_member_id", N_("This member sits on the round's panel already. Change the place instead."))
says("ck_seat_away_in_order", N_("Enter a last day away that is not before the first."), field="away_until")
