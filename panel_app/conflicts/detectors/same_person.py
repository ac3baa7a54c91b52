"""One person in two hats."""

from panel_app.conflicts.rules import CandidateFacts, Evidence, MemberFacts, Strength, detector
from panel_app.foundation.words import N_, Sentence, sentence
from panel_app.names import Likeness, normal_name, parts, same_name


@detector("same_person", strength=Strength.BARRED)
def same_person(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
    """Is the candidate: by account, by email address, or by the same full name or alias.

    A name of one word is left to the detector of likely names.
    """
    if member.person and member.person == candidate.person:
        return Evidence(
            Sentence(N_("The panel member and the candidate use the same account.")), frozenset({"account"})
        )
    if shared := sorted(_addresses(member.emails) & _addresses(candidate.emails)):
        reason = sentence(N_("Both have the email address %(address)s."), address=", ".join(shared))
        return Evidence(reason, frozenset(shared))
    pairs = [(mine, theirs) for mine in member.all_names for theirs in candidate.names if _is_same(mine, theirs)]
    if not pairs:
        return None
    reason = sentence(N_("Both have the name %(name)s."), name=pairs[0][1])
    return Evidence(reason, frozenset(f"{normal_name(mine)}={normal_name(theirs)}" for mine, theirs in pairs))


def _addresses(emails: tuple[str, ...]) -> set[str]:
    return {email.strip().casefold() for email in emails if email.strip()}


def _is_same(mine: str, theirs: str) -> bool:
    return len(parts(mine).all) > 1 and same_name(mine, theirs).likeness is Likeness.EXACT
