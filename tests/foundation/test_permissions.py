"""Views declare their callers; acts are decided by tables: any ground and no bar, with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from panel_app.foundation import permissions
from panel_app.foundation.actors import GUEST, SYSTEM, Actor, Grant, Role
from panel_app.foundation.permissions import (
    NOT_FOUND,
    Act,
    Refusal,
    Refused,
    Rule,
    Undeclared,
    Who,
    allow,
    bar,
    can,
    ground,
    must,
    policy,
    refuse_undeclared,
    rule,
)


@dataclass(frozen=True)
class Kettle:
    owner: int
    hot: bool
    neighbour: int = 0


class KettleAct(Act):
    POUR = "tests:pour"
    BREAK = "tests:break"


KETTLES = {"copper": Kettle(owner=1, hot=True, neighbour=3), "tin": Kettle(owner=2, hot=False)}
owns: Rule[Kettle] = rule(
    lambda actor, kettle: actor.person_id == kettle.owner, Refusal("It is not yours.", hidden=True)
)
is_cool: Rule[Kettle] = rule(lambda _actor, kettle: not kettle.hot, "It is hot: wait until it has cooled.", moment=True)
is_neighbour: Rule[Kettle] = rule(lambda actor, kettle: actor.person_id == kettle.neighbour, "You are no neighbour.")


@pytest.fixture(autouse=True)
def table() -> Iterator[None]:
    policy(KETTLES.get, {KettleAct.POUR: owns})
    yield
    permissions._POLICY.pop(KettleAct.POUR)


def person(number: int, *grants: Grant) -> Actor:
    return Actor(person_id=number, key=f"p{number}", grants=frozenset(grants))


def test_ground_allows() -> None:
    assert can(person(1), KettleAct.POUR, "copper")


def test_refusal_is_falsy_and_says_why() -> None:
    verdict = can(person(9), KettleAct.POUR, "copper")

    assert not verdict
    assert verdict == Refusal("It is not yours.", hidden=True)


@pytest.mark.parametrize(("act", "key"), [(KettleAct.BREAK, "copper"), (KettleAct.POUR, "no such kettle")])
def test_act_without_a_line_and_unknown_thing_are_not_found(act: Act, key: str) -> None:
    assert can(person(1), act, key) == NOT_FOUND


def test_later_ground_widens_and_bar_narrows() -> None:
    ground(KettleAct.POUR, is_neighbour)
    assert can(person(3), KettleAct.POUR, "copper")

    bar(KettleAct.POUR, is_cool)

    assert can(person(3), KettleAct.POUR, "copper") == Refusal("It is hot: wait until it has cooled.", kind="moment")
    assert can(person(2), KettleAct.POUR, "tin")


def test_rules_compose() -> None:
    both, either = owns & is_cool, owns | is_neighbour

    assert both.test(person(2), KETTLES["tin"])
    assert not both.test(person(1), KETTLES["copper"])
    assert either.test(person(3), KETTLES["copper"])
    assert not either.test(person(2), KETTLES["copper"])


def test_must_raises_the_refusal() -> None:
    with pytest.raises(Refused, match="not yours"):
        must(can(person(9), KettleAct.POUR, "copper"))


@pytest.mark.parametrize(
    ("who", "actor", "covered"),
    [
        (Who.ANYONE, GUEST, True),
        (Who.GUEST, person(1), False),
        (Who.SIGNED_IN, GUEST, False),
        (Who.SIGNED_IN, person(1), True),
        (Who.PANEL_MEMBER, person(1), False),
        (Who.PANEL_MEMBER, Actor(person_id=1, key="m", member_id=4), True),
        (Who.COORDINATOR, person(1, Grant(Role.COORDINATOR, 7)), True),
        (Who.COORDINATOR, person(1, Grant(Role.MODERATOR, 7)), False),
        (Who.ADMIN, SYSTEM, False),
    ],
)
def test_declared_callers_are_covered(who: Who, actor: Actor, covered: bool) -> None:
    assert who.covers(actor) is covered


def an_app() -> Flask:
    app = Flask(__name__, static_folder=None)

    @allow(Who.ANYONE)
    def declared() -> str:
        return "x"

    app.add_url_rule("/declared", view_func=declared)
    return app


def test_app_with_every_view_declared_starts() -> None:
    refuse_undeclared(an_app())


def test_view_without_a_declaration_stops_the_start() -> None:
    app = an_app()
    app.add_url_rule("/bare", "bare", lambda: "x")

    with pytest.raises(Undeclared, match="bare GET"):
        refuse_undeclared(app)


def test_method_that_the_declaration_does_not_name_stops_the_start() -> None:
    app = an_app()
    app.add_url_rule("/posts", "posts", allow(Who.ANYONE)(lambda: "x"), methods=["GET", "POST"])

    with pytest.raises(Undeclared, match="posts POST"):
        refuse_undeclared(app)
