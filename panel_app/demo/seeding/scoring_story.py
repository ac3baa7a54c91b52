"""From the answers to offers to what is proposed: the sixteen portfolios of the current round that are read."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from panel_app import clock
from panel_app.accounts.services import actor_of
from panel_app.assignment import services as assignment
from panel_app.demo.seeding.assessing import Assessing
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.places import Place, firsts
from panel_app.demo.seeding.rounds import DemoRound
from panel_app.demo.seeding.timeline import Timeline
from panel_app.demo.seeding.writing import Draft

SUBMITTED: Mapping[str, tuple[int, int | None]] = {
    "p01": (-14, -13), "p02": (-13, -12), "p03": (-13, -11), "p04": (-12, -11), "p05": (-6, -4), "p06": (-10, -8),
    "p07": (-9, -8), "p08": (-8, -7), "p09": (-12, -10), "p10": (-12, -11), "p11": (-10, -9), "p12": (-11, -9),
    "p14": (-11, -10), "p16": (-6, None), "p17": (-7, None),
}  # fmt: skip
"""Days on which the first and the second sheet came in."""
LATE_CONFLICT, LATE_MEMBER = "p18", "m14"
ANSWERS, ANSWERED_AGAIN = -19, -13


class ScoringStory:
    """Offers answered, sheets written, cases answered, proposals signed."""

    def __init__(self, cast: Cast, story: Timeline, round_: DemoRound, drafts: Mapping[str, Draft]) -> None:
        self.cast, self.story, self.round, self.drafts = cast, story, round_, drafts
        self.work = {key: Assessing(cast, drafts[key]) for key in (*SUBMITTED, LATE_CONFLICT)}

    def plan(self) -> None:
        """Lay everything out on the timeline."""
        self._plan_answers()
        for number, (key, days) in enumerate(SUBMITTED.items()):
            for place, day in enumerate(days):
                if day is not None:
                    self._plan_sheet(key, place, day, number / 8)
        self._plan_unfinished()
        self._plan_late_conflict()
        self._plan_thirds()
        self._plan_ends()

    def _plan_answers(self) -> None:
        on, silent = self.story.on, {"p06": 1, "p11": 1, "p12": 1}
        for number, (key, work) in enumerate(self.work.items()):
            on(ANSWERS + number % 3, 8 + number / 2, partial(work.accept, 0))
            if key not in silent:
                on(ANSWERS + (number + 1) % 3, 17 + number / 4, partial(work.accept, 1))
            on(ANSWERED_AGAIN, 12 + number / 6, work.accept_all)
        too_much = "I am on two other boards this month."
        on(-18, 20, lambda: self._member("p06", 1, lambda place: self._declines(place, too_much)))
        on(-18, 21, lambda: self._member("p12", 1, self._defers))
        on(-16, 20, lambda: self._member("p08", 0, self._recuses))

    def _member(self, key: str, number: int, act: Callable[[Place], None]) -> None:
        act(firsts(self.drafts[key].key)[number])

    def _declines(self, place: Place, reason: str) -> None:
        assignment.decline_offer(actor_of(place.person_id), place.key, reason)

    def _defers(self, place: Place) -> None:
        until = (clock.now() + timedelta(days=40)).date()
        assignment.defer_offer(actor_of(place.person_id), place.key, until, "Gladly, once my audit is over.")

    def _recuses(self, place: Place) -> None:
        assignment.recuse(actor_of(place.person_id), place.key, "I heard this ledger described at a meeting last year.")

    def _plan_sheet(self, key: str, place: int, day: int, hour: float) -> None:
        on, work = self.story.on, self.work[key]
        on(day - 1, 17 + hour, lambda: work.start(place))
        on(day - 1, 19 + hour, lambda: work.score(place))
        on(day, 18 + hour, lambda: work.submit(place))

    def _plan_unfinished(self) -> None:
        on, half, overdue = self.story.on, self.work["p16"], self.work["p17"]
        on(-4, 19, lambda: half.start(1))
        on(-3, 13, lambda: self._member("p16", 1, self._gets_time))
        on(-3, 20, lambda: half.score(1, criteria=3))
        on(-6, 19, lambda: overdue.start(1))
        on(-5, 21, lambda: overdue.score(1, criteria=2))

    def _gets_time(self, place: Place) -> None:
        wall = self.round.wall(self.story, 5)
        assignment.extend_due(self.cast["coordinator-1"], place.key, wall, "A funeral in the family.")

    def _plan_late_conflict(self) -> None:
        on, work = self.story.on, self.work[LATE_CONFLICT]
        on(-7, 17, lambda: work.start(self._other()))
        on(-7, 19, lambda: work.score(self._other()))
        on(-6, 18, lambda: work.submit(self._other()))
        on(-6, 20, lambda: work.start(1 - self._other()))
        on(-4, 20, lambda: work.score(1 - self._other(), criteria=3))

    def _other(self) -> int:
        """Which of the two is not the one with the late conflict."""
        late = self.cast.id_of(LATE_MEMBER)
        people = [place.person_id for place in firsts(self.drafts[LATE_CONFLICT].key)]
        return 1 - people.index(late)

    def _plan_thirds(self) -> None:
        on = self.story.on
        for key, accepts, starts, submits in (("p04", -10, -9, -7), ("p09", -9, -8, -4)):
            work = self.work[key]
            on(accepts, 9.5, work.accept_third)
            on(starts, 18.5, work.start_third)
            on(submits - 1, 20.5, work.score_third)
            on(submits, 17.5, work.submit_third)
        at_work = self.work["p07"]
        on(-7, 9, at_work.accept_third)
        on(-4, 18, at_work.start_third)
        on(-2, 20, lambda: at_work.score_third(criteria=3))

    def _plan_ends(self) -> None:
        on = self.story.on
        on(-6, 10, self.work["p14"].answer)
        on(-5, 10, self.work["p04"].answer)
        on(-9, 15, lambda: self.work["p01"].sign("signer-1"))
        on(-8, 15, lambda: self.work["p01"].sign("signer-2"))
        on(-8, 15.5, lambda: self.work["p02"].sign("signer-1"))
