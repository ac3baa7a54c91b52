"""Pictures of first pages: kept with the copies, handed out by the same right and in the same way, never waited for."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text

from panel_app import clock
from panel_app.demo.builders.accounts import a_coordinator, a_person
from panel_app.demo.builders.portfolios import APiece, APortfolio, a_portfolio, a_text_file, three_links
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading, transaction
from panel_app.foundation.files.cage import Limits
from panel_app.portfolios import checks
from panel_app.portfolios.blind import blind_portfolio
from panel_app.portfolios.models import CopyState, Evidence, FrontPage, PanelCopy, StoredFile
from panel_app.portfolios.queries.stores import store
from panel_app.portfolios.services import make_copies
from panel_app.portfolios.services.storage import is_used
from panel_app.portfolios.views.file_views import LIVES
from panel_app.programmes.queries import RoundView
from tests.foundation.files.samples import pdf_with
from tests.portfolios.acts import rows
from tests.support.pages import Visitor

Visit = Callable[[Actor | None], Visitor]


def pdf(words: str = "A risk review of a small clinic") -> APiece:
    return APiece("A review.", {}, name=f"{words[:8]}.pdf", content=pdf_with(words, pages=3))


@pytest.fixture
def round_(app: Flask) -> RoundView:
    return a_round()


@pytest.fixture
def built(round_: RoundView) -> APortfolio:
    return a_portfolio(round_, evidence=[*three_links(), pdf(), a_text_file()])


def front_of(built: APortfolio) -> str:
    """The address of the picture of its PDF."""
    found = select(PanelCopy.key).join(Evidence, Evidence.id == PanelCopy.evidence_id).where(Evidence.kind == "pdf")
    return f"/reviews/copies/{reading().scalars(found).one()}/front"


def findings(built: APortfolio) -> list[str]:
    """What the doctor says of its files."""
    return [each for each in checks.files_and_rows_agree() if built.key in each]


def without_pictures() -> None:
    """As copies are that were made before there were any."""
    with transaction() as db:
        db.execute(text("DELETE FROM front_page"))


def test_a_pdf_gets_a_picture_with_its_copy_and_a_text_gets_none(built: APortfolio) -> None:
    blind = blind_portfolio(built.id)

    assert blind is not None
    shown = {piece.kind: piece.copy for piece in blind.evidence}
    assert shown["pdf"] is not None
    assert (shown["pdf"].pages, shown["pdf"].sides) == (3, (707, 1000))
    assert rows(FrontPage) == 1
    assert rows(StoredFile, media_type="image/webp") == 1


def test_it_leaves_the_house_as_a_copy_does_under_a_neutral_name(
    built: APortfolio, round_: RoundView, visit: Visit
) -> None:
    browser = visit(a_coordinator(round_.id)).client
    picture = browser.get(front_of(built), follow_redirects=True)
    copy = browser.get(front_of(built).removesuffix("/front"), follow_redirects=True)

    assert picture.headers["Content-Type"] == "image/webp"
    assert picture.headers["Content-Disposition"] == f'inline; filename="{built.reference}-E04.webp"'
    assert picture.data[8:12] == b"WEBP"
    differs = {name for name, value in copy.headers.items() if picture.headers.get(name) != value}
    assert differs <= {"Content-Type", "Content-Disposition", "Content-Length", "X-Request-Id", "Date"}


def test_who_may_not_read_the_copy_may_not_see_its_picture(built: APortfolio, round_: RoundView, visit: Visit) -> None:
    address = front_of(built)
    signed = visit(a_coordinator(round_.id)).client.get(address).headers["Location"]

    answers = [
        visit(who).client.get(path).status_code for who in (built.candidate, a_person()) for path in (address, signed)
    ]

    assert answers == [404] * 4
    assert visit(None).client.get(address).status_code in (303, 302)


def test_its_signed_address_dies_with_its_minutes(built: APortfolio, round_: RoundView, visit: Visit) -> None:
    browser = visit(a_coordinator(round_.id)).client
    signed = browser.get(front_of(built)).headers["Location"]

    with clock.pinned(clock.now() + LIVES * 2):
        assert browser.get(signed).status_code == 404


def test_a_copy_without_a_picture_is_read_as_before(built: APortfolio, round_: RoundView, visit: Visit) -> None:
    address = front_of(built)
    without_pictures()

    blind = blind_portfolio(built.id)
    browser = visit(a_coordinator(round_.id)).client

    assert blind is not None
    assert [piece.copy.sides for piece in blind.evidence if piece.copy] == [None, None]
    assert browser.get(address, follow_redirects=True).status_code == 404
    assert browser.get(address.removesuffix("/front"), follow_redirects=True).status_code == 200


def test_a_page_that_takes_too_long_to_draw_holds_no_copy(round_: RoundView) -> None:
    built = a_portfolio(round_, evidence=[*three_links(), pdf()], copies=False)

    make_copies(built.key, front_limits=Limits(wall_seconds=0.01))

    assert rows(PanelCopy, state=CopyState.READY) == 1
    assert rows(FrontPage) == 0


def test_two_copies_with_the_same_first_page_share_its_file(round_: RoundView) -> None:
    same = [APiece("One.", {}, name=f"{n}.pdf", content=pdf_with("The same", pages=n)) for n in (1, 2)]
    a_portfolio(round_, evidence=[*three_links(), *same])

    assert rows(FrontPage) == 2
    assert rows(StoredFile, media_type="image/webp") == 1


def test_its_file_counts_as_used_and_the_doctor_knows_it(built: APortfolio) -> None:
    picture = reading().scalars(select(FrontPage.file_id)).one()
    with transaction() as db:
        used = is_used(db, picture)

    assert used
    assert findings(built) == []


def test_a_picture_that_is_lost_is_named_and_the_copy_still_opens(
    built: APortfolio, round_: RoundView, visit: Visit
) -> None:
    sha256 = reading().scalars(select(StoredFile.sha256).filter_by(media_type="image/webp")).one()
    store().delete(built.key, sha256)
    browser = visit(a_coordinator(round_.id)).client

    (finding,) = findings(built)

    assert f"{built.key}/{sha256} is missing" in finding
    assert browser.get(front_of(built), follow_redirects=True).status_code >= 400
    assert browser.get(front_of(built).removesuffix("/front"), follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE panel_copy SET state = 'held', reason = 'x', file_id = NULL WHERE kind = 'pdf'",
        "UPDATE front_page SET file_id = (SELECT max(id) FROM stored_file)",
    ],
)
def test_a_picture_that_is_not_of_a_ready_copy_is_named(built: APortfolio, round_: RoundView, statement: str) -> None:
    a_portfolio(round_, evidence=[*three_links(), a_text_file()])
    with transaction() as db:
        db.execute(text(statement))

    (finding,) = checks.a_first_page_s_picture_is_of_a_ready_copy()

    assert f"{built.reference} E04" in finding
