"""Portfolios with every default valid: started, written, submitted and admitted through the services."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from panel_app import clock
from panel_app.demo.builders.accounts import a_person
from panel_app.foundation.actors import SYSTEM, Actor
from panel_app.foundation.database import reading
from panel_app.foundation.keys import new_key
from panel_app.portfolios import services
from panel_app.portfolios.models import Assessment, Relation
from panel_app.portfolios.queries.drafts import portfolio_row
from panel_app.portfolios.rules.statuses import AssessmentStep
from panel_app.programmes.queries import RoundView


@dataclass(frozen=True)
class APiece:
    """A piece to add: a link, or a file with its name and content. `maps`: target → relation."""

    shows: str
    maps: Mapping[str, Relation] = field(default_factory=dict)
    link: str | None = None
    name: str = ""
    content: bytes = b""


@dataclass(frozen=True)
class APortfolio:
    """A portfolio as it was built. `assessment_id` and `assessment_key` of its first part; none for a draft."""

    id: int
    key: str
    reference: str
    candidate: Actor
    pieces: tuple[str, ...]
    assessment_id: int = 0
    assessment_key: str = ""


def three_links() -> list[APiece]:
    """Pieces that need no file: enough to submit, and every required domain is shown."""
    domains = [f"PSF-{n}" for n in range(1, 9)]
    shares = (domains[:3], domains[3:6], domains[6:])
    return [
        APiece(
            shows=f"The public notes of release {number}, with figures before and after.",
            maps={f"C{number}": Relation.SHOWS, **dict.fromkeys(share, Relation.SHOWS)},
            link=f"https://releases.example.org/notes/{number}",
        )
        for number, share in enumerate(shares, start=1)
    ]


def a_text_file(name: str = "Runbook.md", content: bytes | None = None) -> APiece:
    """A small Markdown file: the quickest file to look at and to copy."""
    return APiece(
        shows="How the service is run, and what is done when it fails.",
        maps={"C4": Relation.SHOWS, "PSF-4": Relation.SHOWS},
        name=name,
        content=content or b"# Runbook\n\nThe duty engineer is called when the error share passes 2 percent.\n",
    )


def a_portfolio(
    round_: RoundView,
    candidate: Actor | None = None,
    *,
    submitted: bool = True,
    copies: bool = True,
    sections: Mapping[str, str] | None = None,
    evidence: Sequence[APiece] | None = None,
    organisation: str = "Harbour Lights Cooperative",
    other_names: Sequence[str] = (),
    people_named: Sequence[str] = (),
    at: datetime | None = None,
) -> APortfolio:
    """A portfolio in a round; written and submitted at `at` (now while the round is open, else just before its close).

    `sections` replaces or empties texts by the rubric's ids; `copies`: make the panel copies at once, as the job does.
    """
    candidate = candidate or a_person()
    with _while_open(round_, at):
        started = services.start_portfolio(
            candidate, round_.key, organisation=organisation, other_names=other_names, people_named=people_named
        )
        _write(candidate, started.key, sections or {})
        pieces = [_add(candidate, started.key, piece) for piece in (three_links() if evidence is None else evidence)]
        built = APortfolio(started.id, started.key, started.reference, candidate, tuple(pieces))
        if not submitted:
            return built
        services.submit_portfolio(candidate, started.key, new_key())
        if copies:
            services.make_copies(started.key)
    return _with_assessment(built)


def an_admitted_portfolio(round_: RoundView, candidate: Actor | None = None, **more: object) -> APortfolio:
    """A portfolio whose assessments are admitted: submitted before the round's close, admitted after it."""
    built = a_portfolio(round_, candidate, **more)  # type: ignore[arg-type]  # handed through as given
    admit_portfolio(built, round_)
    return built


def admit_portfolio(built: APortfolio, round_: RoundView) -> None:
    """Admit every assessment of a portfolio, at the earliest a second after the round's close."""
    with clock.pinned(max(clock.now(), round_.closes_at + timedelta(seconds=round_.grace_seconds + 1))):
        for assessment_id in reading().scalars(select(Assessment.id).filter_by(portfolio_id=built.id)).all():
            services.advance(assessment_id, AssessmentStep.ADMIT, by=SYSTEM)


def _while_open(round_: RoundView, at: datetime | None) -> AbstractContextManager[object]:
    if at is None and round_.opens_at <= clock.now() <= round_.closes_at:
        return nullcontext()
    return clock.pinned(at or round_.closes_at - timedelta(days=1))


def _write(candidate: Actor, key: str, given: Mapping[str, str]) -> None:
    row = portfolio_row(key)
    assert row is not None
    for section in row.outline.sections:
        default = f"{section.title}: the service answers 4,000 questions a day for 41 clerks, and I am on its rota."
        if text := given.get(section.id, default):
            services.save_section(candidate, key, section.id, text, revision=0)


def _add(candidate: Actor, key: str, piece: APiece) -> str:
    if piece.link is not None:
        added = services.add_link(candidate, key, piece.link)
    else:
        added = services.add_file(candidate, key, BytesIO(piece.content), piece.name)
    services.describe_evidence(candidate, added.key, piece.shows, piece.maps)
    return added.key


def _with_assessment(built: APortfolio) -> APortfolio:
    first = select(Assessment.id, Assessment.key).where(Assessment.portfolio_id == built.id).order_by(Assessment.id)
    row = reading().execute(first.limit(1)).one()
    return APortfolio(
        built.id,
        built.key,
        built.reference,
        built.candidate,
        built.pieces,
        assessment_id=row.id,
        assessment_key=row.key,
    )
