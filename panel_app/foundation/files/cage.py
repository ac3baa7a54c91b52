"""Parsers run in a process of their own, under limits of time, memory and output, without network and other files."""

import compileall
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, cast

from panel_app.foundation.files import sayings
from panel_app.foundation.files.bounds import MIB, Bounds, Plain, in_words
from panel_app.foundation.files.problems import Damaged, TooBig, TooLong, Unacceptable
from panel_app.foundation.words import Param, Sentence

_HERE = Path(__file__).resolve().parent
_ANSWER_BYTES = 64 * 1024
# What death by these says: the kernel's limits; any other signal is a parser that crashed.
_CPU_SIGNALS = frozenset({signal.SIGXCPU})
_MEMORY_SIGNS = (b"MemoryError", b"bad_alloc", b"Cannot allocate memory", b"out of memory")


@dataclass(frozen=True)
class Limits:
    """What one run may use: seconds of computing, seconds by the clock, bytes of address space, bytes of a file."""

    cpu_seconds: int = 20
    wall_seconds: float = 40
    memory_bytes: int = 1024 * MIB
    output_bytes: int = 256 * MIB


@dataclass(frozen=True)
class Ran:
    """How a command ended: its code (negative for a signal), whether the clock ran out, and what it said."""

    code: int
    timed_out: bool
    said: bytes
    complained: bytes


@dataclass(frozen=True)
class Reach:
    """The files and folders that a command may open; everything else is refused where the kernel has Landlock."""

    read: tuple[str, ...]
    write: tuple[str, ...] = ()

    def as_json(self) -> str:
        return json.dumps({"read": self.read, "write": self.write})


def run_limited(command: Sequence[str], limits: Limits, given: bytes = b"", reach: Reach | None = None) -> Ran:
    """Run a command in a process group of its own and kill what is left of the group when it ends or time is out.

    Without `reach` it may open what this process may.
    """
    launcher = [sys.executable, "-I", "-S", str(_HERE / "launch.py")]
    numbers = [str(limits.cpu_seconds), str(limits.memory_bytes), str(limits.output_bytes)]
    allowed = reach.as_json() if reach else "null"
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained, tempfile.TemporaryFile() as stdin:
        stdin.write(given)
        stdin.seek(0)
        process = subprocess.Popen(
            [*launcher, *numbers, allowed, *command],
            stdin=stdin, stdout=said, stderr=complained, cwd="/", env=_environment(), start_new_session=True,
        )  # fmt: skip
        timed_out = _wait_and_kill(process, limits.wall_seconds)
        return Ran(process.returncode, timed_out, _read_back(said), _read_back(complained))


def run_caged(
    task: str,
    source: Path,
    out: Path | None,
    arguments: Mapping[str, str],
    *,
    bounds: Bounds | None = None,
    limits: Limits | None = None,
) -> dict[str, Plain]:
    """Run a task of `tasks.TASKS` on `source` in the cage and return its answer.

    `out` is where a task writes, or none. Raises `Unacceptable`, `Damaged`, `TooLong` or `TooBig`; then `out` is gone.
    """
    limits = limits or Limits()
    request = {"arguments": dict(arguments), "bounds": (bounds or Bounds()).as_mapping()}
    target = str(out.absolute()) if out else ""
    if out is not None:
        out.touch(mode=0o600)
    reach = Reach((*programs(), str(source.resolve())), (os.devnull, *([target] if target else [])))
    command = [sys.executable, "-I", str(_HERE / "worker.py"), task, str(source.resolve()), target]
    try:
        return _answer(run_limited(command, limits, json.dumps(request).encode(), reach), limits)
    except (Unacceptable, Damaged, TooLong, TooBig):
        if out is not None:
            out.unlink(missing_ok=True)
        raise


@lru_cache(maxsize=1)
def programs() -> tuple[str, ...]:
    """What a parser's process is made of: Python, its libraries, those of the system, and our own code.

    Ours is compiled here, because the cage lets nothing be written: each run would compile it anew.
    """
    compileall.compile_dir(_HERE, quiet=2)
    libraries = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    ours = str(_HERE.parents[1])
    system = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/urandom")
    return tuple(dict.fromkeys([sys.prefix, sys.base_prefix, sys.exec_prefix, *libraries, ours, *system]))


def _environment() -> dict[str, str]:
    """Nothing of ours: a parser needs no address of a database and no key."""
    return {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}


def _wait_and_kill(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait without reaping, so that the number of the group can't be given to another before it is killed."""
    descriptor = os.pidfd_open(process.pid)
    try:
        ended, _, _ = select.select([descriptor], [], [], seconds)
    finally:
        os.close(descriptor)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return not ended


def _read_back(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(_ANSWER_BYTES)


def _answer(ran: Ran, limits: Limits) -> dict[str, Plain]:
    _raise_for_limit(ran, limits)
    try:
        answer = json.loads(ran.said) if ran.code == 0 else {}
    except ValueError:
        answer = {}
    if "ok" in answer:
        return cast(dict[str, Plain], answer["ok"])
    if "unacceptable" in answer:
        raise Unacceptable(_sentence(answer["unacceptable"]))
    if answer.get("limit") == "memory":
        raise TooBig(sayings.memory_limit(in_words(limits.memory_bytes)))
    if answer.get("limit") == "output":
        raise TooBig(sayings.output_limit(in_words(limits.output_bytes)))
    if "damaged" in answer:
        raise Damaged(_sentence(answer["damaged"]), str(answer["detail"]))
    raise Damaged(sayings.damaged(), _last_words(ran))


def _raise_for_limit(ran: Ran, limits: Limits) -> None:
    if ran.timed_out:
        raise TooLong(sayings.wall_limit(int(limits.wall_seconds)))
    if -ran.code in _CPU_SIGNALS:
        raise TooLong(sayings.cpu_limit(limits.cpu_seconds))
    # A SIGKILL that isn't ours comes from the kernel: for memory, or a second after the limit of computing time.
    if ran.code == -signal.SIGKILL or (ran.code != 0 and any(sign in ran.complained for sign in _MEMORY_SIGNS)):
        raise TooBig(sayings.memory_limit(in_words(limits.memory_bytes)))
    if ran.code == -signal.SIGXFSZ:
        raise TooBig(sayings.output_limit(in_words(limits.output_bytes)))


def _sentence(pair: tuple[str, dict[str, Param]]) -> Sentence:
    return Sentence(pair[0], pair[1])


def _last_words(ran: Ran) -> str:
    """The kind of error for the operator's log: never the message, which may quote the file."""
    lines = ran.complained.decode("utf-8", "replace").strip().splitlines()
    return f"code {ran.code}: {lines[-1].partition(':')[0][:80]}" if lines else f"code {ran.code}"
