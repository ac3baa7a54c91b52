"""The demo round for tests: seeded once in a run, by whichever worker needs it first, and copied by the others."""

import fcntl
import shutil
from pathlib import Path

from panel_app import clock
from panel_app.demo.seeding import seed
from tests.support.databases import SqliteDatabases

NAME = "demo"
FILES = ("evidence", "mailbox")


def shared_folder(base: Path, worker: str | None) -> Path:
    """The folder that all workers of this run see."""
    return base.parent if worker else base


def keep_demo(databases: SqliteDatabases, shared: Path) -> None:
    """Keep the seeded demo round as the content `demo` of these databases, its files beside it."""
    whole = shared / "demo.db"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            _seed(databases)
            for name in FILES:
                shutil.copytree(databases.folder / name, shared / name, dirs_exist_ok=True)
            shutil.copyfile(databases.templates[NAME], shared / "demo.part")
            (shared / "demo.part").rename(whole)
            return
    databases.templates[NAME] = whole
    for name in FILES:
        shutil.copytree(shared / name, databases.folder / name, dirs_exist_ok=True)


def _seed(databases: SqliteDatabases) -> None:
    databases.renew()
    with databases.app.app_context(), clock.pinned():
        seed()
    databases.keep(NAME)
