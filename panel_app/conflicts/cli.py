"""`panel conflicts`: the detectors that need no database, run over two sheets. No settings are needed."""

import csv
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from panel_app import clock
from panel_app.conflicts.blocking_rules import Index, candidate_keys, member_keys
from panel_app.conflicts.people_rules import RECENT_YEARS
from panel_app.conflicts.rules import CandidateFacts, Finding, MemberFacts, examine
from panel_app.conflicts.sheet_rules import Person, SheetError, candidates_of, members_of, months_ago, safe_cell
from panel_app.foundation.commands import command

HEADER = ("member", "candidate", "kind", "strength", "confidence", "evidence")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@command
@click.group()
def conflicts() -> None:
    """Look for conflicts of interest outside the database."""


@conflicts.command()
@click.option("--members", required=True, type=_FILE, help="Sheet of panel members (CSV in UTF-8).")
@click.option("--candidates", required=True, type=_FILE, help="Sheet of candidates (CSV in UTF-8).")
@click.option("--out", required=True, type=_NEW, help="Where the findings go (CSV), a row each.")
@click.option("--today", type=_DAY, help="The day from which years are counted back; today by default.")
@click.option("--former-years", type=click.IntRange(0, 200), default=RECENT_YEARS, show_default=True,
              help="For so many years an organisation counts after it was left.")  # fmt: skip
@click.option("--json", "report", type=_NEW, help="Where a count by kind and strength goes (JSON).")
def check(
    members: Path, candidates: Path, out: Path, today: datetime | None, former_years: int, report: Path | None
) -> None:
    """Compare every member with every candidate and write what is found.

    Exit code 0 also where something is found; 2 for a wrong sheet, and then nothing is written.
    """
    day = today.date() if today else clock.now().date()
    try:
        panel = members_of(members.read_bytes(), str(members))
        field = candidates_of(candidates.read_bytes(), str(candidates), months_ago(day, former_years))
        with _whole_or_not(out) as sheet, _whole_or_not(report) as counts:
            found = _write(sheet, panel, field)
            asked = {"today": day.isoformat(), "former_years": former_years}
            asked |= {"members": len(panel), "candidates": len(field)}
            json.dump(asked | found, counts, indent=2, sort_keys=True)
            counts.write("\n")
    except (SheetError, OSError) as error:
        raise click.UsageError(str(error)) from None


def findings_of(
    panel: Sequence[Person[MemberFacts]], field: Sequence[Person[CandidateFacts]]
) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """Yield the pairs that were compared, by their ids in order, with what was found."""
    index = Index(candidate_keys(each.facts) for each in field)
    for member in panel:
        for place in index.meeting(member_keys(member.facts)):
            yield member.id, field[place].id, examine(member.facts, field[place].facts)


def _write(
    sheet: TextIO, panel: Sequence[Person[MemberFacts]], field: Sequence[Person[CandidateFacts]]
) -> dict[str, object]:
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerow(HEADER)
    counted: Counter[tuple[str, str]] = Counter()
    compared = 0
    for member, candidate, found in findings_of(panel, field):
        compared += 1
        for each in found:
            cells = (member, candidate, each.kind, each.strength.value, f"{each.confidence:.2f}", str(each.reason))
            rows.writerow(
                [safe_cell(" ".join(cell.split()) if place == 5 else cell) for place, cell in enumerate(cells)]
            )
            counted[each.kind, each.strength.value] += 1
    by_kind: dict[str, dict[str, int]] = {}
    for (kind, strength), number in sorted(counted.items()):
        by_kind.setdefault(kind, {})[strength] = number
    return {"compared": compared, "findings": counted.total(), "by_kind": by_kind}


@contextmanager
def _whole_or_not(path: Path | None) -> Iterator[TextIO]:
    """Write beside the file and put it in place at the end; after an error nothing is there. No path: nowhere."""
    if path is None:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            yield nowhere
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """The mask of new files; it can't be read without being set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
