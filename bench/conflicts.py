"""How long `panel conflicts check` takes, and how that grows: 100 × 100, 500 × 2,500, 2,000 × 10,000.

Run: `make bench-conflicts`. Prints time, memory and findings of each size, and the slope of log time over
log(members + candidates) between the two largest; exits with 1 if it is above 1.2. People are made by rule: common and
unusual names, employers that grow in number with the people, every twentieth candidate tied to a member.
"""

import csv
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from panel_app.conflicts.sheet_rules import CANDIDATE_COLUMNS, MEMBER_COLUMNS
from panel_app.names.lists import words_of

SIZES = ((100, 100), (500, 2500), (2000, 10000))
STEEPEST = 1.2
SYLLABLES = (
    "ba",
    "cro",
    "del",
    "fen",
    "gri",
    "hal",
    "jor",
    "kel",
    "lun",
    "mer",
    "nor",
    "pel",
    "qua",
    "rib",
    "sto",
    "tarn",
    "ul",
    "vex",
    "wil",
    "zor",
)
_COMMAND = [sys.executable, "-m", "panel_app", "conflicts", "check", "--today", "2027-01-15"]


def sheets(folder: Path, members: int, candidates: int) -> tuple[Path, Path]:
    """Write two sheets of made-up people."""
    draw = random.Random(members)  # noqa: S311  made-up people, not secrets
    people = [_person(draw, number, members + candidates) for number in range(members + candidates)]
    for number in range(members, members + candidates, 20):
        people[number] |= {"people": f"manager:{people[draw.randrange(members)]['name']}"}
    files = folder / "members.csv", folder / "candidates.csv"
    for file, columns, rows in zip(
        files, (MEMBER_COLUMNS, CANDIDATE_COLUMNS), (people[:members], people[members:]), strict=True
    ):
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return files


def _person(draw: random.Random, number: int, of: int) -> dict[str, str]:
    given = draw.choice(_GIVEN)
    family = draw.choice(_FAMILY) if draw.random() < 0.3 else "".join(draw.choices(SYLLABLES, k=4)).capitalize() + "er"
    firm = "".join(draw.choices(SYLLABLES, k=3)).capitalize() + str(draw.randrange(max(of // 4, 1)))
    return {
        "id": f"p{number:06}",
        "name": f"{given} {family}",
        "email": f"{given}.{number}@{firm}.example",
        "organisation": f"{firm} Ltd",
        "former": f"{firm}x{draw.randrange(max(of // 4, 1))}@2026-0{draw.randrange(1, 10)}",
        "links": f"https://github.com/{firm}{number}/tool|0000-0002-{number // 10000:04}-{number % 10000:04}",
        "vendors": f"Vendor {draw.randrange(max(of // 4, 1))}",
    }


_GIVEN = sorted(name.capitalize() for name in words_of("common_given") if len(name) > 3)
_FAMILY = sorted(name.capitalize() for name in words_of("common_surnames") if len(name) > 2)


def measured(members: int, candidates: int) -> tuple[float, float, int]:
    """Seconds (with the start of the process), megabytes at most, and findings, of one check."""
    with tempfile.TemporaryDirectory() as name:
        files = sheets(Path(name), members, candidates)
        out = Path(name) / "findings.csv"
        before = time.perf_counter()
        asked = ["--members", str(files[0]), "--candidates", str(files[1]), "--out", str(out)]
        subprocess.run([*_COMMAND, *asked], check=True)
        took = time.perf_counter() - before
        found = sum(1 for _ in out.open(encoding="utf-8")) - 1
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, found


def main() -> int:
    """Print the table and the slope."""
    print(f"{'members':>8} {'candidates':>11} {'seconds':>8} {'MB':>6} {'findings':>9}")
    seconds = []
    for members, candidates in SIZES:
        took, megabytes, found = measured(members, candidates)
        seconds.append(took)
        print(f"{members:>8} {candidates:>11} {took:>8.1f} {megabytes:>6.0f} {found:>9}")
    people = [members + candidates for members, candidates in SIZES]
    slope = math.log(seconds[-1] / seconds[-2]) / math.log(people[-1] / people[-2])
    print(f"slope between the two largest: {slope:.2f} (at most {STEEPEST})")
    return 0 if slope <= STEEPEST else 1


if __name__ == "__main__":
    sys.exit(main())
