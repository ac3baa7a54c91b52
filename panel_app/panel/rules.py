"""Panel members: what an interest is about, where a declaration stands, how much work a member may take. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone
from panel_app.foundation.words import N_, Sentence, counting, sentence

MOST_CAPACITY = 40
"""Portfolios that one member may take in one round: beyond it a number is a slip of the keyboard."""


PLACE_TAKING = ("offered", "accepted", "scoring", "submitted", "reopened", "suspended")
"""States of an assignment that take a place of its member. The stage of assignment makes its LIVE_STATES of them."""


class DeclarationKind(StrEnum):
    """What an interest is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PORTFOLIO = "portfolio"


class DeclarationState(StrEnum):
    """A declaration holds until its member withdraws it; the row stays."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class DeclarationAct(StrEnum):
    """What may be done with a declaration."""

    WITHDRAW = "withdraw"


DECLARATION = States(
    N_("declaration"),
    start=DeclarationState.STANDING,
    states={
        DeclarationState.STANDING: Standing(N_("Declared"), Tone.NOTE),
        DeclarationState.WITHDRAWN: Standing(N_("Withdrawn"), Tone.NOTE),
    },
    acts={
        DeclarationAct.WITHDRAW: Doing(
            N_("Withdraw"),
            Tone.BAD,
            Party.MEMBER,
            done=N_("The declaration is withdrawn. It stays in the history and no longer counts."),
        ),
    },
    moves={(DeclarationState.STANDING, DeclarationAct.WITHDRAW): DeclarationState.WITHDRAWN},
)

KINDS: dict[DeclarationKind, str] = {
    DeclarationKind.PERSON: N_("A person"),
    DeclarationKind.ORGANISATION: N_("An organisation"),
    DeclarationKind.PORTFOLIO: N_("A portfolio"),
}
"""How each kind of interest is called on pages."""


@dataclass(frozen=True)
class Former:
    """An organisation that a member left, and the last day there."""

    name: str
    until: date


@dataclass(frozen=True)
class Interest:
    """An interest as its member gives it. `about`: a name, or a portfolio's reference; `ended_on`: none while it lasts.

    `relation` says in words what connects them.
    """

    kind: DeclarationKind
    about: str
    relation: str
    ended_on: date | None = None


class UnreadableLine(ValueError):
    """A line of former organisations without a day, or with one that is none. `sentence` says what to enter."""

    def __init__(self, refusal: Sentence) -> None:
        super().__init__(str(refusal))
        self.sentence = refusal


def lines(text: str) -> tuple[str, ...]:
    """Return the lines that hold something, without blanks around them, each once and in order."""
    found = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in found if line))


def former_organisations(text: str) -> tuple[Former, ...]:
    """Read one organisation a line, with its last day: `Harbour Lights, 2025-06-30`. Raises UnreadableLine."""
    return tuple(_former(line) for line in lines(text))


def _former(line: str) -> Former:
    name, _, day = line.rpartition(",")
    try:
        until = date.fromisoformat(day.strip())
    except ValueError:
        until = None
    if until is None or not name.strip():
        text = N_("“%(line)s” has no last day. Write the organisation, a comma and the day, such as 2025-06-30.")
        raise UnreadableLine(sentence(text, line=line))
    return Former(name.strip(), until)


def former_text(known: Iterable[Former]) -> str:
    """Return organisations as `former_organisations` reads them."""
    return "\n".join(f"{each.name}, {each.until.isoformat()}" for each in known)


def capacity_refusal(capacity: int, load: int) -> Sentence | None:
    """Say why a capacity can't be set, or None. `load`: the portfolios that the member has or is asked to take."""
    if not 0 <= capacity <= MOST_CAPACITY:
        return sentence(N_("Enter a whole number from 0 to %(most)s."), most=MOST_CAPACITY)
    if capacity < load:
        return counting(
            "%(num)s portfolio is taken or offered already. Enter that number or more, or free it first.",
            "%(num)s portfolios are taken or offered already. Enter that number or more, or free some first.",
            load,
        )
    return None
