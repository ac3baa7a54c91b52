"""A parser that is taken over opens nothing but the file that it was given."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from panel_app import create_app
from panel_app.foundation.files.cage import Limits, Reach, programs, run_limited
from panel_app.foundation.files.intake import accept, make_panel_copy
from panel_app.foundation.files.launch import landlock_version
from tests.foundation.files import samples
from tests.support.databases import make_schema, settings_for

confined = pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")
TRY = "def tried(act):\n try: act(); print('done')\n except OSError as error: print(type(error).__name__)\n"


def tries(reach: Reach | None, *acts: str) -> list[str]:
    """What comes of each act (a Python expression) in a process that may reach these paths."""
    code = "import os, signal\n" + TRY + "".join(f"tried(lambda: {act})\n" for act in acts)
    ran = run_limited([sys.executable, "-I", "-c", code], Limits(), reach=reach)
    assert ran.code == 0, ran.complained
    return ran.said.decode().split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as that of a portfolio: the file to read, a place for the copy, a neighbour's file."""
    for name in ("given", "copy", "other"):
        (tmp_path / name).write_bytes(b"words")
    return tmp_path


def reach(folder: Path) -> Reach:
    return Reach((*programs(), str(folder / "given")), (str(folder / "copy"),))


@confined
def test_only_the_given_file_is_read_and_only_the_copy_is_written(folder: Path) -> None:
    acts = [f"open({str(folder / name)!r}, {mode!r})" for name, mode in (
        ("given", "rb"), ("copy", "wb"), ("other", "rb"), ("given", "ab"), ("other", "wb"), ("new", "xb"),
    )]  # fmt: skip

    caged, free = tries(reach(folder), *acts), tries(None, *acts)

    assert caged == ["done", "done", *["PermissionError"] * 4]
    assert free == ["done"] * 6


@confined
def test_folders_are_not_listed_and_nothing_is_moved_linked_or_deleted(folder: Path) -> None:
    given, copy, other = (str(folder / name) for name in ("given", "copy", "other"))

    caged = tries(
        reach(folder),
        f"os.listdir({str(folder)!r})",
        f"os.unlink({other!r})",
        f"os.rename({copy!r}, {other!r})",
        f"os.link({other!r}, {copy + '2'!r})",
        f"os.symlink({given!r}, {copy + '3'!r})",
        f"os.mkdir({copy + '4'!r})",
    )

    assert caged == ["PermissionError"] * 6
    assert sorted(each.name for each in folder.iterdir()) == ["copy", "given", "other"]


@confined
def test_secrets_of_the_server_and_of_other_processes_are_out_of_reach(folder: Path) -> None:
    acts = [f"open({path!r}, 'rb')" for path in ("/etc/passwd", f"/proc/{os.getpid()}/environ", "/proc/self/environ")]

    assert tries(None, *acts) == ["done"] * 3
    assert tries(reach(folder), *acts) == ["PermissionError"] * 3


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel can't keep signals in")
def test_no_signal_reaches_a_process_outside(folder: Path) -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        assert tries(reach(folder), f"os.kill({sleeper.pid}, signal.SIGTERM)") == ["PermissionError"]
        time.sleep(0.2)
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


@confined
def test_children_are_held_too(folder: Path) -> None:
    act = f"subprocess.run(['/bin/cat', {str(folder / 'other')!r}], check=True)"
    code = f"import subprocess\ntry: {act}\nexcept subprocess.CalledProcessError: print('refused')"

    ran = run_limited([sys.executable, "-I", "-c", code], Limits(), reach=reach(folder))

    assert ran.said == b"refused\n"


@pytest.mark.parametrize(("name", "content"), [
    ("a.pdf", samples.pdf_with(pages=2)), ("a.docx", samples.docx_with()), ("a.txt", b"words\n"),
])  # fmt: skip
def test_copies_are_made_beside_nothing(name: str, content: bytes, tmp_path: Path) -> None:
    source, out = tmp_path / "source", tmp_path / "copy"
    source.write_bytes(content)

    copy = make_panel_copy(source, accept(source, name).kind, "CPAP-26A-K7Q2-E03", out)

    assert copy.size == out.stat().st_size > 0
    assert out.stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy", "source"]


def test_doctor_remarks_on_the_kernel_without_a_finding(tmp_path: Path) -> None:
    # An installation of its own: doctor looks at the files too, and those of tests before lie in the worker's folder.
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'panel.db'}", tmp_path))
    make_schema(app)

    said = app.test_cli_runner().invoke(args=["doctor"])

    assert said.exit_code == 0
    assert said.output.startswith("note, files.confinement:") is (landlock_version() == 0)
    assert said.output.endswith("nothing to mend\n")


def test_reach_is_handed_over_as_plain_words() -> None:
    assert json.loads(Reach(("/a",), ("/b",)).as_json()) == {"read": ["/a"], "write": ["/b"]}
