"""`panel scheduler`: runs what is due, for good or once."""

import logging
import signal
from threading import Event

import click
from flask import current_app
from flask.cli import with_appcontext

from panel_app.foundation.commands import command
from panel_app.foundation.jobs.scheduler import Pass, Scheduler, one_pass, until_idle


@command
@click.command()
@click.option("--once", is_flag=True, help="One pass over what is due, then end.")
@click.option("--until-idle", "idle", is_flag=True, help="All that is due, with what a dead process held, then end.")
@click.pass_context
@with_appcontext
def scheduler(context: click.Context, once: bool, idle: bool) -> None:
    """Send mail, run jobs, make reminders, release what is due. Several may run. SIGTERM ends it in order."""
    if once and idle:
        raise click.UsageError("choose --once or --until-idle")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    if not once and not idle:
        running = Scheduler(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  threads need the app
        _end_on_signal(running.stop)
        running.run()
        return
    stop = Event()
    _end_on_signal(stop)
    outcome: Pass = one_pass(stop.is_set) if once else until_idle(stop.is_set)
    if outcome.failed:
        click.echo(f"failed: {', '.join(outcome.failed)}", err=True)
        context.exit(1)


def _end_on_signal(stop: Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
