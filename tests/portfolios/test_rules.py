"""The rules of portfolios, by example and by property."""

import json
import random
import re
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel_app.foundation.states import NotFromHere, States
from panel_app.portfolios.rules import manifests, references, texts
from panel_app.portfolios.rules.coverage import coverage, in_words
from panel_app.portfolios.rules.drafts import Draft, Piece, Relation, blocking, missing, summed, thin_domains
from panel_app.portfolios.rules.manifests import Manifest, SubmittedPiece, SubmittedSection
from panel_app.portfolios.rules.outlines import outline_of
from panel_app.portfolios.rules.statuses import ASSESSMENT, PORTFOLIO

OUTLINE = outline_of(
    {
        "sections": [{"id": "a", "title": "Context", "max_words": 3}, {"id": "b", "title": "More", "required": False}],
        "min_evidence": 1,
        "max_files": 2,
        "max_file_mb": 1,
        "required_domains": ["PSF-1", "PSF-2"],
    }
)
SHOWN = Piece("E01", "A report", {"PSF-1": Relation.SHOWS, "PSF-2": Relation.SHOWS})


@given(st.integers())
def test_a_reference_has_letters_in_each_part_and_no_look_alikes(seed: int) -> None:
    reference = references.draw("CPAP-26A", random.Random(seed).choice)

    assert re.fullmatch(r"CPAP-26A-[CDFGHJKMNPQRTVWXY][CDFGHJKMNPQRTVWXY34679]{3}", reference)
    assert any(sign.isdigit() for sign in reference.rpartition("-")[2])


@pytest.mark.parametrize(("code", "prefix"), [("26a", "CPAP-26A"), ("CPAP-26A", "CPAP-26A"), ("CPAP26", "CPAP-CPAP26")])
def test_a_reference_names_programme_and_round_once(code: str, prefix: str) -> None:
    assert references.prefix("CPAP", code) == prefix


@pytest.mark.parametrize("table", [PORTFOLIO, ASSESSMENT], ids=["portfolio", "assessment"])
def test_every_pair_outside_the_tables_is_refused(table: States[StrEnum, StrEnum]) -> None:
    for state, act in table.pairs():
        if (state, act) in table.moves:
            assert table.after(act, state) is table.moves[state, act]
        else:
            with pytest.raises(NotFromHere):
                table.after(act, state)


@given(st.text())
def test_words_are_counted_alike_whatever_the_line_ends(text: str) -> None:
    assert texts.count_words(texts.stored(text)) == texts.count_words(text.replace("\x00", ""))
    assert "\r" not in texts.stored(text)


def test_a_whole_draft_misses_nothing() -> None:
    draft = Draft({"a": "one two three"}, [SHOWN])

    assert missing(OUTLINE, draft, {}) == ()
    assert summed(OUTLINE, draft) == ()


def test_what_is_missing_is_summed_in_few_lines_that_name_it() -> None:
    found = summed(OUTLINE, Draft({"b": "x"}, []))

    assert [(str(each.sentence), each.which, each.blocks) for each in found] == [
        ("Sections to write: 1", "Context", True),
        ("Pieces of evidence still needed: 1", "", True),
        ("Required domains that nothing shows: 2", "PSF-1, PSF-2", False),
    ]


@pytest.mark.parametrize(
    ("draft", "blocks", "says"),
    [
        (Draft({}, [SHOWN]), True, "“Context” is empty."),
        (Draft({"a": "one two three four"}, [SHOWN]), True, "“Context” is too long: it has 4 of at most 3 words."),
        (Draft({"a": "one"}, []), True, "You have 0 of at least 1 piece of evidence."),
        (
            Draft({"a": "one"}, [SHOWN, Piece("E02", " ", {"C1": Relation.SHOWS})]),
            False,
            "E02 has no sentence on what it shows.",
        ),
        (Draft({"a": "one"}, [SHOWN, Piece("E02", "x", {})]), False, "E02 is not tied to any criterion or domain."),
        (
            Draft({"a": "one"}, [Piece("E01", "x", {"PSF-1": Relation.SHOWS, "PSF-2": Relation.TOUCHES})]),
            False,
            "Nothing shows PSF-2 Safety yet.",
        ),
    ],
)
def test_what_is_missing_blocks_or_warns(draft: Draft, blocks: bool, says: str) -> None:
    found = missing(OUTLINE, draft, {"PSF-2": "Safety"})

    assert says in [str(each.sentence) for each in found]
    assert bool(blocking(found)) is blocks


def test_a_domain_that_is_only_touched_is_thin() -> None:
    assert thin_domains(OUTLINE, [Piece("E01", "x", {"PSF-1": Relation.TOUCHES})]) == ("PSF-1", "PSF-2")


def test_coverage_lays_pieces_over_targets_and_names_what_nothing_shows() -> None:
    grid = coverage(
        [("PSF-1", "Input"), ("PSF-2", "Output")], [("E01", {"PSF-1": Relation.SHOWS, "PSF-2": Relation.TOUCHES})]
    )

    assert [row.cells for row in grid.rows] == [("shows", "touches")]
    assert grid.unshown == ("PSF-2 Output",)
    assert str(in_words({"C1": Relation.TOUCHES})) == "touches C1"
    assert str(in_words({})) == "not tied to anything yet"


def a_manifest(text: str = "Größe") -> Manifest:
    piece = SubmittedPiece("k" * 26, "E01", "pdf", "x", {"C1": "shows"}, "0" * 64, 7, None)
    return Manifest("CPAP-26A-K7Q2", 1, "t", "CPAP 1", (SubmittedSection("a", "A", text),), (piece,), "1" * 64)


def test_a_manifest_is_read_back_equal_and_changes_with_its_content() -> None:
    written = manifests.write(a_manifest())

    assert manifests.read(written) == a_manifest()
    assert manifests.write(a_manifest("Größe.")) != written
    assert written == manifests.canonical(json.loads(written))


def test_a_manifest_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 2"):
        manifests.read(manifests.write(a_manifest()).replace('"format":1', '"format":2'))


def test_words_of_a_piece_name_what_it_shows_first() -> None:
    both = {"PSF-2": Relation.TOUCHES, "C1": Relation.SHOWS, "C2": Relation.SHOWS}

    assert str(in_words(both)) == "shows C1, C2; touches PSF-2"
    assert str(in_words({"C1": Relation.SHOWS})) == "shows C1"


def test_the_list_of_names_has_another_hash_with_another_salt() -> None:
    first, second = (manifests.names_list({"E01": "資料.pdf"}, salt) for salt in ("a", "b"))

    assert json.loads(first)["names"] == {"E01": "資料.pdf"}
    assert manifests.sha256(first) != manifests.sha256(second)


def test_an_outline_finds_its_sections_and_sums_where_no_total_is_set() -> None:
    assert OUTLINE.section("a") is OUTLINE.sections[0]
    assert OUTLINE.section("c") is None
    assert OUTLINE.max_total_bytes == 2 * 1024 * 1024
