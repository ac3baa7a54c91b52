"""`panel person add` on the command line."""

from click.testing import Result
from flask import Flask

from panel_app.accounts.queries import actor_of, person_by_address
from panel_app.demo.builders.accounts import a_person
from panel_app.demo.builders.programmes import a_round
from panel_app.foundation.actors import Grant, Role
from tests.accounts.kinds import sure
from tests.accounts.outbox import link_in, mails


def invoke(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["person", "add", *words])


def test_new_address_is_invited_with_its_roles_and_the_link_is_printed(app: Flask) -> None:
    round_ = a_round()

    said = invoke(app, "moss@example.org", "--role", "coordinator", "--role", "signer", "--round", round_.code.lower())

    grants = actor_of(sure(person_by_address("moss@example.org"))).grants
    assert said.exit_code == 0, said.output
    assert grants == {Grant(Role.COORDINATOR, round_.id), Grant(Role.SIGNER, round_.id)}
    assert said.output.splitlines() == ["moss@example.org was invited.", "http://localhost" + link_in(mails()[0])]


def test_known_address_gets_the_role_and_no_mail(app: Flask) -> None:
    person = a_person("Fig", "fig@example.org")

    said = invoke(app, "FIG@example.org", "--role", "admin")

    assert said.output == "FIG@example.org has an account; roles were added.\n"
    assert actor_of(sure(person.person_id)).holds(Role.ADMIN)
    assert mails() == []


def test_unknown_round_does_nothing_and_says_so(app: Flask) -> None:
    said = invoke(app, "moss@example.org", "--role", "signer", "--round", "CPAP-99Z")

    assert said.exit_code != 0
    assert "There is no round with this code." in str(said.exception)
    assert person_by_address("moss@example.org") is None


def test_role_of_a_round_needs_its_round(app: Flask) -> None:
    said = invoke(app, "moss@example.org", "--role", "signer")

    assert "Choose the round in which the role is granted." in str(said.exception)
    assert person_by_address("moss@example.org") is None
