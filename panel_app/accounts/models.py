"""People, their addresses, secrets, roles and sign-ins. Panel-facing modules may not import this."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text

from panel_app.accounts.rules import PersonState, TokenPurpose
from panel_app.foundation.actors import Role
from panel_app.foundation.constraints import says
from panel_app.foundation.database import Base, Id, Key, Mapped, Sha256, holds, mapped_column, one_where
from panel_app.foundation.words import N_


class Person(Base):
    """One human, one account, all hats at once. One name field; no part of a name is demanded."""

    __tablename__ = "person"

    id: Mapped[Id]
    key: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    address_form: Mapped[str | None] = mapped_column(String(100))
    zone: Mapped[str | None] = mapped_column(String(60))
    locale: Mapped[str] = mapped_column(String(10), default="en")
    state: Mapped[PersonState]
    created_at: Mapped[datetime]


class EmailAddress(Base):
    """An address as typed and normalised; unique by the normalised form; one per person."""

    __tablename__ = "email_address"
    __table_args__ = (
        UniqueConstraint("normalised"),
        UniqueConstraint("person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    typed: Mapped[str] = mapped_column(String(254))
    normalised: Mapped[str] = mapped_column(String(254))
    confirmed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]


class Credential(Base):
    """A person's password as an argon2 hash."""

    __tablename__ = "credential"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime]


class SecondFactor(Base):
    """The secret that a person's device makes codes from; counts once a first code was given.

    `last_step` is the half minute of the last code that was taken, so that none is taken twice.
    """

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RoleGrant(Base):
    """A role of a person in one round, or (admin alone) for the installation."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "round_id"),
        holds("admin_has_no_round", "(role = 'admin') = (round_id IS NULL)"),
        Index(
            "uq_role_grant_admin",
            "person_id",
            unique=True,
            sqlite_where=text("round_id IS NULL"),
            postgresql_where=text("round_id IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    granted_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")


class SignIn(Base):
    """One sign-in: the cookie holds the token, the row its hash and its absolute end.

    `confirmed_at`: when the person last answered the second question that stands before weighty acts.
    """

    __tablename__ = "sign_in"

    id: Mapped[Id]
    key: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[Sha256] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(String(200), default="")
    second_factor_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]


class FormerAddress(Base):
    """An address that a person had until they changed it. Conflicts are found by it as by the present one."""

    __tablename__ = "former_address"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    typed: Mapped[str] = mapped_column(String(254))
    until: Mapped[datetime]


class AddressChange(Base):
    """A change of address that was asked for: a link to the new one makes it, a link to the old one stops it.

    While `ends_at` is ahead the old address can stop it, also after it was made; `before` is the old one as typed.
    """

    __tablename__ = "address_change"
    __table_args__ = (one_where("one_open_change", "confirmed_at IS NULL AND ended_at IS NULL", "person_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    before: Mapped[str] = mapped_column(String(254))
    wanted: Mapped[str] = mapped_column(String(254))
    confirm_hash: Mapped[Sha256] = mapped_column(unique=True)
    stop_hash: Mapped[Sha256] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class OneTimeToken(Base):
    """A link in a mail, usable once: hashed, bound to purpose, person and address; a newer one ends the older."""

    __tablename__ = "one_time_token"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    email_id: Mapped[int] = mapped_column(ForeignKey("email_address.id"))
    purpose: Mapped[TokenPurpose]
    token_hash: Mapped[Sha256] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


ALREADY_GRANTED = N_("The person has this role already.")
says("uq_role_grant_person_id_role_round_id", ALREADY_GRANTED, field="role")
says("uq_role_grant_admin", ALREADY_GRANTED, field="role")
says(
    "uq_email_address_normalised",
    N_("This address already has an account. Sign in, or ask for a new password."),
    field="email",
)
