"""Who is missing to keep a round's duties apart."""

from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.actors import Role
from panel_app.programmes.rules.people import Helper, missing

MEMBERS = [Helper(number, frozenset(), assesses=True) for number in range(100, 103)]
ENOUGH = [
    Helper(1, frozenset({Role.COORDINATOR})),
    Helper(2, frozenset({Role.COORDINATOR, Role.MODERATOR})),
    Helper(3, frozenset({Role.MODERATOR})),
    Helper(4, frozenset({Role.SIGNER})),
    Helper(5, frozenset({Role.SIGNER, Role.OBSERVER})),
    *MEMBERS,
]
roles = st.frozensets(st.sampled_from(Role))
helpers = st.lists(st.builds(Helper, st.integers(), roles, st.booleans()), max_size=12)


def words(people: list[Helper], signers: int = 2, assessors: int = 2) -> str:
    return " ".join(str(sentence) for sentence in missing(people, signers, assessors))


def test_enough_people_lack_nothing() -> None:
    assert missing(ENOUGH, 2, 2) == ()


def test_nobody_lacks_everything() -> None:
    assert len(missing([], 2, 2)) == 4


def test_signer_who_moderates_or_assesses_does_not_count() -> None:
    people = [
        *ENOUGH[:3],
        Helper(4, frozenset({Role.SIGNER, Role.MODERATOR})),
        Helper(5, frozenset({Role.SIGNER}), assesses=True),
        *MEMBERS,
    ]

    assert words(people) == "2 signers are missing: each outcome needs 2; who moderates or assesses here doesn't count."


def test_one_coordinator_who_also_moderates_lacks_a_stand_in_and_a_releaser() -> None:
    people = [each for each in ENOUGH if each.person_id != 1]

    assert "A second coordinator is missing" in words(people)
    assert "who moderated may not release" in words(people)


def test_one_moderator_lacks_a_stand_in() -> None:
    assert words([each for each in ENOUGH if each.person_id != 3]).startswith("A second moderator is missing")


def test_panel_needs_a_third_who_has_not_assessed() -> None:
    assert words(ENOUGH, assessors=3).startswith("Panel members: 3. Needed, at least: 4")


@given(people=helpers, signers=st.integers(1, 4), assessors=st.integers(1, 4))
def test_more_people_never_lack_more(people: list[Helper], signers: int, assessors: int) -> None:
    more = [*people, *ENOUGH, *(Helper(number, frozenset(), assesses=True) for number in range(200, 205))]
    more += [Helper(number, frozenset({Role.SIGNER})) for number in range(300, 304)]

    assert missing(more, signers, assessors) == ()
