"""One employer."""

from itertools import product

from panel_app.conflicts.rules import Affiliation, CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.names import Likeness, normal_organisation
from panel_app.names import same_organisation as compared


@detector("same_organisation", strength=Strength.BARRED)
def same_organisation(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Works, or in the last two years worked, for the candidate's organisation.

    How far back counts is the round's policy and comes in as `recent_from`. Spellings that are only likely the same
    need a decision.
    """
    since = candidate.recent_from
    pairs = [
        (mine, theirs, likeness)
        for mine, theirs in product(member.organisations, candidate.organisations)
        if mine.is_recent(since) and theirs.is_recent(since)
        if (likeness := compared(mine.name, theirs.name).likeness) is not Likeness.NONE
    ]
    if not pairs:
        return None
    surest = sorted(pairs, key=lambda pair: (pair[2] is not Likeness.EXACT, pair[0].name, pair[1].name))
    mine, theirs, likeness = surest[0]
    return Evidence(
        _reason(mine, theirs, likeness),
        frozenset(f"{_fact(mine)}={_fact(theirs)}" for mine, theirs, _ in pairs),
        None if likeness is Likeness.EXACT else Strength.DECISION,
    )


def _reason(mine: Affiliation, theirs: Affiliation, likeness: Likeness) -> Sentence:
    if likeness is Likeness.LIKELY:
        text = N_("The panel member gives %(mine)s as organisation, the candidate %(theirs)s: they may be one.")
        return sentence(text, mine=mine.name, theirs=theirs.name)
    if mine.until is not None:
        text = N_("The panel member left %(name)s, the candidate's organisation, on %(day)s.")
        return sentence(text, name=theirs.name, day=mine.until.isoformat())
    if theirs.until is not None:
        text = N_("The candidate left %(name)s, the panel member's organisation, on %(day)s.")
        return sentence(text, name=mine.name, day=theirs.until.isoformat())
    return sentence(N_("Both give %(name)s as organisation."), name=theirs.name)


def _fact(affiliation: Affiliation) -> str:
    until = affiliation.until.isoformat() if affiliation.until else ""
    return f"{normal_organisation(affiliation.name)}@{until}"
