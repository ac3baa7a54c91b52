"""A third person whom both know."""

from panel_app.conflicts.rules import About, CandidateFacts, Evidence, MemberFacts, Mention, Strength, detector
from panel_app.foundation.words import N_, sentence
from panel_app.names import Likeness, normal_name, same_name

INTEREST = N_("declared interest")


@detector("shared_person", strength=Strength.DECISION)
def shared_person(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Names the same person as the portfolio does: in a candidacy of their own, or in a declaration.

    A member's own mentor may be the candidate's manager: facts of a member's own candidacy count.
    """
    known = (*member.mentions, *_declared(member, candidate))
    pairs = [
        (mine, theirs)
        for mine in known
        for theirs in candidate.mentions
        if same_name(mine.name, theirs.name).likeness is Likeness.EXACT
    ]
    if not pairs:
        return None
    mine, theirs = pairs[0]
    text = N_("%(name)s is named by both: by the panel member as %(mine)s, in the portfolio as %(theirs)s.")
    return Evidence(
        sentence(text, name=theirs.name, mine=mine.role, theirs=theirs.role),
        frozenset(f"{normal_name(theirs.name)}:{mine.role}:{theirs.role}" for mine, theirs in pairs),
    )


def _declared(member: MemberFacts, candidate: CandidateFacts) -> tuple[Mention, ...]:
    return tuple(
        Mention(declaration.value, declaration.relation or INTEREST)
        for declaration in member.declarations
        if declaration.about is About.PERSON
        if declaration.ended_on is None or declaration.ended_on >= candidate.recent_from
    )
