"""Which pairs are worth a look: a pair whose facts share no key has no finding, so it is never compared.

Without it 2,000 members and 10,000 candidates are twenty million pairs. A test compares the findings with those of
every pair examined.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from panel_app.conflicts.rules import DETECTORS, About, CandidateFacts, Finding, MemberFacts, examine
from panel_app.names import link_of, name_keys, normal_address, organisation_keys, work_domain


@dataclass(frozen=True)
class Keys:
    """What somebody is found by. Two meet if they share one of `own`, or one's `own` is the other's `met`."""

    own: frozenset[str]
    met: frozenset[str] = frozenset()

    def meet(self, other: "Keys") -> bool:
        """Say whether two may have a finding. Symmetric."""
        return bool(self.own & other.own or self.own & other.met or self.met & other.own)


def member_keys(member: MemberFacts) -> Keys:
    """Return the keys of everything that a detector looks at in a member."""
    persons = [each.value for each in member.declarations if each.about is About.PERSON]
    firms = [each.value for each in member.declarations if each.about is About.ORGANISATION]
    portfolios = {
        f"reference {each.value.strip().upper()}" for each in member.declarations if each.about is About.PORTFOLIO
    }
    names = _names([*member.all_names, *member.coached, *persons, *(each.name for each in member.mentions)])
    other = _firms([*firms, *member.vendors, *(each.name for each in member.organisations)])
    other |= _contacts(member.emails, member.links, member.person) | portfolios
    return Keys(names.own | other, names.met)


def candidate_keys(candidate: CandidateFacts) -> Keys:
    """Return the keys of everything that a detector looks at in a candidate; texts have none, they are all read."""
    names = _names([*candidate.names, *candidate.mentors, *(each.name for each in candidate.mentions)])
    other = _firms([*candidate.vendors, *(each.name for each in candidate.organisations)])
    other |= _contacts(candidate.emails, candidate.links, candidate.person)
    if candidate.reference:
        other.add(f"reference {candidate.reference.upper()}")
    return Keys(names.own | other, names.met)


def examine_by_keys(member: MemberFacts, candidate: CandidateFacts, keys: Keys, others: Keys) -> tuple[Finding, ...]:
    """Return what `examine` returns; where the keys don't meet only detectors are asked that don't go by them."""
    return examine(
        member, candidate, DETECTORS if keys.meet(others) else [each for each in DETECTORS if not each.by_keys]
    )


class Index:
    """Candidates by their keys. Memory grows with the candidates, not with the pairs."""

    def __init__(self, candidates: Iterable[Keys]) -> None:
        """Take the candidates' keys; a candidate is its place among them."""
        self._own: dict[str, list[int]] = defaultdict(list)
        self._met: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(candidates):
            for key in keys.own:
                self._own[key].append(place)
            for key in keys.met:
                self._met[key].append(place)

    def meeting(self, member: Keys) -> list[int]:
        """Return the places of the candidates who may have a finding with a member, in order."""
        found: set[int] = set()
        for key in member.own:
            found.update(self._own.get(key, ()))
            found.update(self._met.get(key, ()))
        for key in member.met:
            found.update(self._own.get(key, ()))
        return sorted(found)


def _names(names: Iterable[str]) -> Keys:
    each = [name_keys(name) for name in names]
    return Keys(frozenset().union(*(own for own, _ in each)), frozenset().union(*(met for _, met in each)))


def _firms(names: Iterable[str]) -> set[str]:
    return {f"organisation {key}" for name in names for key in organisation_keys(name)}


def _contacts(emails: Iterable[str], links: Iterable[str], person: str) -> set[str]:
    found = {f"mail {normal}" for email in emails if (normal := normal_address(email))}
    found |= {f"domain {domain}" for email in emails if (domain := work_domain(email))}
    read = [link for text in links if (link := link_of(text))]
    found |= {f"link {link.key}" for link in read} | {f"owner {link.owner}" for link in read if link.owner}
    return found | ({f"person {person}"} if person else set())
