"""`panel`: the command line. Each stage adds its own commands to `commands`."""

import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from panel_app import create_app
from panel_app.config import SettingError
from panel_app.foundation.commands import COMMANDS
from panel_app.foundation.permissions import Refused


def init_app(app: Flask) -> None:
    """Commands are plain click commands; Flask finds them on the app."""
    for command in COMMANDS:
        app.cli.add_command(command)


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def panel() -> None:
    """Run and look after panel_app. Settings come from the environment; docs/settings.md lists them."""


def main() -> None:
    """Entry point of the console script; a refusal is one line and exit code 1."""
    try:
        panel()
    except SettingError as error:
        sys.exit(str(error))
    except Refused as refused:
        sys.exit(refused.refusal.reason)
