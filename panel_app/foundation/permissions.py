"""Who may do what. Views declare their callers; acts on things are decided by one table per stage.

Allowed = any ground and no bar. A refusal carries its reason; `hidden` means that the thing's existence is a secret.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from flask import Flask

from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.words import N_


class Who(StrEnum):
    """Who may call a view. What they may do to a thing is decided by the stage's policy."""

    ANYONE = "anyone"
    GUEST = "guest"
    SIGNED_IN = "signed in"
    PANEL_MEMBER = "panel member"
    COORDINATOR = Role.COORDINATOR.value
    MODERATOR = Role.MODERATOR.value
    SIGNER = Role.SIGNER.value
    OBSERVER = Role.OBSERVER.value
    ADMIN = Role.ADMIN.value

    def covers(self, actor: Actor) -> bool:
        """Whether this actor is such a caller."""
        if self is Who.ANYONE:
            return True
        if self is Who.GUEST:
            return not actor.signed_in
        if self is Who.PANEL_MEMBER:
            return actor.is_member
        return actor.signed_in if self is Who.SIGNED_IN else actor.holds(Role(self.value))


View = Callable[..., Any]
F = TypeVar("F")


def allow(*who: Who, on: Iterable[str] = ("GET",)) -> Callable[[View], View]:
    """Declare who may call a view by these methods. Stack it for methods with different callers."""

    def declare(view: View) -> View:
        declared = dict(getattr(view, "allowed", {}))
        declared.update({method: frozenset(who) for method in on})
        view.allowed = declared  # type: ignore[attr-defined]  # a declaration is data on the view
        return view

    return declare


def declared(view: View) -> Mapping[str, frozenset[Who]]:
    """Method → callers, as the view declares them; empty when it declares nothing."""
    found = getattr(view, "allowed", {})
    assert isinstance(found, dict)
    return found


class Undeclared(RuntimeError):
    """A view, or a method of one, that nobody declared: the app refuses to start."""


def refuse_undeclared(app: Flask) -> None:
    """Stop the start when a route or method lacks its `@allow`. Raises Undeclared with the names."""
    missing = []
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        surplus = methods ^ set(declared(app.view_functions[rule.endpoint]))
        missing += [f"{rule.endpoint} {method}" for method in sorted(surplus)]
    if missing:
        raise Undeclared("declare who may call, with @allow: " + ", ".join(sorted(set(missing))))


class Act(StrEnum):
    """An act on a thing. Each stage extends this with its own members, named `stage:act`."""


@dataclass(frozen=True)
class Refusal:
    """Why not, as a sentence; falsy. `hidden` answers 404; `kind` tells a missing right from a wrong moment."""

    reason: str
    hidden: bool = False
    kind: Literal["right", "moment"] = "right"

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Allowed:
    """Yes; truthy."""

    def __bool__(self) -> bool:
        return True


Verdict = Allowed | Refusal

NOT_FOUND = Refusal(N_("There is no such page, or it is not yours to see."), hidden=True)


class Refused(Exception):
    """An act was refused. One handler turns it into a page, an answer or a line on the terminal."""

    def __init__(self, refusal: Refusal | str, *, moment: bool = False) -> None:
        self.refusal = Refusal(refusal, kind="moment" if moment else "right") if isinstance(refusal, str) else refusal
        super().__init__(self.refusal.reason)


@dataclass(frozen=True)
class Rule(Generic[F]):
    """One condition on an actor and a thing's facts, with the refusal when it doesn't hold. Composed with & and |."""

    test: Callable[[Actor, F], Verdict]

    def __and__(self, other: "Rule[F]") -> "Rule[F]":
        return Rule(lambda actor, facts: self.test(actor, facts) and other.test(actor, facts))

    def __or__(self, other: "Rule[F]") -> "Rule[F]":
        return Rule(lambda actor, facts: self.test(actor, facts) or other.test(actor, facts))


def rule(test: Callable[[Actor, F], bool], says: str | Refusal, *, moment: bool = False) -> Rule[F]:
    """A condition with its sentence. `moment`: the right person at the wrong time (409 instead of 403)."""
    no = says if isinstance(says, Refusal) else Refusal(says, kind="moment" if moment else "right")
    return Rule(lambda actor, facts: Allowed() if test(actor, facts) else no)


@dataclass(frozen=True)
class _Line:
    facts: Callable[[Any], Any]
    grounds: list[Rule[Any]]
    bars: list[Rule[Any]]


_POLICY: dict[Act, _Line] = {}


def policy(facts: Callable[[str], F | None], table: Mapping[Act, Rule[F]]) -> None:
    """Take a stage's table. `facts` reads what the rules need about one thing by its key, in one query."""
    for act, ground_rule in table.items():
        _POLICY[act] = _Line(facts, [ground_rule], [])


def ground(act: Act, extra: Rule[F]) -> None:
    """A later stage's further reason to allow an earlier stage's act."""
    _POLICY[act].grounds.append(extra)


def bar(act: Act, extra: Rule[F]) -> None:
    """A later stage's reason to refuse an earlier stage's act; the rule *holds* when the act may go on."""
    _POLICY[act].bars.append(extra)


def acts() -> frozenset[Act]:
    """Every act that has a line."""
    return frozenset(_POLICY)


def can(actor: Actor, act: Act, key: str) -> Verdict:
    """Whether this actor may do this act to the thing with this public key; a refusal says why not.

    An act without a line and a thing that isn't there are refused, and hidden.
    """
    line = _POLICY.get(act)
    return judged(actor, act, line.facts(key) if line else None)


def judged(actor: Actor, act: Act, facts: object | None) -> Verdict:
    """The same where the thing's facts, as its policy reads them, are at hand: read in this act, after its lock."""
    line = _POLICY.get(act)
    if line is None or facts is None:
        return NOT_FOUND
    answers = [each.test(actor, facts) for each in line.grounds]
    granted = next((a for a in answers if a), answers[0])
    if not granted:
        open_ones = [a for a in answers if isinstance(a, Refusal) and not a.hidden]
        return open_ones[0] if open_ones else granted
    barred = (each.test(actor, facts) for each in line.bars)
    return next((verdict for verdict in barred if not verdict), granted)


def must(verdict: Verdict) -> None:
    """Raise Refused unless allowed."""
    if isinstance(verdict, Refusal):
        raise Refused(verdict)
