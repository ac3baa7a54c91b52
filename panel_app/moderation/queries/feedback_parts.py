"""Feedback that may say who the candidate is, on the coordinator's page: looked at here, and never told its writer."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from panel_app.accounts.models import EmailAddress, Person
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.words import N_
from panel_app.names import names_in_text
from panel_app.portfolios.identity import PortfolioOwner
from panel_app.portfolios.models import Assessment
from panel_app.portfolios.queries.case_parts import CasePart, case_part
from panel_app.portfolios.queries.cases import AssessmentRow
from panel_app.scoring.queries import submitted_sheets


@dataclass(frozen=True)
class Traces:
    """What would give a candidate away: names, looked for as names are written, and words as they stand."""

    names: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A trace in the feedback of one sheet on one criterion."""

    label: str
    criterion: str
    words: str


@case_part(36, N_("Feedback that may name the candidate"))
def naming(actor: Actor, assessment: AssessmentRow) -> CasePart | None:
    """What feedback holds of the candidate's identity, once it can't be taken back. Two statements, one without sheets.

    The writer isn't told: an answer to "does this name them" would tell who the candidate is.
    """
    sheets = [sheet for sheet in submitted_sheets(assessment.id) if not sheet.in_grace]
    if not sheets:
        return None
    traces = _traces(assessment.id)
    found = [
        Named(sheet.label, score.criterion, words)
        for sheet in sheets
        for score in sheet.scores
        for words in traces_in(score.feedback, traces)
    ]
    return CasePart("moderation/feedback_part.html", found) if found else None


def traces_in(text: str, traces: Traces) -> Iterator[str]:
    """What a text holds of these traces, as it is written there or, for words, as they were given."""
    yield from dict.fromkeys(hit.words for hit in names_in_text(text, traces.names))
    yield from (words for words in traces.words if words and words.casefold() in text.casefold())


def _traces(assessment_id: int) -> Traces:
    rows = reading().execute(
        select(Person.name, EmailAddress.typed, PortfolioOwner.organisation, PortfolioOwner.other_names)
        .join(PortfolioOwner, PortfolioOwner.person_id == Person.id)
        .join(Assessment, Assessment.portfolio_id == PortfolioOwner.portfolio_id)
        .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
        .where(Assessment.id == assessment_id)
        .order_by(EmailAddress.id)
    )
    names: list[str] = []
    words: list[str] = []
    for name, address, organisation, others in rows:
        names += [name, *others]
        words += [address or "", organisation]
    return Traces(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(words)))
