"""The benches go on running: their data are possible data, what they measure answers, what they save is kept once."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import scoring
from bench.__main__ import main
from bench.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_bench_measures_every_page_of_a_small_round(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--only", "pages", "--databases", "sqlite", "--sizes", "100", "--requests", "1"])

    printed = capsys.readouterr().out
    assert code == 0
    assert [page.name for page in PAGES if page.name not in printed] == []


@pytest.mark.storm
def test_bench_of_scoring_loses_and_doubles_nothing_when_the_server_is_killed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    few = "--databases sqlite --size 40 --members 2 --seconds 1 --kills 1 --no-page"

    code = scoring.main(few.split())

    printed = capsys.readouterr().out
    assert code == 0
    assert re.search(r" 2 members .* p50 .* = \d+\.\d\d .* p95 .* = .* p99 .* = ", printed)
    assert re.search(r"1 kills: [1-9]\d* acknowledged, [1-9]\d* kept, 0 lost, 0 doubled, 0 rules broken", printed)


@pytest.mark.storm
@pytest.mark.browser
def test_bench_of_the_sheet_counts_what_comes_before_its_first_page() -> None:
    """Bytes, unlike times, are the same on every machine: the bound holds here too.

    In a process of its own, because this one may hold another browser.
    """
    few = "--databases sqlite --no-saves --loads 1 --pages 3"
    command = [sys.executable, "-m", "bench.scoring", *few.split()]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    printed = ran.stdout
    seen, drawn = (
        [int(number.replace(",", "")) for number in re.findall(rf"([\d,]+) bytes before {what}", printed)]
        for what in ("the first page is seen", "it is drawn sharply")
    )
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"first level usable after \d+ ms, empty page \d+ ms = \d", printed)
    assert len(seen) == len(drawn) == 2
    assert max(seen) <= scoring.MOST_BYTES
    assert drawn[0] > seen[0] + 400_000, "the reader of PDFs and its worker are not among the bytes"
