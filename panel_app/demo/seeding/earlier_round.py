"""The round before: three portfolios, released with a pass, a refer and a fail."""

from functools import partial

from panel_app.assignment.services import offer
from panel_app.demo.contents import portfolios
from panel_app.demo.seeding.assessing import Assessing
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.places import assessment_key, firsts, member_key
from panel_app.demo.seeding.rounds import DemoRound, check, declare, man, member_named, seat
from panel_app.demo.seeding.timeline import Timeline
from panel_app.demo.seeding.writing import Draft, Writing
from panel_app.foundation.actors import SYSTEM
from panel_app.moderation.services import draw_sample
from panel_app.outcomes.services import prepare_release
from panel_app.portfolios.services import admit_all

PAIRS = {"e01": ("m01", "m11"), "e02": ("m02", "m09"), "e03": ("m12", "m07")}
SEATED = sorted({key for pair in PAIRS.values() for key in pair})
MADE, OPENS, CLOSES, DUE, RELEASE = -176, -165, -130, -104, -92


class EarlierRound:
    """The story of the earlier round: made on the command line, because nobody coordinates anything yet."""

    def __init__(self, cast: Cast, story: Timeline, round_: DemoRound) -> None:
        self.cast, self.story, self.round = cast, story, round_
        self.drafts = {each.key: Draft(each) for each in portfolios() if each.round == "earlier"}

    def plan(self) -> None:
        """Lay everything out on the timeline."""
        on = self.story.on
        on(MADE, 9, lambda: self.round.make(self.story, SYSTEM))
        on(MADE, 9.2, lambda: man(self.cast, self.round))
        on(MADE, 10, lambda: self.round.publish(self.cast["coordinator-1"]))
        for number, key in enumerate(SEATED):
            self._plan_member(key, 10.5 + number / 12)
        for number, draft in enumerate(self.drafts.values()):
            self._plan_portfolio(draft, number)
        on(CLOSES + 2, 10, lambda: admit_all(self.cast["coordinator-1"], self.round.key))
        on(DUE + 2, 10, lambda: draw_sample(self.cast["coordinator-1"], self.round.key))
        on(DUE + 7, 11, lambda: prepare_release(self.cast["coordinator-1"], self.round.key))

    def _plan_member(self, key: str, hour: float) -> None:
        member = member_named(key)
        self.story.on(MADE, hour, lambda: seat(self.cast, self.story, self.round, member, "coordinator-1", CLOSES))
        self.story.on(MADE + 2, hour, lambda: declare(self.cast, member, late=False))
        self.story.on(MADE + 2, hour, lambda: check(self.cast, member))

    def _plan_portfolio(self, draft: Draft, number: int) -> None:
        on, work = self.story.on, Assessing(self.cast, draft)
        writing = Writing(self.cast, draft, self.round)
        writing.spread(self.story, self.story.at(OPENS + 6 + number, 19), self.story.at(CLOSES - 3 + number, 11))
        on(CLOSES + 2, 11 + number / 4, lambda: self._offer(draft))
        on(CLOSES + 4, 9 + number, work.accept_all)
        for place in (0, 1):
            day = CLOSES + 8 + 3 * number + 2 * place
            on(day, 18, partial(work.start, place))
            on(day, 20, partial(work.score, place))
            on(day + 1, 19, partial(work.submit, place))
        on(DUE + 3, 9 + number, work.answer_sample)
        for day, signer in ((DUE + 5, "signer-1"), (DUE + 6, "signer-2")):
            on(day, 15 + number / 4, partial(work.sign, signer))

    def _offer(self, draft: Draft) -> None:
        for key in PAIRS[draft.contents.key]:
            member = member_key(self.cast.id_of(key))
            offer(self.cast["coordinator-1"], assessment_key(draft.key), member)
        assert len(firsts(draft.key)) == 2
