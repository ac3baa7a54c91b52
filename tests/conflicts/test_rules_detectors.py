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
        "alike_name": Strength.DECISION,
        "declared": Strength.BARRED,
        "named_in_portfolio": Strength.DECISION,
        "same_email_domain": Strength.DECISION,
        "same_organisation": Strength.BARRED,
        "same_person": Strength.BARRED,
        "shared_person": Strength.DECISION,
    }
    assert (
        DETECTORS["same_organisation"].text
        == "Works, or in the last two years worked, for the candidate's organisation."
    )


@pytest.mark.parametrize(
    ("about", "value", "strength"),
    [
        (About.PERSON, "Rivet, Robert", Strength.BARRED),
        (About.PERSON, "Bob Rivet", Strength.DECISION),
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
    assert words == f"The panel member declared an interest: {value}."


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
        "The panel member declared an interest: Robert Rivet (taught together)."
    )
    assert found("declared", long_ended, CANDIDATE) is None


def test_declaration_may_ask_for_a_decision_or_a_note_only() -> None:
    noted = declares(About.PERSON, "Bob Rivet", strength=Strength.NOTE)

    assert told("declared", noted, CANDIDATE)[0] is Strength.NOTE


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        (Affiliation("ACME, Inc."), Affiliation("Acme Ltd"), "Both give Acme Ltd as organisation."),
        (
            Affiliation("Acme", SINCE),
            Affiliation("Acme Ltd"),
            "The panel member left Acme Ltd, the candidate's organisation, on 2024-03-01.",
        ),
        (
            Affiliation("Acme"),
            Affiliation("Acme Ltd", date(2025, 1, 31)),
            "The candidate left Acme, the panel member's organisation, on 2025-01-31.",
        ),
    ],
)
def test_same_organisation_now_or_lately_bars_the_pair(mine: Affiliation, theirs: Affiliation, words: str) -> None:
    candidate = replace(CANDIDATE, organisations=(theirs,))

    assert told("same_organisation", works(mine), candidate) == (Strength.BARRED, words)


def test_organisation_that_may_be_the_same_needs_a_decision() -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("National Safety Forum"),))

    assert told("same_organisation", works(Affiliation("NSF")), candidate) == (
        Strength.DECISION,
        "The panel member gives NSF as organisation, the candidate National Safety Forum: they may be one.",
    )


def test_organisation_left_long_ago_or_another_one_is_no_finding() -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme Ltd"),))

    assert found("same_organisation", works(Affiliation("Acme", date(2024, 2, 29))), candidate) is None
    assert found("same_organisation", works(Affiliation("Northwind")), candidate) is None


def test_same_mail_domain_needs_a_decision_and_free_mail_says_nothing() -> None:
    member = replace(MEMBER, emails=("tan@gmail.com", "tan@mail.acme.com"))
    candidate = replace(CANDIDATE, emails=("hart@ACME.com", "hart@gmail.com"))

    assert told("same_email_domain", member, candidate) == (
        Strength.DECISION,
        "Both have an email address at acme.com.",
    )
    assert found("same_email_domain", member, replace(candidate, emails=("hart@gmail.com",))) is None


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
        (replace(MEMBER, names=("RIVET, Robert",)), CANDIDATE, "Both have the name Robert Rivet."),
        (replace(MEMBER, aliases=("Robert Rivet",)), CANDIDATE, "Both have the name Robert Rivet."),
    ],
)
def test_same_person_is_barred_by_account_address_name_and_alias(
    member: MemberFacts, candidate: CandidateFacts, words: str
) -> None:
    assert told("same_person", member, candidate) == (Strength.BARRED, words)


def test_same_single_name_is_no_proof_and_needs_a_decision() -> None:
    member, candidate = replace(MEMBER, names=("Cher",)), replace(CANDIDATE, names=("Cher",))

    assert found("same_person", member, candidate) is None
    assert told("alike_name", member, candidate)[0] is Strength.DECISION


def test_likely_name_needs_a_decision_and_explains_itself() -> None:
    assert told("alike_name", replace(MEMBER, aliases=("Bob Rivet",)), CANDIDATE) == (
        Strength.DECISION,
        "“Bob Rivet” and “Robert Rivet” differ only by a short form, an initial or a name left out.",
    )


def test_likely_name_is_silent_where_the_full_names_are_the_same() -> None:
    assert found("alike_name", replace(MEMBER, names=("Robert Rivet", "Bob Rivet")), CANDIDATE) is None


def test_member_named_in_the_portfolio_needs_a_decision() -> None:
    written = replace(CANDIDATE, texts=("Nothing here.", "Reviewed by W. Tansy last year."))
    named = replace(written, mentions=(Mention("Tansy, Wort-Ling", "referee"), Mention("Fig Lime", "manager")))

    assert told("named_in_portfolio", MEMBER, written) == (
        Strength.DECISION,
        "The name “W. Tansy” occurs in the portfolio's text.",
    )
    assert told("named_in_portfolio", MEMBER, named)[1] == "The portfolio names Tansy, Wort-Ling as referee."


def test_alias_in_the_portfolio_is_found_like_the_name() -> None:
    member = replace(MEMBER, aliases=("Oat Tansy",))

    assert (
        told("named_in_portfolio", member, replace(CANDIDATE, texts=("Thanks to Oat Tansy.",)))[0] is Strength.DECISION
    )


def test_own_candidacy_counts_when_its_mentor_is_the_candidates_manager() -> None:
    member = replace(MEMBER, mentions=(Mention("Fig Lime", "mentor"),))
    candidate = replace(CANDIDATE, mentions=(Mention("Lime, Fig", "manager"),))

    assert told("shared_person", member, candidate) == (
        Strength.DECISION,
        "Lime, Fig is named by both: by the panel member as mentor, in the portfolio as manager.",
    )


def test_declared_person_whom_the_portfolio_names_needs_a_decision_while_it_lasts() -> None:
    candidate = replace(CANDIDATE, mentions=(Mention("Fig Lime", "manager"),))

    assert told("shared_person", declares(About.PERSON, "Fig Lime"), candidate)[1] == (
        "Fig Lime is named by both: by the panel member as declared interest, in the portfolio as manager."
    )
    assert found("shared_person", declares(About.PERSON, "Fig Lime", ended_on=date(2024, 2, 29)), candidate) is None
    assert found("shared_person", declares(About.ORGANISATION, "Fig Lime"), candidate) is None


def test_fingerprint_stays_when_only_spelling_changes_and_moves_with_the_facts() -> None:
    candidate = replace(CANDIDATE, organisations=(Affiliation("Acme Ltd"),))
    marks = [found("same_organisation", works(mine), candidate) for mine in (
        Affiliation("Acme"), Affiliation("ACME Limited"), Affiliation("Acme", SINCE)
    )]  # fmt: skip

    first, respelt, left = (finding.fingerprint for finding in marks if finding is not None)

    assert first == respelt
    assert first != left


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
