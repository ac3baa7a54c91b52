"""Rules that the database itself keeps, as SQL triggers, in one list for both databases.

A stage declares its triggers with `forbid`; migrations make them anew after each step (a batch on SQLite drops a
table's triggers silently), and a test compares what the database holds with this list.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Forbidden:
    """Refuse `event` (UPDATE or DELETE or INSERT) on a table's row when `when` holds; OLD and NEW name the row."""

    name: str
    table: str
    event: str
    says: str
    when: str = ""
    columns: tuple[str, ...] = ()

    def sqlite(self) -> list[str]:
        of = f" OF {', '.join(self.columns)}" if self.columns else ""
        when = f" WHEN {self.when}" if self.when else ""
        return [
            f"CREATE TRIGGER {self.name} BEFORE {self.event}{of} ON {self.table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        ]

    def postgresql(self) -> list[str]:
        of = f" OF {', '.join(self.columns)}" if self.columns else ""
        body = f"RAISE EXCEPTION '{self.says}';"
        if self.when:
            body = f"IF {self.when} THEN {body} END IF;"
        row = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {body} RETURN {row}; END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.event}{of} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


TRIGGERS: dict[str, Forbidden] = {}


def forbid(
    name: str, table: str, events: tuple[str, ...], says: str, when: str = "", columns: tuple[str, ...] = ()
) -> None:
    """Declare that these events are refused on a table, with what the database says. `columns` narrows UPDATE."""
    for event in events:
        full = f"tr_{name}_{event.lower()}"
        narrowed = columns if event == "UPDATE" else ()
        TRIGGERS[full] = Forbidden(full, table, event, says, when, narrowed)


def make_all(connection: Connection) -> None:
    """Make every declared trigger whose table exists, dropping an older one of its name."""
    drop_all(connection)
    tables = _tables(connection)
    for trigger in TRIGGERS.values():
        if trigger.table in tables:
            statements = trigger.sqlite() if connection.dialect.name == "sqlite" else trigger.postgresql()
            for statement in statements:
                connection.execute(text(statement.replace(":", "\\:")))


def drop_all(connection: Connection) -> None:
    """Drop every trigger of ours that is there."""
    for name, table in existing(connection):
        on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER {name}{on}"))


def existing(connection: Connection) -> list[tuple[str, str]]:
    """Name and table of every trigger of ours in the database."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal ORDER BY t.tgname"
        )
    return [(row[0], row[1]) for row in connection.execute(text(query)) if row[0].startswith("tr_")]


def _tables(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return {row[0] for row in connection.execute(text(query))}


forbid("audit_event", "audit_event", ("UPDATE", "DELETE"), "audit rows are never changed")
