"""What waits on whom in a round, with the person's own deadline: frozen rows for the reminder rules."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select

from panel_app.accounts.models import Person
from panel_app.accounts.rules import PersonState
from panel_app.assignment.models import Assignment, AssignmentRole
from panel_app.assignment.queries.standing import told_as
from panel_app.assignment.rules import AT_WORK_STATES, AssignmentState
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.panel.models import Member
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment, Portfolio, PortfolioStatus
from panel_app.portfolios.queries.standing_facts import own_deadline
from panel_app.programmes.models import Round
from panel_app.reminders.rules.occurrences import Reader, Waiting

SHEETS: Mapping[AssignmentRole, str] = {
    AssignmentRole.ASSESSOR: N_("Score sheet for %(reference)s"),
    AssignmentRole.LEAD: N_("Score sheet for %(reference)s, as lead"),
    AssignmentRole.REVIEWER: N_("Review of %(reference)s"),
}
"""By the role in which its assessor is told that they are asked."""
OFFER = N_("Offer to assess %(reference)s")
DRAFT = N_("Portfolio %(reference)s")


def sheets_awaited(round_id: int, subjects: Collection[str] | None = None) -> list[Waiting]:
    """Score sheets that are awaited; a reopened one waits since it was reopened. One statement."""
    reopened = Assignment.state == AssignmentState.REOPENED
    since = case((reopened, Assignment.state_since), else_=func.coalesce(Assignment.accepted_at, Assignment.offered_at))
    query = _assigned(round_id, subjects, since.label("since"), Assignment.due_at.label("deadline"))
    rows = reading().execute(query.where(Assignment.state.in_(AT_WORK_STATES)))
    return [
        waiting_of(
            row, sentence(SHEETS[told_as(row.role)], reference=row.reference), "scoring.sheet", assignment_key=row.key
        )
        for row in rows
    ]


def offers_unanswered(round_id: int, subjects: Collection[str] | None = None) -> list[Waiting]:
    """Offers whose message the mail server has taken, since then, and that nobody has answered. One statement."""
    query = _assigned(round_id, subjects, Notification.sent_at.label("since"), Assignment.answer_by.label("deadline"))
    told = and_(Notification.id == Assignment.offer_message_id, Notification.state == MessageState.SENT)
    rows = reading().execute(query.join(Notification, told).where(Assignment.state == AssignmentState.OFFERED))
    return [
        waiting_of(row, sentence(OFFER, reference=row.reference), "assignment.offer", assignment_key=row.key)
        for row in rows
    ]


def drafts_open(round_id: int, subjects: Collection[str] | None = None) -> list[Waiting]:
    """Portfolios that were begun and not submitted, each with its own deadline. One statement."""
    query = (
        select(
            Portfolio.key,
            Portfolio.reference,
            Portfolio.id.label("portfolio_id"),
            Portfolio.key.label("portfolio_key"),
            Portfolio.created_at.label("since"),
            own_deadline().label("deadline"),
            *reader_columns(),
        )
        .join(Round, Round.id == Portfolio.round_id)
        .join(PortfolioOwner, PortfolioOwner.portfolio_id == Portfolio.id)
        .join(Person, Person.id == PortfolioOwner.person_id)
        .where(Portfolio.round_id == round_id, Portfolio.status == PortfolioStatus.DRAFT, can_be_reached())
        .order_by(Portfolio.id)
    )
    if subjects is not None:
        query = query.where(Portfolio.key.in_(subjects))
    return [
        waiting_of(row, sentence(DRAFT, reference=row.reference), "portfolios.show", True, portfolio_key=row.key)
        for row in reading().execute(query)
    ]


def _assigned(round_id: int, subjects: Collection[str] | None, since: Any, deadline: Any) -> Select[*tuple[Any, ...]]:
    """Assignments on portfolios of the round that are still assessed; `since` and `deadline` are labelled columns."""
    query = (
        select(
            Assignment.key,
            Assignment.role,
            Portfolio.reference,
            Portfolio.id.label("portfolio_id"),
            Portfolio.key.label("portfolio_key"),
            since,
            deadline,
            *reader_columns(),
        )
        .join(Assessment, Assessment.id == Assignment.assessment_id)
        .join(Portfolio, Portfolio.id == Assessment.portfolio_id)
        .join(Round, Round.id == Portfolio.round_id)
        .join(Member, Member.id == Assignment.member_id)
        .join(Person, Person.id == Member.person_id)
        .where(Portfolio.round_id == round_id, Portfolio.status == PortfolioStatus.SUBMITTED, can_be_reached())
        .order_by(Assignment.id)
    )
    return query if subjects is None else query.where(Assignment.key.in_(subjects))


def can_be_reached() -> ColumnElement[bool]:
    """Of a statement with Person: those who read mail, or will once they open their account."""
    return Person.state.in_([PersonState.INVITED, PersonState.ACTIVE])


def reader_columns() -> tuple[Any, ...]:
    """Columns of a `Reader`, for a statement with Person and Round."""
    return (
        Person.id.label("person_id"),
        func.coalesce(Person.address_form, Person.name).label("name"),
        func.coalesce(Person.zone, Round.zone).label("reader_zone"),
        Person.locale,
    )


def waiting_of(row: Row[Any], what: Sentence, endpoint: str, about_candidate: bool = False, **values: str) -> Waiting:
    """One row of such a statement as a `Waiting`."""
    since, deadline = row.since, row.deadline
    assert isinstance(since, datetime)
    assert isinstance(deadline, datetime)
    return Waiting(
        subject=row.key,
        reader=Reader(row.person_id, row.name, row.reader_zone, row.locale),
        since=since,
        deadline=deadline,
        what=what,
        endpoint=endpoint,
        values=values,
        reference=row.reference,
        portfolio_id=row.portfolio_id,
        portfolio_key=row.portfolio_key,
        about_candidate=about_candidate,
    )
