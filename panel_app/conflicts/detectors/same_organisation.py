"""One employer."""

from collections.abc import Iterable

from panel_app.conflicts.organisation_rules import met, present
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence
from panel_app.names import normal_address, work_domain


@detector("same_organisation", strength=Strength.BARRED, by_keys=True)
def same_organisation(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Works for the candidate's organisation, by its name or by the domain of a work address.

    Legal forms, case and punctuation say nothing, nor does the department of a university. Free mail and mail of
    internet providers is no work address; the domain is told by the list of public suffixes, private ones included.
    """
    shared = met(present(member.organisations), present(candidate.organisations))
    if shared:
        mine, theirs, keys = shared
        text = N_("The panel member gives %(mine)s as organisation, the candidate %(theirs)s.")
        return Evidence(sentence(text, mine=mine.name, theirs=theirs.name), keys, confidence=0.95)
    domains = _shared_domains(member.emails, candidate.emails)
    if not domains:
        return None
    reason = sentence(N_("Both have a work address at %(domains)s."), domains=", ".join(sorted(domains)))
    return Evidence(reason, domains, confidence=0.9)


def _shared_domains(mine: Iterable[str], theirs: Iterable[str]) -> frozenset[str]:
    """Domains at which they have different addresses: the same address tells one person, not one employer."""
    others = list(theirs)
    return frozenset(
        domain
        for one in mine
        for other in others
        if (domain := work_domain(one)) and domain == work_domain(other)
        if normal_address(one) != normal_address(other)
    )
