"""`panel seed-demo`: the demo round, once; then only its sign-ins."""

import logging

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from panel_app import clock
from panel_app.config import SettingError, Settings
from panel_app.demo.seeding import DemoState, demo_state, seed
from panel_app.demo.seeding.cast import PASSWORD
from panel_app.demo.seeding.due_reminders import make_due_reminders
from panel_app.demo.sign_ins import sign_ins
from panel_app.foundation import schema
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.commands import command
from panel_app.programmes.services import load_programmes

WIDTH = 160
NOT_HERE = "PANEL_ENV is production: the demo round is made only with PANEL_ENV=demo."
PART = (
    "A demo round is here that was stopped while it was made. Empty the database and the evidence folder "
    "(by default: remove instance/), then make it again."
)


@command
@click.command("seed-demo")
@click.option("--due-reminders", type=click.IntRange(min=1), help="Also make so many reminders that are due now.")
@with_appcontext
def seed_demo(due_reminders: int | None) -> None:
    """Migrate, load the programmes, make the demo round unless it is there, print its sign-ins. Not in production."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise SettingError(NOT_HERE)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with clock.pinned():
        schema.migrate()
        _seed_once()
        if due_reminders:
            code = make_due_reminders(due_reminders)
            click.echo(f"Reminders due now in the round {code}: {due_reminders}.")
    _print(settings)


def _seed_once() -> None:
    state = demo_state()
    if state is DemoState.PART:
        raise click.ClickException(PART)
    if state is DemoState.WHOLE:
        load_programmes(SYSTEM)
        return
    click.echo("Making the demo round: some 130 files are looked at and cleaned. It takes two minutes or more.")
    began = clock.running()
    seed()
    click.echo(f"Made in {(clock.running() - began).total_seconds():.0f} s.")


def _print(settings: Settings) -> None:
    table = Table("Role", "Address", "What to see there")
    for each in sign_ins():
        table.add_row(each.role, each.email, each.sees)
    console = Console(width=WIDTH, highlight=False)
    console.print(table)
    console.print(f"Every password: {PASSWORD}")
    console.print(f"Open {settings.base_url}/sign-in    all sign-ins: {settings.base_url}/demo", soft_wrap=True)
