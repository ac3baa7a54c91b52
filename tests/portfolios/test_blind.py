"""The blind view: what the panel sees, and that its SQL never touches the identity side. On both databases."""

import pytest
from flask import Flask

from panel_app.demo.builders.portfolios import APiece, a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.portfolios import services
from panel_app.portfolios.blind import blind_portfolio, blind_portfolio_by_key
from panel_app.portfolios.models import PanelCopy
from panel_app.portfolios.queries.candidates import candidate_facts
from panel_app.portfolios.queries.files import copy_file
from panel_app.portfolios.queries.stores import store
from tests.portfolios.acts import rows
from tests.support.statements import statements

pytestmark = pytest.mark.both_databases
IDENTITY = (
    "portfolio_owner",
    "evidence_origin",
    "submission_names",
    "person",
    "email_address",
    "audit_",
    "notification",
)


def test_the_blind_view_shows_the_submission_and_asks_no_identity_table(app: Flask) -> None:
    built = a_portfolio(a_round(), evidence=[*three_links(), a_text_file("Maize_Test_cv.md")], other_names=["Elm Test"])

    with statements() as seen:
        view = blind_portfolio(built.id)
        copy = copy_file(view.evidence[3].copy_key or "") if view else None

    asked = "\n".join(seen.texts).lower()
    assert len(seen) == 5
    assert [table for table in IDENTITY if table in asked] == []
    assert view is not None
    assert copy is not None
    assert (view.reference, view.evidence[3].label, copy.name) == (
        built.reference,
        "E04",
        f"{built.reference}-E04.html",
    )


def test_nothing_of_the_candidate_is_in_the_blind_view_or_in_a_copy(app: Flask) -> None:
    built = a_portfolio(a_round(), evidence=[*three_links(), a_text_file("Maize_Test_cv.md")], other_names=["Elm Test"])
    facts = candidate_facts(built.id)
    known = [facts.name, *facts.emails, facts.organisation, *facts.other_names, "Maize_Test_cv"]

    shown = repr(blind_portfolio_by_key(built.key))

    assert "Maize_Test_cv.md" in facts.texts
    assert [name for name in known if name in shown] == []


def test_the_panel_sees_the_last_submission_and_not_what_was_typed_since(app: Flask) -> None:
    built = a_portfolio(a_round())
    services.save_section(built.candidate, built.key, "reflection", "Typed since.", revision=1)
    services.add_link(built.candidate, built.key, "https://since.example.org/")
    services.describe_evidence(built.candidate, built.pieces[0], "Said since.", {})

    view = blind_portfolio(built.id)

    assert view is not None
    assert "since" not in repr(view)
    assert [piece.label for piece in view.evidence] == ["E01", "E02", "E03"]
    assert view.coverage.unshown == ()


def test_a_draft_shows_nothing(app: Flask) -> None:
    assert blind_portfolio(a_portfolio(a_round(), submitted=False).id) is None
    assert blind_portfolio_by_key("a" * 26) is None


def test_a_copy_holds_none_of_the_original_s_properties(app: Flask) -> None:
    content = b"---\nauthor: Maize Test\n---\n# Runbook\n\nThe duty engineer is called.\n"
    piece = APiece("x", name="cv.md", content=content)
    built = a_portfolio(a_round(), evidence=[*three_links(), piece])
    view = blind_portfolio(built.id)
    assert view is not None
    row = copy_file(view.evidence[3].copy_key or "")
    assert row is not None

    with store().open(built.key, row.sha256) as file:
        copy = file.read()

    assert b"Maize Test" in content
    assert b"Maize" not in copy
    assert b"duty engineer" in copy
    assert rows(PanelCopy) == 1
