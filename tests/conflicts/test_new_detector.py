"""A new kind of conflict is one file: it is seen on the register's page and at work, with nothing else changed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from flask import Flask

from panel_app import clock
from panel_app.assignment.services import offer
from panel_app.conflicts.rules import DETECTORS
from panel_app.conflicts.services import independence
from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.panel import a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.permissions import Refused
from tests.support.pages import Visitor

SOURCE = '''
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence


@detector("same_initial", strength=Strength.BARRED)
def same_initial(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Has a name that begins with the letter of the lighthouse keepers."""
    if not member.names[0].startswith("Q"):
        return None
    return Evidence(sentence(N_("%(name)s begins with Q."), name=member.names[0]), frozenset({"Q"}))
'''


@pytest.fixture
def new_detector(app: Flask, tmp_path: Path) -> Iterator[str]:
    """A detector in a module of its own, taken out again after the test."""
    DETECTORS.load()
    path = tmp_path / "same_initial.py"
    path.write_text(SOURCE)
    spec = spec_from_file_location("same_initial", path)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(module_from_spec(spec))
    yield "same_initial"
    DETECTORS.remove("same_initial")


def test_a_new_detector_stands_on_the_register_and_bars_an_offer(
    app: Flask, new_detector: str, visit: Callable[[Actor | None], Visitor]
) -> None:
    round_ = a_round()
    coordinator, portfolio = a_coordinator(round_.id), an_admitted_portfolio(round_)
    member, free = a_member(round_, name="Quill Amberly"), a_member(round_)

    page = visit(coordinator).get(f"/rounds/{round_.key}/conflicts")

    assert page.references == [portfolio.reference]
    assert "Quill Amberly begins with Q." in page.main
    assert "Has a name that begins with the letter of the lighthouse keepers." in page.main
    with clock.pinned(round_.closes_at + timedelta(days=1)), pytest.raises(Refused, match="begins with Q"):
        offer(coordinator, portfolio.assessment_key, member.key)
    assert independence(free.member_id, portfolio.id).is_free
