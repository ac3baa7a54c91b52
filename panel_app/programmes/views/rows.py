"""What the templates of this stage print: frozen rows, every date in words."""

from dataclasses import dataclass
from datetime import datetime

from panel_app import clock
from panel_app.foundation.actors import Actor, Role
from panel_app.foundation.states import Tone
from panel_app.foundation.times import Shown, clock_text, shown
from panel_app.foundation.words import N_
from panel_app.programmes.queries import MoveRow, PersonWithRole, RoundView
from panel_app.programmes.rules.dates import TITLES, Which, moment
from panel_app.programmes.rules.states import ROUND, RoundState

PAGE_SIZE = 50


@dataclass(frozen=True)
class DateRow:
    """A date of a round with its title."""

    title: str
    when: Shown


@dataclass(frozen=True)
class RoundRow:
    """A round in a list."""

    key: str
    code: str
    title: str
    programme: str
    status: str
    tone: str
    opens: Shown
    closes: Shown
    release: Shown


@dataclass(frozen=True)
class MovedRow:
    """A date that moved, in words."""

    title: str
    before: str
    after: str
    reason: str
    author: str
    when: Shown


def date_rows(round_: RoundView, viewer: Actor) -> list[DateRow]:
    """The four dates, in the round's zone and the viewer's."""
    return [
        DateRow(TITLES[which], shown(found.at, round_.zone, zone_of(viewer), clock.now()))
        for which, found in round_.dates.items()
    ]


def phase_of(round_: RoundView, now: datetime) -> tuple[str, str]:
    """Where a published round is by its dates, in a word and a tone; a draft and an ended one say that."""
    if round_.state is not RoundState.PUBLISHED:
        return ROUND.title(round_.state), ROUND.tone(round_.state).value
    if now < round_.opens_at:
        return N_("Published, opens later"), Tone.NOTE.value
    if now <= round_.closes_at:
        return N_("Takes portfolios"), Tone.GOOD.value
    if now < round_.release_at:
        return N_("In assessment"), Tone.WAIT.value
    return N_("Release date passed"), Tone.NOTE.value


def round_row(round_: RoundView, viewer: Actor) -> RoundRow:
    """A round as a list prints it."""
    phase, tone = phase_of(round_, clock.now())
    when = {which: row.when for which, row in zip(Which, date_rows(round_, viewer), strict=True)}
    return RoundRow(
        key=round_.key,
        code=round_.code,
        title=round_.title,
        programme=round_.programme,
        status=phase,
        tone=tone,
        opens=when[Which.OPENS],
        closes=when[Which.CLOSES],
        release=when[Which.RELEASE],
    )


def moved_row(move: MoveRow, zone: str, viewer: Actor) -> MovedRow:
    """A move as the round's page prints it."""
    return MovedRow(
        title=TITLES[move.which],
        before=clock_text(moment(move.from_wall, zone).at, zone),
        after=clock_text(moment(move.to_wall, zone).at, zone),
        reason=move.reason,
        author=move.author,
        when=shown(move.at, zone, zone_of(viewer), clock.now()),
    )


def names_by_role(people: list[PersonWithRole]) -> list[tuple[Role, list[str]]]:
    """Each role of a round with the names of who has it; a role that nobody has stands with none."""
    roles = (Role.COORDINATOR, Role.MODERATOR, Role.SIGNER, Role.OBSERVER)
    return [(role, [each.name for each in people if each.role is role]) for role in roles]


def zone_of(viewer: Actor) -> str | None:
    """The zone in which the viewer reads times, or none for a guest."""
    return viewer.zone if viewer.signed_in else None
