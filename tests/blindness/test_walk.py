"""The blindness walk: nothing that a panel member can reach says who made a portfolio, in any spelling.

Each string is first found where it must be: on a coordinator's page, in a stored original, in a mail to the candidate.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from panel_app import clock
from panel_app.accounts.services import begin_sign_in
from panel_app.foundation.actors import Actor
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import Notification
from panel_app.portfolios.models import CopyState, Evidence, FrontPage, PanelCopy, StoredFile
from panel_app.portfolios.queries.stores import store
from tests.blindness.walk import everything
from tests.blindness.world import ALIAS, EMAIL, MENTOR, NAME, ORGANISATION, World, build, forms_of
from tests.conftest import START
from tests.foundation.files.reading import holds
from tests.support.databases import SqliteDatabases
from tests.support.pages import Visitor


@pytest.fixture(scope="module")
def world(sqlite_databases: SqliteDatabases) -> Iterator[World]:
    sqlite_databases.renew()
    with clock.pinned(START), sqlite_databases.app.app_context():
        built = build()
        with clock.pinned(built.round.scoring_due_at):
            yield built


def browser(databases: SqliteDatabases, who: Actor) -> Visitor:
    assert who.person_id is not None
    return Visitor(databases.app, begin_sign_in(who.person_id))


def test_coordinator_s_page_says_who_made_it(sqlite_databases: SqliteDatabases, world: World) -> None:
    page = browser(sqlite_databases, world.coordinator).get(
        f"/rounds/{world.round.key}/portfolios/{world.portfolio.key}"
    )

    assert [words for words in (NAME, ALIAS, EMAIL, ORGANISATION, MENTOR) if words not in page.text] == []


def contents(world: World, *, of_copies: bool) -> list[bytes]:
    files = select(StoredFile.sha256).where(StoredFile.portfolio_id == world.portfolio.id)
    copies = select(PanelCopy.file_id).where(PanelCopy.file_id.is_not(None))
    which = StoredFile.id.in_(copies) if of_copies else StoredFile.id.in_(select(Evidence.file_id))
    found = reading().scalars(files.where(which).order_by(StoredFile.id)).all()
    return [store().path(world.portfolio.key, sha256).read_bytes() for sha256 in found]


def test_stored_originals_hold_the_planted_names(world: World) -> None:
    originals = contents(world, of_copies=False)

    assert len(originals) == 4
    assert [holds(original, NAME) for original in originals] == [True] * 4


def test_panel_copies_hold_none_of_them(world: World) -> None:
    copies = contents(world, of_copies=True)

    assert len(copies) == 4
    assert [words for words in world.identity for copy in copies if holds(copy, words)] == []


def test_pictures_of_first_pages_are_of_the_copies_and_hold_none_of_them(world: World) -> None:
    files = select(StoredFile.sha256).join(FrontPage, FrontPage.file_id == StoredFile.id)
    pictures = [store().path(world.portfolio.key, each).read_bytes() for each in reading().scalars(files)]

    assert [picture[8:12] for picture in pictures] == [b"WEBP"]
    assert [words for words in world.identity for picture in pictures if holds(picture, words)] == []


def test_every_panel_copy_is_ready(world: World) -> None:
    states = reading().scalars(select(PanelCopy.state)).all()

    assert set(states) == {CopyState.READY}


def mails_to(person: Actor) -> list[str]:
    rows = reading().scalars(select(Notification).filter_by(person_id=person.person_id)).all()
    return [f"{row.recipient}\n{row.subject}\n{row.text}\n{row.html}" for row in rows]


def test_mail_to_the_candidate_is_addressed_to_them_by_name(world: World) -> None:
    mails = mails_to(world.portfolio.candidate)

    assert any(EMAIL in mail for mail in mails)
    assert any(NAME in mail for mail in mails)


@pytest.mark.parametrize("who", ["scoring", "submitted", "offered"])
def test_mails_to_the_panel_hold_nothing_of_the_candidate(world: World, who: str) -> None:
    mails = mails_to(getattr(world, who))

    assert mails != []
    assert [words for words in world.identity for mail in mails if words in mail] == []


@pytest.mark.parametrize("who", ["scoring", "submitted", "offered"])
def test_nothing_that_a_member_reaches_says_who_made_it(
    sqlite_databases: SqliteDatabases, world: World, who: str
) -> None:
    visitor = browser(sqlite_databases, getattr(world, who))
    sought = {form: words for words in world.identity for form in forms_of(words)}

    reached = list(everything(sqlite_databases.app, visitor, world))
    found = [
        f"{words} at {address}" for address, content in reached for form, words in sought.items() if form in content
    ]

    assert found == []
    assert len(reached) > 60


def test_the_walk_of_an_assessor_reads_the_portfolio_itself(sqlite_databases: SqliteDatabases, world: World) -> None:
    visitor = browser(sqlite_databases, world.scoring)

    reached = dict(everything(sqlite_databases.app, visitor, world))

    assert any(world.portfolio.reference.encode() in content for content in reached.values())
    assert sum(content.count(b"%PDF") > 0 for content in reached.values()) > 0


def test_the_walk_finds_the_name_where_it_may_stand(sqlite_databases: SqliteDatabases, world: World) -> None:
    visitor = browser(sqlite_databases, world.coordinator)

    reached = list(everything(sqlite_databases.app, visitor, world))

    assert any(NAME.encode() in content for _, content in reached)


def test_one_member_s_pages_say_nothing_of_another_s_sheet(sqlite_databases: SqliteDatabases, world: World) -> None:
    theirs, mine = world.assignments[0], world.assignments[1]
    visitor = browser(sqlite_databases, world.scoring)

    foreign = visitor.client.get(f"/reviews/{theirs}", buffered=True)
    unknown = visitor.client.get(f"/reviews/{'a' * 26}", buffered=True)
    pages = [content for address, content in everything(sqlite_databases.app, visitor, world) if theirs not in address]

    assert visitor.get(f"/reviews/{mine}").status == 200
    assert foreign.status_code == unknown.status_code == 404
    assert len(foreign.data) == len(unknown.data)
    assert [content for content in pages if theirs.encode() in content] == []
