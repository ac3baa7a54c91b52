"""The database session: base class, column types, and one transaction per act.

`with transaction() as db:` joins an open one; only the outermost commits. There is one `.commit()` in the house.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Index,
    MetaData,
    String,
    TypeDecorator,
    event,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

from panel_app.foundation.constraints import sentence_for
from panel_app.foundation.keys import LENGTH, new_key

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, in UTC on both databases; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time can't be stored: give an aware one")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactFraction(TypeDecorator[Fraction]):
    """An exact fraction, stored as the text `n/d`."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.numerator}/{value.denominator}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)


def _stored_by_value(kind: type[StrEnum]) -> Enum:
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Every model's base: names for constraints, aware times, enumerations by value."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime,
            Fraction: ExactFraction,
            StrEnum: _stored_by_value(StrEnum),
            dict[str, Any]: JSON,
            list[str]: JSON,
        },
    )


Id = Annotated[int, mapped_column(primary_key=True)]
Key = Annotated[str, mapped_column(String(LENGTH), unique=True, default=new_key)]
Sha256 = Annotated[str, mapped_column(String(64))]

M = TypeVar("M", bound=Base)

db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)


def holds(name: str, condition: str) -> CheckConstraint:
    """A named CHECK: what may never be true of a row. `condition` is SQL that both databases read alike."""
    return CheckConstraint(condition, name=name)


def one_where(name: str, condition: str, *columns: str) -> Index:
    """A named partial unique index: at most one row with these columns while `condition` holds."""
    return Index(name, *columns, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


@dataclass
class _Act:
    """What one outermost transaction gathers until its commit."""

    before_commit: list[Callable[[Session], None]] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    happenings: list[Any] = field(default_factory=list)


class WriteOutsideTransaction(RuntimeError):
    """Something tried to write outside `transaction()`: a GET, a template, a query."""


class Conflicted(Exception):
    """A row that may not exist was refused by the schema. `field` and `sentence` go to the form."""

    def __init__(self, field_name: str | None, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field_name, sentence


def reading() -> Session:
    """The session for reads; a flush on it outside `transaction()` raises WriteOutsideTransaction."""
    return db.session()


def end_reading() -> None:
    """End the open read, so that nothing is held while a file, the cage or a solver takes its time.

    What was read may change meanwhile: whoever writes then asks again, under a lock. Raises RuntimeError inside an act.
    """
    session = db.session()
    if "act" in session.info:
        raise RuntimeError("an act is open: slow work comes before it or after it")
    session.rollback()


@contextmanager
def transaction() -> Iterator[Session]:
    """One act, one transaction. Joins an open one; the outermost begins anew, for writing, and commits.

    Begins IMMEDIATE on SQLite: a read that turns into a write dies at once there, whatever the busy timeout.
    Raises Conflicted where the schema refuses a row; everything is rolled back on any error.
    """
    session = db.session()
    if "act" in session.info:
        yield session
        return
    session.rollback()
    act = session.info["act"] = _Act()
    try:
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        yield session
        _finish(session, act)
    except IntegrityError as error:
        session.rollback()
        raise Conflicted(*sentence_for(error, Base.metadata)) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("act", None)
    for work in act.after_commit:
        work()


def _finish(session: Session, act: _Act) -> None:
    session.flush()
    for work in act.before_commit:
        work(session)
    session.flush()
    session.commit()


def current_act(session: Session) -> _Act:
    """What the open transaction gathers. Raises WriteOutsideTransaction when none is open."""
    act = session.info.get("act")
    if act is None:
        raise WriteOutsideTransaction("open a transaction() first")
    assert isinstance(act, _Act)
    return act


def after_commit(work: Callable[[], None]) -> None:
    """Run `work` once the open act is on disk: delete a file, wake the sender. Never when it is rolled back."""
    current_act(db.session()).after_commit.append(work)


def locked(session: Session, model: type[M], **where: object) -> M | None:
    """The one row with these values, locked until the act ends (`FOR UPDATE`; SQLite's writer has the file)."""
    return session.scalars(
        select(model).filter_by(**where).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def _refuse_flush_outside_act(session: Session, *_: object) -> None:
    if "act" not in session.info and (session.new or session.dirty or session.deleted):
        raise WriteOutsideTransaction("a write needs transaction(): services do that, pages never")


event.listen(Session, "before_flush", _refuse_flush_outside_act)


SQLITE_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=20000",
    "cache_size=-65536",  # 64 MB: with the usual 2 MB a round of thousands is read from the file at each count
    "mmap_size=268435456",
)


@event.listens_for(Engine, "connect")
def _on_connect(connection: object, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _on_begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")


def init_app(app: Flask) -> None:
    """Bind the session to the app's database; its address stands in the app's settings."""
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["SETTINGS"].database_url
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 20, "check_same_thread": False}}
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True}
    db.init_app(app)


__all__ = [
    "Base", "Conflicted", "ExactFraction", "Id", "Key", "Mapped", "Sha256", "UtcDateTime",
    "WriteOutsideTransaction", "after_commit", "current_act", "db", "end_reading", "holds", "init_app", "locked",
    "mapped_column", "one_where", "reading", "transaction",
]  # fmt: skip
