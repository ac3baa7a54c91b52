"""Whom a coordinator may choose for a portfolio: everyone on the panel, the best first, the others with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from panel_app.assignment.problem import Plan, Problem, check_offer, is_full, pair_reason
from panel_app.foundation.words import Sentence


@dataclass(frozen=True)
class Choice:
    """A member for a portfolio: what they would cover, or why they can't be asked. `asked`: came to nothing before."""

    member: str
    reason: Sentence
    why_not: Sentence | None
    asked: bool


def choices(problem: Problem, plan: Plan, portfolio: str) -> tuple[Choice, ...]:
    """Return every member without a place there: who can be asked, best fit and least load first; then the rest."""
    taken = problem.portfolio[portfolio].held | plan.members_of(portfolio)
    found = [_choice(problem, plan, member, portfolio) for member in _keys(problem, taken)]

    def rank(choice: Choice) -> tuple[bool, bool, int, str]:
        member = problem.member[choice.member]
        load = member.load + plan.loads[member.key] + 1
        worth = problem.cost_of_place(member, load) - problem.fit(member, problem.portfolio[portfolio])
        return (choice.why_not is not None, choice.asked, worth, choice.member)

    return tuple(sorted(found, key=rank))


def _keys(problem: Problem, without: Iterable[str]) -> list[str]:
    left_out = set(without)
    return [member.key for member in problem.members if member.key not in left_out]


def _choice(problem: Problem, plan: Plan, member: str, portfolio: str) -> Choice:
    why_not = check_offer(problem, member, portfolio)
    person = problem.member[member]
    if why_not is None and plan.loads[member] >= person.room:
        why_not = is_full(person)
    place = person.load + plan.loads[member] + 1
    asked = (member, portfolio) in problem.asked
    return Choice(member, pair_reason(problem, member, portfolio, place), why_not, asked)
