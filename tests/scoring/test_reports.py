"""Short reports from a sheet: each goes to the coordinator with its place and pauses what must pause."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from panel_app.accounts.services import change_profile
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.assignment.services import recuse
from panel_app.conflicts.queries import pair_standing
from panel_app.conflicts.rules import Independence
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.panel import a_declaration
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_started_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.needs import needs_of
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.permissions import Refused
from panel_app.foundation.states import NotFromHere, ReasonMissing
from panel_app.scoring.queries.reports import ReportRow, keeps_from_signing, report_facts, reports_of
from panel_app.scoring.rules.reports import KINDS, REPORT, Pause, ReportKind, ReportState, ReportStep
from panel_app.scoring.services import Report, answer_report, close_report, raise_report, save_field
from tests.scoring.places import Place, a_place, two_places
from tests.scoring.saves import a_change, stored
from tests.support.pages import Visitor

pytestmark = pytest.mark.both_databases
Visit = Callable[[Actor | None], Visitor]
S = AssignmentState


def state_of(key: str) -> AssignmentState:
    facts = assignment_facts(key)
    assert facts is not None
    return facts.state


def told(place: Place, kind: ReportKind, *, piece: str = "E02", words: str = "See the footer.") -> str:
    return raise_report(place.actor, place.key, Report(kind, piece, "p. 2", words), form_key=f"{kind}-{place.key}")


def row_of(key: str) -> ReportRow:
    found = report_facts(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "mine", "other"),
    [
        (ReportKind.KNOWN, S.SUSPENDED, S.SCORING),
        (ReportKind.SHOWS_IDENTITY, S.SUSPENDED, S.SUSPENDED),
        (ReportKind.DOES_NOT_OPEN, S.SCORING, S.SCORING),
        (ReportKind.NOT_OWN_WORK, S.SCORING, S.SCORING),
        (ReportKind.QUESTION, S.SCORING, S.SCORING),
    ],
)
def test_a_report_pauses_what_must_pause(
    app: object, kind: ReportKind, mine: AssignmentState, other: AssignmentState
) -> None:
    first, second = two_places()
    for each in (first, second):
        a_started_sheet(each.key)

    key = told(first, kind)

    assert (state_of(first.key), state_of(second.key)) == (mine, other)
    assert row_of(key).held == [mine, other].count(S.SUSPENDED)


def test_an_answer_lets_everybody_s_work_go_on_and_keeps_the_text(app: object) -> None:
    first, second = two_places()
    for each in (first, second):
        a_started_sheet(each.key)
    save_field(second.actor, second.key, a_change("C1.rationale", "typed before the hold"))
    key = told(first, ReportKind.SHOWS_IDENTITY)

    answer_report(a_coordinator(first.round_.id), key, "The footer is covered now.")

    assert (state_of(first.key), state_of(second.key)) == (S.ACCEPTED, S.ACCEPTED)
    assert stored(second.key) == {"C1.rationale": "typed before the hold"}
    assert (row_of(key).state, row_of(key).answer) == (ReportState.ANSWERED, "The footer is covered now.")


def test_work_that_two_reports_hold_goes_on_with_the_second_answer(app: object) -> None:
    first, second = two_places()
    for each in (first, second):
        a_started_sheet(each.key)
    known = told(first, ReportKind.KNOWN)
    shows = told(second, ReportKind.SHOWS_IDENTITY)
    coordinator = a_coordinator(first.round_.id)

    answer_report(coordinator, shows, "Covered.")
    between = state_of(first.key), state_of(second.key)
    answer_report(coordinator, known, "It is someone else. Go on.")

    assert between == (S.SUSPENDED, S.ACCEPTED)
    assert state_of(first.key) == S.ACCEPTED


def test_closing_keeps_work_on_hold(place: Place) -> None:
    key = told(place, ReportKind.KNOWN)

    close_report(a_coordinator(place.round_.id), key, "Someone else is asked.")

    assert (state_of(place.key), row_of(key).state) == (S.SUSPENDED, ReportState.CLOSED)


def test_a_second_press_sends_nothing_twice(place: Place) -> None:
    keys = {told(place, ReportKind.KNOWN) for _ in range(2)}

    assert [row.key for row in reports_of(row_of(keys.pop()).assignment_id)] != []
    assert keys == set()


def test_a_report_without_words_or_of_a_foreign_piece_is_refused(place: Place) -> None:
    for report, field in ((Report(ReportKind.QUESTION), "words"), (Report(ReportKind.KNOWN, "E77"), "piece")):
        with pytest.raises(Conflicted) as refused:
            raise_report(place.actor, place.key, report, form_key="x")

        assert refused.value.field == field
    assert state_of(place.key) == S.SCORING


def test_others_can_neither_send_nor_settle(place: Place) -> None:
    key = told(place, ReportKind.QUESTION)
    stranger = a_place(place.round_).actor

    with pytest.raises(Refused) as sent:
        raise_report(stranger, place.key, Report(ReportKind.KNOWN), form_key="other")
    with pytest.raises(Refused) as settled:
        answer_report(place.actor, key, "I answer myself.")

    assert sent.value.refusal.hidden
    assert settled.value.refusal.hidden
    assert row_of(key).state is ReportState.OPEN


def test_a_report_of_the_evidence_stops_signing_until_it_is_settled(place: Place) -> None:
    assessment_id = place.portfolio.assessment_id
    told(place, ReportKind.QUESTION)
    before = keeps_from_signing(assessment_id)
    key = told(place, ReportKind.NOT_OWN_WORK)
    during = keeps_from_signing(assessment_id)

    answer_report(a_coordinator(place.round_.id), key, "It is a template that anyone may use.")

    assert (before, during, keeps_from_signing(assessment_id)) == (False, True, False)


def test_leaving_the_portfolio_ends_one_s_own_questions_and_not_what_concerns_the_evidence(place: Place) -> None:
    question, doubt = told(place, ReportKind.QUESTION), told(place, ReportKind.NOT_OWN_WORK)

    recuse(place.actor, place.key, "I know them.")

    assert (row_of(question).state, row_of(doubt).state) == (ReportState.CLOSED, ReportState.OPEN)


@pytest.mark.parametrize(("state", "step"), [pair for pair in REPORT.pairs() if not REPORT.can(pair[1], pair[0])])
def test_a_settled_report_has_no_way_out(state: ReportState, step: ReportStep) -> None:
    with pytest.raises(NotFromHere):
        REPORT.after(step, state)


def test_settling_needs_words_and_happens_once(place: Place) -> None:
    key, coordinator = told(place, ReportKind.QUESTION), a_coordinator(place.round_.id)

    with pytest.raises(ReasonMissing):
        answer_report(coordinator, key, "  ")
    answer_report(coordinator, key, "Both count.")
    with pytest.raises(NotFromHere):
        close_report(coordinator, key, "Once more.")

    assert row_of(key).answer == "Both count."


def test_the_coordinator_is_told_on_today_and_by_mail_and_the_assessor_hears_back(app: Flask, place: Place) -> None:
    coordinator = a_coordinator(place.round_.id)
    key = told(place, ReportKind.DOES_NOT_OPEN, words="Blank on my screen.")
    with app.test_request_context():
        needed = [str(need.sentence) for need in needs_of(coordinator)]

    answer_report(coordinator, key, "It was made again.")

    assert f"{place.portfolio.reference}: an assessor reports “This file does not open”" in needed
    kinds = {row.kind: row for row in reading().scalars(select(Notification).filter_by(round_id=place.round_.id))}
    assert kinds["coordination/reported"].person_id == coordinator.person_id
    assert "Blank on my screen." not in kinds["coordination/reported"].text
    assert "It was made again." in kinds["coordination/report_settled"].text
    with app.test_request_context():
        assert [str(need.sentence) for need in needs_of(coordinator) if "reports" in str(need.sentence)] == []


def test_nothing_goes_on_where_a_conflict_bars_the_pair_by_now(place: Place) -> None:
    key = told(place, ReportKind.KNOWN)
    a_declaration(place.member, "Harbour Lights Cooperative")

    answer_report(a_coordinator(place.round_.id), key, "Go on.")

    assert (state_of(place.key), row_of(key).state) == (S.SUSPENDED, ReportState.ANSWERED)


def test_work_stays_on_hold_while_a_conflict_waits_for_its_decision_and_the_report_is_answered(app: object) -> None:
    round_ = a_round(state="closed")
    place = a_place(round_, portfolio=an_admitted_portfolio(round_, people_named=["Beet Torch (manager)"]))
    a_started_sheet(place.key)
    key = told(place, ReportKind.KNOWN)
    change_profile(place.actor, name="Beet Torch", address_form=None, zone=None, locale="en")

    answer_report(a_coordinator(round_.id), key, "Go on.")

    assert pair_standing(place.member.member_id, place.portfolio.id).independence is Independence.UNDECIDED
    assert (state_of(place.key), row_of(key).state) == (S.SUSPENDED, ReportState.ANSWERED)


def test_the_answer_says_what_goes_on_and_what_stays_on_hold(app: object, visit: Visit) -> None:
    first, second = two_places()
    for each in (first, second):
        a_started_sheet(each.key)
    report = told(first, ReportKind.SHOWS_IDENTITY)
    a_declaration(second.member, "Harbour Lights Cooperative")
    coordinator = visit(a_coordinator(first.round_.id))

    page = coordinator.post(f"/rounds/{first.round_.key}/reports/{report}/answer", words="The footer is covered now.")

    assert "The work of 1 assessor goes on." in page.main
    assert "The work of 1 assessor stays on hold: another report or a conflict holds it." in page.main
    assert (state_of(first.key), state_of(second.key)) == (S.ACCEPTED, S.SUSPENDED)


def test_every_kind_says_what_happens_next() -> None:
    assert set(KINDS) == set(ReportKind)
    assert [kind for kind, telling in KINDS.items() if not telling.next.endswith(".")] == []
    assert {telling.pause for telling in KINDS.values()} == set(Pause)


def test_submitted_sheets_of_others_are_left_alone(app: object) -> None:
    first, second = two_places()
    a_started_sheet(first.key)
    a_submitted_sheet(second.key)

    told(first, ReportKind.SHOWS_IDENTITY)

    assert (state_of(first.key), state_of(second.key)) == (S.SUSPENDED, S.SUBMITTED)


def test_the_form_sends_a_report_and_says_what_happens_next(place: Place, visit: Visit) -> None:
    browser = visit(place.actor)
    asked = browser.get(f"/reviews/{place.key}/report?kind=shows_identity&piece=E01")

    page = browser.post(
        f"/reviews/{place.key}/report",
        kind="shows_identity",
        piece="E01",
        page="p. 3",
        words="A signature.",
        form_key="k",
    )

    assert asked.all("//input[@name='kind'][@checked]/@value") == ["shows_identity"]
    assert "All work on this portfolio is on hold at once." in page.main
    assert "E01, p. 3" in page.main
    assert "A signature." in page.main
    assert "on hold" in browser.get(f"/reviews/{place.key}").heading


def test_an_unknown_address_of_the_form_is_refused(place: Place, visit: Visit) -> None:
    for query in ("kind=else", "piece=E99", "sort=kind"):
        assert visit(place.actor).get(f"/reviews/{place.key}/report?{query}", 400).status == 400


def test_the_case_page_shows_reports_with_place_words_and_acts(place: Place, visit: Visit) -> None:
    key = told(place, ReportKind.NOT_OWN_WORK, words="The same report stands on a vendor's page.")
    browser = visit(a_coordinator(place.round_.id))
    case = f"/rounds/{place.round_.key}/portfolios/{place.portfolio.key}"

    before = browser.get(case)
    act = f"/rounds/{place.round_.key}/reports/{key}/answer"
    form = browser.get(act)
    browser.post(act, words="We asked. It is theirs.")
    after = browser.get(case)

    assert "The evidence may be someone else's work, E02, p. 2" in before.main
    assert "The same report stands on a vendor's page." in before.main
    assert "vendor's page" in form.main
    assert "Answered: We asked. It is theirs." in after.main
    assert act not in after.links()
    reading().rollback()
    told_back = visit(place.actor).get(f"/reviews/{place.key}/report")
    assert "The coordinator writes: We asked. It is theirs." in told_back.main
