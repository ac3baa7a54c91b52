"""Tables of states: for each thing that has states, which act leads from where to where.

One table feeds the services (`after`), the buttons (`acts_from`), the messages, the docs and the test that every
pair outside the table is refused. A state that waits on someone says on whom and until when (`waits_on`).

    ASSIGNMENT = States(
        "assignment",
        start=State.OFFERED,
        states={State.OFFERED: Standing(N_("Offered"), Tone.WAIT, waits_on=Wait(Party.MEMBER, "answer_by"))},
        acts={Act.ACCEPT: Doing(N_("Accept"), who=Party.MEMBER)},
        moves={(State.OFFERED, Act.ACCEPT): State.ACCEPTED},
    )
    ASSIGNMENT.after(Act.ACCEPT, State.OFFERED)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from panel_app.foundation.words import N_, Sentence, sentence

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class Tone(StrEnum):
    """How a state or an act is painted: good, waiting, bad, worth knowing, at work."""

    GOOD = "good"
    WAIT = "wait"
    BAD = "bad"
    NOTE = "note"
    WORK = "work"


class Party(StrEnum):
    """Party does an act, or on whom a state waits. Permissions still decide; this names the role."""

    CANDIDATE = "candidate"
    MEMBER = "panel member"
    COORDINATOR = "coordinator"
    MODERATOR = "moderator"
    SIGNER = "signer"
    SYSTEM = "system"


@dataclass(frozen=True)
class Wait:
    """On whom a state waits, and the name of the field or fact that holds its due date."""

    who: Party
    due: str


@dataclass(frozen=True)
class Standing:
    """How a state is shown: its title, its tone, and on whom it waits, if on anyone."""

    title: str
    tone: Tone
    waits_on: Wait | None = None


@dataclass(frozen=True)
class Doing:
    """How an act is shown and who does it. `done` is the message after it; `reason` says that a reason is required."""

    title: str
    tone: Tone = Tone.NOTE
    who: Party = Party.COORDINATOR
    reason: bool = False
    done: str = ""


class NotFromHere(Exception):
    """An act was tried from a state that has no such way out. `sentence` says so to a person."""

    def __init__(self, refusal: Sentence) -> None:
        """Keep the sentence for the page."""
        super().__init__(str(refusal))
        self.sentence = refusal


class ReasonMissing(Exception):
    """An act that requires a reason came without one. `sentence` says what to do."""

    def __init__(self, refusal: Sentence) -> None:
        """Keep the sentence for the page."""
        super().__init__(str(refusal))
        self.sentence = refusal


class States(Generic[S, A]):
    """The table of one thing. Raises ValueError when made with a gap, so a wrong table stops the start."""

    def __init__(
        self,
        thing: str,
        *,
        start: S,
        states: Mapping[S, Standing],
        acts: Mapping[A, Doing],
        moves: Mapping[tuple[S, A], S],
    ) -> None:
        """Take the table and check that it is whole (see `_refuse_gaps`)."""
        self.thing = thing
        self.start = start
        self.states = MappingProxyType(dict(states))
        self.acts = MappingProxyType(dict(acts))
        self.moves = MappingProxyType(dict(moves))
        self._refuse_gaps()

    def after(self, act: A, state: S) -> S:
        """Return the state that `act` leads to from `state`. Raises NotFromHere for a pair outside the table."""
        if (state, act) not in self.moves:
            raise NotFromHere(self._no_way(act, state))
        return self.moves[state, act]

    def reason(self, act: A, given: str | None) -> str:
        """Return the reason without blanks around it, empty where none is needed and none was given.

        Raises ReasonMissing when the act requires one and `given` is blank.
        """
        reason = (given or "").strip()
        if self.acts[act].reason and not reason:
            raise ReasonMissing(
                sentence(N_("Give a reason for “%(act)s”: it is kept with it."), act=self.acts[act].title)
            )
        return reason

    def can(self, act: A, state: S) -> bool:
        """Say whether the table holds this pair."""
        return (state, act) in self.moves

    def acts_from(self, state: S) -> tuple[A, ...]:
        """Return the acts that lead on from `state`, in the order of the table of acts."""
        return tuple(act for act in self.acts if (state, act) in self.moves)

    def sources(self, act: A) -> frozenset[S]:
        """Return the states from which `act` may be done."""
        return frozenset(state for state, known in self.moves if known == act)

    def title(self, state: S) -> str:
        """Return a state's title, English, marked for translation."""
        return self.states[state].title

    def tone(self, state: S) -> Tone:
        """Return a state's tone."""
        return self.states[state].tone

    def waits_on(self, state: S) -> Wait | None:
        """Return on whom `state` waits, or None when it waits on nobody."""
        return self.states[state].waits_on

    @property
    def ends(self) -> frozenset[S]:
        """The states without a way out."""
        return frozenset(state for state in self.states if not self.acts_from(state))

    def waiting(self) -> Iterator[tuple[S, Wait]]:
        """Yield every state that waits on someone, with owner and due date, in the order of the table."""
        for state, standing in self.states.items():
            if standing.waits_on is not None:
                yield state, standing.waits_on

    def pairs(self) -> Iterator[tuple[S, A]]:
        """Yield every pair of a state and an act, inside the table or not: for the test that tries them all."""
        for state in self.states:
            for act in self.acts:
                yield state, act

    def _no_way(self, act: A, state: S) -> Sentence:
        return sentence(
            N_("“%(act)s” is not possible here: the %(thing)s stands at “%(state)s”. Reload the page to see its acts."),
            act=self.acts[act].title,
            thing=self.thing,
            state=self.states[state].title,
        )

    def _refuse_gaps(self) -> None:
        """Raise ValueError for an unlisted state or act, an act that nothing uses, or a state nobody can reach."""
        kinds: tuple[tuple[type[StrEnum], frozenset[StrEnum]], ...] = (
            (type(self.start), frozenset(self.states)),
            (type(next(iter(self.acts))), frozenset(self.acts)),
        )
        for kind, listed in kinds:
            if listed != frozenset(kind):
                raise ValueError(f"{self.thing}: not every {kind.__name__} is listed, or a foreign one is")
        if {act for _, act in self.moves} != set(self.acts):
            raise ValueError(f"{self.thing}: an act leads nowhere")
        if {self.start, *self.moves.values()} != set(self.states):
            raise ValueError(f"{self.thing}: a state can't be reached")
