"""One person in two hats."""

from panel_app.conflicts.naming_rules import CONFIDENCE
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.names import Agreement, Points, are_two_in_characters, closest, link_of, normal_address


@detector("same_person", strength=Strength.BARRED, by_keys=True)
def same_person(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Is the candidate: by account, email address or identifier; by an unusual name alone a decision is needed.

    Names agree in any order, script, short form or initial. A very common name in full is a note, and so is an unusual
    one where ORCID iDs or native characters tell two people.
    """
    return _by_account(member, candidate) or _by_address(member, candidate) or _by_page(member, candidate) or _by_name(
        member, candidate
    )  # fmt: skip


def _by_account(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    if not member.person or member.person != candidate.person:
        return None
    return Evidence(Sentence(N_("The panel member and the candidate use the same account.")), frozenset({"account"}))


def _by_address(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    shared = sorted(_addresses(member.emails) & _addresses(candidate.emails))
    if not shared:
        return None
    return Evidence(
        sentence(N_("Both have the email address %(address)s."), address=", ".join(shared)), frozenset(shared)
    )


def _by_page(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    shared = sorted(_pages(member.links) & _pages(candidate.links))
    if not shared:
        return None
    return Evidence(sentence(N_("Both give %(page)s as their own page."), page=", ".join(shared)), frozenset(shared))


def _by_name(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    how, mine, theirs = closest(member.all_names, candidate.names)
    are_two = _are_two(member, candidate)
    if how < Agreement.COMMON or (how is Agreement.COMMON and are_two):
        return None
    text = N_("The panel member is called %(mine)s, the candidate %(theirs)s, but their identifiers tell two people.")
    if not are_two:
        text = N_("The panel member is called %(mine)s, the candidate %(theirs)s: they may be one person.")
    if how is Agreement.COMMON:
        text = N_("The panel member is called %(mine)s, the candidate %(theirs)s, as many people are.")
    return Evidence(
        sentence(text, mine=mine, theirs=theirs),
        frozenset({f"name:{how.name}:{mine}={theirs}", f"two:{are_two}"}),
        Strength.DECISION if how.is_close and not are_two else Strength.NOTE,
        CONFIDENCE[Agreement.TWO_PEOPLE if are_two else how],
    )


def _are_two(member: MemberFacts, candidate: CandidateFacts) -> bool:
    mine, theirs = _orcids(member.links), _orcids(candidate.links)
    contradict = bool(mine and theirs) and not mine & theirs
    return contradict or are_two_in_characters(member.all_names, candidate.names)


def _addresses(emails: tuple[str, ...]) -> set[str]:
    return {normal for email in emails if (normal := normal_address(email))}


def _pages(links: tuple[str, ...]) -> set[str]:
    return {link.key for text in links if (link := link_of(text)) and link.points is Points.PERSON}


def _orcids(links: tuple[str, ...]) -> set[str]:
    return {link.key for text in links if (link := link_of(text)) and link.is_orcid}
