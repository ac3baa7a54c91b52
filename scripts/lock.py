"""Write both locks from pyproject.toml: every package, every wheel's hash, for all systems and Python 3.11 on.

The locks name no index: whoever installs takes the packages from the index that their own pip configuration names.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["--extra", "build"],
    "requirements-dev.lock": ["--extra", "build", "--extra", "dev"],
}
COMPILE = [
    *("pip", "compile", "pyproject.toml", "--no-config", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--no-build"),
]


def configured_index() -> str | None:
    """The index that pip's configuration names, or None for pip's own default."""
    for key in (":env:.index-url", "global.index-url", "install.index-url"):
        asked = subprocess.run(
            [sys.executable, "-m", "pip", "config", "get", key], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip():
            return asked.stdout.strip()
    return None


def main() -> int:
    """Compile each lock; `--upgrade` and `--upgrade-package NAME` are handed on."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    index = configured_index()
    if index:
        environment["UV_DEFAULT_INDEX"] = index
    uv = ROOT / ".venv" / "bin" / "uv"
    for name, extras in LOCKS.items():
        command = [str(uv), *COMPILE, *extras, "--output-file", name, *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        print(f"{name} is up to date with pyproject.toml.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
