"""The question that a plan answers, and the plan: who could assess what, and who is proposed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeAlias

from panel_app.foundation.words import N_, Sentence, counting, sentence

PairKey: TypeAlias = tuple[str, str]
"""A member's key, then a portfolio's."""
PERFECT = 1000
"""The fit of a member who has every domain that a portfolio maps; fits are whole numbers per thousand."""


@dataclass(frozen=True)
class Member:
    """A panel member: places in this round, how many of them are taken, and domains of experience.

    `out` says why nothing can be given to this member now: days away, another part in the round, interests unchecked.
    """

    key: str
    capacity: int
    domains: frozenset[str] = frozenset()
    load: int = 0
    out: Sentence | None = None

    @property
    def room(self) -> int:
        """Places left."""
        return 0 if self.out else max(0, self.capacity - self.load)


@dataclass(frozen=True)
class Portfolio:
    """A portfolio's part to be assessed: places, the domains that it maps, and members who hold a place already."""

    key: str
    places: int
    domains: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()

    @property
    def open_places(self) -> int:
        """Places for which someone is needed."""
        return max(0, self.places - len(self.held))


@dataclass(frozen=True)
class Problem:
    """Everything that a plan stands on.

    `barred` and `undecided` give the reason in words; `asked` are pairs that were offered before and came to nothing:
    the plan does not repeat them, a coordinator may. `scores` replace the fit of a pair (0 to 1000). `fairness` is
    what a full load costs, in the same unit: how much fit is given up to share the load. The default, two perfect
    fits, gave up 5 % of the fit in made-up rounds and halved the spread of loads.
    """

    members: tuple[Member, ...]
    portfolios: tuple[Portfolio, ...]
    barred: Mapping[PairKey, str] = field(default_factory=dict)
    undecided: Mapping[PairKey, str] = field(default_factory=dict)
    asked: frozenset[PairKey] = frozenset()
    scores: Mapping[PairKey, int] = field(default_factory=dict)
    fairness: int = 2000

    @cached_property
    def member(self) -> Mapping[str, Member]:
        """Members by key."""
        return {member.key: member for member in self.members}

    @cached_property
    def portfolio(self) -> Mapping[str, Portfolio]:
        """Portfolios by key."""
        return {portfolio.key: portfolio for portfolio in self.portfolios}

    @cached_property
    def closed_pairs(self) -> frozenset[PairKey]:
        """Pairs that a plan never proposes: barred, undecided, asked before, or holding the place already."""
        held = {(member, portfolio.key) for portfolio in self.portfolios for member in portfolio.held}
        return frozenset(held | self.barred.keys() | self.undecided.keys() | self.asked)

    def fit(self, member: Member, portfolio: Portfolio) -> int:
        """Return how well a member's domains cover those of a portfolio, 0 to 1000; or the score that was given."""
        if (score := self.scores.get((member.key, portfolio.key))) is not None:
            return score
        return PERFECT * len(member.domains & portfolio.domains) // max(1, len(portfolio.domains))

    def cost_of_place(self, member: Member, place: int) -> int:
        """Return what a member's place of this number costs: the fuller the member, the more."""
        return self.fairness * place // max(1, member.capacity)


@dataclass(frozen=True)
class Pair:
    """A proposed pair and why: what the member covers, and which of the member's places it takes."""

    member: str
    portfolio: str
    reason: Sentence


@dataclass(frozen=True)
class Shortfall:
    """Places of a portfolio that nobody can take, and why, one sentence part per cause."""

    portfolio: str
    missing: int
    causes: tuple[Sentence, ...]

    def __str__(self) -> str:
        """Return the English words: "2 members are barred, 1 needs a decision"."""
        return ", ".join(map(str, self.causes))


@dataclass(frozen=True)
class Plan:
    """Pairs in order of portfolio and member, and what is missing."""

    pairs: tuple[Pair, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()

    @cached_property
    def loads(self) -> Counter[str]:
        """How many pairs each member has."""
        return Counter(pair.member for pair in self.pairs)

    @cached_property
    def _by_portfolio(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for pair in self.pairs:
            found.setdefault(pair.portfolio, set()).add(pair.member)
        return {portfolio: frozenset(members) for portfolio, members in found.items()}

    def members_of(self, portfolio: str) -> frozenset[str]:
        """Return the members proposed for a portfolio."""
        return self._by_portfolio.get(portfolio, frozenset())


def planned(problem: Problem, chosen: Iterable[PairKey]) -> Plan:
    """Return the plan of some chosen pairs, each with its reason, and the shortfalls that are left."""
    places = Counter({member.key: member.load for member in problem.members})
    pairs = []
    for member, portfolio in sorted(chosen, key=lambda pair: (pair[1], pair[0])):
        places[member] += 1
        pairs.append(Pair(member, portfolio, pair_reason(problem, member, portfolio, places[member])))
    plan = Plan(tuple(pairs))
    return Plan(plan.pairs, shortfalls(problem, plan))


def pair_reason(problem: Problem, member: str, portfolio: str, place: int) -> Sentence:
    """Say what a member covers of a portfolio, and which of their places it takes."""
    person, needed = problem.member[member], problem.portfolio[portfolio].domains
    covers = sorted(person.domains & needed)
    figures = {"place": place, "places": person.capacity}
    if not covers:
        return sentence(N_("Covers none of its domains; place %(place)s of %(places)s."), **figures)
    if len(covers) == len(needed):
        text = N_("Covers all of its domains (%(count)s); place %(place)s of %(places)s.")
        return sentence(text, count=len(needed), **figures)
    text = N_("Covers %(domains)s; place %(place)s of %(places)s.")
    return sentence(text, domains=", ".join(covers), **figures)


def shortfalls(problem: Problem, plan: Plan) -> tuple[Shortfall, ...]:
    """Return what the plan leaves open, in order of portfolio."""
    taken = Counter(pair.portfolio for pair in plan.pairs)
    return tuple(
        Shortfall(portfolio.key, missing, _causes(problem, plan, portfolio))
        for portfolio in sorted(problem.portfolios, key=lambda one: one.key)
        if (missing := portfolio.open_places - taken[portfolio.key]) > 0
    )


def next_best(problem: Problem, plan: Plan, portfolio: str, without: Iterable[str] = ()) -> str | None:
    """Return the member to whom a declined place goes next, or None: best fit, less what their load costs.

    Never someone barred, undecided, full, holding or proposed for a place there, asked before, or in `without`.
    """
    place, left_out = problem.portfolio[portfolio], {*without, *plan.members_of(portfolio)}
    free = [
        member
        for member in problem.members
        if member.key not in left_out
        and (member.key, portfolio) not in problem.closed_pairs
        and plan.loads[member.key] < member.room
    ]

    def worth(member: Member) -> tuple[int, str]:
        load = member.load + plan.loads[member.key] + 1
        return (problem.cost_of_place(member, load) - problem.fit(member, place), member.key)

    return min(free, key=worth).key if free else None


def check_pair(problem: Problem, plan: Plan, member: str, portfolio: str) -> Sentence | None:
    """Return why a coordinator may not add this pair to the plan, or None. A pair that was asked before may be."""
    if (closed := closed_pair(problem, member, portfolio)) is not None:
        return closed
    place, proposed = problem.portfolio[portfolio], plan.members_of(portfolio)
    if member in proposed:
        return HAS_PLACE
    if len(proposed) >= place.open_places:
        return _all_taken(place)
    if plan.loads[member] >= problem.member[member].room:
        return is_full(problem.member[member])
    return None


def check_offer(problem: Problem, member: str, portfolio: str) -> Sentence | None:
    """Return why one more offer can't go to this member, or None. Whether a place is open is the caller's to ask."""
    if (closed := closed_pair(problem, member, portfolio)) is not None:
        return closed
    return None if problem.member[member].room else is_full(problem.member[member])


HAS_PLACE = Sentence(N_("This member has a place on this portfolio already."))


def closed_pair(problem: Problem, member: str, portfolio: str) -> Sentence | None:
    """Return why this pair can't be, whatever else is planned; None when it may."""
    pair = (member, portfolio)
    if pair in problem.barred:
        return sentence(N_("This pair is barred: %(reason)s"), reason=problem.barred[pair])
    if pair in problem.undecided:
        text = N_("This pair needs a decision first: %(reason)s Decide it on the conflicts page.")
        return sentence(text, reason=problem.undecided[pair])
    if problem.member[member].out is not None:
        return problem.member[member].out
    return HAS_PLACE if member in problem.portfolio[portfolio].held else None


def is_full(member: Member) -> Sentence:
    """Say that all places of a member are used."""
    return counting(
        "This member is full: %(num)s of %(num)s place. Choose another, or raise their capacity.",
        "This member is full: %(num)s of %(num)s places. Choose another, or raise their capacity.",
        member.capacity,
    )


def _all_taken(place: Portfolio) -> Sentence:
    return counting(
        "The %(num)s place of this portfolio is taken. Take its member away first.",
        "All %(num)s places of this portfolio are taken. Take a member away first.",
        place.places,
    )


@dataclass(frozen=True)
class Broken:
    """A pair of a plan that can't be any more, and why."""

    member: str
    portfolio: str
    why: Sentence


def broken_pairs(problem: Problem, pairs: Iterable[PairKey]) -> tuple[Broken, ...]:
    """Return the pairs of a plan that the facts of now refuse: conflicts, days away, places that others took since."""
    of_member: Counter[str] = Counter()
    of_portfolio: Counter[str] = Counter()
    broken = []
    for member, portfolio in pairs:
        why = GONE
        if member in problem.member and portfolio in problem.portfolio:
            why = closed_pair(problem, member, portfolio) or _overfull(
                problem, member, portfolio, of_member, of_portfolio
            )
        if why is not None:
            broken.append(Broken(member, portfolio, why))
            continue
        of_member[member] += 1
        of_portfolio[portfolio] += 1
    return tuple(broken)


GONE: Sentence | None = Sentence(N_("This member left the panel, or the portfolio is no longer to be assigned."))


def _overfull(
    problem: Problem, member: str, portfolio: str, of_member: Counter[str], of_portfolio: Counter[str]
) -> Sentence | None:
    if of_member[member] >= problem.member[member].room:
        return is_full(problem.member[member])
    place = problem.portfolio[portfolio]
    return _all_taken(place) if of_portfolio[portfolio] >= place.open_places else None


_CAUSES = {
    "barred": partial(counting, "%(num)s member is barred", "%(num)s members are barred"),
    "undecided": partial(counting, "%(num)s member needs a decision", "%(num)s members need a decision"),
    "asked": partial(counting, "%(num)s member was asked before", "%(num)s members were asked before"),
    "out": partial(counting, "%(num)s member can't be asked now", "%(num)s members can't be asked now"),
    "full": partial(counting, "%(num)s member is full", "%(num)s members are full"),
    "free": partial(counting, "%(num)s member is free", "%(num)s members are free"),
}


def _causes(problem: Problem, plan: Plan, portfolio: Portfolio) -> tuple[Sentence, ...]:
    away = portfolio.held | plan.members_of(portfolio.key)
    counts = Counter(
        _cause(problem, plan, member.key, portfolio) for member in problem.members if member.key not in away
    )
    if not counts:
        return (Sentence(N_("there are no more members")),)
    return tuple(say_so(counts[cause]) for cause, say_so in _CAUSES.items() if counts[cause])


def _cause(problem: Problem, plan: Plan, member: str, portfolio: Portfolio) -> str:
    pair = (member, portfolio.key)
    for cause, pairs in (("barred", problem.barred), ("undecided", problem.undecided), ("asked", problem.asked)):
        if pair in pairs:
            return cause
    if problem.member[member].out is not None:
        return "out"
    return "full" if plan.loads[member] >= problem.member[member].room else "free"
