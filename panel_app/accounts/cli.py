"""`panel person`: people from the command line."""

import click
from flask import current_app

from panel_app.accounts.queries import round_id_of
from panel_app.accounts.services import grant_role, invite_person
from panel_app.accounts.services.second_factor import remove_second_factor
from panel_app.foundation.actors import SYSTEM, Role
from panel_app.foundation.commands import command
from panel_app.foundation.database import transaction
from panel_app.foundation.permissions import Refused
from panel_app.foundation.words import N_

NO_ROUND = N_("There is no round with this code. `panel round list` shows the codes.")


@click.group("person")
def person() -> None:
    """Look after people."""


command(person)


@person.command("add")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--round", "round_code", help="Code of the round in which the role is granted; none for admin.")
@click.option("--name", default="", help="Their name, if it is known; they can change it.")
def add(email: str, roles: tuple[str, ...], round_code: str | None, name: str) -> None:
    """Invite EMAIL, who is listed at once, and grant the roles."""
    with transaction():
        round_id = round_id_of(round_code) if round_code else None
        if round_code and round_id is None:
            raise Refused(NO_ROUND)
        invitation = invite_person(SYSTEM, email, name)
        for role in roles:
            grant_role(SYSTEM, invitation.person_id, Role(role), None if role == Role.ADMIN else round_id)
    click.echo(f"{email} was invited." if invitation.link else f"{email} has an account; roles were added.")
    if invitation.link and not current_app.config["SETTINGS"].is_production:
        click.echo(invitation.link)


@person.command("remove-second-factor")
@click.argument("email")
def remove(email: str) -> None:
    """Forget the device of EMAIL, who lost it; they set up a new one at their next sign-in."""
    remove_second_factor(SYSTEM, email)
    click.echo(f"{email} sets up a new device at the next sign-in.")
