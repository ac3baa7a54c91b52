"""`panel conflicts check`, as somebody runs it: two sheets in, one out, or one sentence that says what is wrong."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from panel_app.cli import panel
from panel_app.conflicts.sheet_rules import CANDIDATE_COLUMNS, MEMBER_COLUMNS

M, C = ",".join(MEMBER_COLUMNS), ",".join(CANDIDATE_COLUMNS)
PEOPLE = f"{M}\nm1,Quentin Thistlewold,,,Acme Ltd,,,,,\n"
FIELD = f'{C}\nc1,"Thistlewold, Q.",,,ACME,,,,,\n'


def run(folder: Path, members: str | bytes = PEOPLE, candidates: str | bytes = FIELD, *more: str) -> Result:
    """Write both sheets and run the command."""
    for name, content in (("M.csv", members), ("C.csv", candidates)):
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    paths = [str(folder / name) for name in ("M.csv", "C.csv", "F.csv")]
    asked = ["conflicts", "check", "--members", paths[0], "--candidates", paths[1], "--out", paths[2]]
    return CliRunner().invoke(panel, [*asked, "--today", "2027-01-15", *more])


def rows(folder: Path) -> list[tuple[str, ...]]:
    """What was written, without the evidence."""
    with (folder / "F.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row[:5]) for row in csv.reader(file)][1:]


def test_findings_are_written_a_row_each_and_counted(tmp_path: Path) -> None:
    result = run(tmp_path, PEOPLE, FIELD, "--json", str(tmp_path / "R.json"))

    assert (result.exit_code, result.output) == (0, "")
    assert rows(tmp_path) == [
        ("m1", "c1", "same_organisation", "barred", "0.95"),
        ("m1", "c1", "same_person", "decision", "0.70"),
    ]
    assert json.loads((tmp_path / "R.json").read_text())["by_kind"] == {
        "same_organisation": {"barred": 1},
        "same_person": {"decision": 1},
    }


def test_it_runs_without_any_setting(tmp_path: Path) -> None:
    (tmp_path / "M.csv").write_text(PEOPLE)
    (tmp_path / "C.csv").write_text(FIELD)
    asked = ["conflicts", "check", "--members", "M.csv", "--candidates", "C.csv", "--out", "F.csv"]
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}

    subprocess.run([sys.executable, "-m", "panel_app", *asked], cwd=tmp_path, env=known, check=True)

    assert len(rows(tmp_path)) == 2


@pytest.mark.parametrize(
    ("members", "told"),
    [
        (M.replace(",coached", "") + "\n", "M.csv, line 1, column coached: expected this column; it is missing"),
        (M.replace("links", "name") + "\n", "M.csv, line 1, column name: expected each column once"),
        (M.replace("links", "phone") + "\n", "M.csv, line 1, column phone: expected one of id,"),
        ("", "M.csv, line 1, column id: expected a first line with the columns"),
        (f"{M}\nm1,A B\n", "M.csv, line 2, column aliases: expected 10 cells; this row has 2"),
        (f"{M}\nm1,,,,,,,,,,,\n", "M.csv, line 2, column coached: expected 10 cells; this row has 12"),
        (f'{M}\nm1,"A\nB",,,,,,,,\n\nm1,,,,,,,,,\n', "M.csv, line 5, column id: expected an id of its own"),
        (f"{M}\n ,A B,,,,,,,,\n", "M.csv, line 2, column id: expected an id; this one is empty"),
        (f"{M}\nm1,,,,,Acme@2025-13,,,,\n", "M.csv, line 2, column former: expected Organisation@YYYY-MM"),
        (f"{M}\nm1,,,,,Acme,,,,\n", "M.csv, line 2, column former: expected Organisation@YYYY-MM"),
        (f"{M}\nm1,,,,,Acme@2025,,,,\n", "M.csv, line 2, column former: expected Organisation@YYYY-MM"),
        (f'{M}\r\nm1,"a\r\nb",,,,"X@2025-01|\r\nY@2025-1",,,,\r\n', "M.csv, line 4, column former"),
        (f"{M}\nm1,A\0B,,,,,,,,\n", "M.csv, line 2, column name: expected text; there is a NUL byte here"),
        (f"{M}\nm1,Jörg,,,,,,,,\n".encode("latin-1"), "M.csv, line 2, column name: expected text in UTF-8"),
        (f"{M}\nm1,A,,,,,,,,\n".encode("utf-16"), "M.csv, line 1, column id: expected text in UTF-8"),
        (f'{M}\nm1,"A B,,,,,,,,\n', "M.csv, line 2, column id: expected a row of CSV"),
    ],
)
def test_a_wrong_sheet_is_told_by_file_line_and_column_and_nothing_is_written(
    tmp_path: Path, members: str | bytes, told: str
) -> None:
    (tmp_path / "F.csv").write_text("as it was")

    result = run(tmp_path, members, FIELD, "--json", str(tmp_path / "R.json"))

    assert result.exit_code == 2
    assert told in result.output
    assert (tmp_path / "F.csv").read_text() == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["C.csv", "F.csv", "M.csv"]


def test_candidates_have_mentors_in_place_of_coached(tmp_path: Path) -> None:
    result = run(tmp_path, PEOPLE, f"{M}\n")

    assert result.exit_code == 2
    assert "C.csv, line 1, column coached: expected one of" in result.output


@pytest.mark.parametrize("members", ["\ufeff" + PEOPLE, PEOPLE.replace("\n", "\r\n"), PEOPLE + "\n\n"])
def test_a_mark_at_the_front_other_line_ends_and_empty_lines_are_taken(tmp_path: Path, members: str) -> None:
    assert run(tmp_path, members).exit_code == 0
    assert len(rows(tmp_path)) == 2


def test_a_sheet_without_rows_gives_a_sheet_without_rows(tmp_path: Path) -> None:
    assert run(tmp_path, M + "\n").exit_code == 0
    assert (tmp_path / "F.csv").read_text() == "member,candidate,kind,strength,confidence,evidence\n"


def test_columns_and_rows_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = ",".join(reversed(MEMBER_COLUMNS))
    many = f"{turned}\n,,,,,Acme,,,Ana Brindle,m2\n,,,,,Acme Ltd,,,Quentin Thistlewold,m1\n"
    run(tmp_path, f"{M}\nm1,Quentin Thistlewold,,,Acme Ltd,,,,,\nm2,Ana Brindle,,,Acme,,,,,\n")
    first = (tmp_path / "F.csv").read_bytes()

    run(tmp_path, many)

    assert (tmp_path / "F.csv").read_bytes() == first


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_taken_for_a_formula(tmp_path: Path, start: str) -> None:
    member = f'{M}\n"{start}m1",X Y,,,"Acme",,,,,\n'

    run(tmp_path, member)

    with (tmp_path / "F.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) == 12
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(("years", "kinds"), [("2", []), ("3", ["former_organisation"])])
def test_years_back_are_counted_in_months_from_today(tmp_path: Path, years: str, kinds: list[str]) -> None:
    run(tmp_path, f"{M}\nm1,X Y,,,,Acme@2024-12,,,,\n", FIELD, "--former-years", years)

    assert [kind for _, _, kind, _, _ in rows(tmp_path)] == kinds


def test_a_day_or_a_number_that_is_none_is_told(tmp_path: Path) -> None:
    assert run(tmp_path, PEOPLE, FIELD, "--today", "yesterday").exit_code == 2
    assert run(tmp_path, PEOPLE, FIELD, "--former-years", "-1").exit_code == 2
