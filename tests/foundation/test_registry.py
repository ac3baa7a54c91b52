"""Registries: one file is one rule; a double name or a missing text stops the start."""

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from panel_app.foundation.registry import Registry, page_text


@dataclass(frozen=True)
class Rule:
    name: str


def test_entries_come_in_order_of_name_and_are_found_by_it() -> None:
    rules: Registry[Rule] = Registry("rule")
    late, early = rules.add(Rule("late")), rules.add(Rule("early"))

    assert list(rules) == [early, late]
    assert rules["late"] is late
    assert "late" in rules
    assert len(rules) == 2


def test_double_name_is_refused() -> None:
    rules: Registry[Rule] = Registry("rule")
    rules.add(Rule("same"))

    with pytest.raises(ValueError, match="two rules are called 'same'"):
        rules.add(Rule("same"))


def test_removed_entry_is_gone() -> None:
    rules: Registry[Rule] = Registry("rule")
    rules.add(Rule("brief"))

    rules.remove("brief")

    assert "brief" not in rules


def test_looking_into_a_registry_imports_each_file_of_its_folder_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "loaded_rules"
    folder.mkdir()
    (folder / "__init__.py").write_text("SEEN = []\n")
    (folder / "one.py").write_text("from loaded_rules import SEEN\nSEEN.append('one')\n")
    monkeypatch.syspath_prepend(tmp_path)
    rules: Registry[Rule] = Registry("rule", folder="loaded_rules")

    assert (list(rules), len(rules)) == ([], 0)

    assert importlib.import_module("loaded_rules").SEEN == ["one"]
    for name in ("loaded_rules", "loaded_rules.one"):
        sys.modules.pop(name)


def test_page_text_is_the_first_paragraph_on_one_line() -> None:
    def rule() -> None:
        """Looks at the gap
        between two.

        For developers: nothing.
        """

    assert page_text(rule, "rule") == "Looks at the gap between two."


def test_missing_docstring_is_refused() -> None:
    def silent() -> None: ...

    with pytest.raises(ValueError, match="the rule 'silent' needs a docstring"):
        page_text(silent, "rule")
