"""Uploads with real files: what is taken, what is refused with a sentence, what survives. On both databases."""

import hashlib
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from panel_app.demo.builders.portfolios import APortfolio, a_portfolio
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.files.names import shown_name
from panel_app.portfolios import services
from panel_app.portfolios.models import Evidence, StoredFile
from panel_app.portfolios.queries.drafts import pieces_of
from panel_app.portfolios.queries.stores import store
from panel_app.portfolios.services import Announced, NotTaken
from tests.foundation.files import samples
from tests.portfolios.acts import rows, stored

pytestmark = pytest.mark.both_databases
NOTES = b"Notes of the review, kept by the duty engineer.\n"


@pytest.fixture
def draft(app: Flask) -> APortfolio:
    return a_portfolio(a_round(), submitted=False, evidence=[])


def send(draft: APortfolio, content: bytes, name: str, **announced: object) -> services.AddedPiece:
    said = Announced(**announced)  # type: ignore[arg-type]
    return services.add_file(draft.candidate, draft.key, BytesIO(content), name, said)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Überblick – план.pdf", samples.pdf_with),
        ("資料.docx", samples.docx_with),
        ("shot.png", samples.png_with),
        ("photo.jpeg", samples.jpeg_with_exif),
        ("notes.txt", lambda: NOTES),
        ("README.md", lambda: b"# Notes\n\nKept by the duty engineer.\n"),
    ],
)
def test_each_kind_is_taken_and_keeps_its_name_for_its_owner(
    draft: APortfolio, name: str, made: Callable[[], bytes]
) -> None:
    content = made()

    send(draft, content, name, size=len(content), sha256=hashlib.sha256(content).hexdigest().upper())

    (piece,) = pieces_of(draft.id)
    assert (piece.label, piece.name, piece.size) == ("E01", name, len(content))
    assert piece.sha256 is not None
    with store().open(draft.key, piece.sha256) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tool.exe", b"MZ", "This type of file isn't taken"),
        ("empty.txt", b"", "This file is empty"),
        ("locked.pdf", samples.pdf_with(password="secret"), "protected with a password"),
        ("picture.pdf", samples.png_with(), "the content is PNG"),
        ("page.txt", b"<!doctype html><script>alert(1)</script>", "holds the code of a web page"),
        ("cut.pdf", samples.pdf_with()[:200], "(?i)damaged|end of this file"),
        ("large.txt", b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_what_isn_t_taken_gets_a_sentence_and_leaves_nothing(
    draft: APortfolio, name: str, content: bytes, says: str
) -> None:
    send(draft, NOTES, "kept.txt")

    with pytest.raises(NotTaken, match=says) as refused:
        send(draft, content, name)

    assert refused.value.field == "file"
    assert [piece.name for piece in pieces_of(draft.id)] == ["kept.txt"]
    assert len(stored(draft.key)) == 1


@pytest.mark.parametrize("announced", [{"size": len(NOTES) + 1}, {"sha256": "0" * 64}])
def test_a_file_that_arrived_in_part_is_no_evidence(draft: APortfolio, announced: dict[str, object]) -> None:
    with pytest.raises(NotTaken, match="Not all of this file arrived"):
        send(draft, NOTES, "notes.txt", **announced)

    assert rows(Evidence) == 0
    assert stored(draft.key) == []


def test_the_same_content_twice_is_refused_and_the_first_stays(draft: APortfolio) -> None:
    send(draft, NOTES, "notes.txt")

    with pytest.raises(NotTaken, match="in your portfolio already"):
        send(draft, NOTES, "again.txt")

    assert len(stored(draft.key)) == rows(StoredFile) == 1


def test_removing_a_piece_of_a_draft_deletes_its_bytes(draft: APortfolio) -> None:
    added = send(draft, NOTES, "notes.txt")

    services.remove_evidence(draft.candidate, added.key)

    assert stored(draft.key) == []
    assert rows(Evidence) == rows(StoredFile) == 0


def test_a_piece_that_was_submitted_stays_with_its_submission(app: Flask) -> None:
    built = a_portfolio(a_round())

    services.remove_evidence(built.candidate, built.pieces[0])

    assert [piece.label for piece in pieces_of(built.id)] == ["E02", "E03"]
    assert rows(Evidence) == 3


def test_a_path_in_a_name_is_no_path(draft: APortfolio) -> None:
    send(draft, NOTES, "../../etc/passwd\x00.txt")

    (piece,) = pieces_of(draft.id)
    assert piece.name == shown_name("passwd.txt")


def test_pieces_are_ordered_without_a_pointer(app: Flask) -> None:
    built = a_portfolio(a_round(), submitted=False)

    services.move_evidence(built.candidate, built.pieces[2], earlier=True)
    services.move_evidence(built.candidate, built.pieces[0], earlier=True)
    services.move_evidence(built.candidate, built.pieces[0], earlier=False)

    assert [piece.label for piece in pieces_of(built.id)] == ["E03", "E01", "E02"]
