"""Where the files of portfolios lie."""

from pathlib import Path

from flask import current_app

from panel_app.foundation.files.store import FolderStore


def store() -> FolderStore:
    """The store that EVIDENCE_DIR names."""
    folder: Path = current_app.config["SETTINGS"].evidence_dir
    return FolderStore(folder)
