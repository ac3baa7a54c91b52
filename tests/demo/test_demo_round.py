"""The seeded demo round: every stage and every kind of trouble, made by acts that are on record."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app import clock
from panel_app.accounts.services.entry import sign_in
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.conflicts.models import Finding
from panel_app.demo.contents import portfolios
from panel_app.demo.mailbox import folder_of, names, read
from panel_app.demo.seeding.cast import PASSWORD, Cast
from panel_app.demo.seeding.seed import look_after
from panel_app.demo.sign_ins import MEMBERS, sign_ins
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.moderation.models import CaseReason, ModerationCase
from panel_app.outcomes.models import Outcome, Signature
from panel_app.outcomes.rules import OutcomeState
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, CopyState, PanelCopy, Portfolio
from panel_app.programmes.models import Round
from tests.conftest import START
from tests.support.pages import Visitor

pytestmark = pytest.mark.slow

EARLIER, CURRENT, OPEN = "CPAP-26A", "CPAP-26B", "CPAP-27A"
FIRST_ACTS = {
    "person_id": "accounts:person:added",
    "round_id": "programmes:round:made",
    "portfolio_id": "portfolios:portfolio:started",
    "assignment_id": "assignment:offer:made",
    "case_id": "moderation:case:opened",
    "outcome_id": "outcomes:outcome:proposed",
}


def statuses(model: type[Portfolio] | type[Assessment], code: str) -> dict[str, int]:
    query = select(model.status, func.count())
    if model is Assessment:
        query = query.join(Portfolio, Portfolio.id == Assessment.portfolio_id)
    query = query.join(Round, Round.id == Portfolio.round_id).where(Round.code == code)
    return {status.value: number for status, number in reading().execute(query.group_by(model.status))}


def column(what: object) -> list[object]:
    return list(reading().scalars(select(what)))  # type: ignore[call-overload]  # any column


def visitor(app: Flask, email: str) -> Visitor:
    return Visitor(app, sign_in(email, PASSWORD, "127.0.0.1").token)


def test_portfolios_stand_at_every_status(demo_round: Flask) -> None:
    assert statuses(Portfolio, EARLIER) == {"submitted": 3}
    assert statuses(Portfolio, CURRENT) == {"submitted": 21, "draft": 1, "not_submitted": 1, "withdrawn": 1}
    assert statuses(Portfolio, OPEN) == {"draft": 3}


def test_assessments_stand_at_every_stage_of_the_flow(demo_round: Flask) -> None:
    assert statuses(Assessment, EARLIER) == {"released": 3}
    assert statuses(Assessment, CURRENT) == {
        "preparing": 1, "ready": 1, "admitted": 1, "assigning": 4, "scoring": 3, "moderation": 3, "proposed": 7,
        "signed_off": 1, "ended": 1,
    }  # fmt: skip


def test_offers_were_answered_in_every_way(demo_round: Flask) -> None:
    states = Counter(column(Assignment.state))

    assert set(states) >= set(AssignmentState) - {
        AssignmentState.RECALLED, AssignmentState.REPLACED, AssignmentState.CLOSED, AssignmentState.REOPENED,
    }  # fmt: skip
    assert states[AssignmentState.SUSPENDED] == 1


def test_one_sheet_is_overdue_and_a_third_is_being_written(demo_round: Flask) -> None:
    working = reading().execute(
        select(Assignment.role, Assignment.due_at).where(Assignment.state == AssignmentState.SCORING)
    ).all()  # fmt: skip

    assert [due < clock.now() for _, due in working].count(True) == 1
    assert [role for role, _ in working].count(AssignmentRole.THIRD) == 1


def test_a_panel_copy_is_held_with_its_reason(demo_round: Flask) -> None:
    reasons = list(reading().scalars(select(PanelCopy.reason).where(PanelCopy.state == CopyState.HELD)))

    assert len(reasons) == 1
    assert "1024 MB of memory" in str(reasons[0])


def test_conflicts_of_each_strength_stand_are_dismissed_and_wait(demo_round: Flask) -> None:
    rows = reading().execute(select(Finding.kind, Finding.strength, Finding.state)).all()

    assert Counter(f"{kind} {strength.value} {state.value}" for kind, strength, state in rows) == {
        "declared barred standing": 3,
        "same_organisation barred standing": 2,
        "named_in_portfolio decision dismissed": 1,
        "named_in_portfolio decision standing": 1,
        "named_in_portfolio decision open": 1,
    }


def test_cases_are_with_a_third_with_the_moderator_answered_and_closed(demo_round: Flask) -> None:
    states = Counter(str(state) for state in column(ModerationCase.state))

    assert states == {"with_third": 2, "with_moderator": 3, "answered": 2, "closed": 3}
    assert set(column(CaseReason.trigger)) == {"borderline", "discrepancy", "split_decision", "sample"}


def test_outcomes_are_proposed_signed_and_released(demo_round: Flask) -> None:
    rows = reading().execute(select(Outcome.state, Outcome.result).where(Outcome.state != OutcomeState.DROPPED))

    assert Counter(f"{state.value} {result.value}" for state, result in rows) == {
        "released pass": 1, "released refer": 1, "released fail": 1, "signed_off pass": 1,
        "proposed pass": 5, "proposed refer": 1, "proposed fail": 1,
    }  # fmt: skip
    assert len(column(Signature.id)) == 3 * 2 + 2 + 1


def test_every_invariant_holds_and_the_chain_is_whole(demo_round: Flask) -> None:
    assert list(invariant.run()) == []
    assert list(findings()) == []


def test_each_trail_starts_with_the_act_that_made_the_thing(demo_round: Flask) -> None:
    firsts: dict[tuple[str, int], str] = {}
    for tag, facts in reading().execute(select(AuditEvent.tag, AuditEvent.facts).order_by(AuditEvent.number)):
        for name, value in json.loads(facts).items():
            if name in FIRST_ACTS and value is not None:
                firsts.setdefault((name, value), tag)

    assert {name for name, _ in firsts} == set(FIRST_ACTS)
    assert {(name, tag) for (name, _), tag in firsts.items()} == set(FIRST_ACTS.items())
    assert len([1 for name, _ in firsts if name == "portfolio_id"]) == len(column(Portfolio.id))


def test_acts_are_on_record_in_the_order_of_their_times_up_to_now(demo_round: Flask) -> None:
    times = list(reading().scalars(select(AuditEvent.at).order_by(AuditEvent.number)))

    assert times == sorted(times)
    assert times[0] < (START - timedelta(days=170)).isoformat()
    assert times[-1] == START.isoformat(timespec="microseconds")


def test_mails_of_the_past_are_sent_and_lie_in_the_mailbox(demo_round: Flask) -> None:
    state, due = Notification.state, Notification.due_at
    sent = (
        reading().execute(select(Notification.message_id, Notification.sent_at).where(state == MessageState.SENT)).all()
    )
    waiting = select(func.count()).where(state == MessageState.PENDING, due <= clock.now())
    folder = folder_of(demo_round.config["SETTINGS"])
    kept = {mail.message_id for name in names(folder) if (mail := read(folder, name))}

    assert reading().scalar(waiting) == 0
    assert len(sent) > 100
    assert {message_id for message_id, _ in sent} <= kept
    assert max(at for _, at in sent if at) < START


def test_the_first_pass_of_a_scheduler_sends_a_handful(demo_round: Flask) -> None:
    look_after()

    due = select(func.count()).where(Notification.state == MessageState.PENDING, Notification.due_at <= clock.now())
    assert 0 < int(reading().scalar(due) or 0) < 20


def test_the_candidate_with_a_later_deadline_can_still_submit(demo_round: Flask) -> None:
    draft = reading().execute(
        select(Portfolio.key).join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .where(PortfolioOwner.person_id == Cast().id_of("p24"))
    ).scalar_one()  # fmt: skip

    page = visitor(demo_round, "travertine@dormouse.example.org").get(f"/portfolios/{draft}")

    assert f"/portfolios/{draft}/submit" in page.links()


def test_sign_ins_name_every_role_and_everything_to_see(demo_round: Flask) -> None:
    rows = sign_ins()

    assert {row.role for row in rows} == {
        "Candidate", "Panel member", "Coordinator", "Moderator", "Signer", "Observer", "Admin",
    }  # fmt: skip
    assert [row.sees for row in rows if row.role == "Panel member"] == [sees for sees, _ in MEMBERS]


def test_whoever_is_listed_signs_in_and_gets_a_first_page(demo_round: Flask) -> None:
    headings = [visitor(demo_round, row.email).get("/today").heading for row in sign_ins()]

    assert headings == ["What needs you now"] * 18


def test_who_reads_a_portfolio_sees_its_reference_and_not_its_candidate(demo_round: Flask) -> None:
    place = reading().execute(
        select(Assignment.key, Portfolio.key, Portfolio.reference, PortfolioOwner.person_id, Round.key)
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .where(Assignment.state == AssignmentState.SCORING, Assignment.role == AssignmentRole.THIRD)
    ).one()  # fmt: skip
    assignment, portfolio, reference, owner, round_key = place
    myrtle = next(each.candidate for each in portfolios() if each.key == "p07")
    member = next(row.email for row in sign_ins() if row.sees.startswith("A third"))

    case = visitor(demo_round, "gentian.muntjac@certification.example.org").get(
        f"/rounds/{round_key}/portfolios/{portfolio}"
    )
    sheet = visitor(demo_round, member).get(f"/reviews/{assignment}")

    assert owner == Cast().id_of("p07")
    assert myrtle.name in case.text
    assert reference in sheet.text
    assert [word for word in (*myrtle.name.split(), myrtle.organisation, myrtle.email) if word in sheet.body] == []
