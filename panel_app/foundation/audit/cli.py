"""`panel audit`: verify the chain, and write a checkpoint of it."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from panel_app.foundation.audit.checkpoint import UnreadableCheckpoint, checkpoint, differs_from
from panel_app.foundation.audit.verify import findings
from panel_app.foundation.commands import command


@command
@click.group()
def audit() -> None:
    """The chain of everything that was done."""


@audit.command("verify")
@click.option("--checkpoint", "file", type=click.Path(path_type=Path), help="A checkpoint that was kept elsewhere.")
@click.pass_context
@with_appcontext
def verify(context: click.Context, file: Path | None) -> None:
    """Walk the chain. Exit code 0: whole; 1: a finding, naming its row; 2: it could not run."""
    try:
        found = list(findings())
        if file is not None:
            found += filter(None, [differs_from(file.read_text(), current_app.config["SECRET_KEY"])])
    except (OSError, SQLAlchemyError, UnreadableCheckpoint) as error:
        click.echo(f"could not run: {error}", err=True)
        context.exit(2)
    for sentence in found:
        click.echo(sentence)
    if found:
        context.exit(1)
    click.echo("the chain is whole")


@audit.command("checkpoint")
@with_appcontext
def write_checkpoint() -> None:
    """Print the chain's size and root, signed; keep the line elsewhere."""
    click.echo(checkpoint(current_app.config["SECRET_KEY"]))
