"""`panel check` and `panel doctor`."""

import click
from flask.cli import with_appcontext

from panel_app.foundation.checks import Findings, diagnosis, invariant, remark
from panel_app.foundation.commands import command
from panel_app.foundation.files import checks  # noqa: F401  it registers itself


def _report(context: click.Context, findings: Findings, fine: str) -> None:
    found = list(findings.run())
    for name, sentence in found:
        click.echo(f"{name}: {sentence}")
    if found:
        context.exit(1)
    click.echo(fine)


@command
@click.command()
@click.pass_context
@with_appcontext
def check(context: click.Context) -> None:
    """Recompute every stored status and invariant, one query each. Exit code 1 with a line per finding."""
    _report(context, invariant, f"all {len(invariant.found)} invariants hold")


@command
@click.command()
@click.pass_context
@with_appcontext
def doctor(context: click.Context) -> None:
    """Look at the installation: database, schema, files, mail. Exit code 1 with a line per finding."""
    for name, sentence in remark.run():
        click.echo(f"note, {name}: {sentence}")
    _report(context, diagnosis, "nothing to mend")
