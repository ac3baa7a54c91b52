"""Work that both show."""

from collections.abc import Iterable

from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence
from panel_app.names import Link, Points, link_of


@detector("shared_work", strength=Strength.DECISION, by_keys=True)
def shared_work(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Shows the same repository, publication or project as the candidate; another repository of one owner is a note.

    First pages of platforms, and pages that everybody has, say nothing.
    """
    mine, theirs = _links(member.links), _links(candidate.links)
    works = sorted(_keys(mine) & _keys(theirs))
    if works:
        return Evidence(sentence(N_("Both show %(works)s."), works=", ".join(works)), frozenset(works), confidence=0.9)
    owners = sorted(_owners(mine) & _owners(theirs))
    if not owners:
        return None
    text = N_("Both show works of %(owners)s, but not the same.")
    return Evidence(sentence(text, owners=", ".join(owners)), frozenset(owners), Strength.NOTE, 0.4)


def _links(texts: Iterable[str]) -> list[Link]:
    return [link for text in texts if (link := link_of(text))]


def _keys(links: list[Link]) -> set[str]:
    return {link.key for link in links if link.points is not Points.PERSON}


def _owners(links: list[Link]) -> set[str]:
    return {link.owner for link in links if link.owner}
