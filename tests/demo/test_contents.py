"""The demo's contents fit the programme, hold each kind of trouble, and name nobody who might exist."""

import json
import re
from collections import Counter
from fractions import Fraction
from importlib.resources import files
from itertools import chain
from typing import get_args

import pytest

from panel_app.demo.contents import DemoPortfolio, DemoSheet, members, moderated, portfolio, portfolios, sheets, staff
from panel_app.demo.contents.shapes import EvidenceKind, PortfolioKind

DATA = files("panel_app.programmes") / "data"
RUBRIC = json.loads((DATA / "cpap-2026.1.json").read_text(encoding="utf-8"))
FRAMEWORK = json.loads((DATA / "psf-1.1.json").read_text(encoding="utf-8"))
WEIGHTS: dict[str, int] = {criterion["id"]: criterion["weight"] for criterion in RUBRIC["criteria"]}
LEVELS = {level["points"] for criterion in RUBRIC["criteria"] for level in criterion["levels"]}
DOMAINS = {domain["id"] for domain in FRAMEWORK["domains"]}
REQUIRED = set(RUBRIC["portfolio"]["required_domains"])
MAX_WORDS = {section["id"]: section["max_words"] for section in RUBRIC["portfolio"]["sections"]}
MIN_EVIDENCE = RUBRIC["portfolio"]["min_evidence"]
TO_SAY_SOMETHING = 80
ADDRESS = re.compile(r"[a-z.]+@([a-z-]+\.)+example\.org")

every_portfolio = pytest.mark.parametrize("each", portfolios(), ids=lambda each: each.key)
every_sheet = pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: f"{sheet.portfolio}-{sheet.slot}")


def mean(levels: dict[str, Fraction]) -> Fraction:
    return sum((levels[criterion] * weight for criterion, weight in WEIGHTS.items()), Fraction(0)) / 100


def decided(levels: dict[str, Fraction]) -> str:
    """CPAP 2026.1: pass from 2.5 with no criterion below 2; refer from 2.0 with at most two below."""
    below = sum(level < 2 for level in levels.values())
    if mean(levels) >= Fraction(5, 2) and not below:
        return "pass"
    return "refer" if mean(levels) >= 2 and below <= 2 else "fail"


def levels_of(sheet: DemoSheet) -> dict[str, Fraction]:
    return {criterion: Fraction(score.level) for criterion, score in sheet.scores.items()}


def first_two(key: str) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    first, second = [levels_of(sheet) for sheet in sheets() if sheet.portfolio == key and sheet.slot != "third"]
    return first, second


def together(key: str) -> dict[str, Fraction]:
    first, second = first_two(key)
    return {criterion: (first[criterion] + second[criterion]) / 2 for criterion in WEIGHTS}


def words(text: str) -> int:
    return len(text.split())


def people() -> list[tuple[str, str, str]]:
    everyone = chain(
        (each.candidate for each in portfolios()), (m.person for m in members()), (s.person for s in staff())
    )
    return [(person.name, person.email, person.organisation) for person in everyone]


def test_there_are_twenty_four_portfolios_and_three_of_an_earlier_round() -> None:
    rounds = Counter(each.round for each in portfolios())

    assert rounds == {"current": 24, "earlier": 3}


def test_each_kind_of_portfolio_and_of_evidence_occurs() -> None:
    assert {each.kind for each in portfolios()} == set(get_args(PortfolioKind))
    assert {piece.kind for each in portfolios() for piece in each.evidence} == set(get_args(EvidenceKind))


@every_portfolio
def test_sections_are_those_of_the_programme_within_their_limits(each: DemoPortfolio) -> None:
    counted = {section: words(text) for section, text in each.sections.items()}

    assert list(counted) == list(MAX_WORDS)
    assert [s for s, count in counted.items() if count > min(250, MAX_WORDS[s])] == []


@every_portfolio
def test_only_the_thin_portfolio_has_a_section_that_says_nothing(each: DemoPortfolio) -> None:
    short = [section for section, text in each.sections.items() if words(text) < TO_SAY_SOMETHING]

    assert short == (["incidents-and-iteration"] if each.kind == "thin" else [])


@every_portfolio
def test_each_has_three_to_six_pieces_of_evidence_except_the_thin_one(each: DemoPortfolio) -> None:
    assert (len(each.evidence) < MIN_EVIDENCE) == (each.kind == "thin")
    assert len(each.evidence) <= 6
    assert len({piece.name for piece in each.evidence}) == len(each.evidence)


@every_portfolio
def test_evidence_is_mapped_to_what_exists_and_shows_something(each: DemoPortfolio) -> None:
    for piece in each.evidence:
        assert set(piece.shows) | set(piece.touches) <= set(WEIGHTS) | DOMAINS
        assert not set(piece.shows) & set(piece.touches)
        assert piece.shows
        assert piece.what.endswith(".")
        assert (piece.paper is None) == (piece.kind == "link") == (piece.url is not None)


def test_domains_that_nothing_shows_are_where_the_story_wants_them() -> None:
    missing = {
        each.key: sorted(REQUIRED - set(chain.from_iterable(piece.shows for piece in each.evidence)))
        for each in portfolios()
        if each.kind in {"missing_domain", "strong", "middling", "released_pass"}
    }

    assert {key: domains for key, domains in missing.items() if domains} == {"p14": ["PSF-7"]}


@every_portfolio
def test_truth_has_a_level_for_every_criterion(each: DemoPortfolio) -> None:
    assert set(each.truth) == set(WEIGHTS)
    assert set(each.truth.values()) <= LEVELS


def test_names_and_addresses_are_unique_and_addresses_lie_under_example_org() -> None:
    names, addresses, _ = zip(*people(), strict=True)
    words_of_names = [word for name in names for word in name.split()]

    assert len(names) == 27 + 14 + 8
    assert len(set(words_of_names)) == len(words_of_names)
    assert len(set(addresses)) == len(addresses)
    assert [address for address in addresses if not ADDRESS.fullmatch(address)] == []


def test_organisations_say_that_they_are_invented() -> None:
    assert [organisation for *_, organisation in people() if not organisation.lower().endswith("(demo)")] == []


def test_no_long_sentence_stands_in_two_portfolios() -> None:
    seen: dict[str, set[str]] = {}
    for each in portfolios():
        texts = [*each.sections.values(), *(str(piece.paper.content) for piece in each.evidence if piece.paper)]
        for sentence in re.split(r"(?<=[.!?:])\s+|\\n|\n", "\n".join(texts)):
            if words(sentence) > 8:
                seen.setdefault(sentence.strip().lower(), set()).add(each.key)

    assert len(seen) > 1000
    assert {sentence: keys for sentence, keys in seen.items() if len(keys) > 1} == {}


def test_some_file_names_hold_the_candidate_s_name_or_another_script() -> None:
    names = [(piece.name, each.candidate.name.split()[-1]) for each in portfolios() for piece in each.evidence]

    assert sum(surname in name for name, surname in names) >= 10
    assert sum(not name.isascii() for name, _ in names) >= 5


def test_members_have_what_a_plan_needs() -> None:
    assert len(members()) == 14
    assert sum(member.lead for member in members()) == 2
    assert {member.capacity for member in members()} <= {3, 4, 5, 6}
    assert set(chain.from_iterable(member.domains for member in members())) == DOMAINS
    assert all(set(member.evenings) <= {"mon", "tue", "wed", "thu", "fri", "sat", "sun"} for member in members())


def test_members_can_read_every_current_portfolio_twice() -> None:
    assert sum(member.capacity for member in members()) >= 2 * 24


def test_conflicts_of_every_kind_lie_in_the_data() -> None:
    candidates = {each.candidate.name for each in portfolios()}
    organisations = {each.candidate.organisation: each.key for each in portfolios()}
    declared = [(d.about, d.name, d.late) for member in members() for d in member.declarations]

    assert [(about, late) for about, name, late in declared if name in candidates | set(organisations)] == [
        ("person", False),
        ("organisation", False),
        ("person", True),
    ]
    assert [organisations.get(m.person.organisation) for m in members()].count(None) == 12
    hosts = {each.candidate.email.partition("@")[2] for each in portfolios()}
    assert not [member.key for member in members() if member.person.email.partition("@")[2] in hosts]
    assert [m.person.name for m in members() if m.person.name in str(portfolio("p16").sections)] == ["Teasel Margay"]


def test_staff_fills_every_role() -> None:
    assert Counter(each.role for each in staff()) == {
        "coordinator": 2,
        "moderator": 1,
        "signer": 3,
        "admin": 1,
        "observer": 1,
    }


def test_at_least_sixteen_portfolios_of_the_round_have_two_sheets_and_the_earlier_ones_too() -> None:
    pairs = Counter(sheet.portfolio for sheet in sheets() if sheet.slot != "third")

    assert set(pairs.values()) == {2}
    assert len([key for key in pairs if portfolio(key).round == "current"]) >= 16
    assert {each.key for each in portfolios() if each.round == "earlier"} <= set(pairs)


@every_sheet
def test_a_sheet_is_complete_and_refers_to_evidence_that_exists(sheet: DemoSheet) -> None:
    pieces = len(portfolio(sheet.portfolio).evidence)

    assert set(sheet.scores) == set(WEIGHTS)
    assert {score.level for score in sheet.scores.values()} <= LEVELS
    assert min(len(score.feedback) for score in sheet.scores.values()) >= 60
    named = set(re.findall(r"\bE(\d+)\b", " ".join(score.rationale for score in sheet.scores.values())))
    assert named
    assert named <= {str(number) for number in range(1, pieces + 1)}


def test_feedback_is_written_for_one_portfolio_and_never_twice() -> None:
    feedback = [score.feedback for sheet in sheets() for score in sheet.scores.values()]

    assert len(set(feedback)) == len(feedback)


@every_sheet
def test_sheets_name_neither_the_candidate_nor_a_member(sheet: DemoSheet) -> None:
    candidate = portfolio(sheet.portfolio).candidate
    identities = {*candidate.name.split(), candidate.organisation, *(m.person.name.split()[1] for m in members())}
    written = " ".join([sheet.note, *(score.rationale + " " + score.feedback for score in sheet.scores.values())])

    assert [identity for identity in identities if identity.lower() in written.lower()] == []


def test_sheets_keep_close_to_the_truth_except_one_that_reads_too_strictly() -> None:
    far = [
        (sheet.portfolio, sheet.slot, criterion)
        for sheet in sheets()
        for criterion, score in sheet.scores.items()
        if abs(score.level - portfolio(sheet.portfolio).truth[criterion]) > 1
    ]

    assert far == [("p07", "second", "C2")]


def test_discrepancies_are_the_three_gaps_and_the_split() -> None:
    keys = sorted({sheet.portfolio for sheet in sheets()})

    gaps = {key for key in keys if any(abs(a - b) >= 2 for a, b in _pairs(key))}
    splits = {key for key in keys if len({decided(levels) for levels in first_two(key)}) == 2}
    wide = {key for key in keys if abs(mean(first_two(key)[0]) - mean(first_two(key)[1])) >= Fraction(3, 4)}
    assert (gaps, splits, wide) == ({"p04", "p07", "p09"}, {"p05", "p09"}, set())


def _pairs(key: str) -> list[tuple[Fraction, Fraction]]:
    first, second = first_two(key)
    return [(first[criterion], second[criterion]) for criterion in WEIGHTS]


def test_results_cover_pass_refer_and_fail_and_the_borderline() -> None:
    results = {key: decided(together(key)) for key in {sheet.portfolio for sheet in sheets()}}
    borderline = {key for key in results if abs(mean(together(key)) - Fraction(5, 2)) <= Fraction(1, 4)}

    assert Counter(results.values()) == {"pass": 12, "refer": 5, "fail": 2}
    assert {key: results[key] for key in ("e01", "e02", "e03")} == {"e01": "pass", "e02": "refer", "e03": "fail"}
    assert {"p05", "p08", "p12", "p14"} <= borderline


def test_third_sheets_and_the_moderator_answer_discrepancies() -> None:
    thirds = {sheet.portfolio for sheet in sheets() if sheet.slot == "third"}

    assert thirds == {"p04", "p07", "p09"}
    assert [(each.portfolio, {c: level.level for c, level in each.levels.items()}) for each in moderated()] == [
        ("p04", {"C3": 3})
    ]


def test_an_unknown_portfolio_is_no_portfolio() -> None:
    with pytest.raises(KeyError):
        portfolio("p99")


def test_no_text_of_a_portfolio_says_who_made_it() -> None:
    told = []
    for each in portfolios():
        organisation = each.candidate.organisation.casefold().removesuffix(" (demo)")
        words = [each.candidate.name, each.candidate.name.split()[-1], organisation]
        texts = [
            *each.sections.values(),
            *(f"{piece.what} {piece.paper and piece.paper.content}" for piece in each.evidence),
        ]
        told += [(each.key, word) for word in words for text in texts if word.casefold() in text.casefold()]

    assert told == []
