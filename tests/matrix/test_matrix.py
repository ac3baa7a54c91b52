"""The permission matrix: every route × every relation, compared with the committed table.

`make permissions` writes the table anew; a widened door then shows in review.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from panel_app import clock
from tests.conftest import START
from tests.matrix.probe import Line, lines
from tests.matrix.table import read
from tests.matrix.world import ACTORS, World, build
from tests.support.databases import SqliteDatabases

TABLE = Path(__file__).with_name("matrix.tsv")


@pytest.fixture(scope="module")
def answered(sqlite_databases: SqliteDatabases) -> Iterator[list[Line]]:
    sqlite_databases.renew()
    with clock.pinned(START), sqlite_databases.app.app_context():
        world: World = build()
        sqlite_databases.keep("matrix")
        yield list(lines(sqlite_databases, world))


def test_every_answer_is_the_committed_one(answered: list[Line]) -> None:
    committed = {(line.method, line.path): line.cells for line in read(TABLE)}
    differing = []
    for line in answered:
        then = committed.get((line.method, line.path), ("missing",) * len(ACTORS))
        pairs = zip(ACTORS, line.cells, then, strict=True)
        differing += [f"{line.method} {line.path} as {who}: {now}, not {was}" for who, now, was in pairs if now != was]

    assert differing == []


def test_the_committed_table_names_no_route_that_is_gone(answered: list[Line]) -> None:
    assert [(line.method, line.path) for line in read(TABLE)] == [(line.method, line.path) for line in answered]


def column(answered: list[Line], who: str) -> dict[str, str]:
    return {f"{line.method} {line.path}": line.cells[ACTORS.index(who)] for line in answered}


def test_nothing_breaks_whoever_asks(answered: list[Line]) -> None:
    assert [f"{line.method} {line.path}" for line in answered if any("BROKEN" in cell for cell in line.cells)] == []


@pytest.mark.parametrize("who", ["stranger", "other candidate", "other coordinator", "idle member", "recused member"])
def test_who_has_no_part_in_a_portfolio_gets_into_none_of_its_addresses(answered: list[Line], who: str) -> None:
    of_it = ("<key:portfolio_key>", "<key:evidence_key>", "<key:copy_key>", "<key:outcome_key>", "<key:case_key>")

    inside = [at for at, word in column(answered, who).items() if any(key in at for key in of_it) and word == "in"]

    assert inside == []


@pytest.mark.parametrize("who", ["assessor", "offered member", "moderator", "signer", "observer"])
def test_whoever_must_not_know_the_candidate_reaches_no_page_with_names(answered: list[Line], who: str) -> None:
    named = ("/rounds/<key:round_key>/portfolios", "/rounds/<key:round_key>/desk", "/people", "/originals/")

    inside = [at for at, word in column(answered, who).items() if any(part in at for part in named) and word == "in"]

    assert inside == []


def test_conflicted_coordinator_gets_into_nothing_of_that_portfolio(answered: list[Line]) -> None:
    words = column(answered, "conflicted coordinator")

    assert [at for at, word in words.items() if "<key:portfolio_key>" in at and word == "in"] == []


def test_round_s_own_coordinator_gets_in(answered: list[Line]) -> None:
    words = column(answered, "coordinator")

    assert words["GET /rounds/<key:round_key>/portfolios/<key:portfolio_key>"] == "in"
    assert words["GET /rounds/<key:round_key>/desk"] == "in"
