"""`panel seed-demo`: once, never in production, on both databases; and reminders that are due now."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from panel_app import clock, create_app
from panel_app.demo.seeding import DemoState, demo_state, seed
from panel_app.demo.seeding.cast import PASSWORD, Cast
from panel_app.demo.seeding.due_reminders import make_due_reminders
from panel_app.demo.sign_ins import sign_ins
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.audit.models import AuditEvent
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.checks import invariant
from panel_app.foundation.database import reading
from panel_app.foundation.outbox.models import MessageState, Notification
from panel_app.portfolios.models import Assessment
from panel_app.programmes.services import load_programmes
from panel_app.reminders.models import ReminderOccurrence
from panel_app.reminders.services import make_due
from tests.conftest import START
from tests.support.databases import PostgresDatabases, SqliteDatabases, settings_for
from tests.support.pages import Visitor
from tests.support.processes import environment, panel, said


def recorded() -> int:
    reading().rollback()
    return int(reading().scalar(select(func.count()).select_from(AuditEvent)) or 0)


@pytest.mark.slow
def test_a_second_run_changes_nothing_and_prints_the_sign_ins(
    demo_round: Flask, sqlite_databases: SqliteDatabases
) -> None:
    before = recorded()
    env = environment(f"sqlite:///{sqlite_databases.path}", sqlite_databases.folder, PANEL_ENV="demo")

    told = said({**env, "PANEL_NOW": START.isoformat()}, "seed-demo")

    assert recorded() == before
    assert [row.email for row in sign_ins() if row.email not in told] == []
    assert f"Every password: {PASSWORD}" in told
    assert "http://localhost/demo" in told


@pytest.mark.slow
def test_the_page_of_sign_ins_lists_them_in_the_demo(demo_round: Flask, sqlite_databases: SqliteDatabases) -> None:
    folder = sqlite_databases.folder
    app = create_app(settings_for(f"sqlite:///{sqlite_databases.path}", folder, PANEL_ENV="demo"))
    guest = Visitor(app)

    page = guest.get("/demo")

    assert [row.email for row in sign_ins() if row.email not in page.main] == []
    assert PASSWORD in page.text
    assert "/demo" in guest.get("/sign-in").links()


@pytest.mark.slow
def test_outside_the_demo_no_page_lists_accounts(demo_round: Flask, sqlite_databases: SqliteDatabases) -> None:
    address = f"sqlite:///{sqlite_databases.path}"
    inside = Visitor(create_app(settings_for(address, sqlite_databases.folder, PANEL_ENV="demo")))
    outside = Visitor(demo_round)

    assert inside.get("/demo").status == 200
    assert "/demo" in inside.get("/sign-in").links()
    outside.get("/demo", status=404)
    assert "/demo" not in outside.get("/sign-in").links()


def test_production_gets_no_demo(sqlite_databases: SqliteDatabases) -> None:
    folder = sqlite_databases.folder
    env = environment(f"sqlite:///{folder}/none.db", folder, PANEL_ENV="production", SMTP_PORT="25")

    process = panel(env, "seed-demo")
    told, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert (told, errors) == ("", "PANEL_ENV is production: the demo round is made only with PANEL_ENV=demo.\n")


def test_an_empty_database_is_known_to_be_empty(app: Flask) -> None:
    assert demo_state() is DemoState.NONE


def test_what_an_interrupted_seeding_left_is_known(app: Flask) -> None:
    Cast().add("admin")

    assert demo_state() is DemoState.PART


@pytest.mark.slow
def test_a_whole_demo_is_known(demo_round: Flask) -> None:
    assert demo_state() is DemoState.WHOLE


@pytest.mark.both_databases
def test_as_many_reminders_as_wanted_are_due_now(app: Flask) -> None:
    load_programmes(SYSTEM)

    codes = [make_due_reminders(4), make_due_reminders(3)]
    written = make_due()

    people = reading().scalars(select(ReminderOccurrence.person_id)).all()
    pending = select(func.count()).where(Notification.state == MessageState.PENDING, Notification.due_at <= clock.now())
    assert codes == ["CPAP-T1", "CPAP-T2"]
    assert written == len(set(people)) == reading().scalar(pending) == 7


@pytest.mark.storm
@pytest.mark.postgres
def test_the_demo_round_is_made_on_postgresql_too(postgres_databases: PostgresDatabases) -> None:
    postgres_databases.renew()
    with clock.pinned(START), postgres_databases.app.app_context():
        seed()

        statuses = set(reading().scalars(select(Assessment.status)))
        assert demo_state() is DemoState.WHOLE
        assert len(statuses) == len(type(next(iter(statuses))))
        assert list(invariant.run()) == []
        assert list(findings()) == []
