"""The plan by min-cost flow: as many places filled as can be, then evenly, then by fit and fair load.

Source → portfolio, one arc per open place; portfolio → member, one arc per pair that may be; member → sink, one arc
per place left. Later places of a portfolio and of a member cost more, so that shortfalls and loads are shared. Exact
in whole numbers, and deterministic: the same problem gives the same plan, in whatever order it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from panel_app.assignment.problem import PERFECT, Member, PairKey, Plan, Portfolio, Problem, planned

EVENLY = 100 * PERFECT
"""What leaving portfolios unequally short costs: more than any fit or load."""


class Unsolved(Exception):
    """The solver gave no plan although one always exists (nobody assigned is one): its status is told."""


@dataclass(frozen=True)
class Arcs:
    """Arcs of a flow: from, to, and the cost of one unit; each carries one unit at most. Arrays of equal length."""

    tail: Any
    head: Any
    cost: Any


def solve(problem: Problem) -> Plan:
    """Return the best plan: most places filled first; see the module. Raises Unsolved for a failure of the solver."""
    members = sorted((member for member in problem.members if member.room), key=lambda member: member.key)
    portfolios = sorted((one for one in problem.portfolios if one.open_places), key=lambda one: one.key)
    if not members or not portfolios:
        return planned(problem, ())
    return planned(problem, _chosen(problem, members, portfolios))


def _chosen(problem: Problem, members: list[Member], portfolios: list[Portfolio]) -> list[PairKey]:
    """Run the flow over portfolios (nodes 0…), members, source and sink; return the pairs that carry a unit."""
    first_member = len(portfolios)
    source = first_member + len(members)
    pairs = _pair_arcs(problem, members, portfolios)
    flow = SimpleMinCostFlow()
    numbers = _add(flow, pairs)
    _add(flow, _portfolio_arcs(portfolios, source))
    _add(flow, _member_arcs(problem, members, first_member, source + 1))
    places = sum(portfolio.open_places for portfolio in portfolios)
    flow.set_nodes_supplies(np.array([source, source + 1], np.int32), np.array([places, -places], np.int64))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise Unsolved(str(status))
    carried = np.nonzero(flow.flows(numbers))[0]
    return [
        (members[head - first_member].key, portfolios[tail].key)
        for tail, head in zip(pairs.tail[carried], pairs.head[carried], strict=True)
    ]


def _add(flow: Any, arcs: Arcs) -> Any:
    """Add arcs of capacity 1; return their numbers."""
    ones = np.ones(len(arcs.tail), np.int64)
    return flow.add_arcs_with_capacity_and_unit_cost(
        arcs.tail.astype(np.int32), arcs.head.astype(np.int32), ones, arcs.cost.astype(np.int64)
    )


def _pair_arcs(problem: Problem, members: list[Member], portfolios: list[Portfolio]) -> Arcs:
    fit = _fits(problem, members, portfolios)
    allowed = np.ones(fit.shape, bool)
    rows, columns = _places(portfolios), _places(members)
    for member, portfolio in problem.closed_pairs:
        if member in columns and portfolio in rows:
            allowed[rows[portfolio], columns[member]] = False
    tail, head = np.nonzero(allowed)
    return Arcs(tail, head + len(portfolios), -fit[tail, head])


def _fits(problem: Problem, members: list[Member], portfolios: list[Portfolio]) -> Any:
    """Return `Problem.fit` of every pair as whole numbers, portfolios × members, in one go."""
    domains = sorted({domain for portfolio in portfolios for domain in portfolio.domains})
    needed = np.array([[domain in one.domains for domain in domains] for one in portfolios], np.int64)
    had = np.array([[domain in member.domains for domain in domains] for member in members], np.int64)
    fit = PERFECT * (needed @ had.T) // np.maximum(1, needed.sum(axis=1, dtype=np.int64))[:, None]
    rows, columns = _places(portfolios), _places(members)
    for (member, portfolio), score in problem.scores.items():
        if member in columns and portfolio in rows:
            fit[rows[portfolio], columns[member]] = score
    return fit


def _places(things: Sequence[Member | Portfolio]) -> dict[str, int]:
    return {thing.key: place for place, thing in enumerate(things)}


def _portfolio_arcs(portfolios: list[Portfolio], source: int) -> Arcs:
    """One arc per open place; each further place of a portfolio is worth less than any first one."""
    costs = [
        (node, EVENLY * (len(portfolio.held) + place))
        for node, portfolio in enumerate(portfolios)
        for place in range(portfolio.open_places)
    ]
    nodes, cost = np.array(costs, np.int64).T
    return Arcs(np.full(len(nodes), source), nodes, cost)


def _member_arcs(problem: Problem, members: list[Member], first_member: int, sink: int) -> Arcs:
    """One arc per place left; each further place of a member costs more."""
    costs = [
        (first_member + node, problem.cost_of_place(member, place))
        for node, member in enumerate(members)
        for place in range(member.load + 1, member.capacity + 1)
    ]
    nodes, cost = np.array(costs, np.int64).T
    return Arcs(nodes, np.full(len(nodes), sink), cost)
