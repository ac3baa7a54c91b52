"""Writes the tables of docs/ that the code itself knows (`make tables`); a test compares them with the code.

Commands, happenings, states, registered rules and addresses are told once, where they are made; nobody copies them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import getdoc
from pathlib import Path
from typing import Any

import click
from flask import Flask

from panel_app import create_app
from panel_app.accounts.rules import PERSON
from panel_app.assignment.plan_rules import PLAN
from panel_app.assignment.rules import ASSIGNMENT
from panel_app.config import Settings
from panel_app.conflicts.rules import DETECTORS, FINDING
from panel_app.foundation.checks import diagnosis, invariant, remark
from panel_app.foundation.files.registry import KINDS
from panel_app.foundation.happenings import kinds
from panel_app.foundation.jobs.recurring import RECURRING
from panel_app.foundation.jobs.states import JOB
from panel_app.foundation.outbox.states import MESSAGE
from panel_app.foundation.permissions import declared
from panel_app.foundation.states import A, Doing, S, States, Wait
from panel_app.foundation.web.confirming import asks_again
from panel_app.moderation.rules import CASE, TRIGGERS
from panel_app.outcomes.rules import OUTCOME
from panel_app.panel.rules import DECLARATION
from panel_app.portfolios.rules.pieces import COPY, EVIDENCE
from panel_app.portfolios.rules.statuses import ASSESSMENT, PORTFOLIO
from panel_app.programmes.rules.states import ROUND, RUBRIC
from panel_app.reminders.rules.registry import REMINDERS
from panel_app.scoring.rules.reports import REPORT

FOLDER = Path(__file__).resolve().parents[1] / "docs"
BY = "This page is written from the code by `make tables`; a test fails when they differ."
TABLES: tuple[States[Any, Any], ...] = (
    PERSON, RUBRIC, ROUND, PORTFOLIO, EVIDENCE, COPY, ASSESSMENT, DECLARATION, FINDING, PLAN, ASSIGNMENT, REPORT, CASE,
    OUTCOME, MESSAGE, JOB,
)  # fmt: skip
FOREIGN = frozenset({"db"})
"""Groups of commands that a library brings: one line stands for the group."""


def pages(app: Flask) -> dict[str, str]:
    """File name → text of every page that is written here."""
    return {
        "commands.md": commands(app),
        "happenings.md": happenings(),
        "states.md": states(),
        "registered.md": registered(),
        "addresses.md": addresses(app),
    }


def the_app() -> Flask:
    """The application with all its parts, those of the demo too; its database is never asked."""
    return create_app(Settings.from_env({"PANEL_ENV": "demo", "SECRET_KEY": "for tables alone"}))


def commands(app: Flask) -> str:
    """Every `panel` command with the first line of its help."""
    rows = [(f"`{usage}`", says) for usage, says in _commands(app.cli.commands)]
    words = "Settings come from the environment ([settings](settings.md)). `panel COMMAND --help` lists the options."
    return _page("Commands", words, _table(("command", "what it does"), rows))


def _commands(found: Mapping[str, click.Command], before: str = "panel") -> Iterator[tuple[str, str]]:
    for name, command in sorted(found.items()):
        usage = f"{before} {name}"
        yield " ".join([usage, *_arguments(command)]), _first_line(command.help)
        if isinstance(command, click.Group) and name not in FOREIGN:
            yield from _commands(command.commands, usage)


def _arguments(command: click.Command) -> list[str]:
    return [each.make_metavar(click.Context(command)) for each in command.params if isinstance(each, click.Argument)]


def happenings() -> str:
    """Every happening: tag, sentence, which of its fields can be erased."""
    rows = [
        (f"`{tag}`", _first_line(getdoc(kind)), ", ".join(sorted(kind.private)) or "–")
        for tag, kind in sorted(kinds().items())
    ]
    words = (
        "What is recorded in the history, in the transaction of the act itself. Each row of the chain holds number, "
        "time, tag, who did it, identifiers and codes. Words that people typed lie beside the chain and can be erased."
    )
    return _page("Happenings", words, _table(("tag", "what happened", "words beside the chain"), rows))


def states() -> str:
    """Every table of states: the states, on whom they wait, and each way from one to another."""
    words = "Each thing that has states has one table. What stands in no table is refused, and a test tries every pair."
    return _page("States", words, "") + "".join(_states_of(table) for table in TABLES)


def _states_of(table: States[S, A]) -> str:
    standing = [(each.title, f"`{state.value}`", _wait(each.waits_on)) for state, each in table.states.items()]
    moves = [
        (table.title(before), _act(table.acts[act]), table.title(after)) for (before, act), after in table.moves.items()
    ]
    return (
        f"\n## {table.thing.capitalize()}\n\n"
        + _table(("state", "stored as", "waits on, until"), standing)
        + "\n"
        + _table(("from", "act", "to"), moves)
    )


def _wait(wait: Wait | None) -> str:
    return f"{wait.who.value}, `{wait.due}`" if wait else "–"


def _act(act: Doing) -> str:
    return f"{act.title} (with a reason)" if act.reason else act.title


def registered() -> str:
    """Everything that stands in a registry, with the text that its page shows."""
    lists: tuple[tuple[str, str, Iterable[tuple[str, ...]]], ...] = (
        ("Kinds of conflict", "name | strength | what it finds", _detectors()),
        ("Moderation triggers", "name | answers first | what it finds", _triggers()),
        ("Reminder rules", "name | what it does", _reminders()),
        ("Kinds of evidence", "name | endings | what it is", _evidence_kinds()),
        ("Recurring work", "name | every | what it does", _recurring()),
        ("Invariants (`panel check`)", "name | what holds", _found(invariant.found)),
        ("Diagnoses (`panel doctor`)", "name | what holds", _found(diagnosis.found)),
        ("Remarks (`panel doctor`, without effect on its exit code)", "name | what is told", _found(remark.found)),
    )
    parts = [_page("Registered rules", "One file each; the text is the docstring that the page shows too.", "")]
    parts += [f"\n## {title}\n\n{_table(tuple(head.split(' | ')), rows)}" for title, head, rows in lists]
    return "".join(parts)


def _detectors() -> list[tuple[str, ...]]:
    return [(f"`{each.name}`", each.strength.value, each.text) for each in DETECTORS]


def _triggers() -> list[tuple[str, ...]]:
    return [(f"`{each.name}`", each.first.value, each.text) for each in TRIGGERS]


def _reminders() -> list[tuple[str, ...]]:
    return [(f"`{each.name}`", each.says) for each in REMINDERS]


def _evidence_kinds() -> list[tuple[str, ...]]:
    found = ((each, ", ".join(f".{end}" for end in each.extensions)) for each in KINDS.all())
    return [(f"`{each.name}`", endings, _line(each.text)) for each, endings in found]


def _recurring() -> list[tuple[str, ...]]:
    return [(f"`{each.name}`", f"{each.every_seconds} s", each.does) for each in RECURRING]


def _found(found: Mapping[str, Callable[..., object]]) -> list[tuple[str, ...]]:
    return [(f"`{name}`", _first_line(getdoc(finder))) for name, finder in sorted(found.items())]


def addresses(app: Flask) -> str:
    """Every address, with who may call it by which method."""
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: (each.rule, each.endpoint)):
        for who, methods in _callers(declared(app.view_functions[rule.endpoint])):
            again = sorted(asks_again(app.view_functions[rule.endpoint]) & set(methods))
            rows.append((f"`{rule.rule}`".replace("|", "\\|"), ", ".join(methods), who, ", ".join(again)))
    words = (
        "Who may call an address at all; a view without such a declaration stops the start. What they may do to one "
        "portfolio, sheet or case is decided by the stage's `policy.py` ([security](security.md)). Addresses under "
        '`/demo` exist in the demo only. Where a method stands under "asks again", password and code are asked for '
        "once more before it."
    )
    return _page("Addresses", words, _table(("address", "methods", "callers", "asks again"), rows))


def _callers(by_method: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, list[str]]]:
    """Methods with the same callers go together."""
    together: dict[str, list[str]] = {}
    for method, who in sorted(by_method.items()):
        together.setdefault(", ".join(sorted(who)), []).append(method)
    yield from together.items()


def _page(title: str, words: str, body: str) -> str:
    return f"# {title}\n\n{words}\n{BY}\n" + (f"\n{body}" if body else "")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _first_line(text: str | None) -> str:
    return _line((text or "").partition("\n\n")[0])


def _line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Write the pages."""
    for name, text in pages(the_app()).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
