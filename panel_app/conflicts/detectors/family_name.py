"""An unusual family name alone."""

from panel_app.conflicts.naming_rules import CONFIDENCE
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence
from panel_app.names import Agreement, closest


@detector("family_name", strength=Strength.NOTE, by_keys=True)
def family_name(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Has the candidate's unusual family name, and another given name: they may be relatives.

    What is unusual is told by lists of frequencies (panel_app/names/data).
    """
    how, mine, theirs = closest(member.all_names, candidate.names)
    if how not in (Agreement.FAMILY, Agreement.TWO_PEOPLE):
        return None
    text = N_("The panel member is called %(mine)s, the candidate %(theirs)s: they share an unusual family name.")
    return Evidence(
        sentence(text, mine=mine, theirs=theirs), frozenset({f"{mine}={theirs}"}), confidence=CONFIDENCE[how]
    )
