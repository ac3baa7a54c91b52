"""The member's name in the portfolio."""

from panel_app.conflicts.naming_rules import named
from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, sentence
from panel_app.names import names_in_text, normal_name


@detector("named_in_portfolio", strength=Strength.DECISION)
def named_in_portfolio(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Is named in the portfolio, in its texts or as a team mate, referee or manager; a very common name is a note."""
    return _mentioned(member, candidate) or _written(member, candidate)


def _mentioned(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    found = named(member.all_names, [each.name for each in candidate.mentions], Strength.DECISION)
    if found is None:
        return None
    strength, sure, mine, theirs = found
    role = min(each.role for each in candidate.mentions if each.name == theirs)
    text = N_("The panel member is %(mine)s; the portfolio names %(theirs)s as %(role)s.")
    reason = sentence(text, mine=mine, theirs=theirs, role=role)
    return Evidence(reason, frozenset({f"{role}:{mine}={theirs}"}), strength, sure)


def _written(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    hits = [hit for text in candidate.texts for hit in names_in_text(text, member.all_names)]
    if not hits:
        return None
    reason = sentence(N_("The name “%(name)s” occurs in the portfolio's text."), name=hits[0].words)
    return Evidence(reason, frozenset(f"text:{normal_name(hit.words)}" for hit in hits), confidence=0.6)
