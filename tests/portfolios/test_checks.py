"""`panel check` and `panel doctor` on portfolios: silent on what the services made, a line for what is wrong."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from panel_app import clock
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.database import transaction
from panel_app.portfolios import checks
from panel_app.portfolios.queries.stores import store
from tests.portfolios.acts import stored

INVARIANTS = (
    checks.a_status_fits_its_submissions,
    checks.an_assessment_is_of_its_portfolio_s_round,
    checks.drafts_end_with_their_deadline,
    checks.receipts_fit_their_manifests,
    checks.nothing_is_ready_without_its_panel_copies,
    checks.a_first_page_s_picture_is_of_a_ready_copy,
)


@pytest.fixture
def built(app: Flask) -> APortfolio:
    round_ = a_round()
    a_portfolio(round_, submitted=False)
    a_round()
    return a_portfolio(round_, evidence=[*three_links(), a_text_file()])


def test_what_the_services_make_holds(built: APortfolio) -> None:
    assert [finding for check in INVARIANTS for finding in check()] == []


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (checks.a_status_fits_its_submissions, "UPDATE portfolio SET status = 'draft'"),
        (checks.a_status_fits_its_submissions, "DELETE FROM assessment"),
        (
            checks.an_assessment_is_of_its_portfolio_s_round,
            "UPDATE assessment SET round_id = (SELECT max(id) FROM round)",
        ),
        (checks.receipts_fit_their_manifests, "UPDATE submission SET manifest = manifest || ' '"),
        (
            checks.nothing_is_ready_without_its_panel_copies,
            "UPDATE panel_copy SET state = 'held', reason = 'x', file_id = NULL",
        ),
    ],
)
def test_each_wrong_row_is_named_by_its_reference(
    built: APortfolio, check: Callable[[], Iterable[str]], statement: str
) -> None:
    with transaction() as session:
        session.execute(text("DROP TRIGGER tr_submission_update"))
        session.execute(text(statement))

    (finding,) = check()

    assert built.reference in finding


def test_a_draft_that_outlives_its_deadline_by_a_day_is_named(built: APortfolio) -> None:
    with clock.pinned(clock.now() + timedelta(days=16)):
        assert len(list(checks.drafts_end_with_their_deadline())) == 1


def test_files_that_are_missing_damaged_or_nobody_s_are_named(built: APortfolio) -> None:
    def findings() -> list[str]:
        return [finding.partition("/")[2] for finding in checks.files_and_rows_agree() if built.key in finding]

    before, (first, second) = findings(), stored(built.key)
    folder: Path = store().path(built.key, first).parent
    (folder / first).unlink()
    (folder / second).write_bytes(b"rot")
    (folder / ("0" * 64)).write_bytes(b"x")

    assert before == []
    assert sorted(finding.split(":")[0] for finding in findings()) == sorted(
        [f"{first} is missing", f"{second} is damaged", f"{'0' * 64} is damaged", f"{'0' * 64} belongs to no row"]
    )
