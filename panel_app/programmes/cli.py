"""`panel round …`: the few acts on rounds that are wanted on a terminal; all else is done on pages."""

import click
from flask.cli import with_appcontext

from panel_app import clock
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.commands import command
from panel_app.foundation.permissions import NOT_FOUND, Refused
from panel_app.foundation.times import clock_text
from panel_app.programmes import queries, services
from panel_app.programmes.queries import RoundView
from panel_app.programmes.rules.dates import TITLES, Which


@click.group("round")
def round_group() -> None:
    """Look at rounds, publish one, move its dates."""


def _found(code: str) -> RoundView:
    found = queries.round_by_code(code)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def _print(found: RoundView) -> None:
    click.echo(f"{found.code}  {found.state.value}  {found.title}  ({found.programme} {found.rubric_version})")
    for which, each in found.dates.items():
        click.echo(f"  {TITLES[which]}: {clock_text(each.at, found.zone)}")


@round_group.command("list")
@with_appcontext
def list_rounds() -> None:
    """One line for each round, the latest close first; the last 200."""
    for found in queries.rounds_of(SYSTEM, limit=200):
        click.echo(f"{found.code}  {found.state.value}  closes {clock_text(found.closes_at, found.zone)}")


@round_group.command("show")
@click.argument("code")
@with_appcontext
def show_round(code: str) -> None:
    """Dates of the round, and who is missing to keep its duties apart."""
    found = _found(code)
    _print(found)
    for sentence in services.missing_people(found):
        click.echo(f"  {sentence}")


@round_group.command("publish")
@click.argument("code")
@with_appcontext
def publish_round(code: str) -> None:
    """Publish a draft: its rubric and its promise can't change any more."""
    with clock.pinned():
        published = services.publish_round(SYSTEM, _found(code).key)
    _print(published)
    click.echo(f"  promise {published.promise_hash}")


@round_group.command("dates")
@click.argument("code")
@click.option("--opens", help="new opening, such as 2027-01-20T17:00 in the round's zone")
@click.option("--closes", help="new close for portfolios; never an earlier one")
@click.option("--scoring-due", help="new time at which score sheets are due")
@click.option("--release", help="new release of outcomes")
@click.option("--reason", required=True, help="why; it is sent to all whom it concerns")
@with_appcontext
def move_dates(code: str, reason: str, **walls: str | None) -> None:
    """Move published dates, with a reason."""
    wanted = {Which(name): wall for name, wall in walls.items() if wall}
    with clock.pinned():
        services.move_dates(SYSTEM, _found(code).key, wanted, reason)
    _print(_found(code))


command(round_group)
