"""Who taught whom."""

from panel_app.conflicts.naming_rules import named
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence


@detector("coached", strength=Strength.BARRED, by_keys=True)
def coached(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Trained, coached or mentored the candidate, as either of them says."""
    by_member = named(member.coached, candidate.names, Strength.BARRED)
    by_candidate = named(member.all_names, candidate.mentors, Strength.BARRED)
    found = [
        (each, text)
        for each, text in (
            (by_member, N_("The panel member names %(mine)s as coached; the candidate is %(theirs)s.")),
            (by_candidate, N_("The panel member is %(mine)s; the candidate names %(theirs)s as mentor.")),
        )
        if each is not None
    ]
    if not found:
        return None
    (strength, sure, mine, theirs), text = min(found, key=lambda each: list(Strength).index(each[0][0]))
    facts = frozenset(f"{one}={other}" for (_, _, one, other), _ in found)
    return Evidence(sentence(text, mine=mine, theirs=theirs), facts, strength, sure)
