"""What the detectors find in a corpus of pairs made by rule, and what must hold of any two."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel_app.conflicts.blocking_rules import Index, candidate_keys, examine_by_keys, member_keys
from panel_app.conflicts.rules import Affiliation, CandidateFacts, MemberFacts, Mention, Strength, examine
from panel_app.names import agreement, name_keys, organisation_keys
from tests.conflicts.corpus import SURNAMES, TRANSLITERATED, corpus, scores, table

SINCE = date(2025, 1, 1)
NAMES = st.one_of(
    st.sampled_from([name for row in TRANSLITERATED for name in row]),
    st.builds(
        lambda given, family, form: form.format(given, family),
        st.sampled_from(["Robert", "Bob", "R.", "Ana Maria", "Wei", "John"]),
        st.sampled_from([*SURNAMES[:4], "Smith", "Garcia", "Zhang", "Smith-Quillfeather"]),
        st.sampled_from(["{0} {1}", "{1}, {0}", "{1} {0}", "Dr {0} {1}, PhD", "{0} {1} née Brown"]),
    ),
    st.text(max_size=12),
)
FIRMS = st.sampled_from(["Acme Ltd", "ACME", "Acme|Bolt", "none", "Bolt GmbH", "Zed (ZDX)", "ZDX", "Bank of Zed"])
EMAILS = st.sampled_from(["a@acme.example", "A+x@acme.example", "b@acme.example", "a.b@gmail.com", "ab@googlemail.com"])
LINKS = st.sampled_from(["github.com/acme/a", "git@github.com:acme/a.git", "github.com/acme/b", "0000-0002-1825-0097",
                         "0000-0002-1694-233X", "doi:10.5555/x", "https://github.com/"])  # fmt: skip
AFFILIATIONS = st.builds(Affiliation, FIRMS, st.sampled_from([None, date(2025, 6, 30), date(2024, 6, 30)]))


def some(each: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """A few facts of a sort."""
    return st.lists(each, max_size=2).map(tuple)


MEMBERS = st.builds(
    MemberFacts, names=st.tuples(NAMES), aliases=some(NAMES), emails=some(EMAILS), organisations=some(AFFILIATIONS),
    links=some(LINKS), vendors=some(FIRMS), coached=some(NAMES),
)  # fmt: skip
CANDIDATES = st.builds(
    CandidateFacts, names=st.tuples(NAMES), recent_from=st.just(SINCE), emails=some(EMAILS),
    organisations=some(AFFILIATIONS), links=some(LINKS), vendors=some(FIRMS), mentors=some(NAMES),
    mentions=some(st.builds(Mention, NAMES, st.sampled_from(["manager", "referee"]))),
)  # fmt: skip


def test_the_corpus_is_found_and_little_else() -> None:
    pairs = corpus()

    by_kind, mistakes = scores(pairs)

    found, wanted = sum(each.found for each in by_kind.values()), sum(each.pairs for each in by_kind.values())
    surplus = sum(each.wrong for each in by_kind.values())
    assert len(pairs) >= 400
    assert found / wanted >= 0.98, mistakes
    assert found / (found + surplus) >= 0.95, mistakes
    assert all(each.recall >= 0.98 and each.precision >= 0.95 for each in by_kind.values()), table(pairs)


@given(NAMES, NAMES)
def test_names_agree_both_ways_and_share_a_key_where_they_do(a: str, b: str) -> None:
    mine, theirs = name_keys(a), name_keys(b)

    assert agreement(a, b) is agreement(b, a)
    if agreement(a, b):
        assert mine[0] & theirs[0] or mine[0] & theirs[1] or mine[1] & theirs[0]


@given(st.text(max_size=30))
def test_any_text_has_keys_or_none(text: str) -> None:
    assert all(organisation_keys(text))
    assert all(name_keys(text)[0]) if name_keys(text)[0] else True


@settings(max_examples=150)
@given(st.lists(MEMBERS, max_size=3), st.lists(CANDIDATES, max_size=3))
def test_a_pair_without_a_common_key_has_no_finding(
    members: list[MemberFacts], candidates: list[CandidateFacts]
) -> None:
    index = Index(map(candidate_keys, candidates))

    for member in members:
        found = [place for place, each in enumerate(candidates) if examine(member, each)]
        assert set(found) <= set(index.meeting(member_keys(member)))


@settings(max_examples=150)
@given(MEMBERS, CANDIDATES, st.lists(NAMES, max_size=2))
def test_the_register_finds_by_keys_what_every_detector_finds(
    member: MemberFacts, candidate: CandidateFacts, texts: list[str]
) -> None:
    written = replace(candidate, texts=tuple(f"Thanks to {name} for the lamp." for name in texts))

    found = examine_by_keys(member, written, member_keys(member), candidate_keys(written))

    assert found == examine(member, written)


@settings(max_examples=150)
@given(MEMBERS, CANDIDATES)
def test_the_order_of_facts_never_matters(member: MemberFacts, candidate: CandidateFacts) -> None:
    turned = replace(
        member, aliases=member.aliases[::-1], emails=member.emails[::-1], organisations=member.organisations[::-1],
        links=member.links[::-1], vendors=member.vendors[::-1], coached=member.coached[::-1],
    )  # fmt: skip
    other = replace(
        candidate, emails=candidate.emails[::-1], organisations=candidate.organisations[::-1],
        links=candidate.links[::-1], mentors=candidate.mentors[::-1], mentions=candidate.mentions[::-1],
    )  # fmt: skip

    assert examine(turned, other) == examine(member, candidate)


@settings(max_examples=150)
@given(MEMBERS, MEMBERS, CANDIDATES, CANDIDATES)
def test_another_fact_never_takes_away_what_bars(
    member: MemberFacts, more: MemberFacts, candidate: CandidateFacts, others: CandidateFacts
) -> None:
    barred = {each.kind for each in examine(member, candidate) if each.strength is Strength.BARRED}
    richer = replace(
        member, aliases=member.aliases + more.all_names, emails=member.emails + more.emails,
        links=member.links + more.links,
        organisations=member.organisations + more.organisations, coached=member.coached + more.coached,
    )  # fmt: skip
    theirs = replace(
        candidate, names=candidate.names + others.names, emails=candidate.emails + others.emails,
        links=candidate.links + others.links, organisations=candidate.organisations + others.organisations,
    )  # fmt: skip

    assert barred <= {each.kind for each in examine(richer, theirs) if each.strength is Strength.BARRED}


@given(
    st.sampled_from(["same_person", "family_name", "same_organisation", "former_organisation", "shared_work"]),
    MEMBERS,
    MEMBERS,
)
def test_symmetric_kinds_are_symmetric(kind: str, one: MemberFacts, other: MemberFacts) -> None:
    there, back = (
        {each.kind: each.strength for each in examine(mine, _as_candidate(theirs))}
        for mine, theirs in ((one, other), (other, one))
    )

    assert there.get(kind) is back.get(kind)


def _as_candidate(member: MemberFacts) -> CandidateFacts:
    return CandidateFacts(
        names=member.all_names,
        recent_from=SINCE,
        emails=member.emails,
        organisations=member.organisations,
        links=member.links,
    )


@pytest.mark.parametrize("name", ["Quentin Thistlewold", "王小明", "محمد القحطاني", "Cher", "O", "van der Berg, Jan"])
def test_every_name_agrees_with_itself(name: str) -> None:
    assert bool(agreement(name, name)) == (name != "O")
