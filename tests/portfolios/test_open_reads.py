"""Slow work on files holds nothing of the database: no read is open while one arrives, is looked at, or is hashed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from flask import Flask

from panel_app.demo.builders.portfolios import a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.database import end_reading, reading, transaction
from panel_app.portfolios import services
from panel_app.portfolios.models import CopyState, Evidence, PanelCopy
from panel_app.portfolios.services.reading import Which, read_evidence, zip_own_evidence
from tests.portfolios.acts import rows

pytestmark = pytest.mark.both_databases
_watching: list[list[tuple[str, bool]]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note whether a read is open whenever a process starts or a file of the store is opened."""
    if _watching and (event == "subprocess.Popen" or (event == "open" and "evidence" in str(arguments[0]))):
        _watching[0].append((event, reading().in_transaction()))


sys.addaudithook(_watch)  # it can't be taken out again, and does nothing outside `watching`


@contextmanager
def watching() -> Iterator[list[tuple[str, bool]]]:
    seen: list[tuple[str, bool]] = []
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.clear()


class Arriving(BytesIO):
    """An upload that notes whether a read is open while it arrives."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.held: set[bool] = set()

    def read(self, size: int | None = -1, /) -> bytes:
        self.held.add(reading().in_transaction())
        return super().read(size)


def test_no_read_is_open_while_an_upload_arrives_and_is_looked_at(app: Flask) -> None:
    draft = a_portfolio(a_round(), submitted=False, evidence=[])
    upload = Arriving(b"Notes of the review.\n")

    with watching() as seen:
        services.add_file(draft.candidate, draft.key, upload, "notes.txt")

    assert upload.held == {False}
    assert {event for event, _ in seen} == {"subprocess.Popen", "open"}
    assert [held for _, held in seen if held] == []
    assert rows(Evidence) == 1


def test_no_read_is_open_while_panel_copies_are_made(app: Flask) -> None:
    built = a_portfolio(
        a_round(), evidence=[*three_links(), a_text_file(), a_text_file("Notes.md", b"# Notes\n")], copies=False
    )

    with watching() as seen:
        services.make_copies(built.key)

    assert [event for event, _ in seen].count("subprocess.Popen") == 2
    assert [held for _, held in seen if held] == []
    assert rows(PanelCopy, state=CopyState.READY) == 2


def test_no_read_is_open_while_stored_files_are_hashed(app: Flask) -> None:
    draft = a_portfolio(a_round(), submitted=False, evidence=[])
    added = services.add_file(draft.candidate, draft.key, BytesIO(b"Notes.\n"), "notes.txt")

    with watching() as seen:
        read_evidence(draft.candidate, added.key, Which.ORIGINAL).content.close()
        zip_own_evidence(draft.candidate, draft.key).close()

    assert len(seen) >= 2
    assert [held for _, held in seen if held] == []


def test_a_read_is_not_ended_inside_an_act(app: Flask) -> None:
    with transaction(), pytest.raises(RuntimeError, match="an act is open"):
        end_reading()
