"""Before a coordinator asks somebody again: what couldn't be judged and why, and that the evidence may be mended."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from panel_app.demo.builders.accounts import a_coordinator
from panel_app.demo.builders.moderation import an_assessed_portfolio
from panel_app.demo.builders.outcomes import a_signed_outcome, two_signers
from panel_app.demo.builders.programmes import a_round
from panel_app.demo.builders.scoring import a_saved_sheet
from panel_app.foundation.actors import Actor
from panel_app.scoring.services import submit_sheet
from tests.scoring.desk import open_sheet
from tests.scoring.places import Place, a_place
from tests.scoring.saves import head_of
from tests.support.browsers import Window
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]
WHY = "The footage of E02 ends before the alert is answered."


def an_incomplete_sheet(place: Place, code: str = "C2") -> None:
    """Submitted, with one criterion that can't be judged."""
    a_saved_sheet(place.key, texts={f"{code}.level": "cannot_judge", f"{code}.cannot_judge": WHY})
    submit_sheet(place.actor, place.key, revision=head_of(place.key).revision, form_key="once")


def reopening(place: Place) -> str:
    return f"/rounds/{place.round_.key}/assignments/{place.key}/reopen"


def asking(place: Place) -> str:
    return f"/rounds/{place.round_.key}/assessments/{place.portfolio.assessment_key}/offer"


@pytest.mark.both_databases
def test_reopening_names_what_was_not_judged_and_says_to_mend_first(app: Flask, visit: Visit) -> None:
    place = a_place()
    an_incomplete_sheet(place)
    coordinator = a_coordinator(place.round_.id)

    page = visit(coordinator).get(reopening(place))

    assert "Mend the evidence first?" in page.main
    assert "Sheet A: can't judge C2 Application of the PSF" in page.main
    assert WHY in page.main
    assert f"/rounds/{place.round_.key}/portfolios/{place.portfolio.key}" in page.links()


def test_a_sheet_that_judged_all_is_reopened_without_it_and_so_is_another_one(app: Flask, visit: Visit) -> None:
    place = a_place()
    other = a_place(place.round_, None, place.portfolio)
    an_incomplete_sheet(place)
    a_saved_sheet(other.key)
    submit_sheet(other.actor, other.key, revision=head_of(other.key).revision, form_key="other")
    browser = visit(a_coordinator(place.round_.id))

    mine, theirs = browser.get(reopening(place)), browser.get(reopening(other))

    assert WHY in mine.main
    assert "Mend the evidence first?" not in theirs.main
    assert WHY not in theirs.body


def test_a_sheet_that_can_be_taken_back_is_told_of_nowhere(app: Flask, visit: Visit) -> None:
    place = a_place(a_round(state="closed", working={"grace_minutes": 30}))
    an_incomplete_sheet(place)
    browser = visit(a_coordinator(place.round_.id))

    assert WHY not in browser.get(reopening(place)).body
    assert WHY not in browser.get(asking(place)).body


def test_asking_a_member_says_what_the_sheets_there_could_not_judge(app: Flask, visit: Visit) -> None:
    place = a_place()
    an_incomplete_sheet(place)

    page = visit(a_coordinator(place.round_.id)).get(asking(place))

    assert "Sheet A: can't judge C2 Application of the PSF" in page.main
    assert WHY in page.main


def test_nobody_is_to_be_asked_once_the_portfolio_is_signed_off(app: Flask, visit: Visit) -> None:
    round_ = a_round(state="scored")
    browser = visit(a_coordinator(round_.id))
    signed = an_assessed_portfolio(round_)
    a_signed_outcome(signed, two_signers(round_))
    running = a_place(round_)

    begun, over = (
        browser.get(f"/rounds/{round_.key}/portfolios/{key}").main
        for key in (running.portfolio.key, signed.portfolio.key)
    )

    assert "Ask a member" in begun
    assert "Assessors" in over
    assert "Ask a member" not in over


@pytest.mark.browser
def test_the_label_of_references_looks_like_the_others(place: Place, window: Window) -> None:
    page = open_sheet(window(place.actor), place)
    look = "e => { const s = getComputedStyle(e); return [s.fontSize, s.fontWeight, s.color, s.fontFamily]; }"

    labels = [page.locator("#C1-references-label"), page.locator("label[for='C1-rationale']")]
    more = [label.locator(".label-more") for label in labels]

    expect(more[0]).to_be_visible()
    assert labels[0].evaluate(look) == labels[1].evaluate(look)
    assert more[0].evaluate(look) == more[1].evaluate(look)
    assert more[0].evaluate(look)[1] == "400"
