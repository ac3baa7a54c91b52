"""The next round, open for portfolios now: three drafts, one of them by a candidate who was referred."""

from panel_app.demo.contents import portfolio
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.rounds import DemoRound, man, member_named, seat
from panel_app.demo.seeding.timeline import Timeline
from panel_app.demo.seeding.writing import Draft, Extent, Writing

MADE, OPENS, CLOSES, DUE, RELEASE = -16, -10, 25, 46, 60
SEATED = ("m01", "m02", "m05", "m09", "m11", "m12")
DRAFTS = {
    "e02": (-8, Extent(4, 2, submits=False)),
    "e03": (-5, Extent(1, 0, submits=False)),
    "p13": (-3, Extent(2, 1, submits=False)),
}
"""Who writes: the day on which they began, and how far they are."""


class OpenRound:
    """The story of the open round."""

    def __init__(self, cast: Cast, story: Timeline, round_: DemoRound) -> None:
        self.cast, self.story, self.round = cast, story, round_

    def plan(self) -> None:
        """Lay everything out on the timeline."""
        on, by = self.story.on, "coordinator-2"
        on(MADE, 9, lambda: self.round.make(self.story, self.cast[by]))
        on(MADE, 9.5, lambda: man(self.cast, self.round))
        on(MADE, 11, lambda: self.round.publish(self.cast[by]))
        for number, key in enumerate(SEATED):
            self._plan_member(key, 13 + number / 12)
        for key, (day, extent) in DRAFTS.items():
            writing = Writing(self.cast, Draft(portfolio(key)), self.round)
            writing.spread(self.story, self.story.at(day, 18), self.story.at(day + 2, 21), extent)

    def _plan_member(self, key: str, hour: float) -> None:
        member = member_named(key)
        self.story.on(MADE, hour, lambda: seat(self.cast, self.story, self.round, member, "coordinator-2", CLOSES))
