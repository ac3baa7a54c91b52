"""Who reads what an assessor writes, and when: a marker in each field, found by exactly those its label names."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

import pytest
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import begin_sign_in
from panel_app.demo.builders.accounts import a_coordinator, a_moderator, a_signer
from panel_app.demo.builders.assignment import an_assignment
from panel_app.demo.builders.moderation import AnAssessed, an_answered_case, an_assessed_portfolio
from panel_app.demo.builders.outcomes import a_release, a_signed_outcome
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_submitted_sheet
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.programmes.queries import RoundView
from tests.blindness.walk import everything
from tests.blindness.world import World
from tests.conftest import START
from tests.support.databases import SqliteDatabases
from tests.support.pages import Visitor

TEXTS = {
    "C1.rationale": "The marker of the rationale is zanthoxyl.",
    "C1.feedback": "The marker of the feedback is quetzalite, and forty letters more or less.",
    "C1.cannot_judge": "The marker of a reason that was not submitted is obsidiary.",
    "C1.references": '[{"key":"marker01","piece":"E01","page":7,"quote":"the alert was marmorean"}]',
    "note": "The marker of the note is velutinous.",
}
MARKERS = {
    "rationale": "zanthoxyl",
    "feedback": "quetzalite",
    "unsent": "obsidiary",
    "references": "marmorean",
    "note": "velutinous",
}
APART = (1, 3, 3, 3, 3, 3)
UNJUDGED = "The marker of the reason why it can't be judged is gossampine."


@dataclass(frozen=True)
class Cast:
    """A portfolio whose first sheet holds the markers, and everybody who has to do with it."""

    world: World
    round: RoundView
    assessed: AnAssessed
    people: dict[str, Actor]


@contextmanager
def a_cast(sqlite_databases: SqliteDatabases, levels: tuple[int, ...], texts: Mapping[str, str]) -> Iterator[Cast]:
    """A portfolio with two sheets, the first with these levels and texts; nobody is left to be the third."""
    sqlite_databases.renew()
    with clock.pinned(START), sqlite_databases.app.app_context():
        round_ = a_round(state="scored")
        members = [a_member(round_) for _ in range(2)]
        one = an_assessed_portfolio(round_, levels, members=members[:1], texts=texts)
        other = an_assignment(one.portfolio, members[1], state="accepted").key
        a_submitted_sheet(other)
        assessed = AnAssessed(one.portfolio, tuple(members), (*one.assignments, other))
        people = {
            "writer": members[0].actor,
            "other assessor": members[1].actor,
            "idle member": a_member(a_round(state="scored")).actor,
            "candidate": assessed.portfolio.candidate,
            "coordinator": a_coordinator(round_.id),
            "moderator": a_moderator(round_.id),
            "signer": a_signer(round_.id, "Henbane Bracket"),
            "other signer": a_signer(round_.id, "Radish Mallet"),
        }
        viewer = people["coordinator"]
        world = World(round_, assessed.portfolio, viewer, viewer, viewer, viewer, assessed.assignments)
        yield Cast(world, round_, assessed, people)


@pytest.fixture
def cast(sqlite_databases: SqliteDatabases) -> Iterator[Cast]:
    """The case is with the moderator: two sheets lie apart."""
    with a_cast(sqlite_databases, APART, TEXTS) as made:
        yield made


def browser_of(databases: SqliteDatabases, who: Actor) -> Visitor:
    """A browser in which this person has signed in."""
    assert who.person_id is not None
    return Visitor(databases.app, begin_sign_in(who.person_id))


def reached(databases: SqliteDatabases, cast: Cast, who: Actor, visitor: Visitor) -> dict[str, bytes]:
    """Address, or number of a mail → all that this person gets there."""
    found = dict(everything(databases.app, visitor, cast.world))
    mails = reading().scalars(select(Notification).filter_by(person_id=who.person_id))
    return found | {f"mail {mail.id}": f"{mail.subject}{mail.text}{mail.html}".encode() for mail in mails}


def readers(
    databases: SqliteDatabases, cast: Cast, markers: Mapping[str, str] = MappingProxyType(MARKERS)
) -> dict[str, set[str]]:
    """Marker → who finds it on any page or in any mail of theirs."""
    found: dict[str, set[str]] = {name: set() for name in markers}
    for name, who in cast.people.items():
        bodies = reached(databases, cast, who, browser_of(databases, who)).values()
        for field, marker in markers.items():
            if any(marker.encode() in body for body in bodies):
                found[field].add(name)
    return found


def test_before_during_and_after_the_decision_each_field_has_exactly_its_readers(
    sqlite_databases: SqliteDatabases, cast: Cast
) -> None:
    moderated = readers(sqlite_databases, cast)
    an_answered_case(cast.assessed, cast.people["moderator"])
    proposed = readers(sqlite_databases, cast)
    a_signed_outcome(cast.assessed, (cast.people["signer"], cast.people["other signer"]))
    a_release(cast.round, cast.people["coordinator"])
    with clock.pinned(cast.round.release_at.replace(microsecond=1)):
        released = readers(sqlite_databases, cast)

    both = {"writer", "moderator"}
    assert moderated == {"rationale": both, "feedback": both, "unsent": {"writer"}, "references": both, "note": both}
    assert proposed["feedback"] == {*both, "signer", "other signer"}
    assert released["feedback"] >= {"writer", "candidate"}
    for later in (proposed, released):
        assert [later[field] - both for field in ("rationale", "references", "note")] == [set(), set(), set()]
        assert later["unsent"] == {"writer"}  # their own history
    assert "candidate" not in proposed["feedback"]


def test_why_a_criterion_can_t_be_judged_has_exactly_its_readers(sqlite_databases: SqliteDatabases) -> None:
    texts = {**TEXTS, "C2.level": "cannot_judge", "C2.cannot_judge": UNJUDGED}
    with a_cast(sqlite_databases, APART, texts) as cast:
        found = readers(sqlite_databases, cast, {"unjudged": "gossampine", **MARKERS})

    assert found["unjudged"] - {"moderator"} == {"writer", "coordinator"}
    assert found["unsent"] == {"writer"}
    assert found["rationale"] <= {"writer", "moderator"}
