"""Are there people enough to keep a round's duties apart (docs/rules.md, Separation)? In words, who is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from panel_app.foundation.actors import Role
from panel_app.foundation.words import N_, Sentence, counting, sentence


@dataclass(frozen=True)
class Helper:
    """A person with roles in a round, a place on its panel, or both."""

    person_id: int
    roles: frozenset[Role]
    assesses: bool = False

    def is_free_signer(self) -> bool:
        """Signs, and neither moderates nor assesses in the round."""
        return Role.SIGNER in self.roles and Role.MODERATOR not in self.roles and not self.assesses


def missing(helpers: Iterable[Helper], signers_needed: int, assessors: int) -> tuple[Sentence, ...]:
    """Return a sentence for each lack, none when there are people enough.

    `assessors`: how many read one portfolio; one more is needed as the third of a discrepancy.
    """
    known = list(helpers)
    return (*roles_missing(known, signers_needed), *_members_missing(known, assessors))


def roles_missing(helpers: Iterable[Helper], signers_needed: int) -> tuple[Sentence, ...]:
    """Return a sentence for each lack that a granted role would fill: what an admin can mend."""
    return tuple(_roles_missing(list(helpers), signers_needed))


def _roles_missing(helpers: list[Helper], signers_needed: int) -> Iterator[Sentence]:
    coordinators = [each for each in helpers if Role.COORDINATOR in each.roles]
    moderators = [each for each in helpers if Role.MODERATOR in each.roles]
    if lack := max(0, signers_needed - sum(each.is_free_signer() for each in helpers)):
        yield counting(
            "%(num)s signer is missing: each outcome needs %(needed)s; who moderates or assesses here doesn't count.",
            "%(num)s signers are missing: each outcome needs %(needed)s; who moderates or assesses here doesn't count.",
            lack,
            needed=signers_needed,
        )
    if len(coordinators) < 2:
        yield sentence(N_("A second coordinator is missing: one stands in when the other has a conflict of interest."))
    if coordinators and all(Role.MODERATOR in each.roles for each in coordinators):
        yield sentence(N_("A coordinator who doesn't moderate is missing: who moderated may not release."))
    if not moderators:
        yield sentence(N_("A moderator is missing, and one who stands in for a conflict of interest."))
    elif len(moderators) < 2:
        yield sentence(N_("A second moderator is missing: one stands in when the other has a conflict of interest."))


def _members_missing(helpers: list[Helper], assessors: int) -> Iterator[Sentence]:
    members = sum(each.assesses for each in helpers)
    if members <= assessors:
        yield sentence(
            N_("Panel members: %(members)s. Needed, at least: %(needed)s, those who assess and a third who has not."),
            members=members,
            needed=assessors + 1,
        )
