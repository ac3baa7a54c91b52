"""`panel solve`: a plan from the terminal."""

import click

from panel_app.assignment.queries.plans import plan_head
from panel_app.assignment.services import make_plan
from panel_app.foundation.actors import SYSTEM
from panel_app.foundation.commands import command
from panel_app.foundation.permissions import Refused
from panel_app.foundation.words import N_
from panel_app.programmes.queries import round_by_code

NO_ROUND = N_("There is no round with this code. `panel round list` shows the codes.")


@command
@click.command("solve")
@click.argument("code", metavar="ROUND")
def solve_round(code: str) -> None:
    """Draw up a plan for the round with this code; a coordinator approves it on the plan's page."""
    found = round_by_code(code)
    if found is None:
        raise Refused(NO_ROUND)
    make_plan(SYSTEM, found.key)
    head = plan_head(found.id, SYSTEM)
    assert head is not None  # it was just written
    click.echo(f"Plan {head.number} of {found.code}: pairs {head.pairs}, missing places {head.missing}. Not sent.")
