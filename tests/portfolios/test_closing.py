"""Around the close: every way in is shut, extensions, drafts left, panel copies, admission. On both databases."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio, a_text_file, an_admitted_portfolio, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.jobs.models import Job
from panel_app.portfolios import services
from panel_app.portfolios.models import (
    Assessment,
    AssessmentStatus,
    CopyState,
    Evidence,
    PanelCopy,
    Portfolio,
    PortfolioStatus,
)
from panel_app.portfolios.queries.stores import store
from panel_app.programmes.queries import RoundView
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import move_dates
from tests.portfolios.acts import at_once, happened, mails, refusal, rows, stored

pytestmark = pytest.mark.both_databases


def after(round_: RoundView) -> datetime:
    return round_.closes_at + timedelta(seconds=round_.grace_seconds + 1)


def status(built: APortfolio) -> tuple[PortfolioStatus, AssessmentStatus | None]:
    found = select(Portfolio.status, Assessment.status).outerjoin(Assessment, Assessment.portfolio_id == Portfolio.id)
    row = reading().execute(found.where(Portfolio.id == built.id)).one()
    return row[0], row[1]


def with_file(round_: RoundView, *, copies: bool = True) -> APortfolio:
    return a_portfolio(round_, evidence=[*three_links(), a_text_file()], copies=copies)


def test_after_the_close_every_way_in_is_shut_and_each_attempt_is_kept(app: Flask) -> None:
    round_ = a_round()
    built = with_file(round_)
    who, key, piece = built.candidate, built.key, built.pieces[0]
    ways = [
        lambda: services.save_section(who, key, "reflection", "late", revision=1),
        lambda: services.add_file(who, key, BytesIO(b"late"), "late.txt"),
        lambda: services.add_link(who, key, "https://late.example.org/"),
        lambda: services.describe_evidence(who, piece, "late", {}),
        lambda: services.move_evidence(who, piece, earlier=False),
        lambda: services.remove_evidence(who, piece),
        lambda: services.change_identity(who, key, organisation="late", other_names=[], people_named=[]),
        lambda: services.submit_portfolio(who, key, "late"),
    ]
    files = stored(key)

    with clock.pinned(after(round_)):
        answers = {refusal(way) for way in ways}

    assert len(answers) == 1
    assert "The deadline was" in answers.pop()
    assert happened("portfolios:late-attempt:refused") == len(ways)
    assert rows(Evidence, shows="late") == 0
    assert stored(key) == files


def test_an_extension_opens_one_portfolio_with_a_reason_and_a_mail(app: Flask) -> None:
    round_ = a_round()
    late, other = a_portfolio(round_, submitted=False), a_portfolio(round_, submitted=False)
    coordinator = a_coordinator(round_.id)

    with clock.pinned(after(round_)):
        services.settle_closed(round_.id)
        services.extend_deadline(coordinator, late.key, "2027-02-01T17:00", "A hospital stay, with a letter.")
        services.submit_portfolio(late.candidate, late.key, "x")
        sentence = refusal(lambda: services.submit_portfolio(other.candidate, other.key, "x"))

    (mail,) = mails("portfolios/extended")
    assert "Mon 1 Feb 2027 17:00 WET (Lisbon)" in mail.text
    assert "A hospital stay" in mail.text
    assert "has ended" in sentence
    assert (status(late)[0], status(other)[0]) == (PortfolioStatus.SUBMITTED, PortfolioStatus.NOT_SUBMITTED)


@pytest.mark.parametrize(("wall", "says"), [("2027-01-10T09:00", "later|after the deadline"), ("soon", "Enter a date")])
def test_a_deadline_never_moves_to_an_earlier_time(app: Flask, wall: str, says: str) -> None:
    round_ = a_round()
    built = a_portfolio(round_, submitted=False)

    with pytest.raises(Conflicted, match=says) as refused:
        services.extend_deadline(a_coordinator(round_.id), built.key, wall, "x")

    assert refused.value.field == "until"


def test_only_the_round_s_coordinator_extends_and_never_their_own(app: Flask) -> None:
    round_ = a_round()
    coordinator = a_coordinator(round_.id)
    own, built = a_portfolio(round_, coordinator, submitted=False), a_portfolio(round_, submitted=False)
    stranger = a_coordinator(a_round().id)

    for who, key in ((stranger, built.key), (built.candidate, built.key), (coordinator, own.key)):
        refusal(lambda who=who, key=key: services.extend_deadline(who, key, "2027-02-01T17:00", "x"))  # type: ignore[misc]

    assert mails("portfolios/extended") == []


def test_drafts_are_marked_only_once_their_own_deadline_has_passed(app: Flask) -> None:
    round_ = a_round()
    built = a_portfolio(round_, submitted=False)

    too_early = services.settle_closed(round_.id)
    with clock.pinned(after(round_)):
        settled = services.settle_closed(round_.id)

    assert (too_early, settled) == (0, 1)
    assert status(built)[0] is PortfolioStatus.NOT_SUBMITTED
    assert [job.run_at for job in reading().scalars(select(Job).filter_by(kind="portfolios.settle_closed"))] == [
        after(round_)
    ]


def test_drafts_are_marked_once_in_short_acts_by_two_jobs_at_once(app: Flask) -> None:
    round_ = a_round()
    for _ in range(5):
        a_portfolio(round_, submitted=False)

    settled = at_once(app, after(round_), [lambda: services.settle_closed(round_.id, most=2)] * 2)

    assert sum(int(each) for each in settled) == 5
    assert rows(Portfolio, status=PortfolioStatus.NOT_SUBMITTED) == 5
    assert happened("portfolios:status:changed") == 5


def test_ready_assessments_are_admitted_once_in_short_acts_by_two_presses(app: Flask) -> None:
    round_ = a_round()
    for _ in range(5):
        a_portfolio(round_)
    coordinator = a_coordinator(round_.id)

    admitted = at_once(app, after(round_), [lambda: services.admit_all(coordinator, round_.key, most=2)] * 2)

    assert sum(int(each) for each in admitted) == 5
    assert rows(Assessment, status=AssessmentStatus.ADMITTED) == 5


def test_copies_are_made_after_a_submit_and_only_then_is_it_ready(app: Flask) -> None:
    built = with_file(a_round(), copies=False)
    before = status(built)[1]

    services.make_copies(built.key)
    services.make_copies(built.key)

    assert before is AssessmentStatus.PREPARING
    assert status(built)[1] is AssessmentStatus.READY
    assert rows(PanelCopy, state=CopyState.READY) == rows(PanelCopy) == 1


def test_a_copy_that_can_t_be_made_holds_its_portfolio_and_no_other(app: Flask) -> None:
    round_ = a_round()
    held, fine = with_file(round_, copies=False), with_file(round_, copies=False)
    coordinator = a_coordinator(round_.id)
    (sha256,) = stored(held.key)
    whole = store().path(held.key, sha256).read_bytes()
    store().path(held.key, sha256).write_bytes(b"rot")

    services.make_copies(held.key)
    services.make_copies(fine.key)
    with clock.pinned(after(round_)):
        admitted = services.admit_all(coordinator, round_.key)

    assert admitted == 1
    assert (status(held)[1], status(fine)[1]) == (AssessmentStatus.PREPARING, AssessmentStatus.ADMITTED)
    copy = reading().scalars(select(PanelCopy).filter_by(state=CopyState.HELD)).one()
    assert "damaged" in (copy.reason or "")
    store()._path(held.key, sha256).write_bytes(whole)
    services.retry_copy(coordinator, copy.key)
    services.make_copies(held.key)
    assert status(held)[1] is AssessmentStatus.READY


def test_a_coordinator_leaves_a_held_piece_out_with_a_reason(app: Flask) -> None:
    round_ = a_round()
    built = with_file(round_, copies=False)
    (sha256,) = stored(built.key)
    store().path(built.key, sha256).write_bytes(b"rot")
    services.make_copies(built.key)
    key = reading().scalars(select(PanelCopy.key)).one()

    services.exclude_copy(a_coordinator(round_.id), key, "The file is broken; the candidate agrees.")

    assert status(built)[1] is AssessmentStatus.READY
    assert rows(PanelCopy, state=CopyState.EXCLUDED, reason="The file is broken; the candidate agrees.") == 1


def test_admission_waits_for_the_portfolio_s_own_deadline(app: Flask) -> None:
    round_ = a_round()
    built, coordinator = a_portfolio(round_), a_coordinator(round_.id)

    early = refusal(lambda: services.admit(coordinator, built.assessment_key))
    with clock.pinned(after(round_)):
        services.admit(coordinator, built.assessment_key)
        twice = refusal(lambda: services.admit(coordinator, built.assessment_key))

    assert "has not passed" in early
    assert "Only what is ready" in twice
    assert status(built)[1] is AssessmentStatus.ADMITTED


def test_what_is_in_assessment_gets_no_later_deadline(app: Flask) -> None:
    round_ = a_round()
    built = an_admitted_portfolio(round_)

    with clock.pinned(after(round_)):
        sentence = refusal(
            lambda: services.extend_deadline(a_coordinator(round_.id), built.key, "2027-02-01T17:00", "x")
        )

    assert "in assessment already" in sentence


def test_candidates_read_that_dates_moved(app: Flask) -> None:
    round_ = a_round()
    built, withdrawn = a_portfolio(round_, submitted=False), a_portfolio(round_)
    services.withdraw_portfolio(withdrawn.candidate, withdrawn.key)
    a_person()

    move_dates(SYSTEM, round_.key, {Which.CLOSES: "2027-01-20T09:00"}, "The hall is closed.")

    (mail,) = mails("programmes/dates-moved")
    assert mail.person_id == built.candidate.person_id
    assert f"/portfolios/{built.key}" in mail.text
