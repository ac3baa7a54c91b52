"""The list of commands that stages add to `panel`."""

import click

COMMANDS: list[click.Command] = []


def command(what: click.Command) -> click.Command:
    """Add a command (or group) to `panel`."""
    COMMANDS.append(what)
    return what
