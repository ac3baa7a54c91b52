"""The house's limits hold; beside each, the proof that its checker finds what it is there to find."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import counts, limits

ROOT = Path(__file__).resolve().parents[2]
MADE = {"__pycache__", "node_modules", "vendor", "vendor.new"}
FOLDERS = ("panel_app", "tests", "templates", "migrations", "scripts", "bench", "docs", ".ci")
# Who may hand text to a page unescaped, and why that is safe.
UNESCAPED_ON_PURPOSE: dict[str, str] = {
    "panel_app/foundation/web/typeset.py": "its own marks, around text that it escapes",
    "panel_app/portfolios/blind_views.py": "a document's panel copy, cleaned once more by the one sanitiser",
}
# Where a number before a plural can't be one: it is a fixed limit, or lies above one.
NEVER_ONE = {
    "panel_app/accounts/forms.py": "the fixed length of passwords",
    "panel_app/accounts/rules.py": "the fixed lengths of passwords",
    "panel_app/foundation/files/bounds.py": "a size below a kilobyte",
    "panel_app/foundation/files/sayings.py": "the fixed bounds of files, and what lies above them",
    "panel_app/foundation/web/forms.py": "characters above a field's limit",
    "panel_app/portfolios/services/sections.py": "characters above the limit of a section",
    "panel_app/foundation/words.py": "the example in a docstring",
}


def read(*folders: str, endings: Iterable[str]) -> dict[str, str]:
    """The texts of the project's own files below these folders."""
    wanted = tuple(endings)
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.is_file() and path.name.endswith(wanted) and not MADE.intersection(path.relative_to(ROOT).parts)
    }


def python(*folders: str) -> dict[str, str]:
    return read(*folders, endings=[".py"])


def templates() -> dict[str, str]:
    return read("templates", endings=[".html", ".txt", ".svg", ".xml", ".jinja"])


def test_no_file_is_longer_than_400_lines() -> None:
    code = read("panel_app", "tests", "scripts", "bench", endings=[".py", ".js", ".mjs", ".css"])

    assert list(limits.long_files(code, 400)) == []
    assert list(limits.long_files({"a.py": "x\n" * 401}, 400)) == ["a.py: 401 lines, the limit is 400."]


def test_no_function_is_longer_than_50_lines() -> None:
    code = read("panel_app", "tests", "scripts", "bench", endings=[".py", ".js", ".mjs"])
    long_python = {"a.py": "def f():\n" + "    x = 1\n" * 50}
    long_script = {"a.js": "export default function f(a) {\n" + "  if (a) { a(); }\n" * 49 + "}\n"}

    assert list(limits.long_functions(code, 50)) == []
    assert list(limits.long_functions(long_python, 50)) == ["a.py:1: f has 51 lines, the limit is 50."]
    assert len(list(limits.long_functions(long_script, 50))) == 1


def test_no_template_is_longer_than_150_lines() -> None:
    assert list(limits.long_files(templates(), 150)) == []
    assert list(limits.long_files({"a.html": "<p>\n" * 151}, 150)) == ["a.html: 151 lines, the limit is 150."]


def test_there_is_one_commit_in_the_house() -> None:
    sites = limits.commit_sites(python("panel_app"))

    assert [site.split(":")[0] for site in sites] == ["panel_app/foundation/database.py"]
    assert limits.commit_sites({"a.py": "session.commit()\ndb.session.commit()"}) == ["a.py:1", "a.py:2"]


def test_only_the_clock_reads_the_time() -> None:
    code = {path: text for path, text in python("panel_app").items() if path != "panel_app/clock.py"}
    samples = ["datetime.now(UTC)", "datetime.utcnow()", "date.today()", "time.time()", "func.now()"]

    assert list(limits.clock_reads(code)) == []
    assert len(list(limits.clock_reads({"a.py": "\n".join(samples)}))) == len(samples)


@pytest.mark.parametrize(
    "sample",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<p\n  onclick='go()'>",
        '<a href="javascript:go()">',
        "<style>p { }</style>",
        '<p class="a" style="color: red">',
    ],
)
def test_inline_code_is_found(sample: str) -> None:
    assert len(list(limits.inline_code({"templates/a.html": sample}))) == 1


def test_no_template_holds_inline_code() -> None:
    good = {"templates/a.html": '<script type="module" src="/a.js"></script><p data-on="x" lang="en">content="x"</p>'}

    assert list(limits.inline_code(templates())) == []
    assert list(limits.inline_code(good)) == []


def test_no_file_has_a_name_that_fits_everything() -> None:
    code = read("panel_app", "tests", "scripts", "bench", "templates", endings=[".py", ".js", ".css", ".html"])
    samples = {"panel_app/utils.py": "", "panel_app/common/a.py": "", "panel_app/date_helpers.py": ""}

    assert list(limits.vague_names(code)) == []
    assert len(list(limits.vague_names(samples))) == len(samples)


def test_text_reaches_a_page_unescaped_only_where_that_is_named() -> None:
    texts = {**python("panel_app"), **templates()}
    samples = {"a.html": "{{ text|safe }}", "a.py": "Markup(text)", "b.html": "{% autoescape false %}"}

    assert list(limits.unescaped(texts, UNESCAPED_ON_PURPOSE)) == []
    assert [path for path in UNESCAPED_ON_PURPOSE if path not in texts] == []
    assert len(list(limits.unescaped(samples, {}))) == len(samples)


def test_rules_touch_neither_web_nor_database_nor_clock() -> None:
    rules = {path: text for path, text in python("panel_app").items() if limits.is_rules(path)}
    samples = [
        "import flask",
        "from sqlalchemy.orm import Session",
        "from panel_app import clock",
        "import flask_babel",
    ]

    assert rules
    assert list(limits.impure_rules(rules)) == []
    assert all(list(limits.impure_rules({"rules.py": sample})) for sample in samples)


def test_nothing_is_marked_unfinished_and_no_machine_is_named() -> None:
    endings = [".py", ".html", ".txt", ".js", ".css", ".md", ".toml", ".json", ".awk", "run"]
    texts = {**read(*FOLDERS, endings=endings), **top_files()}
    samples = {"a.py": "# TO" + "DO: later", "b.md": "see /ro" + "ot/notes", "c.md": "in /wo" + "rk/main"}

    assert list(limits.out_of_place(texts)) == []
    assert len(list(limits.out_of_place(samples))) == len(samples)


def top_files() -> dict[str, str]:
    """The texts that stand beside the folders."""
    named = [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("*.py"), ROOT / "Makefile", ROOT / "package.json"]
    return {path.name: path.read_text(encoding="utf-8") for path in named}


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    assert limits.silent_targets((ROOT / "Makefile").read_text()) == []
    assert limits.silent_targets("a: b ## Say\nquiet: a\n\techo\nX := 1\n") == ["quiet"]


def test_the_locks_name_no_index() -> None:
    locks = {name: (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}
    samples = {"a.lock": "--index-url https://example.org\n--find-links /wheels\n-f wheels\na @ file:///a.whl"}

    assert list(limits.named_hosts(locks)) == []
    assert len(list(limits.named_hosts(samples))) == 4


def test_the_lock_of_the_browser_parts_holds_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: entry for name, entry in packages.items() if name}

    assert installed
    assert [name for name, entry in installed.items() if "resolved" in entry] == []
    assert [name for name, entry in installed.items() if "integrity" not in entry] == []


def test_every_number_before_a_noun_has_a_form_for_one() -> None:
    code, pages = python("panel_app"), templates()

    found = [(path, *counts.uncounted_in_code(text)) for path, text in code.items() if path not in NEVER_ONE]
    found += [(path, *counts.uncounted_in_template(text)) for path, text in pages.items()]

    assert [each for each in found if len(each) > 1] == []
    assert [path for path in NEVER_ONE if not list(counts.uncounted_in_code(code[path]))] == []


def test_number_without_a_form_for_one_is_found() -> None:
    code = 'x = _("%(n)s days"); y = ngettext("%(num)s day", "%(num)s days", n); z = f"{n} of at least {m} pieces"'
    page = '{{ _("%(n)s assessors each", n=n) }} {{ ngettext("%(num)s file", "%(num)s files", n) }}'

    assert sorted(counts.uncounted_in_code(code)) == ["line 1: %(n)s days", "line 1: {} pieces"]
    assert list(counts.uncounted_in_template(page)) == ["%(n)s assessors"]
