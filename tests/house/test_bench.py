"""The bench goes on running: its data are possible data, and every page that it measures answers."""

import pytest

from bench.__main__ import main
from bench.pages import PAGES


@pytest.mark.slow
def test_bench_measures_every_page_of_a_small_round(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--only", "pages", "--databases", "sqlite", "--sizes", "100", "--requests", "1"])

    printed = capsys.readouterr().out
    assert code == 0
    assert [page.name for page in PAGES if page.name not in printed] == []
