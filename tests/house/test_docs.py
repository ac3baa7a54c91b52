"""The docs tell what is there: every command, happening, state, registered rule; links, pictures and tests exist."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Enum

from panel_app.conflicts.rules import DETECTORS
from panel_app.foundation import schema
from panel_app.foundation.files.registry import KINDS
from panel_app.foundation.happenings import kinds
from panel_app.foundation.states import NotFromHere, States
from panel_app.moderation.rules import TRIGGERS, DecisionRule, Result, Sheet, decide
from panel_app.programmes.rules.policies import default_working
from panel_app.reminders.rules.registry import REMINDERS
from scripts import tables
from scripts.shots import SHOTS
from tests.house import docs

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PROMISE = "promise | test"


@pytest.fixture(scope="module")
def whole_app() -> Flask:
    """The application with the demo's parts."""
    return tables.the_app()


def pages(*patterns: str) -> dict[str, str]:
    """Path from the top → text."""
    found = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in found}


def every_page() -> dict[str, str]:
    return pages("*.md", "docs/**/*.md")


def existing() -> set[str]:
    """Every path that a link may lead to."""
    found = {path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*")}
    return found | {path.name for path in ROOT.iterdir()}


@pytest.mark.parametrize("name", ["commands.md", "happenings.md", "states.md", "registered.md", "addresses.md"])
def test_tables_of_the_docs_are_those_of_the_code(whole_app: Flask, name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == tables.pages(whole_app)[name], "run `make tables`"


def test_tables_tell_every_command_happening_state_and_rule(whole_app: Flask) -> None:
    told = tables.pages(whole_app)
    rules = [*(each.name for registry in (DETECTORS, TRIGGERS, REMINDERS) for each in registry)]
    rules += [each.name for each in KINDS.all()]
    states = [state.value for table in tables.TABLES for state in table.states]

    assert docs.not_told([f"panel {name}" for name in whole_app.cli.commands], told["commands.md"]) == []
    assert docs.not_told(kinds(), told["happenings.md"]) == []
    assert docs.not_told(rules, told["registered.md"]) == []
    assert docs.not_told(states, told["states.md"]) == []
    assert docs.not_told(["portfolios:portfolio:forgotten"], told["happenings.md"])


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.thing)
def test_every_pair_outside_a_table_of_states_is_refused(table: States[Any, Any]) -> None:
    refused = 0
    for state, act in table.pairs():
        if (state, act) not in table.moves:
            refused += 1
            with pytest.raises(NotFromHere, match=re.escape(table.acts[act].title)):
                table.after(act, state)

    assert refused == len(table.states) * len(table.acts) - len(table.moves)


def test_every_stored_state_has_a_table() -> None:
    columns = (column for table in schema.metadata().sorted_tables for column in table.columns)
    stored = {column.type.enum_class for column in columns if isinstance(column.type, Enum) and column.type.enum_class}
    states = {each.__name__ for each in stored if each.__name__.endswith(("State", "Status"))}

    assert states == {type(table.start).__name__ for table in tables.TABLES}


def test_every_relative_link_leads_somewhere() -> None:
    sample = {"docs/roles/a.md": "[there](../rules.md#x) [nowhere](rules.md) [out](https://example.org/x)"}

    assert list(docs.broken_links(every_page(), existing())) == []
    assert list(docs.broken_links(sample, {"docs/rules.md"})) == ["docs/roles/a.md: rules.md leads nowhere"]


def test_every_role_has_a_picture() -> None:
    sample = {"docs/roles/a.md": "![A page](../pictures/gone.png)", "docs/roles/b.md": "[words](../pictures/there.png)"}

    assert list(docs.without_picture(pages("docs/roles/*.md"), existing())) == []
    assert len(pages("docs/roles/*.md")) == 6
    assert len(list(docs.without_picture(sample, {"docs/pictures/there.png"}))) == len(sample)


def test_pictures_are_those_that_the_script_takes_and_all_are_shown() -> None:
    stored = {path.stem for path in (DOCS / "pictures").glob("*.png")}
    shown = {Path(link).stem for text in every_page().values() for link in docs.PICTURE.findall(text)}

    assert stored == {shot.name for shot in SHOTS} == shown


def test_every_test_that_a_page_names_is_there() -> None:
    tests = {path.removeprefix("tests/"): text for path, text in pages("tests/**/*.py").items()}
    sample = {"a.md": "`house/test_docs.py::test_nothing` `house/nowhere.py` `house/test_docs.py`"}
    named = pages("docs/reliability.md", "docs/security.md", "docs/asvs.md", "docs/accessibility.md")

    assert list(docs.unknown_tests(named, tests)) == []
    assert len(list(docs.unknown_tests(sample, tests))) == 2


def test_every_promise_of_reliability_names_its_test() -> None:
    page = (DOCS / "reliability.md").read_text(encoding="utf-8")
    sample = f"| {PROMISE} |\n| --- | --- |\n| Nothing is lost | believe us |\n| One mail | `a/test_b.py::test_c` |"

    assert list(docs.rows_without_test(page, PROMISE)) == []
    assert page.count(f"| {PROMISE} |") == 3
    assert list(docs.rows_without_test(sample, PROMISE)) == ["no test: Nothing is lost | believe us"]


def test_docs_name_no_machine() -> None:
    sample = {"a.md": "see /ho" + "me/someone and C:" + "\\x", "b.md": "in /wo" + "rk/main; https://example.org/home"}

    assert list(docs.machine_paths(every_page())) == []
    assert len(list(docs.machine_paths(sample))) == 3


def test_worked_example_of_the_rules_is_what_the_rule_gives() -> None:
    weights = dict(zip(("C1", "C2", "C3", "C4", "C5", "C6"), map(Fraction, (25, 25, 20, 15, 10, 5)), strict=True))
    levels = {"A": (3, 3, 2, 2, 3, 2), "B": (3, 2, 2, 3, 3, 2)}
    sheets = [Sheet(label, dict(zip(weights, given, strict=True))) for label, given in levels.items()]
    rule = DecisionRule(Fraction("2.5"), Fraction(2), Fraction(2), 2, Result.FAIL, Fraction("0.25"))

    decision = decide(rule, weights, sheets)

    assert (decision.mean, decision.result, decision.borderline) == (Fraction("2.55"), Result.PASS, True)
    told = " ".join((DOCS / "rules.md").read_text(encoding="utf-8").split())
    assert "Sheet A: 3 3 2 2 3 2, sheet B: 3 2 2 3 3 2." in told
    assert "= 2.55. No value is below 2: pass" in told


def test_rules_tell_the_numbers_of_a_new_round() -> None:
    working, told = default_working(), " ".join((DOCS / "rules.md").read_text(encoding="utf-8").split())
    standard = working.reminder("standard")

    assert standard.before_due_days == (7, 2)
    assert (standard.overdue_every_days, standard.escalate_after_days) == (2, 3)
    assert f"at {working.remind_at} in the" in told
    assert f"never between {working.quiet_from} and {working.quiet_until}" in told
    assert f"larger of {working.sampling_percent} %" in told
