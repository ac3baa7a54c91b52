"""Offers and the answers to them, on both databases."""

from collections.abc import Callable

import pytest
from flask import Flask

from panel_app.assignment import services
from panel_app.assignment.queries.offers import assignments_of, assignments_of_member
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.builders.assignment import _WAY, an_assignment
from panel_app.demo.builders.panel import AMember, a_member
from panel_app.demo.builders.portfolios import an_admitted_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.permissions import Refused

pytestmark = pytest.mark.both_databases

S = AssignmentState


@pytest.mark.parametrize("state", sorted(_WAY))
def test_builder_brings_an_assignment_to_each_state(app: Flask, state: AssignmentState) -> None:
    round_ = a_round(state="closed")
    portfolio = an_admitted_portfolio(round_)
    member = a_member(round_)

    built = an_assignment(portfolio, member, state=state)

    assert [row.state for row in assignments_of(built.assessment_id)] == [state]
    assert [row.key for row in assignments_of_member(member.member_id)] == [built.key]
