"""Detectors, each by worked examples, and the registry that finds them."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.conflicts.rules import (
    DETECTORS,
    About,
    Affiliation,
    CandidateFacts,
    DeclarationFact,
    Detector,
    Evidence,
    Finding,
    MemberFacts,
    Mention,
    Strength,
    detector,
    examine,
)
from panel_app.foundation.registry import Registry

SINCE = date(2024, 3, 1)
MEMBER = MemberFacts(names=("Wort-Ling Tansy",))
CANDIDATE = CandidateFacts(names=("Robert Rivet",), recent_from=SINCE, reference="CPAP-26A-K7Q2")


def found(kind: str, member: MemberFacts, candidate: CandidateFacts) -> Finding | None:
    """What one detector alone says of a pair."""
    return next(iter(examine(member, candidate, [DETECTORS[kind]])), None)


def told(kind: str, member: MemberFacts, candidate: CandidateFacts) -> tuple[Strength, str]:
    """Strength and words of a finding that must be there."""
    finding = found(kind, member, candidate)
    assert finding is not None
    return finding.strength, str(finding.reason)


def declares(about: About, value: str, **more: Any) -> MemberFacts:
    """A member with one declaration."""
    return replace(MEMBER, declarations=(replace(DeclarationFact(about, value), **more),))


def works(*organisations: Affiliation) -> MemberFacts:
    """A member of some organisations."""
    return replace(MEMBER, organisations=organisations)


def test_strangers_give_no_finding_at_all() -> None:
    assert examine(MEMBER, CANDIDATE) == ()


def test_every_kind_of_the_house_is_there_with_a_text_for_its_page() -> None:
    assert {kind.name: kind.strength for kind in DETECTORS} == {
        "coached": Strength.BARRED,
        "declared": Strength.BARRED,
        "family_name": Strength.NOTE,
        "former_organisation": Strength.DECISION,
        "named_in_portfolio": Strength.DECISION,
        "same_organisation": Strength.BARRED,
        "same_person": Strength.BARRED,
        "same_round_candidate": Strength.DECISION,
        "shared_work": Strength.DECISION,
        "vendor": Strength.DECISION,
    }
    assert (
        DETECTORS["same_organisation"].text
        == "Works for the candidate's organisation, by its name or by the domain of a work address."
    )


@pytest.mark.parametrize(
    ("about", "value", "strength"),
    [
        (About.PERSON, "Rivet, Robert", Strength.BARRED),
        (About.PERSON, "Bob Rivet", Strength.BARRED),
        (About.ORGANISATION, "ACME Limited", Strength.BARRED),
        (About.PORTFOLIO, " cpap-26a-k7q2", Strength.BARRED),
    ],
)
def test_declared_interest_is_found_by_person_organisation_and_reference(
    about: About, value: str, strength: Strength
) -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme Ltd"),))

    found_strength, words = told("declared", declares(about, value), candidate)

    assert found_strength is strength
    assert words == f"The panel member declared an interest: {value}. The candidate is Robert Rivet."


@pytest.mark.parametrize(
    ("about", "value"),
    [(About.PERSON, "Fig Lime"), (About.ORGANISATION, "Acme"), (About.PORTFOLIO, ""), (About.PORTFOLIO, "CPAP-26A-X")],
)
def test_declaration_about_another_is_no_finding(about: About, value: str) -> None:
    left = Affiliation("Acme Ltd", date(2024, 2, 29))

    assert found("declared", declares(about, value), replace(CANDIDATE, organisations=(left,))) is None
    assert found("declared", declares(About.PORTFOLIO, ""), replace(CANDIDATE, reference="")) is None


def test_declaration_says_how_and_ends_with_its_time() -> None:
    ended = declares(About.PERSON, "Robert Rivet", relation="taught together", ended_on=SINCE)
    long_ended = declares(About.PERSON, "Robert Rivet", ended_on=date(2024, 2, 29))

    assert told("declared", ended, CANDIDATE)[1] == (
        "The panel member declared an interest: Robert Rivet (taught together). The candidate is Robert Rivet."
    )
    assert found("declared", long_ended, CANDIDATE) is None


def test_declaration_may_ask_for_a_decision_or_a_note_only() -> None:
    noted = declares(About.PERSON, "Bob Rivet", strength=Strength.NOTE)

    assert told("declared", noted, CANDIDATE)[0] is Strength.NOTE


def test_same_organisation_now_bars_the_pair() -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme Ltd"),))

    assert told("same_organisation", works(Affiliation("ACME, Inc.")), candidate) == (
        Strength.BARRED,
        "The panel member gives ACME, Inc. as organisation, the candidate Acme Ltd.",
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "strength", "words"),
    [
        (Affiliation("Acme", SINCE), Affiliation("Acme Ltd"), Strength.DECISION,
         "The panel member left Acme in 2024-03; the candidate is at Acme Ltd."),
        (Affiliation("Acme"), Affiliation("Acme Ltd", date(2025, 1, 31)), Strength.DECISION,
         "The panel member is at Acme; the candidate left Acme Ltd in 2025-01."),
        (Affiliation("Acme", SINCE), Affiliation("Acme Ltd", date(2025, 1, 31)), Strength.NOTE,
         "The panel member left Acme in 2024-03, the candidate left Acme Ltd in 2025-01."),
    ],
)  # fmt: skip
def test_organisation_left_lately_needs_a_decision_and_one_that_both_left_is_noted(
    mine: Affiliation, theirs: Affiliation, strength: Strength, words: str
) -> None:
    candidate = replace(CANDIDATE, organisations=(theirs,))

    assert told("former_organisation", works(mine), candidate) == (strength, words)
    assert found("same_organisation", works(mine), candidate) is None


def test_organisation_left_long_ago_or_another_one_is_no_finding() -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme Ltd"),))

    for mine in (Affiliation("Acme", date(2024, 2, 29)), Affiliation("Northwind"), Affiliation("Acme Holdings")):
        assert examine(works(mine), candidate) == ()


def test_one_domain_of_work_addresses_bars_and_free_mail_says_nothing() -> None:
    member = replace(MEMBER, emails=("tan@gmail.com", "tan@mail.acme.com"))
    candidate = replace(CANDIDATE, emails=("hart@ACME.com", "hart@gmail.com"))

    assert told("same_organisation", member, candidate) == (Strength.BARRED, "Both have a work address at acme.com.")
    assert examine(member, replace(candidate, emails=("hart@gmail.com",))) == ()


@pytest.mark.parametrize(
    ("member", "candidate", "words"),
    [
        (
            replace(MEMBER, person="p7"),
            replace(CANDIDATE, person="p7"),
            "The panel member and the candidate use the same account.",
        ),
        (
            replace(MEMBER, emails=("Bob@example.org",)),
            replace(CANDIDATE, emails=(" bob@example.org", "")),
            "Both have the email address bob@example.org.",
        ),
        (
            replace(MEMBER, links=("0000-0002-1825-0097",)),
            replace(CANDIDATE, links=("https://orcid.org/0000-0002-1825-0097",)),
            "Both give orcid:0000-0002-1825-0097 as their own page.",
        ),
    ],
)
def test_same_person_is_barred_by_account_address_and_identifier(
    member: MemberFacts, candidate: CandidateFacts, words: str
) -> None:
    assert told("same_person", member, candidate) == (Strength.BARRED, words)


@pytest.mark.parametrize("written", ["RIVET, Robert", "Bob Rivet", "R. Rivet", "Rivet Robert", "Dr Robert Rivet-Lime"])
def test_an_unusual_name_needs_a_decision_however_it_is_written(written: str) -> None:
    for member in (replace(MEMBER, names=(written,)), replace(MEMBER, aliases=(written,))):
        assert told("same_person", member, CANDIDATE) == (
            Strength.DECISION,
            f"The panel member is called {written}, the candidate Robert Rivet: they may be one person.",
        )


def test_a_very_common_name_is_noted_and_its_initial_is_nothing() -> None:
    candidate = replace(CANDIDATE, names=("John Smith",))

    assert told("same_person", replace(MEMBER, names=("Smith, John",)), candidate) == (
        Strength.NOTE,
        "The panel member is called Smith, John, the candidate John Smith, as many people are.",
    )
    assert examine(replace(MEMBER, names=("J. Smith",)), candidate) == ()


def test_two_orcid_ids_make_a_note_of_an_unusual_name_and_never_weaken_what_bars() -> None:
    member = replace(MEMBER, names=("Robert Rivet",), links=("0000-0002-1825-0097",))
    candidate = replace(CANDIDATE, links=("0000-0002-1694-233X",))
    addresses = ("rivet@acme.com",)

    assert told("same_person", member, candidate)[0] is Strength.NOTE
    barred = told("same_person", replace(member, emails=addresses), replace(candidate, emails=addresses))
    assert barred == (Strength.BARRED, "Both have the email address rivet@acme.com.")


def test_an_unusual_family_name_alone_is_noted() -> None:
    assert told("family_name", replace(MEMBER, names=("Ingrid Rivet",)), CANDIDATE) == (
        Strength.NOTE,
        "The panel member is called Ingrid Rivet, the candidate Robert Rivet: they share an unusual family name.",
    )
    assert found("family_name", replace(MEMBER, names=("Robert Rivet",)), CANDIDATE) is None


def test_coaching_bars_whoever_tells_it() -> None:
    assert told("coached", replace(MEMBER, coached=("Bob Rivet",)), CANDIDATE) == (
        Strength.BARRED,
        "The panel member names Bob Rivet as coached; the candidate is Robert Rivet.",
    )
    assert told("coached", MEMBER, replace(CANDIDATE, mentors=("W. Tansy",))) == (
        Strength.BARRED,
        "The panel member is Wort-Ling Tansy; the candidate names W. Tansy as mentor.",
    )
    assert found("coached", replace(MEMBER, coached=("Ingrid Rivet",)), CANDIDATE) is None


def test_a_vendor_with_whom_the_member_has_ties_or_works_needs_a_decision() -> None:
    candidate = replace(CANDIDATE, vendors=("Zellwand Cloud", "Quorvax Inc."))

    for member in (replace(MEMBER, vendors=("quorvax",)), works(Affiliation("Quorvax LLC"))):
        assert told("vendor", member, candidate)[0] is Strength.DECISION
    assert found("vendor", replace(MEMBER, vendors=("Zellwand", "none")), candidate) is None


def test_one_work_needs_a_decision_and_another_of_its_owner_is_noted() -> None:
    member = replace(MEMBER, links=("https://github.com/rivet/tool", "https://github.com/explore"))
    same, other = ((f"git@github.com:rivet/{name}.git", "github.com/explore") for name in ("tool", "lamp"))

    assert told("shared_work", member, replace(CANDIDATE, links=same)) == (
        Strength.DECISION,
        "Both show github.com/rivet/tool.",
    )
    assert told("shared_work", member, replace(CANDIDATE, links=other))[0] is Strength.NOTE
    assert found("shared_work", member, replace(CANDIDATE, links=("github.com/explore",))) is None


def test_member_named_in_the_portfolio_needs_a_decision() -> None:
    written = replace(CANDIDATE, texts=("Nothing here.", "Reviewed by W. Tansy last year."))
    named = replace(written, mentions=(Mention("Tansy, Wort-Ling", "referee"), Mention("Fig Lime", "manager")))

    assert told("named_in_portfolio", MEMBER, written) == (
        Strength.DECISION,
        "The name “W. Tansy” occurs in the portfolio's text.",
    )
    assert told("named_in_portfolio", MEMBER, named)[1] == (
        "The panel member is Wort-Ling Tansy; the portfolio names Tansy, Wort-Ling as referee."
    )


def test_alias_in_the_portfolio_is_found_like_the_name() -> None:
    member = replace(MEMBER, aliases=("Oat Tansy",))

    assert (
        told("named_in_portfolio", member, replace(CANDIDATE, texts=("Thanks to Oat Tansy.",)))[0] is Strength.DECISION
    )


def test_own_candidacy_counts_when_its_mentor_is_the_candidates_manager() -> None:
    member = replace(MEMBER, mentions=(Mention("Fig Lime", "mentor"),))
    candidate = replace(CANDIDATE, mentions=(Mention("Lime, Fig", "manager"),))

    assert told("same_round_candidate", member, candidate) == (
        Strength.DECISION,
        "Both name one person: the panel member Fig Lime as mentor, the candidate Lime, Fig as manager.",
    )


def test_fingerprint_stays_when_only_spelling_changes_and_moves_with_the_facts() -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme Ltd"),))
    marks = [examine(works(Affiliation(name)), candidate)[0].fingerprint for name in ("Acme", "ACME Ltd")]
    days = [examine(works(Affiliation("Acme", day)), candidate)[0].fingerprint for day in (SINCE, date(2024, 4, 30))]

    assert marks[0] == marks[1]
    assert days[0] != days[1]


@given(st.lists(st.sampled_from(["Acme", "Acme Ltd", "Northwind", "NSF", "National Safety Forum"]), max_size=4))
def test_order_of_facts_never_changes_a_finding(organisations: list[str]) -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme plc"), Affiliation("NSF")))
    mine = tuple(map(Affiliation, organisations))

    assert examine(works(*mine), candidate) == examine(works(*reversed(mine)), candidate)


@pytest.fixture
def dummy_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A detector in a temporary module."""
    (tmp_path / "dummy_kind_of_conflict.py").write_text(
        "from panel_app.conflicts.rules import *\n"
        "from panel_app.foundation.words import sentence\n"
        "@detector('dummy', strength=Strength.NOTE)\n"
        "def dummy(member, candidate):\n"
        "    '''Always noted.'''\n"
        "    return Evidence(sentence('Noted.'), frozenset())\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import_module("dummy_kind_of_conflict")
    yield "dummy"
    DETECTORS.remove("dummy")
    sys.modules.pop("dummy_kind_of_conflict")


def test_one_new_file_is_at_work_with_its_text(dummy_kind: str) -> None:
    findings = examine(MEMBER, CANDIDATE)

    assert [(finding.kind, str(finding.reason)) for finding in findings] == [(dummy_kind, "Noted.")]
    assert DETECTORS[dummy_kind].text == "Always noted."


def test_double_name_and_missing_docstring_stop_the_import() -> None:
    registry: Registry[Detector] = Registry("conflict detector")

    def known(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None:
        """Known."""

    def silent(member: MemberFacts, candidate: CandidateFacts) -> Evidence | None: ...

    detector("known", strength=Strength.NOTE, registry=registry)(known)

    with pytest.raises(ValueError, match="two conflict detectors are called 'known'"):
        detector("known", strength=Strength.NOTE, registry=registry)(known)
    with pytest.raises(ValueError, match="needs a docstring"):
        detector("silent", strength=Strength.NOTE, registry=registry)(silent)
