"""Many portfolios from one of each kind: its rows are copied in the database, with ids, keys and people of their own.

What was played went through the services, so a copy is possible data: `panel check` is run on it afterwards.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    text,
)

from bench.played import Kind, Played
from panel_app.assignment.models import Assignment
from panel_app.foundation import schema
from panel_app.foundation.keys import LENGTH, new_key
from panel_app.foundation.outbox.models import Notification
from panel_app.panel.models import Member
from panel_app.portfolios.models import Portfolio
from panel_app.portfolios.rules.references import draw, prefix

SLOTS = 3
"""Assessors of one portfolio whose places a copy gives to other members."""
SALTED = 18
"""Letters of a copy's keys that are its own; the rest is the played row's."""
LAST_ID = 2**31 - 1
SEED = 8
NOT_COPIED = frozenset({"review_seed", "review_place"})
"""A place follows from a member's seed and an assignment's key, which a copy draws anew; none is a place, too."""
OWN = Table(
    "bench_copy",
    MetaData(),
    Column("n", Integer, primary_key=True),
    Column("kind", String(40), index=True),
    Column("salt", String(LENGTH)),
    Column("name", String(200)),
    Column("email", String(254)),
    Column("reference", String(30)),
    *(Column(f"member_{slot}", Integer) for slot in range(SLOTS)),
    *(Column(f"person_{slot}", Integer) for slot in range(SLOTS)),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class Slot:
    """A member of the played round, whose place in a copy another takes."""

    member_id: int
    person_id: int


def grow(connection: Connection, played: Played, size: int) -> None:
    """Copy until there are `size` portfolios, and a tenth as many members (ten at least). In an open transaction."""
    OWN.create(connection)
    copier = _Copier(connection, played)
    members = copier.add_members(max(10, size // 10))
    copier.add_portfolios(size, members)
    OWN.drop(connection)
    _settle(connection)


class _Copier:
    """Counts copies, and writes them kind by kind, table by table."""

    def __init__(self, connection: Connection, played: Played) -> None:
        self.connection, self.played = connection, played
        self.dice = random.Random(SEED)  # noqa: S311  the same data each time, nothing secret
        everything = (*played.members, *played.kinds)
        self.stride = max(end for kind in everything for end in kind.after.values()) + 1
        self.number = 0

    def add_members(self, wanted: int) -> list[Slot]:
        """Copies of the played members, in turn."""
        kinds = self.played.members
        rows = [self._own(kinds[place % len(kinds)].name, MEMBER_NAMES) for place in range(wanted)]
        self._write(kinds, rows)
        shift = {kind.name: (kind.after["member"], kind.after["person"]) for kind in kinds}
        return [
            Slot(shift[row["kind"]][0] + row["n"] * self.stride, shift[row["kind"]][1] + row["n"] * self.stride)
            for row in rows
        ]

    def add_portfolios(self, size: int, members: Sequence[Slot]) -> None:
        """Copies of the played portfolios by their shares, each assessed by other members in turn."""
        names = [kind.name for kind in self.played.kinds for _ in range(kind.share * size // 100 - 1)]
        self.dice.shuffle(names)
        references = self._references(len(names))
        rows = []
        for place, (name, reference) in enumerate(zip(names, references, strict=True)):
            row = self._own(name, CANDIDATE_NAMES) | {"reference": reference}
            for slot in range(SLOTS):
                who = members[(place * 2 + slot * (1 + place // len(members))) % len(members)]
                row |= {f"member_{slot}": who.member_id, f"person_{slot}": who.person_id}
            rows.append(row)
        self._write(self.played.kinds, rows)

    def _references(self, wanted: int) -> list[str]:
        fixed, found = prefix("CPAP", self.played.round.code), set[str]()
        taken = set(self.connection.scalars(select(Portfolio.reference)))
        while len(found) < wanted:
            found |= {draw(fixed, self.dice.choice)} - taken
        return sorted(found, key=lambda _: self.dice.random())

    def _own(self, kind: str, names: tuple[Sequence[str], Sequence[str]]) -> dict[str, Any]:
        self.number += 1
        assert (self.number + 1) * self.stride < LAST_ID, "ids don't hold so many copies"
        empty = {f"{what}_{slot}": None for what in ("member", "person") for slot in range(SLOTS)}
        name = _name(self.number, names)
        email = f"{name.replace(' ', '.').lower()}@example.org"
        own = {"n": self.number, "kind": kind, "salt": new_key(), "name": name, "email": email, "reference": ""}
        return own | empty

    def _write(self, kinds: Iterable[Kind], rows: Sequence[Mapping[str, Any]]) -> None:
        for start in range(0, len(rows), 1000):
            self.connection.execute(insert(OWN), rows[start : start + 1000])
        for kind in kinds:
            keys, slots = _keys(self.connection, kind), _slots(self.connection, kind)
            occasions = _occasions(self.connection, kind)
            for table in schema.metadata().sorted_tables:
                if table.name in kind.after and kind.holds(table.name) and table.name not in NOT_COPIED:
                    _copy(self.connection, _Rows(kind, table, self.stride, keys, slots, occasions))


@dataclass(frozen=True)
class _Rows:
    """The rows of one table that belong to one kind, and how a copy's columns come from them."""

    kind: Kind
    table: Table
    stride: int
    keys: tuple[str, ...]
    slots: tuple[Slot, ...]
    occasions: tuple[str, ...]

    def value(self, column: Column[Any]) -> ColumnElement[Any]:
        """What a copy holds in a column."""
        target = _target(column)
        if target is not None:
            return self._id(column, target)
        if (own := _OWN_WORDS.get(f"{self.table.name}.{column.name}")) is not None:
            return OWN.c[own]
        if column.name in ("key", "subject_key"):
            return self._key(column)
        if column.name == "occasion" and self.occasions:
            return case(*((column == each, self._occasion(each)) for each in self.occasions), else_=column)
        if _is_unique(column) and isinstance(column.type, String):
            return _part(OWN.c.salt, 1, SALTED) + ":" + _part(column, 1, (column.type.length or 64) - SALTED - 1)
        return column

    def _id(self, column: Column[Any], target: str) -> ColumnElement[Any]:
        low, high = self.kind.before.get(target, 0), self.kind.after.get(target, 0)
        own: ColumnElement[Any] = column + OWN.c.n * self.stride
        whens: list[tuple[ColumnElement[bool], ColumnElement[Any]]] = [((column > low) & (column <= high), own)]
        for place, slot in enumerate(self.slots):
            if target == "member":
                whens.append((column == slot.member_id, OWN.c[f"member_{place}"]))
            if target == "person":
                whens.append((column == slot.person_id, OWN.c[f"person_{place}"]))
        return case(*whens, else_=column)

    def _occasion(self, played: str) -> ColumnElement[Any]:
        """A copy's occasion: what it is about comes last, an id or a key."""
        about, _, last = played.rpartition(":")
        if last.isdigit():
            return literal(f"{about}:") + cast(OWN.c.n * self.stride + int(last), String)
        own = _part(OWN.c.salt, 1, SALTED)
        return literal(f"{about}:") + own + (last[SALTED:] if last in self.keys else last)

    def _key(self, column: Column[Any]) -> ColumnElement[Any]:
        own = _part(OWN.c.salt, 1, SALTED) + _part(column, SALTED + 1, LENGTH - SALTED)
        return own if column.name == "key" else case((column.in_(self.keys), own), else_=column)


def _part(column: ColumnElement[Any], first: int, length: int) -> ColumnElement[str]:
    return func.substr(column, first, length, type_=String())


_OWN_WORDS = {
    "person.name": "name",
    "email_address.typed": "email",
    "email_address.normalised": "email",
    "portfolio.reference": "reference",
}


def _copy(connection: Connection, rows: _Rows) -> None:
    key = next(iter(rows.table.primary_key.columns))
    columns = list(rows.table.columns)
    found = (
        select(*(rows.value(column).label(column.name) for column in columns))
        .select_from(rows.table)
        .join(OWN, OWN.c.kind == rows.kind.name)
        .where(key > rows.kind.before[rows.table.name], key <= rows.kind.after[rows.table.name])
        .order_by(OWN.c.n, key)
    )
    names = [column.name for column in columns]
    connection.execute(insert(rows.table).from_select(names, found, include_defaults=False))


def _target(column: Column[Any]) -> str | None:
    """The table whose ids a column holds, its own included."""
    for key in column.foreign_keys:
        return key.column.table.name if key.column.name == "id" or key.column.primary_key else None
    if column.primary_key:
        return str(column.table.name)
    return {"person_id": "person", "round_id": "round"}.get(column.name)


def _is_unique(column: Column[Any]) -> bool:
    alone = [set(each.columns) == {column} for each in column.table.constraints if isinstance(each, UniqueConstraint)]
    return bool(column.unique) or any(alone)


def _keys(connection: Connection, kind: Kind) -> tuple[str, ...]:
    """The keys of everything that belongs to a kind."""
    found: list[str] = []
    for table in schema.metadata().sorted_tables:
        if table.name in kind.after and "key" in table.c and "id" in table.c:
            mine = table.c.id.between(kind.before[table.name] + 1, kind.after[table.name])
            found += connection.scalars(select(table.c.key).where(mine))
    return tuple(found)


def _occasions(connection: Connection, kind: Kind) -> tuple[str, ...]:
    """The occasions of the messages that belong to a kind."""
    mine = Notification.id.between(kind.before["notification"] + 1, kind.after["notification"])
    return tuple(connection.scalars(select(Notification.occasion).where(mine)))


def _slots(connection: Connection, kind: Kind) -> tuple[Slot, ...]:
    """The members who have or had a place in what was played."""
    rows = connection.execute(
        select(Member.id, Member.person_id)
        .join(Assignment, Assignment.member_id == Member.id)
        .where(Assignment.id.between(kind.before["assignment"] + 1, kind.after["assignment"]))
        .group_by(Member.id, Member.person_id)
        .order_by(Member.id)
    )
    found = tuple(Slot(*row) for row in rows)
    assert len(found) <= SLOTS, f"{kind.name} has more than {SLOTS} assessors"
    return found


def _name(number: int, names: tuple[Sequence[str], Sequence[str]]) -> str:
    """A name that no other number has, and that is like no name of the other list."""
    given, family = names
    place, first = divmod(number, len(given))
    letters = []
    for _ in range(3):
        place, letter = divmod(place, len(family))
        letters.append(family[letter])
    return f"{given[first]} {''.join(letters).capitalize()}"


CANDIDATE_NAMES = (
    ("Anchor", "Bellows", "Chisel", "Dovetail", "Easel", "Flagon", "Gimbal", "Hammock", "Inkwell", "Jigsaw"),
    ("ka", "lo", "mi", "nu", "pe", "ra", "so", "ti", "va", "zu", "bre", "dro"),
)
MEMBER_NAMES = (
    ("Obsidian", "Pumice", "Quartz", "Rhyolite", "Slate", "Travertine", "Umber", "Verdigris", "Wolfram", "Ytterby"),
    ("hart", "wold", "strem", "quist", "gard", "fjeld", "burn", "thorp", "wick", "holm", "shaw", "croft"),
)
"""Nobody's names, and the two lists are so unlike that no detector finds a candidate among the members."""


def _settle(connection: Connection) -> None:
    """What a copy can't know: messages of weeks ago went out, a release counts what it took, ids go on from here."""
    connection.execute(
        text("UPDATE notification SET state = 'sent', sent_at = due_at, attempts = 1 WHERE state = 'pending'")
    )
    connection.execute(
        text('UPDATE "release" SET count = (SELECT count(*) FROM outcome WHERE outcome.release_id = "release".id)')
    )
    if connection.dialect.name == "postgresql":
        for table in schema.metadata().sorted_tables:
            if isinstance(table.c.get("id", literal(0)).type, Integer) and "id" in table.c:
                last = connection.scalar(select(func.max(table.c.id))) or 1
                sequence = func.pg_get_serial_sequence(cast(bindparam("name"), String), "id")
                connection.execute(select(func.setval(sequence, last)), {"name": f'"{table.name}"'})


__all__ = ["grow"]
