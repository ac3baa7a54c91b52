"""The member's name in the portfolio."""

from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Mention, Strength, detector
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.names import names_in_text, normal_name, same_name


@detector("named_in_portfolio", strength=Strength.DECISION)
def named_in_portfolio(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Is named in the portfolio, in its texts or as a referee, manager or mentor."""
    mentions = [mention for mention in candidate.mentions if _is_named(member, mention)]
    hits = [hit for text in candidate.texts for hit in names_in_text(text, member.all_names)]
    if not mentions and not hits:
        return None
    facts = {f"{mention.role}:{normal_name(mention.name)}" for mention in mentions}
    facts |= {f"text:{normal_name(hit.words)}" for hit in hits}
    return Evidence(_mentioned(mentions[0]) if mentions else _written(hits[0].words), frozenset(facts))


def _is_named(member: MemberFacts, mention: Mention) -> bool:
    return any(same_name(mine, mention.name) for mine in member.all_names)


def _mentioned(mention: Mention) -> Sentence:
    return sentence(N_("The portfolio names %(name)s as %(role)s."), name=mention.name, role=mention.role)


def _written(words: str) -> Sentence:
    return sentence(N_("The name “%(name)s” occurs in the portfolio's text."), name=words)
