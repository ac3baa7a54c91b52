"""Making, publishing, changing and ending rounds."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import rfc8785
from flask import Flask
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import actor_of, deactivate_person
from panel_app.demo.builders.accounts import a_coordinator, a_person, a_signer, an_admin
from panel_app.demo.builders.programmes import DAYS, a_round, the_programmes
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.database import Conflicted, reading
from panel_app.foundation.permissions import Refused
from panel_app.programmes import queries, services
from panel_app.programmes.models import Round
from panel_app.programmes.rules.dates import Which
from panel_app.programmes.rules.states import RoundState
from panel_app.programmes.services import RoundPlan

pytestmark = pytest.mark.both_databases
WALLS = {
    Which.OPENS: "2027-01-10T09:00",
    Which.CLOSES: "2027-01-20T17:00",
    Which.SCORING_DUE: "2027-02-20T17:00",
    Which.RELEASE: "2027-03-20T10:00",
}


def a_plan(**changes: object) -> RoundPlan:
    plan = RoundPlan(
        code="CPAP-27S",
        title="Spring 2027",
        rubric_key=the_programmes()["CPAP"],
        zone="America/Los_Angeles",
        walls=WALLS,
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", sorted(DAYS))
def test_builder_makes_a_round_in_each_state(app: Flask, state: str) -> None:
    made = a_round(state=state)

    assert services.is_open(made, clock.now()) is (state == "open")
    assert made.closes_at - made.opens_at == timedelta(days=DAYS[state][1] - DAYS[state][0])
    assert made.state.value == {"draft": "draft", "ended": "ended"}.get(state, "published")


def test_instants_are_those_of_the_rounds_own_zone(app: Flask) -> None:
    made = services.make_round(SYSTEM, a_plan())

    assert made.closes_wall == "2027-01-20T17:00"
    assert made.closes_at == datetime(2027, 1, 21, 1, 0, tzinfo=UTC)


def test_maker_becomes_coordinator_and_nobody_else(app: Flask) -> None:
    admin = an_admin()

    made = services.make_round(admin, a_plan())

    assert [(each.key, each.role) for each in queries.people_with_roles(made.id)] == [(admin.key, Role.COORDINATOR)]


def test_coordinator_of_another_round_makes_one(app: Flask) -> None:
    coordinator = a_coordinator(a_round().id)

    made = services.make_round(coordinator, a_plan())

    assert actor_of(coordinator.person_id or 0).holds(Role.COORDINATOR, made.id)


def test_others_make_none(app: Flask) -> None:
    for person in (a_person(), a_signer(a_round().id)):
        with pytest.raises(Refused, match="Only an admin or a coordinator"):
            services.make_round(person, a_plan())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "no code"}, "capital letters, digits and hyphens"),
        ({"zone": "Mars/Base"}, "Choose a time zone"),
        ({"rubric_key": "a" * 26}, "Choose a published rubric"),
        ({"walls": {**WALLS, Which.OPENS: "2027-03-14T02:30"}}, "does not exist in America/Los_Angeles"),
        ({"promised": {"assessors": {"interview": 2}}}, "a part that the rubric does not have"),
        ({"promised": {"signers_needed": 0}}, "The policy is not in order"),
        ({"working": {"surprise": 1}}, "The policy is not in order"),
    ],
)
def test_plan_that_is_not_in_order_is_refused(app: Flask, changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused) as refused:
        services.make_round(SYSTEM, a_plan(**changes))

    assert words in str(refused.value)
    assert queries.rounds_of(SYSTEM) == []


@pytest.mark.parametrize(
    ("which", "wall", "field"),
    [
        (Which.CLOSES, "2027-01-10T09:00", "closes"),
        (Which.SCORING_DUE, "2027-01-20T16:00", "scoring_due"),
        (Which.RELEASE, "2027-02-20T17:00", "release"),
    ],
)
def test_dates_out_of_order_are_refused_by_the_schema(app: Flask, which: Which, wall: str, field: str) -> None:
    with pytest.raises(Conflicted) as refused:
        services.make_round(SYSTEM, a_plan(walls={**WALLS, which: wall}))

    assert refused.value.field == field


def test_publication_writes_every_default_out_with_its_hash(app: Flask) -> None:
    draft = services.make_round(SYSTEM, a_plan(promised={"signers_needed": 3}, working={"offer_days": 4}))

    made = services.publish_round(SYSTEM, draft.key)

    row = reading().scalars(select(Round).filter_by(id=made.id)).one()
    promise = json.loads(row.promise or "")
    assert rfc8785.dumps(promise).decode() == row.promise
    assert hashlib.sha256((row.promise or "").encode()).hexdigest() == made.promise_hash
    assert promise["signers_needed"] == 3
    assert promise["decision"]["pass"]["weighted_mean_at_least"] == 2.5
    assert queries.promised(made.id).assessors == {"portfolio": 2}
    assert queries.working(made.id, clock.now()).offer_days == 4


def test_draft_promises_nothing_and_works_in_no_way_yet(app: Flask) -> None:
    draft = a_round(state="draft")

    with pytest.raises(LookupError):
        queries.promised(draft.id)
    with pytest.raises(LookupError):
        queries.working(draft.id, clock.now())


def test_round_whose_close_has_passed_is_not_published(app: Flask) -> None:
    draft = a_round(state="draft")

    with clock.pinned(draft.closes_at), pytest.raises(Refused, match="The closing time has passed"):
        services.publish_round(SYSTEM, draft.key)


def test_edit_keeps_who_changed_what(app: Flask) -> None:
    draft = services.make_round(SYSTEM, a_plan())

    services.edit_round(SYSTEM, draft.key, a_plan(title="Summer 2027", zone="Europe/Berlin"))
    services.edit_round(SYSTEM, draft.key, a_plan(title="Summer 2027", zone="Europe/Berlin"))

    events = reading().scalars(select(AuditEvent.facts).filter_by(tag="programmes:round:edited")).all()
    assert [json.loads(event)["changed"] for event in events] == [
        ["closes_at", "opens_at", "release_at", "scoring_due_at", "title", "zone"]
    ]


def test_published_round_is_edited_and_published_no_more(app: Flask) -> None:
    made = a_round("CPAP-27S")

    for act in (services.publish_round, lambda who, key: services.edit_round(who, key, a_plan())):
        with pytest.raises(Refused, match="The round is published"):
            act(SYSTEM, made.key)


def test_working_policy_holds_from_its_instant_and_keeps_its_versions(app: Flask) -> None:
    made = a_round()
    later = clock.now() + timedelta(days=2)

    services.change_working_policy(SYSTEM, made.key, {"offer_days": 3}, "Short of time.", effective_at=later)

    assert queries.working(made.id, clock.now()).offer_days == 5
    assert queries.working(made.id, later - timedelta(seconds=1)).offer_days == 5
    assert queries.working(made.id, later).offer_days == 3


@pytest.mark.parametrize(
    ("changes", "reason", "days", "words"),
    [
        ({"offer_days": 3}, " ", 0, "Give a reason"),
        ({"offer_days": 3}, "Yes.", -1, "has passed"),
        ({"offer_days": 0}, "Yes.", 0, "not in order"),
    ],
)
def test_new_version_of_a_working_policy_is_refused(
    app: Flask, changes: dict[str, object], reason: str, days: int, words: str
) -> None:
    made = a_round()

    with pytest.raises(Refused, match=words):
        services.change_working_policy(
            SYSTEM, made.key, changes, reason, effective_at=clock.now() + timedelta(days=days)
        )

    assert queries.working(made.id, clock.now()).offer_days == 5


def test_ended_round_is_open_no_more(app: Flask) -> None:
    made = a_round(state="open")

    ended = services.end_round(SYSTEM, made.key)

    assert ended.state is RoundState.ENDED
    assert (services.is_open(made, clock.now()), services.is_open(ended, clock.now())) == (True, False)


def test_grace_is_taken_from_the_promise(app: Flask) -> None:
    made = a_round(promised={"grace_seconds": 30})

    instants = [made.closes_at + timedelta(seconds=seconds) for seconds in (0, 30, 31)]
    assert [services.is_open(made, at) for at in instants] == [True, True, False]


def test_closed_account_does_not_count_among_the_people(app: Flask) -> None:
    made = a_round()
    signers = [a_signer(made.id), a_signer(made.id)]
    before = [str(sentence) for sentence in services.missing_people(made)]

    deactivate_person(an_admin(), signers[0].key, "Left.")

    after = [str(sentence) for sentence in services.missing_people(made)]
    assert [sentence for sentence in after if sentence not in before] == [
        "1 signer is missing: each outcome needs 2; who moderates or assesses here doesn't count."
    ]
    assert [each.key for each in queries.people_with_roles(made.id)] == [signers[1].key]
