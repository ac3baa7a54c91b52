"""A name that may be the candidate's."""

from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import Sentence
from panel_app.names import Likeness, normal_name, parts, same_name


@detector("alike_name", strength=Strength.DECISION)
def alike_name(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Has a name or alias that may be the candidate's: another order, an initial, a short form, one letter.

    Says nothing where the full names are the same: that is the same person.
    """
    pairs = [(mine, theirs, same_name(mine, theirs)) for mine in member.all_names for theirs in candidate.names]
    if any(match.likeness is Likeness.EXACT and len(parts(mine).all) > 1 for mine, _, match in pairs):
        return None
    alike = [pair for pair in pairs if pair[2]]
    if not alike:
        return None
    match = alike[0][2]
    return Evidence(
        Sentence(match.template, match.params),
        frozenset(f"{normal_name(mine)}={normal_name(theirs)}" for mine, theirs, _ in alike),
    )
