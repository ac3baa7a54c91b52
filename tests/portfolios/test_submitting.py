"""Submitting, receipts, withdrawing: on both databases, with real parallel connections."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from panel_app import clock
from panel_app.demo.builders.accounts import a_person
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.database import Conflicted, db, transaction
from panel_app.portfolios import services
from panel_app.portfolios.models import Assessment, AssessmentStatus, Portfolio, PortfolioStatus, Submission
from panel_app.portfolios.queries.drafts import submissions_of
from panel_app.portfolios.queries.receipts import receipt
from panel_app.portfolios.rules import manifests
from panel_app.programmes.queries import RoundView
from tests.portfolios.acts import at_once, happened, mails, refusal, rows

pytestmark = pytest.mark.both_databases
SECOND = timedelta(seconds=1)


def a_draft(round_: RoundView | None = None) -> APortfolio:
    return a_portfolio(round_ or a_round(), submitted=False)


def submit(built: APortfolio, form_key: str = "one press") -> services.Submitted:
    return services.submit_portfolio(built.candidate, built.key, form_key)


def test_a_submission_has_a_receipt_on_the_page_and_in_one_mail(app: Flask) -> None:
    built = a_portfolio(a_round(), evidence=[*three_links(), a_text_file("Überblick – план.md")])

    page = receipt(built.key)
    (mail,) = mails("portfolios/receipt")

    assert page is not None
    assert page.sha256 == manifests.sha256(page.manifest)
    assert manifests.read(page.manifest).names_sha256 == manifests.sha256(page.names)
    assert [piece.name for piece in page.pieces][3] == "Überblick – план.md"
    assert page.sha256 in mail.text
    assert "09:00:00 WET (Lisbon)" in mail.text


def test_a_manifest_names_no_file_by_its_own_name(app: Flask) -> None:
    built = a_portfolio(a_round(), evidence=[*three_links(), a_text_file("Maize_Test.md")])

    page = receipt(built.key)

    assert page is not None
    assert "Maize_Test.md" in page.names
    assert "Maize_Test" not in page.manifest


def test_five_parallel_presses_make_one_submission_one_receipt_one_mail(app: Flask) -> None:
    built = a_draft()

    answers = at_once(app, clock.now(), [lambda: submit(built)] * 5)

    assert len({answer.sha256 for answer in answers if isinstance(answer, services.Submitted)}) == 1
    assert all(isinstance(answer, services.Submitted) for answer in answers)
    assert rows(Submission) == 1
    assert len(mails("portfolios/receipt")) == 1
    assert happened("portfolios:portfolio:submitted") == 1


def test_each_new_press_makes_a_new_submission_and_the_last_counts(app: Flask) -> None:
    built = a_draft()

    submit(built, "first")
    services.save_section(built.candidate, built.key, "reflection", "Changed since.", revision=1)
    submit(built, "second")

    assert [row.number for row in submissions_of(built.id)] == [2, 1]
    page = receipt(built.key)
    assert page is not None
    assert "Changed since." in page.manifest
    assert rows(Assessment, portfolio_id=built.id) == 1


def test_an_incomplete_portfolio_is_not_submitted(app: Flask) -> None:
    built = a_portfolio(a_round(), submitted=False, sections={"reflection": ""})

    assert "can't be submitted yet" in refusal(lambda: submit(built))
    assert rows(Submission) == 0


def test_the_deadline_s_own_second_is_in_time_and_the_next_is_not(app: Flask) -> None:
    round_ = a_round()
    shut = round_.closes_at + timedelta(seconds=round_.grace_seconds)
    early, late = a_draft(round_), a_draft(round_)

    with clock.pinned(shut):
        submit(early)
    with clock.pinned(shut + SECOND):
        sentence = refusal(lambda: submit(late))

    assert "The deadline was Mon 18 Jan 2027 09:00:00 WET (Lisbon)" in sentence
    assert rows(Submission) == 1
    assert happened("portfolios:late-attempt:refused") == 1


def test_a_press_in_time_keeps_its_answer_after_the_deadline(app: Flask) -> None:
    round_ = a_round()
    built = a_draft(round_)

    first = submit(built)
    with clock.pinned(round_.closes_at + timedelta(days=1)):
        again = submit(built)

    assert again == first


def test_submits_and_saves_around_the_deadline_are_wholly_in_or_wholly_out(app: Flask) -> None:
    round_ = a_round()
    built = a_draft(round_)
    shut = round_.closes_at + timedelta(seconds=round_.grace_seconds)

    def at(instant: object, act: object) -> object:
        with clock.pinned(instant):  # type: ignore[arg-type]
            return act()  # type: ignore[operator]

    acts = [
        lambda: at(shut, lambda: submit(built, "in time")),
        lambda: at(shut + SECOND, lambda: submit(built, "late")),
        lambda: at(
            shut + SECOND,
            lambda: services.save_section(built.candidate, built.key, "reflection", "late text", revision=1),
        ),
    ]
    answers = at_once(app, shut, acts)

    assert [isinstance(answer, str) for answer in answers] == [False, True, True]
    page = receipt(built.key)
    assert page is not None
    assert (page.number, page.last_number) == (1, 1)
    assert "late text" not in page.manifest
    assert happened("portfolios:late-attempt:refused") == 2


@pytest.mark.parametrize("statement", ["UPDATE submission SET number = 9", "DELETE FROM submission"])
def test_a_submission_can_t_be_changed_by_sql(app: Flask, statement: str) -> None:
    a_portfolio(a_round())

    with pytest.raises((DatabaseError, Conflicted)), transaction() as session:
        session.execute(text(statement))

    db.session.rollback()
    assert rows(Submission, number=1) == 1


def test_a_withdrawn_portfolio_stays_and_its_assessments_end(app: Flask) -> None:
    built = a_portfolio(a_round())

    services.withdraw_portfolio(built.candidate, built.key)

    assert rows(Portfolio, key=built.key, status=PortfolioStatus.WITHDRAWN) == 1
    assert rows(Assessment, portfolio_id=built.id, status=AssessmentStatus.ENDED) == 1
    assert rows(Submission, portfolio_id=built.id) == 1
    assert len(mails("portfolios/withdrawn")) == 1


def test_nobody_but_the_owner_submits_or_withdraws(app: Flask) -> None:
    built, other = a_draft(), a_person()

    for act in (
        lambda: services.submit_portfolio(other, built.key, "x"),
        lambda: services.withdraw_portfolio(other, built.key),
    ):
        assert refusal(act) == refusal(lambda: services.submit_portfolio(other, "a" * 26, "x"))

    assert rows(Submission) == 0


def test_five_parallel_starts_make_one_portfolio(app: Flask) -> None:
    round_, candidate = a_round(), a_person()

    def once() -> object:
        try:
            return services.start_portfolio(candidate, round_.key)
        except Conflicted as second:
            return second.sentence

    answers = at_once(app, clock.now(), [once] * 5)

    assert len([answer for answer in answers if isinstance(answer, services.Started)]) == 1
    assert rows(Portfolio) == 1
