"""The current round, in mid-flow: every stage at work, and every kind of trouble."""

from collections.abc import Callable

from panel_app.accounts.services import actor_of
from panel_app.assignment import services as assignment
from panel_app.conflicts.rules import FindingAct
from panel_app.conflicts.services import decide
from panel_app.demo.contents import members, portfolios
from panel_app.demo.panorama import panorama
from panel_app.demo.seeding.assessing import Assessing
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.earlier_round import SEATED as EARLIER
from panel_app.demo.seeding.places import assessment_key, firsts, open_finding
from panel_app.demo.seeding.planning import make_plan, send_plan
from panel_app.demo.seeding.rounds import DemoRound, check, declare, man, member_named, seat
from panel_app.demo.seeding.scoring_story import ScoringStory
from panel_app.demo.seeding.timeline import Timeline
from panel_app.demo.seeding.writing import UNSUBMITTED, WHOLE, Draft, Extent, Writing
from panel_app.portfolios.services import admit, admit_all, extend_deadline

MADE, OPENS, CLOSES, DUE, RELEASE = -75, -62, -24, -2, 21
ADMITTED, PLANNED = -22, -20
LATER: dict[str, tuple[int, str]] = {
    "p15": (-2, "A week in hospital; the letter lies with the desk."),
    "p19": (-6, "The mail that confirmed the address came four days late."),
    "p20": (-6, "No network on board until the ferry was in port."),
    "p22": (-2, "The employer released two reports only after the close."),
    "p23": (-1, "A move of offices: the archive was packed away."),
    "p24": (3, "Parental leave began three weeks early."),
}
"""Candidates with a later deadline: the day, and the reason that their coordinator gave."""
SUBMITTED = {"p15": -3, "p19": -7, "p20": -7, "p22": -3, "p23": -1}
THIN, WITHDRAWN, UNFINISHED, HELD, WAITING = "p13", "p21", "p24", "p23", "p22"
NAMED = {"p15": ("m09", "mentor"), "p04": ("m05", "team mate")}
OFFERED, TURNED_DOWN = "p19", "p20"
PANORAMA = "Wall_of_findings_panorama.png"


class CurrentRound:
    """The story of the current round."""

    def __init__(self, cast: Cast, story: Timeline, round_: DemoRound) -> None:
        self.cast, self.story, self.round = cast, story, round_
        self.drafts = {each.key: Draft(each) for each in portfolios() if each.round == "current"}

    def plan(self) -> None:
        """Lay everything out on the timeline."""
        self._plan_round()
        for number, member in enumerate(members()):
            self._plan_member(member.key, number)
        for number, draft in enumerate(self.drafts.values()):
            self._plan_writing(draft, number)
        self._plan_extensions()
        self._plan_conflicts()
        self._plan_offers()
        ScoringStory(self.cast, self.story, self.round, self.drafts).plan()
        self._plan_latecomers()

    def _plan_round(self) -> None:
        on = self.story.on
        on(MADE, 9, lambda: self.round.make(self.story, self.cast["coordinator-1"]))
        on(MADE, 9.5, lambda: man(self.cast, self.round))
        on(MADE, 11, lambda: self.round.publish(self.cast["coordinator-1"]))
        on(ADMITTED, 10, lambda: admit_all(self.cast["coordinator-1"], self.round.key))

    def _plan_member(self, key: str, number: int) -> None:
        member = member_named(key)
        hour = 13 + number / 12
        self.story.on(MADE, hour, lambda: seat(self.cast, self.story, self.round, member, "coordinator-1", CLOSES))
        day = MADE + 2 + number % 5
        if key not in EARLIER:
            self.story.on(day, hour, lambda: declare(self.cast, member, late=False))
        self.story.on(day, hour, lambda: check(self.cast, member))

    def _plan_writing(self, draft: Draft, number: int) -> None:
        key, at = draft.contents.key, self.story.at
        named = (_named(*NAMED[key]),) if key in NAMED else ()
        writing = Writing(self.cast, draft, self.round, named)
        begins, ends = at(OPENS + 4 + number, 6 + number % 13), at(CLOSES - 9 + number % 8, 8 + number % 11)
        extent = WHOLE
        if key in SUBMITTED:
            ends = at(SUBMITTED[key], 9 + number % 3)
        if key == THIN:
            extent = UNSUBMITTED
        if key == UNFINISHED:
            ends, extent = at(CLOSES - 2, 21), Extent(sections=4, pieces=2, submits=False)
        writing.spread(self.story, begins, ends, extent)
        if key == HELD:
            self.story.on(CLOSES - 2, 20, lambda: self._add_panorama(writing))
        if key == WITHDRAWN:
            self.story.on(CLOSES + 1, 8, writing.withdraw)

    def _add_panorama(self, writing: Writing) -> None:
        writing.add_named(PANORAMA, panorama(), "All findings of the review on one wall, photographed.", "C6", "PSF-6")

    def _plan_extensions(self) -> None:
        for number, (key, (day, reason)) in enumerate(LATER.items()):
            wall = self.round.wall(self.story, day)
            self.story.on(CLOSES - 1, 9 + number / 6, self._extends(self.drafts[key], wall, reason))

    def _extends(self, draft: Draft, wall: str, reason: str) -> Callable[[], object]:
        return lambda: extend_deadline(self.cast["coordinator-1"], draft.key, wall, reason)

    def _plan_conflicts(self) -> None:
        self._plan_decision("m05", "p04", FindingAct.DISMISS, "They shared one workshop day; no tie at work since.")
        self._plan_decision("m08", "p16", FindingAct.UPHOLD, "The portfolio thanks this member by name for advice.")
        late = member_named("m14")
        self.story.on(-3, 16, lambda: declare(self.cast, late, late=True))

    def _plan_decision(self, member: str, key: str, act: FindingAct, reason: str) -> None:
        draft, by = self.drafts[key], "coordinator-1"

        def decided() -> None:
            decide(self.cast[by], open_finding(self.cast.id_of(member), draft.key), act, reason)

        self.story.on(CLOSES + 3, 11, decided)

    def _plan_offers(self) -> None:
        wanted = {"p18": "m14"}
        on = self.story.on
        on(PLANNED, 9.5, lambda: make_plan(self.cast, self.round, self.drafts, wanted))
        on(PLANNED, 10.5, lambda: send_plan(self.cast, self.round))

    def _plan_latecomers(self) -> None:
        on, refused = self.story.on, self.drafts[TURNED_DOWN]
        for key in (OFFERED, TURNED_DOWN):
            on(-5, 10, self._admits(self.drafts[key]))
        on(-4, 9, lambda: make_plan(self.cast, self.round, {}, {}))
        on(-4, 9.5, lambda: send_plan(self.cast, self.round))
        on(-3, 12, lambda: Assessing(self.cast, refused).accept(0))
        on(-2, 11, lambda: self._declines(refused, 1))
        on(-1, 9, self._admits(self.drafts[WAITING]))

    def _admits(self, draft: Draft) -> Callable[[], object]:
        return lambda: admit(self.cast["coordinator-1"], assessment_key(draft.key))

    def _declines(self, draft: Draft, number: int) -> None:
        place = firsts(draft.key)[number]
        reason = "Two deadlines of my own fall into these weeks."
        assignment.decline_offer(actor_of(place.person_id), place.key, reason)


def _named(member: str, role: str) -> str:
    """A member as a candidate names them."""
    return f"{member_named(member).person.name} ({role})"
