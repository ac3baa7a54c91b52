"""What needs you now: each stage tells, for a person, what waits on them. A new kind is one function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from panel_app.foundation.actors import Actor
from panel_app.foundation.states import Tone
from panel_app.foundation.words import N_, Sentence


class DateKind(Enum):
    """What a need's date is: the word before it while it is to come, and once it has passed."""

    DUE = (N_("Due"), N_("Overdue since"))
    ANSWER = (N_("Answer by"), N_("Answer was due"))
    SIGN = (N_("Sign by"), N_("Overdue since"))
    DECIDE = (N_("Decide by"), N_("Overdue since"))
    SHEETS = (N_("Score sheets due"), N_("Score sheets were due"))
    CLOSES = (N_("Closes"), N_("Closed"))
    OPENS = (N_("Opens"), N_("Opened"))
    RELEASE = (N_("Release planned for"), N_("Release was planned for"))

    def word(self, at: datetime, now: datetime) -> str:
        """The word for a date, to be translated where it is printed."""
        to_come, passed = self.value
        return passed if at < now else to_come


@dataclass(frozen=True)
class Need:
    """One row: what is the matter, why and since when, until when (and what that date is), and the one action.

    `asks`: the person has to do something; else it is under way, and stands apart.
    """

    tone: Tone
    sentence: Sentence
    why: Sentence
    href: str
    action: Sentence
    due_at: datetime | None = None
    date_kind: DateKind = DateKind.DUE
    zone: str = "UTC"
    order: int = 0
    asks: bool = True


Provider = Callable[[Actor], Iterable[Need]]
_PROVIDERS: dict[str, Provider] = {}


def needs(name: str) -> Callable[[Provider], Provider]:
    """Register a provider. It runs a constant number of statements. Raises ValueError for a double name."""

    def register(provider: Provider) -> Provider:
        if _PROVIDERS.setdefault(name, provider) is not provider:
            raise ValueError(f"two providers of needs are called {name}")
        return provider

    return register


def needs_of(actor: Actor) -> list[Need]:
    """Everything that waits on this person: what is stuck first, then by date, the earliest on top."""
    found = [(name, need) for name, provider in sorted(_PROVIDERS.items()) for need in provider(actor)]
    return [need for _, need in sorted(found, key=lambda row: (*_rank(row[1]), row[0]))]


def _rank(need: Need) -> tuple[bool, bool, float, int]:
    stuck = need.tone is Tone.BAD
    return not stuck, need.due_at is None, need.due_at.timestamp() if need.due_at else 0.0, need.order
