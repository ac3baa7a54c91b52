"""A member whose account is erased or closed: open work goes to the next, what was submitted stays without a name."""

import pytest
from sqlalchemy import select

from panel_app.accounts.queries import actor_of
from panel_app.accounts.services import deactivate_person, erase_person
from panel_app.assignment.models import PlanPair
from panel_app.assignment.queries.offers import assignments_of
from panel_app.assignment.rules import AssignmentState
from panel_app.assignment.services import make_plan
from panel_app.demo.builders.accounts import an_admin
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.panel import a_declaration
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.panel.models import Declaration, Member
from panel_app.portfolios.identity import EvidenceOrigin, PortfolioOwner, SubmissionNames
from tests.accounts.kinds import Visit, sure
from tests.assignment.conftest import Build, Scene

pytestmark = pytest.mark.both_databases
S = AssignmentState


def standing(here: Scene, place: int) -> list[tuple[str, AssignmentState]]:
    reading().rollback()
    return [(row.member, row.state) for row in assignments_of(sure(here.portfolios[place].assessment_id))]


def test_erased_member_s_draft_is_offered_on_and_the_submitted_sheet_stays(scene: Build) -> None:
    here = scene(portfolios=2, members=4)
    gone, other = here.members[0], here.members[1]
    an_assignment(here.portfolios[0], gone, state="submitted")
    an_assignment(here.portfolios[0], other, state="submitted")
    an_assignment(here.portfolios[1], gone, state="scoring")
    an_assignment(here.portfolios[1], other, state="accepted")

    erase_person(an_admin(), gone.actor.key, "Asked for it.")

    assert (gone.key, S.SUBMITTED) in standing(here, 0)
    places = standing(here, 1)
    assert places[0] == (gone.key, S.REPLACED)
    assert [state for key, state in places if key not in (gone.key, other.key)] == [S.OFFERED]
    assert [name for name, _ in invariant.run() if name.startswith(("assignment.", "panel."))] == []


def test_erased_member_s_open_offer_goes_to_the_next_and_comes_back_never(scene: Build) -> None:
    here = scene(portfolios=1, members=2)
    gone = here.members[0]
    an_assignment(here.portfolios[0], gone, state="offered")

    erase_person(an_admin(), gone.actor.key, "Asked for it.")

    assert standing(here, 0) == [(gone.key, S.CLOSED), (here.members[1].key, S.OFFERED)]


def test_history_names_the_erased_member_by_the_neutral_label(scene: Build, visit: Visit) -> None:
    here = scene(portfolios=1, members=3)
    gone = here.members[0]
    an_assignment(here.portfolios[0], gone, state="scoring")
    name = actor_of(sure(gone.actor.person_id)).name
    address = f"/rounds/{here.round.key}/portfolios/{here.portfolios[0].key}"
    before = visit(here.coordinator).get(address).text

    erase_person(an_admin(), gone.actor.key, "Asked for it.")

    after = visit(here.coordinator).get(address).text
    assert name in before
    assert name not in after
    assert "Former panel member 1" in after


def test_closed_account_gets_no_offer_by_a_plan(scene: Build) -> None:
    here = scene(portfolios=1, members=3)
    deactivate_person(an_admin(), here.members[0].actor.key, "On leave.")

    make_plan(here.coordinator, here.round.key)

    planned = set(reading().scalars(select(PlanPair.member_id)))
    assert planned == {member.member_id for member in here.members[1:]}


def test_words_that_panel_and_portfolios_hold_of_the_person_go(scene: Build) -> None:
    here = scene(portfolios=1, members=3)
    member, portfolio = here.members[0], here.portfolios[0]
    a_declaration(member, "Harbour Lights Cooperative")
    admin = an_admin()

    erase_person(admin, member.actor.key, "Asked for it.")
    erase_person(admin, portfolio.candidate.key, "Asked for it.")

    row = reading().scalars(select(Member).filter_by(id=member.member_id)).one()
    owner = reading().scalars(select(PortfolioOwner).filter_by(portfolio_id=portfolio.id)).one()
    assert (row.organisation, row.aliases) == ("", "")
    assert set(reading().scalars(select(Declaration.about))) == {"(erased)"}
    assert (owner.organisation, owner.other_names, owner.people_named) == ("", [], [])
    assert set(reading().scalars(select(EvidenceOrigin.name))) <= {"(erased)"}
    assert reading().scalars(select(SubmissionNames)).all() == []
