"""Plans: drawn up, changed, dropped and sent, on both databases."""

import pytest
from sqlalchemy import select

from panel_app.assignment import services
from panel_app.assignment.models import Assignment, Plan, PlanPair, PlanShortfall
from panel_app.assignment.plan_rules import PlanState
from panel_app.assignment.queries.offers import assignments_of
from panel_app.assignment.queries.plans import PlannedPair, plan_head, plan_rows, planned_pairs
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.panel import a_declaration
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.foundation.database import reading
from panel_app.foundation.permissions import Refused
from panel_app.portfolios.models import AssessmentStatus
from tests.assignment.conftest import Build, Scene

pytestmark = pytest.mark.both_databases


def pairs(scene: Scene) -> list[PlannedPair]:
    reading().rollback()
    latest = select(Plan.id).filter_by(round_id=scene.round.id).order_by(Plan.number.desc()).limit(1)
    return planned_pairs(reading().execute(latest).scalar_one())


def test_plan_fills_every_place_with_a_reason(scene: Build) -> None:
    here = scene(portfolios=2, members=3)

    services.make_plan(here.coordinator, here.round.key)

    found = pairs(here)
    assert sorted((pair.assessment_id) for pair in found) == sorted([one.assessment_id for one in here.portfolios] * 2)
    assert all(pair.reason.startswith("Covers all of its domains") for pair in found)
    assert here.status() is AssessmentStatus.ADMITTED


def test_plan_tells_what_is_missing_and_why(scene: Build) -> None:
    here = scene(members=2)
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    services.make_plan(here.coordinator, here.round.key)

    row = reading().scalars(select(PlanShortfall)).one()
    assert (row.missing, row.reason) == (1, "1 member is barred")
    assert [pair.member for pair in pairs(here)] == [here.members[1].key]


def test_a_second_draft_is_refused(scene: Build) -> None:
    here = scene()
    services.make_plan(here.coordinator, here.round.key)

    with pytest.raises(Refused, match="drawn up already"):
        services.make_plan(here.coordinator, here.round.key)


def test_a_plan_without_anything_to_plan_is_refused(scene: Build) -> None:
    here = scene(portfolios=0)

    with pytest.raises(Refused, match="Admit some first"):
        services.make_plan(here.coordinator, here.round.key)


def test_only_the_rounds_coordinator_draws_up_a_plan(scene: Build) -> None:
    here, other = scene(), scene()

    for actor in (a_person(), a_coordinator(other.round.id), here.members[0].actor):
        with pytest.raises(Refused) as refused:
            services.make_plan(actor, here.round.key)
        assert refused.value.refusal.hidden


def test_sending_makes_offers_and_one_mail_a_member(scene: Build) -> None:
    here = scene(portfolios=2, members=2)
    services.make_plan(here.coordinator, here.round.key)

    sent = services.send_plan(here.coordinator, here.round.key)

    assert sent == 4
    assert [here.mails(member, "offer") for member in here.members] == [1, 1]
    assert here.status(0) is here.status(1) is AssessmentStatus.ASSIGNING
    told = reading().scalars(select(Assignment.offer_message_id)).all()
    assert None not in told
    assert len(set(told)) == 2


def test_a_sent_plan_is_not_sent_again(scene: Build) -> None:
    here = scene()
    services.make_plan(here.coordinator, here.round.key)
    services.send_plan(here.coordinator, here.round.key)

    with pytest.raises(Refused, match="no plan to change or send"):
        services.send_plan(here.coordinator, here.round.key)


def test_a_dropped_plan_leaves_room_for_another(scene: Build) -> None:
    here = scene()
    services.make_plan(here.coordinator, here.round.key)

    services.drop_plan(here.coordinator, here.round.key)
    services.make_plan(here.coordinator, here.round.key)

    states = reading().execute(select(Plan.number, Plan.state).order_by(Plan.number)).all()
    assert list(states) == [(1, PlanState.DROPPED), (2, PlanState.DRAFT)]


def test_a_pair_taken_out_leaves_a_shortfall(scene: Build) -> None:
    here = scene(members=2)
    services.make_plan(here.coordinator, here.round.key)
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None

    services.remove_pair(here.coordinator, here.round.key, pair.key, "They asked for a pause.")

    short = reading().scalars(select(PlanShortfall)).one()
    assert (short.missing, short.reason) == (1, "1 member is free")
    assert len(pairs(here)) == 1


def test_a_member_put_in_takes_the_place_with_the_coordinators_reason(scene: Build) -> None:
    here = scene(members=2)
    services.make_plan(here.coordinator, here.round.key)
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None
    taken_out = next(pair_.member for pair_ in pairs(here) if pair_.member_id == pair.member_id)
    services.remove_pair(here.coordinator, here.round.key, pair.key, "They asked for a pause.")

    services.add_pair(
        here.coordinator, here.round.key, here.portfolios[0].assessment_key, taken_out, "They can after all."
    )

    reading().rollback()
    assert reading().scalars(select(PlanShortfall)).all() == []
    assert reading().scalars(select(PlanPair.changed_reason).order_by(PlanPair.id.desc())).first() == (
        "They can after all."
    )


def test_a_barred_member_is_not_put_into_a_plan(scene: Build) -> None:
    here = scene(members=3)
    a_declaration(here.members[0], "Harbour Lights Cooperative")
    services.make_plan(here.coordinator, here.round.key)

    with pytest.raises(Refused, match="This pair is barred"):
        services.add_pair(
            here.coordinator,
            here.round.key,
            here.portfolios[0].assessment_key,
            here.members[0].key,
            "They know the field.",
        )


def test_a_full_portfolio_takes_no_further_member(scene: Build) -> None:
    here = scene(members=3)
    services.make_plan(here.coordinator, here.round.key)
    free = next(m for m in here.members if m.key not in {pair.member for pair in pairs(here)})

    with pytest.raises(Refused, match="All 2 places"):
        services.add_pair(
            here.coordinator, here.round.key, here.portfolios[0].assessment_key, free.key, "One more can't hurt."
        )


def test_a_full_member_is_not_put_into_a_plan(scene: Build) -> None:
    here = scene(portfolios=2, members=2, capacity=1)
    services.make_plan(here.coordinator, here.round.key)
    placed = pairs(here)[0]
    other = next(one for one in here.portfolios if one.assessment_id != placed.assessment_id)

    with pytest.raises(Refused, match="This member is full: 1 of 1"):
        services.add_pair(here.coordinator, here.round.key, other.assessment_key, placed.member, "They are good.")


def test_a_plan_with_a_pair_that_was_barred_since_is_not_sent(scene: Build) -> None:
    here = scene(members=2)
    services.make_plan(here.coordinator, here.round.key)
    a_declaration(here.members[0], "Harbour Lights Cooperative")

    with pytest.raises(Refused, match="can't be offered any more"):
        services.send_plan(here.coordinator, here.round.key)

    assert assignments_of(here.portfolios[0].assessment_id) == []


def test_plan_leaves_out_what_the_viewer_may_not_see(scene: Build) -> None:
    here = scene(portfolios=1, members=3)
    here.portfolios.append(an_admitted_portfolio(here.round, organisation="Lantern Freight"))
    services.make_plan(here.coordinator, here.round.key)
    conflicted = here.promote(here.portfolios[0].candidate)

    seen = plan_head(here.round.id, here.coordinator)
    kept_away = plan_head(here.round.id, conflicted)

    assert seen is not None
    assert kept_away is not None
    assert (seen.pairs, seen.portfolios) == (4, 2)
    assert (kept_away.pairs, kept_away.portfolios) == (2, 1)
    assert [row.reference for row in plan_rows(seen.id, conflicted, 1)] == [here.portfolios[1].reference]


def test_a_second_plan_fills_only_what_came_free(scene: Build) -> None:
    here = scene(members=3)
    services.make_plan(here.coordinator, here.round.key)
    services.send_plan(here.coordinator, here.round.key)
    row = assignments_of(here.portfolios[0].assessment_id)[0]
    services.recall(here.coordinator, row.key, "They moved abroad.")

    services.make_plan(here.coordinator, here.round.key)

    found = pairs(here)
    assert len(found) == 1
    assert found[0].member != row.member
    assert [one.state for one in assignments_of(found[0].assessment_id)].count(AssignmentState.OFFERED) == 1


def test_a_change_without_a_reason_is_refused(scene: Build) -> None:
    here = scene()
    services.make_plan(here.coordinator, here.round.key)
    pair = reading().scalars(select(PlanPair).order_by(PlanPair.id)).first()
    assert pair is not None

    with pytest.raises(Refused, match="Give a reason"):
        services.remove_pair(here.coordinator, here.round.key, pair.key, "  ")

    assert len(pairs(here)) == 2


def test_only_members_of_the_panel_are_put_in(scene: Build) -> None:
    here, other = scene(members=2), scene(portfolios=0, members=1)
    services.make_plan(here.coordinator, here.round.key)

    for key in (other.members[0].key, "a" * 26):
        with pytest.raises(Refused, match="no place on the round's panel"):
            services.add_pair(
                here.coordinator, here.round.key, here.portfolios[0].assessment_key, key, "They are good."
            )


def test_a_plan_without_pairs_is_not_sent(scene: Build) -> None:
    here = scene(members=1, capacity=0)
    services.make_plan(here.coordinator, here.round.key)

    with pytest.raises(Refused, match="This plan has no pair"):
        services.send_plan(here.coordinator, here.round.key)


def test_places_that_others_took_since_mark_the_plan(scene: Build) -> None:
    here = scene(portfolios=2, members=3, capacity=2)
    services.make_plan(here.coordinator, here.round.key)
    spare = next(m for m in here.members if [pair.member for pair in pairs(here)].count(m.key) < 2)
    for portfolio in here.portfolios:
        if (portfolio.assessment_id, spare.key) not in {(pair.assessment_id, pair.member) for pair in pairs(here)}:
            services.offer(here.coordinator, portfolio.assessment_key, spare.key)

    with pytest.raises(Refused, match="can't be offered any more"):
        services.send_plan(here.coordinator, here.round.key)
