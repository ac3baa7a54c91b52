"""Take templates/ and migrations/, which stand beside the package, into the wheel as parts of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE_THE_PACKAGE = ("templates", "migrations")


class BesideThePackage(BuildHookInterface[BuilderConfig]):
    """Forces the two folders into a standard wheel.

    An editable install reads them where they are: a copy beside the installed packages would grow stale unseen.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folders, with every file below them that git would keep."""
        if version == "editable":
            return
        for folder in BESIDE_THE_PACKAGE:
            for path in sorted(Path(self.root, folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    relative = path.relative_to(self.root).as_posix()
                    build_data["force_include"][str(path)] = f"panel_app/{relative}"
