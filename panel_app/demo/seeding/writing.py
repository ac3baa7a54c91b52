"""Candidates at work: a portfolio is started, written piece by piece, and submitted, each at its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO

from panel_app.demo.contents import DemoEvidence, DemoPortfolio
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.rounds import DemoRound
from panel_app.demo.seeding.timeline import Act, Timeline
from panel_app.foundation.actors import Actor
from panel_app.foundation.keys import new_key
from panel_app.portfolios import services
from panel_app.portfolios.models import Relation


@dataclass
class Draft:
    """A portfolio that is being written. `key` is there once it was started."""

    contents: DemoPortfolio
    key: str = ""


@dataclass(frozen=True)
class Extent:
    """How far a candidate gets: so many sections and pieces (None: all), and whether they submit."""

    sections: int | None = None
    pieces: int | None = None
    submits: bool = True


WHOLE = Extent()
UNSUBMITTED = Extent(submits=False)


class Writing:
    """One candidate's work on one portfolio in one round."""

    def __init__(self, cast: Cast, draft: Draft, round_: DemoRound, people_named: Sequence[str] = ()) -> None:
        self.cast, self.draft, self.round, self.people_named = cast, draft, round_, people_named

    def spread(self, story: Timeline, begins: datetime, ends: datetime, extent: Extent = WHOLE) -> None:
        """Spread the work evenly over the time between; with `submits` the last act, at `ends`, is the submission."""
        acts = self._acts(extent)
        pause = (ends - begins) / max(1, len(acts) - 1)
        for number, act in enumerate(acts):
            story.then(begins + number * pause, act)

    def _acts(self, extent: Extent) -> list[Act]:
        contents = self.draft.contents
        sections = list(contents.sections.items())[: extent.sections]
        acts: list[Act] = [self.start]
        acts += [partial(self.write, section, text) for section, text in sections]
        acts += [partial(self.add, piece) for piece in contents.evidence[: extent.pieces]]
        return [*acts, self.submit] if extent.submits else acts

    def start(self) -> None:
        """Start the portfolio."""
        started = services.start_portfolio(
            self._candidate,
            self.round.key,
            organisation=self.draft.contents.candidate.organisation,
            people_named=self.people_named,
        )
        self.draft.key = started.key

    def write(self, section: str, text: str) -> None:
        """Save a section."""
        services.save_section(self._candidate, self.draft.key, section, text, revision=0)

    def add(self, piece: DemoEvidence) -> None:
        """Add a piece, say what it shows and map it."""
        content = piece.file()
        if content is None:
            added = services.add_link(self._candidate, self.draft.key, piece.url or "")
        else:
            added = services.add_file(self._candidate, self.draft.key, BytesIO(content), piece.name)
        maps = dict.fromkeys(piece.touches, Relation.TOUCHES) | dict.fromkeys(piece.shows, Relation.SHOWS)
        services.describe_evidence(self._candidate, added.key, piece.what, maps)

    def add_named(self, name: str, content: bytes, shows: str, *targets: str) -> None:
        """Add a file that is not among the contents."""
        added = services.add_file(self._candidate, self.draft.key, BytesIO(content), name)
        services.describe_evidence(self._candidate, added.key, shows, dict.fromkeys(targets, Relation.SHOWS))

    def submit(self) -> None:
        """Submit what is there."""
        services.submit_portfolio(self._candidate, self.draft.key, new_key())

    def withdraw(self) -> None:
        """Take the portfolio back."""
        services.withdraw_portfolio(self._candidate, self.draft.key)

    @property
    def _candidate(self) -> Actor:
        return self.cast[self.draft.contents.key]
