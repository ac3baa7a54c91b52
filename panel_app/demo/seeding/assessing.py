"""Panel members, moderator and signers at work on one portfolio."""

from collections.abc import Collection, Mapping
from statistics import median

from panel_app.accounts.services import actor_of
from panel_app.assignment import services as assignment
from panel_app.assignment.queries.standing import assignment_facts
from panel_app.assignment.rules import AssignmentState
from panel_app.demo.contents import DemoScore, DemoSheet, moderated, sheets
from panel_app.demo.seeding.cast import Cast
from panel_app.demo.seeding.places import Place, case_key, firsts, outcome_key, third
from panel_app.demo.seeding.writing import Draft
from panel_app.foundation.keys import new_key
from panel_app.moderation import services as moderation
from panel_app.moderation.queries.cases import shown_now as shown_case
from panel_app.moderation.services import ChosenLevel
from panel_app.outcomes.queries.pages import shown_now as shown_outcome
from panel_app.outcomes.services import sign_off
from panel_app.scoring import services as scoring
from panel_app.scoring.queries import sheet_head

SLOTS = ("first", "second")
SAMPLED = "Read again beside the published descriptors: the levels of both sheets are well founded, and I set none."
CLOSE_TO_THE_MARK = (
    "Both sheets rest on the evidence and on the published descriptors. The mean is close to the mark because the "
    "portfolio is; I set no level."
)


class Assessing:
    """What assessors, moderator and signers do with one portfolio."""

    def __init__(self, cast: Cast, draft: Draft) -> None:
        self.cast, self.draft = cast, draft

    def accept_all(self) -> None:
        """Everybody who is asked and has not answered accepts."""
        for place in firsts(self.draft.key):
            if place.state is AssignmentState.OFFERED:
                assignment.accept_offer(actor_of(place.person_id), place.key)

    def accept(self, number: int) -> None:
        """One of the first assessors accepts (0 or 1)."""
        place = self._first(number)
        assignment.accept_offer(actor_of(place.person_id), place.key)

    def accept_third(self) -> None:
        """The third assessor accepts."""
        place = third(self.draft.key)
        assignment.accept_offer(actor_of(place.person_id), place.key)

    def start(self, number: int) -> None:
        """One of the first assessors begins."""
        self._start(self._first(number))

    def start_third(self) -> None:
        """The third assessor begins."""
        self._start(third(self.draft.key))

    def score(self, number: int, criteria: int | None = None) -> None:
        """One of the first assessors writes the sheet, or so many criteria of it."""
        self._write(self._first(number), SLOTS[number], criteria)

    def score_third(self, criteria: int | None = None) -> None:
        """The third assessor writes the sheet, or so many criteria of it."""
        self._write(third(self.draft.key), "third", criteria)

    def submit(self, number: int) -> None:
        """One of the first assessors submits what is written."""
        self._submit(self._first(number))

    def submit_third(self) -> None:
        """The third assessor submits what is written."""
        self._submit(third(self.draft.key))

    def answer(self, reason: str = CLOSE_TO_THE_MARK) -> None:
        """The moderator answers the case: with the levels and reasons that were written for it, or with `reason`."""
        written = {each.portfolio: each for each in moderated()}.get(self.draft.contents.key)
        levels = {} if written is None else written.levels
        chosen = {code: ChosenLevel(each.level, each.reason) for code, each in levels.items()}
        key = case_key(self.draft.key)
        assert key is not None
        answer = written.reason if written else reason
        moderation.answer_case(self.cast["moderator"], key, shown_case(key), answer, chosen)

    def answer_sample(self) -> None:
        """The moderator answers, if the portfolio is in the sample."""
        if case_key(self.draft.key) is not None:
            self.answer(SAMPLED)

    def sign(self, signer: str) -> None:
        """A signer signs what is proposed."""
        key = outcome_key(self.draft.key)
        sign_off(self.cast[signer], key, shown_outcome(key))

    def _first(self, number: int) -> Place:
        return firsts(self.draft.key)[number]

    def _start(self, place: Place) -> None:
        scoring.start_scoring(actor_of(place.person_id), place.key)

    def _write(self, place: Place, slot: str, criteria: int | None) -> None:
        written = sheet_of(self.draft.contents.key, slot)
        values = values_of(dict(list(written.scores.items())[:criteria]))
        if criteria is None:
            values |= {"global_view": view_of(written.scores.values()), "note": written.note}
        scoring.save_sheet(
            actor_of(place.person_id),
            place.key,
            values,
            revision=revision_of(place.key),
            page=new_key(),
            form_key=new_key(),
        )

    def _submit(self, place: Place) -> None:
        revision = revision_of(place.key)
        scoring.submit_sheet(actor_of(place.person_id), place.key, revision=revision, form_key=new_key())


def sheet_of(portfolio: str, slot: str) -> DemoSheet:
    """The sheet that was written for a portfolio and a place."""
    return next(each for each in sheets() if each.portfolio == portfolio and each.slot == slot)


def values_of(scores: Mapping[str, DemoScore]) -> dict[str, str]:
    """Scores as the fields of a sheet's form."""
    values = {}
    for code, score in scores.items():
        values[f"{code}.level"] = str(score.level)
        values[f"{code}.confidence"] = score.confidence
        values[f"{code}.rationale"] = score.rationale
        values[f"{code}.feedback"] = score.feedback
    return values


def view_of(scores: Collection[DemoScore]) -> str:
    """How this assessor sees the portfolio as a whole: by the middle of their levels."""
    middle = median(score.level for score in scores)
    return "pass" if middle >= 3 else "borderline" if middle > 2 else "fail"


def revision_of(assignment_key: str) -> int:
    """The revision of an assignment's sheet as it stands."""
    facts = assignment_facts(assignment_key)
    head = sheet_head(facts.id) if facts else None
    assert head is not None
    return head.revision
