"""`panel`: the command line. Each stage adds its own commands; what spans all of them stands here."""

import sys

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from panel_app import create_app
from panel_app.accounts import services as accounts
from panel_app.accounts.queries import account_by_address, actor_of
from panel_app.config import SettingError
from panel_app.conflicts.cli import conflicts
from panel_app.foundation import (
    checks_cli,  # noqa: F401  it adds its commands
    schema,
)
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.audit import cli as audit_cli  # noqa: F401  it adds its commands
from panel_app.foundation.commands import COMMANDS, command
from panel_app.foundation.jobs import cli as jobs_cli  # noqa: F401  it adds its commands
from panel_app.foundation.outbox import cli as outbox_cli  # noqa: F401  it adds its commands
from panel_app.foundation.permissions import Refusal, Refused, acts, can
from panel_app.foundation.running import DEMO_WEB_SECONDS, WEB_SECONDS, Children, web_command
from panel_app.programmes import services as programmes


def init_app(app: Flask) -> None:
    """Commands are plain click commands; Flask finds them on the app."""
    for each in COMMANDS:
        app.cli.add_command(each)


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def panel() -> None:
    """Run and look after panel_app. Settings come from the environment; docs/settings.md lists them."""


panel.add_command(conflicts)  # on the group itself: it runs without an app, so without settings


def prepare() -> None:
    """Bring the schema to the newest step and load the programmes; safe to repeat."""
    schema.migrate()
    programmes.load_programmes(SYSTEM)


@command
@click.command()
@click.option("--admin", metavar="EMAIL", help="Address of the first admin; an invitation is sent there.")
@click.option("--name", default="", help="Their name.")
@with_appcontext
def init(admin: str | None, name: str) -> None:
    """Migrate the database, load the programmes, add the first admin."""
    prepare()
    if admin:
        accounts.add_first_admin(admin, name)
        click.echo(f"{admin} is admin; the invitation waits in the outbox.")
    click.echo("The database is ready.")


@command
@click.command()
@with_appcontext
def run() -> None:
    """Run web and scheduler (and, in the demo, a mailbox) as child processes until a signal comes."""
    settings = current_app.config["SETTINGS"]
    seconds = DEMO_WEB_SECONDS if settings.is_demo else WEB_SECONDS
    web = web_command(settings.bind, settings.web_workers, seconds)
    commands = {"web": web, "scheduler": ["-m", "panel_app", "scheduler"]}
    if settings.is_demo:
        commands["mailbox"] = ["-m", "panel_app.demo.mailbox"]
    sys.exit(Children(commands, grace=seconds + 5).run())


@command
@click.command()
@click.argument("person")
@click.argument("act")
@click.argument("thing")
@with_appcontext
def explain(person: str, act: str, thing: str) -> None:
    """Say whether PERSON (an address) may do ACT to THING (a key), and why not: the sentence that they read."""
    known = {each.value: each for each in acts()}
    if act not in known:
        raise click.BadParameter(f"acts are: {', '.join(sorted(known))}", param_hint="ACT")
    account = account_by_address(person)
    if account is None:
        raise click.BadParameter("nobody has this address", param_hint="PERSON")
    verdict = can(actor_of(account.id), known[act], thing)
    if isinstance(verdict, Refusal):
        click.echo(f"refused: {verdict.reason}" + (" (hidden: 404)" if verdict.hidden else ""))
    else:
        click.echo("allowed")


def main() -> None:
    """Entry point of the console script; a refusal is one line and exit code 1."""
    try:
        panel()
    except SettingError as error:
        sys.exit(str(error))
    except Refused as refused:
        sys.exit(refused.refusal.reason)
