"""`panel outbox`: what was written, what went out, and deciding about what was held after a restore."""

import json
from dataclasses import asdict

import click
from flask.cli import with_appcontext

from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.commands import command
from panel_app.foundation.outbox import acts, checks  # noqa: F401  checks register themselves
from panel_app.foundation.outbox.listing import OutboxRow, every_message
from panel_app.foundation.outbox.states import MESSAGE
from panel_app.foundation.states import NotFromHere


@command
@click.group()
def outbox() -> None:
    """Look at messages; let held ones go, or drop them."""


@outbox.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON object per line.")
@with_appcontext
def list_messages(as_json: bool) -> None:
    """Print every message: key, Message-ID, recipient, state, when due, when sent, attempts."""
    for row in every_message():
        click.echo(_json_line(row) if as_json else _line(row))


def _json_line(row: OutboxRow) -> str:
    sent = row.sent_at.isoformat() if row.sent_at else None
    return json.dumps({**asdict(row), "due_at": row.due_at.isoformat(), "sent_at": sent})


def _line(row: OutboxRow) -> str:
    held = " (held after a restore)" if row.held else ""
    return f"{row.key}  {row.due_at:%Y-%m-%d %H:%M} UTC  {row.recipient}  {row.kind}  {row.state.value}{held}"


@outbox.command("send")
@click.argument("keys", nargs=-1, required=True)
@with_appcontext
def send(keys: tuple[str, ...]) -> None:
    """Let messages go that were held after a restore, or that did not reach their readers."""
    _each(keys, drop=False)


@outbox.command("drop")
@click.argument("keys", nargs=-1, required=True)
@with_appcontext
def drop(keys: tuple[str, ...]) -> None:
    """Don't send messages that still wait."""
    _each(keys, drop=True)


def _each(keys: tuple[str, ...], drop: bool) -> None:
    for key in keys:
        try:
            state = acts.cancel(SYSTEM, key) if drop else acts.send_again(SYSTEM, key)
        except NotFromHere as error:
            raise click.ClickException(f"{key}: {error.sentence}") from None
        click.echo(f"{key}: {MESSAGE.title(state)}")
