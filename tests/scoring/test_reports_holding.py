"""Reports from a sheet: what comes up while one is open, what is told twice, and two acts at once."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app.assignment.models import AssignmentRole
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.assignment.services import accept_offer, recuse, reopen, resume
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.outbox.models import Notification
from panel_app.scoring.models import ReportHold
from panel_app.scoring.queries.reports import reports_of
from panel_app.scoring.rules.reports import ReportKind, ReportState
from panel_app.scoring.services import Report, answer_report, close_report, raise_report, start_scoring, take_back_sheet
from tests.scoring.places import Place, a_place
from tests.scoring.races import at_once
from tests.support.pages import Visitor

pytestmark = pytest.mark.both_databases
Visit = Callable[[Actor | None], Visitor]
S = AssignmentState


def state_of(place: Place) -> AssignmentState:
    facts = assignment_facts(place.key)
    assert facts is not None
    return facts.state


def told(place: Place, kind: ReportKind, words: str = "See the footer.", *, piece: str = "E02", form: str = "") -> str:
    return raise_report(
        place.actor, place.key, Report(kind, piece, "", words), form_key=f"{place.key}{form or kind + words}"[:64]
    )


def mails(kind: str) -> int:
    return reading().execute(select(func.count()).select_from(Notification).filter_by(kind=kind)).scalar_one()


def id_of(place: Place) -> int:
    facts = assignment_facts(place.key)
    assert facts is not None
    return facts.id


def test_an_offer_accepted_while_an_identity_report_is_open_is_on_hold_until_it_is_answered(app: Flask) -> None:
    reporter = a_place(state="scoring")
    asked = a_place(reporter.round_, None, reporter.portfolio, state="offered")
    report = told(reporter, ReportKind.SHOWS_IDENTITY)

    accept_offer(asked.actor, asked.key)
    on_hold = state_of(asked)
    answer_report(a_coordinator(reporter.round_.id), report, "It is cleaned: go on.")

    assert on_hold is S.SUSPENDED
    assert (state_of(asked), state_of(reporter)) == (S.ACCEPTED, S.ACCEPTED)


def test_a_sheet_reopened_meanwhile_is_on_hold_and_one_taken_back_too(app: Flask) -> None:
    round_ = a_round(state="closed", working={"grace_minutes": 30})
    reporter = a_place(round_, state="scoring")
    roles = (AssignmentRole.ASSESSOR, AssignmentRole.THIRD)
    others = [a_place(round_, None, reporter.portfolio, role=role) for role in roles]
    for other in others:
        a_submitted_sheet(other.key)
    told(reporter, ReportKind.SHOWS_IDENTITY)

    reopen(a_coordinator(round_.id), others[0].key, "Look at E02 again.")
    take_back_sheet(others[1].actor, others[1].key)

    assert [state_of(other) for other in others] == [S.SUSPENDED, S.SUSPENDED]
    assert reading().scalar(select(func.count()).select_from(ReportHold)) == 3


def test_each_open_report_holds_it_so_that_one_answer_is_not_enough(app: Flask) -> None:
    reporter = a_place(state="scoring")
    coordinator = a_coordinator(reporter.round_.id)
    first = told(reporter, ReportKind.SHOWS_IDENTITY)
    resume(coordinator, reporter.key, "Tell me of the rest.")
    second = told(reporter, ReportKind.SHOWS_IDENTITY, "Its name, too.", piece="E03")
    asked = a_place(reporter.round_, None, reporter.portfolio, state="offered")
    accept_offer(asked.actor, asked.key)

    answer_report(coordinator, first, "The first is cleaned.")
    between = state_of(asked)
    answer_report(coordinator, second, "So is the second.")

    assert (between, state_of(asked)) == (S.SUSPENDED, S.ACCEPTED)


def test_what_a_coordinator_let_go_on_can_be_started_while_the_report_is_open(app: Flask) -> None:
    reporter = a_place()
    told(reporter, ReportKind.SHOWS_IDENTITY)
    resume(a_coordinator(reporter.round_.id), reporter.key, "Without that page.")

    start_scoring(reporter.actor, reporter.key)

    assert state_of(reporter) is S.SCORING


def test_an_offer_accepted_while_only_a_question_is_open_goes_on(app: Flask) -> None:
    reporter = a_place(state="scoring")
    asked = a_place(reporter.round_, None, reporter.portfolio, state="offered")
    told(reporter, ReportKind.QUESTION)

    accept_offer(asked.actor, asked.key)

    assert state_of(asked) is S.ACCEPTED


def test_the_same_report_again_is_answered_with_the_open_one_and_mails_nobody(app: Flask) -> None:
    place = a_place(state="scoring")
    a_coordinator(place.round_.id)

    keys = {told(place, ReportKind.DOES_NOT_OPEN, form=f"press {number}") for number in range(3)}
    keys.add(told(place, ReportKind.DOES_NOT_OPEN, "", form="without words"))

    assert len(keys) == 1
    assert len(reports_of(id_of(place))) == 1
    assert mails("coordination/reported") == 1


def test_other_words_about_the_same_wait_for_the_answer_and_stay_on_the_page(app: Flask, visit: Visit) -> None:
    place = a_place(state="scoring")
    coordinator = a_coordinator(place.round_.id)
    first = told(place, ReportKind.QUESTION, "May I use E02?")
    sent = {"kind": "question", "piece": "E02", "words": "And E03?", "form_key": "other"}

    page = visit(place.actor).post(f"/reviews/{place.key}/report", 409, **sent)
    with pytest.raises(Conflicted):
        told(place, ReportKind.QUESTION, "And E03?")
    answer_report(coordinator, first, "Yes.")
    told(place, ReportKind.QUESTION, "And E03?")

    assert "May I use E02?" in page.main
    assert page.field("words").strip() == "And E03?"
    assert any("You have told this already" in error for error in page.errors)
    assert [row.state for row in reports_of(id_of(place))] == [ReportState.OPEN, ReportState.ANSWERED]


def test_another_piece_another_kind_and_another_assessor_are_reports_of_their_own(app: Flask) -> None:
    place = a_place(state="scoring")
    other = a_place(place.round_, None, place.portfolio, state="scoring")

    keys = {
        told(place, ReportKind.DOES_NOT_OPEN),
        told(place, ReportKind.DOES_NOT_OPEN, piece="E03", form="piece"),
        told(place, ReportKind.NOT_OWN_WORK),
        told(other, ReportKind.DOES_NOT_OPEN, form="other"),
    }

    assert len(keys) == 4


def test_one_of_two_presses_at_once_makes_the_report(app: Flask) -> None:
    place = a_place(state="scoring")

    keys = at_once(app, *(partial(told, place, ReportKind.DOES_NOT_OPEN, form=form) for form in ("a", "b")))

    assert len(set(keys)) == 1
    assert len(reports_of(id_of(place))) == 1


@pytest.mark.parametrize("settle", [answer_report, close_report])
def test_an_answer_and_the_end_of_its_assignment_at_once_never_wait_for_each_other(
    app: Flask, settle: Callable[[Actor, str, str], None]
) -> None:
    round_ = a_round(state="closed")
    coordinator = a_coordinator(round_.id)
    for _ in range(5):
        place = a_place(round_, state="scoring")
        report = told(place, ReportKind.KNOWN)

        answers = at_once(
            app,
            partial(recuse, place.actor, place.key, "I know them."),
            partial(settle, coordinator, report, "Go on."),
        )

        assert {type(each).__name__ for each in answers} <= {"NoneType", "LetGo", "NotFromHere"}, answers
        assert (state_of(place), reports_of(id_of(place))[0].state is ReportState.OPEN) == (S.RECUSED, False)
