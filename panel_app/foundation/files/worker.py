"""The process inside the cage: `python worker.py TASK SOURCE OUT`, arguments as JSON on standard input, answer as JSON.

Run by its path, it puts empty packages in place of `panel_app` and `panel_app.foundation`, so that a parser's process
holds no web framework, no database driver and no settings.
"""

import errno
import json
import os
import sys
from pathlib import Path
from types import ModuleType


def main(argv: list[str]) -> int:
    """Do one task and print one line of JSON: `ok`, `unacceptable`, `damaged` or `limit`."""
    name, source, out = argv
    request = json.load(sys.stdin)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a parser prints must not mix with the answer
    with answers:
        json.dump(_answer(name, Path(source), Path(out), request), answers)
    return 0


def _answer(name: str, source: Path, out: Path, request: dict[str, dict[str, str]]) -> dict[str, object]:
    try:
        return _done(name, source, out, request)
    except MemoryError:
        return {"limit": "memory"}
    except OSError as error:
        if error.errno == errno.EFBIG:
            return {"limit": "output"}
        if error.errno == errno.ENOMEM:
            return {"limit": "memory"}
        raise


def _done(name: str, source: Path, out: Path, request: dict[str, dict[str, str]]) -> dict[str, object]:
    from panel_app.foundation.files.bounds import Bounds  # noqa: PLC0415  after the bare packages are in place
    from panel_app.foundation.files.problems import Damaged, Unacceptable  # noqa: PLC0415  as above
    from panel_app.foundation.files.tasks import TASKS  # noqa: PLC0415  as above

    bounds = Bounds.from_mapping({key: int(value) for key, value in request["bounds"].items()})
    try:
        return {"ok": TASKS[name](source, out, request["arguments"], bounds)}
    except Unacceptable as problem:
        return {"unacceptable": [problem.sentence.template, dict(problem.sentence.params)]}
    except Damaged as problem:
        return {"damaged": [problem.sentence.template, dict(problem.sentence.params)], "detail": problem.detail}


def _bare_packages() -> None:
    foundation = Path(__file__).resolve().parents[1]
    for name, folder in (("panel_app", foundation.parent), ("panel_app.foundation", foundation)):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


if __name__ == "__main__":
    _bare_packages()
    sys.exit(main(sys.argv[1:]))
