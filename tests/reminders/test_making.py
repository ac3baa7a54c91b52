"""The runner: what is due is written once, late or not, one message to a person."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from panel_app import clock
from panel_app.accounts.models import Person
from panel_app.accounts.services import withdraw_role
from panel_app.assignment import services as assignment
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import a_portfolio, an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.reminders import due_reminders
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.database import transaction
from panel_app.foundation.outbox.models import MessageState
from panel_app.foundation.times import to_wall
from panel_app.portfolios.services import extend_deadline
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.services import move_dates
from tests.reminders.support import day, deliver, make, members_told, occurrences, reminders, sheets_at_work
from tests.support.outbox import send
from tests.support.smtp import Mailbox

pytestmark = pytest.mark.both_databases


def test_a_reminder_is_written_once_however_often_the_runner_looks(app: Flask) -> None:
    work = sheets_at_work()
    at = day(work.due_at, -7)

    assert (make(day(work.due_at, -8)), make(at), make(at), make(at + timedelta(hours=5))) == (0, 1, 0, 0)
    assert occurrences() == [("before-7", True)]


def test_down_from_eight_to_twenty_a_reminder_of_nine_goes_once_and_says_that_it_is_late(app: Flask) -> None:
    work = sheets_at_work()
    evening = day(work.due_at, -7, hour=19)

    assert (make(evening), make(evening)) == (1, 0)
    (mail,) = reminders()
    assert occurrences() == [("before-7", True)]
    assert mail.due_at == day(work.due_at, -7, hour=8)
    assert "This reminder is late" in mail.text


def test_one_on_time_says_nothing_of_being_late(app: Flask) -> None:
    work = sheets_at_work()

    make(day(work.due_at, -7, hour=8))

    (mail,) = reminders()
    assert (occurrences(), "late" in mail.text) == ([("before-7", False)], False)


def test_what_was_missed_for_days_is_merged_into_one_message(app: Flask) -> None:
    work = sheets_at_work()

    written = make(day(work.due_at, 5))

    assert (written, len(reminders())) == (2, 2)
    assert sorted(name for name, _ in occurrences()) == [
        "before-2", "before-7", "due", "overdue-2", "overdue-4", "told-3",
    ]  # fmt: skip


def test_four_things_of_one_person_make_one_message_that_names_all_four(app: Flask) -> None:
    work = sheets_at_work(3)
    lead = an_admitted_portfolio(work.round)
    an_assignment(lead, work.member, role=AssignmentRole.LEAD)
    references = [each.reference for each in (*work.portfolios, lead)]

    written = make(day(work.due_at, -2))

    (mail,) = reminders()
    assert written == 1
    assert [reference for reference in references if reference in mail.text] == references
    assert f"{lead.reference}, as lead" in mail.text
    assert mail.subject == f"{work.round.title}: 4 things wait"


def test_every_two_days_until_done_sends_five_in_ten_days(app: Flask) -> None:
    work = sheets_at_work()
    due = work.due_at
    make(day(due, 0))
    before = len(reminders())

    for hours in range(24, 11 * 24):
        make(day(due, 0) + timedelta(hours=hours))

    to_member = [mail for mail in reminders()[before:] if mail.person_id == work.member.actor.person_id]
    assert [(mail.due_at.date() - due.date()).days for mail in to_member] == [2, 4, 6, 8, 10]


def test_nothing_more_once_the_sheet_is_submitted(app: Flask) -> None:
    done, doing = sheets_at_work(state="submitted"), sheets_at_work()

    make(day(done.due_at, 5))

    assert members_told(done, doing) == [False, True]


@pytest.mark.parametrize("state", ["declined", "recalled", "recused", "replaced", "deferred"])
def test_who_has_no_part_any_more_is_not_reminded(app: Flask, state: str) -> None:
    gone, doing = sheets_at_work(state=state), sheets_at_work()

    make(day(gone.due_at, 5))

    assert members_told(gone, doing) == [False, True]


def test_an_offer_is_reminded_of_only_once_its_message_was_delivered(app: Flask, smtp: Mailbox) -> None:
    work = sheets_at_work(state="offered")
    smtp.refuse_data = "451 later"
    send(app, smtp)
    last_day = day(clock.now(), 4)

    while_undelivered = make(last_day)
    smtp.refuse_data = ""
    with clock.pinned(clock.now() + timedelta(minutes=10)):
        send(app, smtp)

    assert (while_undelivered, make(last_day)) == (0, 1)
    assert f"Offer to assess {work.portfolios[0].reference}" in reminders()[-1].text


def test_each_rule_remembers_its_own(app: Flask, smtp: Mailbox) -> None:
    work = sheets_at_work(state="offered")
    deliver(app, smtp)
    offered = make(day(clock.now(), 4))
    with clock.pinned(day(clock.now(), 4)):
        assignment.accept_offer(work.member.actor, work.assignments[0].key)

    overdue = make(day(work.due_at, 2))

    assert (offered, overdue) == (1, 1)
    assert reminders()[-1].subject == f"Overdue: Score sheet for {work.portfolios[0].reference} ({work.round.title})"


def test_a_reopened_sheet_is_reminded_of_anew(app: Flask) -> None:
    work = sheets_at_work(state="reopened")

    make(day(work.due_at, -2))

    assert occurrences()[-1][0] == "before-2"


def test_a_candidate_is_reminded_by_their_own_deadline(app: Flask) -> None:
    tomorrow = {"is_on": True, "before_due_days": [1], "on_due": False,
                "overdue_every_days": None, "escalate_after_days": None}  # fmt: skip
    round_ = a_round(zone="Europe/Berlin", working={"reminders": {"draft_not_submitted": tomorrow}})
    built = a_portfolio(round_, submitted=False)
    later = (round_.closes_at + timedelta(days=7)).strftime("%Y-%m-%dT12:00")
    coordinator = a_coordinator(round_.id)
    extend_deadline(coordinator, built.key, later, "Ill for a week.")

    old_days = [make(day(round_.closes_at, days)) for days in (-1, 0, 1)]

    assert old_days == [0, 0, 0]
    assert make(day(round_.closes_at, 6)) == 1
    assert built.reference in reminders()[0].subject


def test_nobody_is_woken_at_night(app: Flask) -> None:
    work = sheets_at_work()
    with transaction() as db:
        db.execute(update(Person).values(zone="Pacific/Auckland"))

    in_the_night, in_the_morning = make(day(work.due_at, -7, hour=9)), make(day(work.due_at, -7, hour=19))

    assert (in_the_night, in_the_morning) == (0, 1)


def test_a_coordinator_hears_nothing_of_a_portfolio_that_they_assess(app: Flask) -> None:
    work = sheets_at_work(2)
    own = a_member(work.round, person=work.coordinator)
    with transaction() as db:
        first = db.scalars(select(Assignment).filter_by(key=work.assignments[0].key)).one()
        db.add(
            Assignment(
                round_id=first.round_id,
                assessment_id=first.assessment_id,
                member_id=own.member_id,
                role=first.role,
                state=AssignmentState.DECLINED,
                state_since=first.state_since,
                offered_at=first.offered_at,
                answer_by=first.answer_by,
                due_at=first.due_at,
            )
        )

    make(day(work.due_at, 3))

    (told,) = [mail for mail in reminders() if mail.person_id == work.coordinator.person_id]
    assert work.portfolios[1].reference in told.text
    assert work.portfolios[0].reference not in told.text + told.html


def test_a_coordinator_hears_nothing_of_a_portfolio_that_they_must_keep_away_from(app: Flask) -> None:
    work = sheets_at_work(2)
    # a name of one word says too little to keep anybody away
    near, far = sorted(work.portfolios, key=lambda portfolio: " " not in portfolio.candidate.name)
    namesake = a_coordinator(work.round.id, name=near.candidate.name)

    make(day(work.due_at, 3))

    (told,) = [mail for mail in reminders() if mail.person_id == namesake.person_id]
    (other,) = [mail for mail in reminders() if mail.person_id == work.coordinator.person_id]
    assert near.reference in other.text
    assert far.reference in told.text
    assert near.reference not in told.text + told.html


def test_a_mail_is_made_of_its_own_round(app: Flask, smtp: Mailbox) -> None:
    ours, theirs = (
        sheets_at_work(title="Spring '27"),
        sheets_at_work(title="Autumn '27", scoring_due=timedelta(days=25)),
    )
    make(day(ours.due_at, -2))

    deliver_at = day(ours.due_at, -2)
    send(app, smtp, deliver_at)

    mail = smtp.taken[-1]
    assert str(mail["Subject"]).startswith("Spring '27: ")
    assert mail["From"].addresses[0].display_name == "Spring '27"
    assert theirs.portfolios[0].reference not in str(mail)
    assert [each.kind for each in reminders()] == ["reminders/digest"]


def test_a_rule_that_is_switched_off_is_silent(app: Flask) -> None:
    off = {"is_on": False, "before_due_days": [7], "on_due": True, "overdue_every_days": 1, "escalate_after_days": 1}
    silent, spoken_to = sheets_at_work(working={"reminders": {"score_sheet_due": off}}), sheets_at_work()

    make(day(silent.due_at, 5))

    assert members_told(silent, spoken_to) == [False, True]


def test_rows_for_a_demonstration_are_due_at_once(app: Flask) -> None:
    due_reminders(3)

    assert make(clock.now()) == 3
    assert len({mail.recipient for mail in reminders()}) == 3


def test_what_is_settled_before_sending_is_skipped(app: Flask, smtp: Mailbox) -> None:
    work = sheets_at_work()
    deliver(app, smtp)
    at = day(work.due_at, -2)
    make(at)
    assignment.start(work.member.actor, work.assignments[0].key)
    assignment.mark_submitted(work.member.actor, work.assignments[0].key)

    send(app, smtp, at)

    assert ([str(mail["Subject"]) for mail in smtp.taken], reminders()[0].state) == ([], MessageState.SKIPPED)


def test_what_is_settled_in_part_is_told_of_the_rest(app: Flask, smtp: Mailbox) -> None:
    work = sheets_at_work(2)
    deliver(app, smtp)
    at = day(work.due_at, -2)
    make(at)
    assignment.start(work.member.actor, work.assignments[0].key)
    assignment.mark_submitted(work.member.actor, work.assignments[0].key)

    send(app, smtp, at)

    (mail,) = smtp.taken
    assert mail["Subject"] == f"{work.round.title}: Score sheet for {work.portfolios[1].reference}"
    assert [each.state for each in reminders()] == [MessageState.SUPERSEDED, MessageState.SENT]
    assert make(at) == 0


def test_who_is_a_coordinator_no_more_is_not_told(app: Flask, smtp: Mailbox) -> None:
    work = sheets_at_work()
    other = a_coordinator(work.round.id)
    assert other.person_id is not None
    make(day(work.due_at, 3))
    withdraw_role(SYSTEM, other.person_id, Role.COORDINATOR, work.round.id, "left")

    send(app, smtp, day(work.due_at, 3))

    states = {mail.person_id: mail.state for mail in reminders()}
    assert states[other.person_id] is MessageState.SKIPPED
    assert states[work.coordinator.person_id] is MessageState.SENT


def test_reminders_follow_a_date_of_the_round_that_moved(app: Flask) -> None:
    work = sheets_at_work()
    was = work.due_at
    later = was + timedelta(days=10)

    walls = {Which.SCORING_DUE: to_wall(later, work.round.zone)}
    move_dates(work.coordinator, work.round.key, walls, "The registry was closed for a week.")

    assert work.due_at == later
    assert (make(day(was, -7)), make(day(was, 2)), make(day(later, -7))) == (0, 0, 1)
    assert occurrences() == [("before-7", True)]


def test_a_reminder_of_the_day_that_moved_before_it_was_sent_is_not_sent(app: Flask, smtp: Mailbox) -> None:
    work = sheets_at_work()
    at = day(work.due_at, -2)
    make(at)
    walls = {Which.SCORING_DUE: to_wall(work.due_at + timedelta(days=10), work.round.zone)}

    with clock.pinned(at):
        move_dates(work.coordinator, work.round.key, walls, "The registry was closed for a week.")
        send(app, smtp)

    assert [mail.state for mail in reminders()] == [MessageState.SKIPPED]
