"""A member who is a candidate too."""

from panel_app.conflicts.naming_rules import named
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence


@detector("same_round_candidate", strength=Strength.DECISION, by_keys=True)
def same_round_candidate(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Named, in a candidacy of their own, a person whom the candidate names too: one mentor, one manager."""
    known, theirs = (
        {each.name: each.role for each in member.mentions},
        {each.name: each.role for each in candidate.mentions},
    )
    found = named(known, theirs, Strength.DECISION)
    if found is None:
        return None
    strength, sure, one, other = found
    text = N_("Both name one person: the panel member %(mine)s as %(role)s, the candidate %(theirs)s as %(as_)s.")
    reason = sentence(text, mine=one, role=known[one], theirs=other, as_=theirs[other])
    return Evidence(reason, frozenset({f"{one}:{known[one]}:{other}:{theirs[other]}"}), strength, sure)
