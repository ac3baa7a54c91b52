"""One mail domain."""

from itertools import product

from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence
from panel_app.names import same_company_domain


@detector("same_email_domain", strength=Strength.DECISION)
def same_email_domain(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Has an email address at the same domain as the candidate; addresses that anybody can have don't count.

    A decision and not a bar: a domain may belong to a provider or a large institution.
    """
    pairs = product(member.emails, candidate.emails)
    domains = sorted({domain for mine, theirs in pairs if (domain := same_company_domain(mine, theirs))})
    if not domains:
        return None
    reason = sentence(N_("Both have an email address at %(domains)s."), domains=", ".join(domains))
    return Evidence(reason, frozenset(domains))
