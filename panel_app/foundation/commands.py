"""The list of commands that stages add to `panel`."""

from typing import TypeVar

import click

COMMANDS: list[click.Command] = []


C = TypeVar("C", bound=click.Command)


def command(what: C) -> C:
    """Add a command (or group) to `panel`."""
    COMMANDS.append(what)
    return what
