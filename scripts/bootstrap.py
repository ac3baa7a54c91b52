"""Make `.venv` from the lock: standard library only, on a fresh Debian with nothing but python3.

Run as `python3 scripts/bootstrap.py` (`make install` does). It installs every package of the lock with its hash
checked, then the project itself, editable. A stamp in `.venv` makes a second run end at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts.pip_wheel import fetch_pip  # noqa: E402  (run as a file: the folder above is not on the path before)

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / "installed.stamp"
OLDEST = (3, 11)
QUIET = ("--quiet", "--quiet")
"""Errors alone: a mirror's warnings, two a package, would bury the lines that say what to open."""


def main() -> int:
    """Install what is missing; say in one line what stops it when something does."""
    if sys.version_info < OLDEST:
        return stop(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.")
    with LOCK.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # two makes at once: the second waits, then finds the stamp
        wanted = stamp()
        if STAMP.is_file() and STAMP.read_text() == wanted and PYTHON.exists():
            return 0
        try:
            make_venv()
            install()
        except subprocess.CalledProcessError as failed:
            return stop(f"Installing stopped at: {' '.join(map(str, failed.cmd))}")
        except (OSError, LookupError, ValueError) as failed:
            return stop(str(failed))
        STAMP.write_text(wanted)
    print(f"Installed into {VENV.name}.")
    return 0


def stop(reason: str) -> int:
    """Print why it can't go on; the exit code."""
    print(f"bootstrap: {reason}", file=sys.stderr)
    return 1


def stamp() -> str:
    """What `.venv` was made from: the lock, the project's own table, the Python and the folder it points to."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_venv() -> None:
    """An environment with a pip that runs: ensurepip's, else put there by this Python's own pip, else fetched."""
    if runs(PYTHON, "-m", "pip", "--version"):
        return
    if not has_ensurepip() and is_debian_root():
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=apt, check=False)
        subprocess.run(["apt-get", "install", "-q", "-y", "python3-venv"], env=apt, check=False)
    shutil.rmtree(VENV, ignore_errors=True)
    if has_ensurepip():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        return
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    version, hashes = locked_pip()
    if runs(Path(sys.executable), "-m", "pip", "--version"):
        wanted = VENV / "pip.lock"
        wanted.write_text(" ".join([f"pip=={version}", *(f"--hash=sha256:{value}" for value in sorted(hashes))]))
        outer = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *QUIET, "--require-hashes"]
        subprocess.run([*outer, "-r", str(wanted)], check=True)
        return
    wheel = fetch_pip(version, hashes, VENV)
    subprocess.run([PYTHON, f"{wheel}/pip", "install", *QUIET, "--no-index", str(wheel)], check=True)
    wheel.unlink()


def runs(python: Path, *arguments: str) -> bool:
    """Does this Python exist, and run this?"""
    if not python.exists():
        return False
    return subprocess.run([python, *arguments], capture_output=True, check=False).returncode == 0


def has_ensurepip() -> bool:
    """Asked of a new process: Debian's package may have come a moment ago."""
    asked = subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False)
    return asked.returncode == 0 and importlib.util.find_spec("venv") is not None


def is_debian_root() -> bool:
    """May Debian's packages be installed from here?"""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def locked_pip() -> tuple[str, frozenset[str]]:
    """pip's version in the lock and the SHA-256 of its files."""
    found = re.search(r"^pip==(\S+)((?:\s*\\\n\s+--hash=sha256:\w+)+)", LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise LookupError(f"{LOCK.name} has no line for pip; run `make lock` where pip works.")
    return found[1], frozenset(re.findall(r"sha256:(\w+)", found[2]))


def install() -> None:
    """The lock, every hash checked and nothing built; then the project, editable and without the network."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *QUIET]
    locked = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(LOCK)]
    print("Installing the locked packages; the first time takes a minute or two.", flush=True)
    subprocess.run([*pip, "install", *locked], check=True)
    own = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)]
    subprocess.run([*pip, "install", *own], check=True)


if __name__ == "__main__":
    sys.exit(main())
