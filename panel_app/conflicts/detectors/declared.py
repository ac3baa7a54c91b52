"""What members declared themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from panel_app.conflicts.naming_rules import named
from panel_app.conflicts.rules import (
    About,
    CandidateFacts,
    DeclarationFact,
    Evidence,
    MemberFacts,
    Strength,
    detector,
    strongest,
)
from panel_app.foundation.words import N_, sentence
from panel_app.names import same_employer


@dataclass(frozen=True)
class _Hit:
    declaration: DeclarationFact
    strength: Strength
    confidence: float

    @property
    def told(self) -> str:
        relation = self.declaration.relation
        return f"{self.declaration.value} ({relation})" if relation else self.declaration.value

    @property
    def fact(self) -> str:
        return f"{self.declaration.about}:{self.declaration.value.strip()}"


@detector("declared", strength=Strength.BARRED, by_keys=True)
def declared(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """The member declared an interest in the candidate, in the candidate's organisation or in this portfolio.

    A declaration that ended before `recent_from` no longer counts. One in free text, and one of a person with a very
    common name, needs a decision.
    """
    hits = [hit for declaration in member.declarations for hit in _hits(declaration, candidate)]
    if not hits:
        return None
    interests, names = "; ".join(sorted({hit.told for hit in hits})), ", ".join(candidate.names[:1])
    text = N_("The panel member declared an interest: %(interests)s. The candidate is %(name)s.")
    return Evidence(
        sentence(text, interests=interests, name=names),
        frozenset(hit.fact for hit in hits),
        strongest(hit.strength for hit in hits),
        max(hit.confidence for hit in hits),
    )


def _hits(declaration: DeclarationFact, candidate: CandidateFacts) -> Iterator[_Hit]:
    if declaration.ended_on is not None and declaration.ended_on < candidate.recent_from:
        return
    if declaration.about is About.PERSON:
        if found := named([declaration.value], candidate.names, declaration.strength):
            yield _Hit(declaration, found[0], found[1])
    elif _IS_MEANT[declaration.about](declaration, candidate):
        yield _Hit(declaration, declaration.strength, 0.95)


def _organisation(declaration: DeclarationFact, candidate: CandidateFacts) -> bool:
    recent = [each for each in candidate.organisations if each.is_recent(candidate.recent_from)]
    return any(same_employer(declaration.value, each.name) for each in recent)


def _portfolio(declaration: DeclarationFact, candidate: CandidateFacts) -> bool:
    reference = declaration.value.strip().upper()
    return bool(reference) and reference == candidate.reference.upper()


_IS_MEANT = {About.ORGANISATION: _organisation, About.PORTFOLIO: _portfolio}
