"""A firm on which the portfolio's systems depend."""

from panel_app.conflicts.organisation_rules import met, present
from panel_app.conflicts.rules import Affiliation, CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence


@detector("vendor", strength=Strength.DECISION, by_keys=True)
def vendor(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Has ties with a vendor on whom the portfolio's systems depend; their own employer counts as one."""
    mine = [*(Affiliation(name) for name in member.vendors), *present(member.organisations)]
    found = met(mine, [Affiliation(name) for name in candidate.vendors])
    if found is None:
        return None
    tie, needed, keys = found
    text = N_("The panel member has ties with %(tie)s; the portfolio's systems depend on %(needed)s.")
    return Evidence(sentence(text, tie=tie.name, needed=needed.name), keys, confidence=0.9)
