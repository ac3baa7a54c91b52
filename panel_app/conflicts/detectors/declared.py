"""What members declared themselves."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from panel_app.conflicts.rules import (
    About,
    CandidateFacts,
    DeclarationFact,
    Evidence,
    MemberFacts,
    Strength,
    detector,
    strongest,
    weakest,
)
from panel_app.foundation.words import N_, sentence
from panel_app.names import (
    Likeness,
    normal_name,
    normal_organisation,
    same_name,
    same_organisation,
)


@detector("declared", strength=Strength.BARRED)
def declared(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """The member declared an interest in the candidate, in the candidate's organisation or in this portfolio.

    A declaration that ended before `recent_from` no longer counts. One that only may be meant (a likely name) needs a
    decision.
    """
    hits = [hit for declaration in member.declarations for hit in _hits(declaration, candidate)]
    if not hits:
        return None
    told = sorted({_told(hit) for hit in hits})
    return Evidence(
        sentence(N_("The panel member declared an interest: %(interests)s."), interests="; ".join(told)),
        frozenset(f"{hit.about}:{_normal(hit)}" for hit in hits),
        strongest(hit.strength for hit in hits),
    )


def _hits(declaration: DeclarationFact, candidate: CandidateFacts) -> Iterator[DeclarationFact]:
    if declaration.ended_on is not None and declaration.ended_on < candidate.recent_from:
        return
    match _LIKENESS[declaration.about](declaration, candidate):
        case Likeness.EXACT:
            yield declaration
        case Likeness.LIKELY:
            yield replace(declaration, strength=weakest((declaration.strength, Strength.DECISION)))


def _person(declaration: DeclarationFact, candidate: CandidateFacts) -> Likeness:
    return _best(same_name(declaration.value, name).likeness for name in candidate.names)


def _organisation(declaration: DeclarationFact, candidate: CandidateFacts) -> Likeness:
    recent = [given for given in candidate.organisations if given.is_recent(candidate.recent_from)]
    return _best(same_organisation(declaration.value, given.name).likeness for given in recent)


def _portfolio(declaration: DeclarationFact, candidate: CandidateFacts) -> Likeness:
    reference = declaration.value.strip().upper()
    return Likeness.EXACT if reference and reference == candidate.reference.upper() else Likeness.NONE


def _best(likenesses: Iterator[Likeness]) -> Likeness:
    return min(likenesses, key=list(Likeness).index, default=Likeness.NONE)


def _told(declaration: DeclarationFact) -> str:
    return f"{declaration.value} ({declaration.relation})" if declaration.relation else declaration.value


def _normal(declaration: DeclarationFact) -> str:
    return _NORMAL[declaration.about](declaration.value)


_LIKENESS: dict[About, Callable[[DeclarationFact, CandidateFacts], Likeness]] = {
    About.PERSON: _person,
    About.ORGANISATION: _organisation,
    About.PORTFOLIO: _portfolio,
}
_NORMAL: dict[About, Callable[[str], str]] = {
    About.PERSON: normal_name,
    About.ORGANISATION: normal_organisation,
    About.PORTFOLIO: lambda value: value.strip().upper(),
}
