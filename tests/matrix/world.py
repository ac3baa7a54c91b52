"""The world of the permission matrix: one portfolio in the middle of its round, and everyone's relation to it."""

from dataclasses import dataclass

from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.models import SignIn
from panel_app.accounts.services import begin_sign_in
from panel_app.assignment.models import Assignment
from panel_app.conflicts.models import Finding
from panel_app.demo.builders.accounts import (
    a_coordinator,
    a_moderator,
    a_person,
    a_signer,
    an_admin,
    an_observer,
)
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration, a_member
from panel_app.demo.builders.portfolios import APortfolio, a_portfolio, a_text_file, admit_portfolio, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_started_sheet, a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import Base, reading
from panel_app.moderation.models import ModerationCase
from panel_app.outcomes.models import Outcome
from panel_app.panel.models import Declaration, Seat
from panel_app.portfolios.models import PanelCopy
from panel_app.programmes.queries import RoundView
from panel_app.scoring.models import SheetReport
from panel_app.scoring.rules.reports import ReportKind
from panel_app.scoring.services import Report, raise_report

ACTORS = (
    "guest", "stranger", "owner", "other candidate", "assessor", "offered member", "recused member", "idle member",
    "moderator", "signer", "observer", "coordinator", "conflicted coordinator", "other coordinator", "admin",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """Who is there by relation, and the key of each kind of thing by the name of its route argument."""

    tokens: dict[str, str | None]
    keys: dict[str, str]


def build() -> World:
    """Two rounds; portfolio X of the first is being scored, one more has a case, one more an outcome."""
    round_ = a_round(state="open")
    people: dict[str, Actor | None] = {
        "guest": None,
        "stranger": a_person(),
        "owner": a_person(email="owner@lantern-freight.example.org"),
        "other candidate": a_person(),
        "moderator": a_moderator(round_.id),
        "signer": a_signer(round_.id),
        "observer": an_observer(round_.id),
        "coordinator": a_coordinator(round_.id),
        "other coordinator": a_coordinator(a_round(state="open").id, name="Willow Weir"),
        "admin": an_admin(),
    }
    conflicted = a_coordinator(round_.id, name="Fennel Ford", email="fennel@lantern-freight.example.org")
    people["conflicted coordinator"] = conflicted
    x = a_portfolio(round_, people["owner"], evidence=[*three_links(), a_text_file()], people_named=["Fennel Ford"])
    a_portfolio(round_, people["other candidate"])
    others = [a_portfolio(round_) for _ in range(2)]
    with clock.pinned(round_.scoring_due_at):
        return World(_tokens(people, round_, x, others), _keys(round_, x))


def _tokens(
    people: dict[str, Actor | None], round_: RoundView, x: APortfolio, others: list[APortfolio]
) -> dict[str, str | None]:
    for each in (x, *others):
        admit_portfolio(each, round_)
    members = {"assessor": a_member(round_), "recused member": a_member(round_)}
    key = an_assignment(x, members["assessor"], state="accepted").key
    asked = Report(ReportKind.QUESTION, words="Do both releases count?")
    raise_report(a_started_sheet(key), key, asked, form_key="asked")
    # Nobody else sits on the panel yet, so that the place of the recused one is offered to nobody by itself.
    an_assignment(x, members["recused member"], state="recused")
    members |= {"offered member": a_member(round_), "idle member": a_member(round_)}
    an_assignment(x, members["offered member"], state="offered")
    people.update({name: member.actor for name, member in members.items()})
    a_declaration(members["assessor"])
    for each, levels in zip(others, (4, 3), strict=True):
        first, second = (an_assignment(each, a_member(round_), state="accepted") for _ in range(2))
        a_submitted_sheet(first.key, levels=2 if levels == 4 else 3)
        a_submitted_sheet(second.key, levels=levels)
    return {
        name: begin_sign_in(who.person_id, confirmed=True) if who and who.person_id else None
        for name, who in people.items()
    }


def _keys(round_: RoundView, x: APortfolio) -> dict[str, str]:
    def first(model: type[Base]) -> str:
        return str(reading().scalars(select(model.key).order_by(model.id).limit(1)).first() or "a" * 26)  # type: ignore[attr-defined]

    return {
        "round_key": round_.key,
        "portfolio_key": x.key,
        "assessment_key": x.assessment_key,
        "evidence_key": x.pieces[-1],
        "copy_key": first(PanelCopy),
        "case_key": first(ModerationCase),
        "report_key": first(SheetReport),
        "outcome_key": first(Outcome),
        "finding_key": first(Finding),
        "assignment_key": first(Assignment),
        "sign_in_key": first(SignIn),
        "person_key": x.candidate.key,
        "seat_key": first(Seat),
        "declaration_key": first(Declaration),
    }
