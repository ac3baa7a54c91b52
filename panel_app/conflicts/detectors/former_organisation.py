"""An employer that one of them left."""

from datetime import date

from panel_app.conflicts.organisation_rules import both_at, left_since, met, others_than, present
from panel_app.conflicts.rules import Affiliation, CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, Sentence, sentence


@detector("former_organisation", strength=Strength.DECISION, by_keys=True)
def former_organisation(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Left the candidate's organisation within the years of the policy, or the candidate left theirs.

    Where both are there now that is all that counts. Where both left it within these years it is only noted. What was
    left earlier says nothing.
    """
    since = candidate.recent_from
    here, there = present(member.organisations), present(candidate.organisations)
    left = left_since(member.organisations, since), left_since(candidate.organisations, since)
    mine, theirs = (others_than(both_at(here, there), each) for each in left)
    pairs = met(mine, there), met(here, theirs)
    for found in filter(None, pairs):
        one, other, keys = found
        return Evidence(_told(one, other), keys | _days(one, other), confidence=0.9)
    both = met(mine, theirs)
    if both is None:
        return None
    one, other, keys = both
    return Evidence(_told(one, other), keys | _days(one, other), Strength.NOTE, 0.6)


def _told(mine: Affiliation, theirs: Affiliation) -> Sentence:
    if mine.until is None:
        text = N_("The panel member is at %(mine)s; the candidate left %(theirs)s in %(left)s.")
        return sentence(text, mine=mine.name, theirs=theirs.name, left=_month(theirs.until))
    if theirs.until is None:
        text = N_("The panel member left %(mine)s in %(gone)s; the candidate is at %(theirs)s.")
        return sentence(text, mine=mine.name, gone=_month(mine.until), theirs=theirs.name)
    text = N_("The panel member left %(mine)s in %(gone)s, the candidate left %(theirs)s in %(left)s.")
    return sentence(text, mine=mine.name, gone=_month(mine.until), theirs=theirs.name, left=_month(theirs.until))


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _days(*affiliations: Affiliation) -> frozenset[str]:
    return frozenset(each.until.isoformat() for each in affiliations if each.until)
