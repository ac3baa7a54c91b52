"""Parsers are stopped at their limits, and the person reads which limit it was."""

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from panel_app.foundation.files.bounds import MIB, Bounds
from panel_app.foundation.files.cage import Limits, run_caged, run_limited
from panel_app.foundation.files.intake import accept, make_panel_copy
from panel_app.foundation.files.problems import Damaged, FileProblem, TooBig, TooLong, Unacceptable
from tests.foundation.files import samples

WORKER = Path(__file__).resolve().parents[3] / "panel_app" / "foundation" / "files" / "worker.py"
WIDE = Bounds(unpacked_bytes=100_000 * MIB, pixels=10**12, text_bytes=100 * MIB)
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def python(code: str, limits: Limits) -> tuple[int, bytes]:
    ran = run_limited([sys.executable, "-I", "-c", code], limits)
    return ran.code, ran.said


def uploaded(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zeros_packed(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\x00" * MIB) for _ in range(megabytes)) + packer.flush()


def docx_bomb(megabytes: int) -> bytes:
    """A document whose text part grows by a factor of about a thousand."""
    plain = samples.docx_with()
    head, tail = samples.part_of(plain, "word/document.xml").split(b"</w:body>")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(head)
            for _ in range(megabytes):
                part.write(b"<w:p/>" * (MIB // 6))
            part.write(b"</w:body>" + tail)
    return out.getvalue()


def png_bomb(side: int) -> bytes:
    """A picture of `side` × `side` white points in a few kilobytes."""
    header = side.to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return samples.png_of_chunks(
        (b"IHDR", header), (b"IDAT", zeros_packed(side * (side + 1) // MIB + 1)), (b"IEND", b"")
    )


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content is packed twice."""
    document = pikepdf.open(io.BytesIO(samples.pdf_with()))
    twice = zlib.compress(zeros_packed(megabytes), 9)
    document.pages[0].obj.Contents.write(twice, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    return samples.saved(document)


def looped_pdf() -> bytes:
    """A tree of pages in which a child is its own parent's parent."""
    document = pikepdf.open(io.BytesIO(samples.pdf_with(pages=2)))
    branch = document.make_indirect(Dictionary(Type=Name.Pages, Count=10**6, Parent=document.Root.Pages))
    branch.Kids = Array([branch, document.Root.Pages])
    document.Root.Pages.Kids.append(branch)
    return samples.saved(document)


def test_an_endless_loop_ends_at_the_limit_of_computing_time(tmp_path: Path) -> None:
    code, _ = python("while True: pass", Limits(cpu_seconds=1))

    assert code == -24


def test_waiting_ends_at_the_limit_of_the_clock() -> None:
    started = time.monotonic()

    ran = run_limited([sys.executable, "-c", "import time; time.sleep(60)"], Limits(wall_seconds=0.5))

    assert (ran.timed_out, time.monotonic() - started < 5) == (True, True)


def test_memory_ends_at_its_limit() -> None:
    assert python("b'x' * (400 << 20)", Limits(memory_bytes=1024 * MIB))[0] == 0
    assert python("b'x' * (400 << 20)", Limits(memory_bytes=300 * MIB))[0] == 1


def test_a_file_ends_at_the_limit_of_output(tmp_path: Path) -> None:
    target = str(tmp_path / "out")
    code = f"try: open({target!r}, 'wb').write(b'x' * (2 << 20))\nexcept OSError as error: print(error.errno)"

    assert python(code, Limits(output_bytes=MIB)) == (0, b"27\n")


def test_children_are_killed_with_their_parent(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    child = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(1)"

    python(code, Limits(wall_seconds=20))

    assert gone(int(mark.read_text()))


def gone(pid: int) -> bool:
    """Say whether a process has ended, waiting a moment for the kernel."""
    for _ in range(100):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_there_is_no_network_in_the_cage() -> None:
    code = "import socket\ntry: socket.socket(); print('open')\nexcept OSError as e: print(e.errno)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"open\n"
    assert python(code, Limits()) == (0, b"1\n")


def test_the_environment_of_the_house_does_not_reach_the_cage() -> None:
    os.environ["SECRET_KEY"] = "not for parsers"

    try:
        said = python("import os; print('SECRET_KEY' in os.environ)", Limits())[1]
    finally:
        del os.environ["SECRET_KEY"]

    assert said == b"False\n"


def test_the_worker_imports_no_web_framework_and_no_database(tmp_path: Path) -> None:
    path = uploaded(tmp_path, "a.pdf", samples.pdf_with())
    command = [sys.executable, "-X", "importtime", "-I", str(WORKER), "inspect", str(path), ""]
    request = b'{"arguments": {"typed_name": "a.pdf"}, "bounds": {}}'

    ended = subprocess.run(command, input=request, capture_output=True, check=True, env={})

    imported = {line.rpartition(b"|")[2].strip().split(b".")[0] for line in ended.stderr.splitlines()}
    assert ended.stdout.startswith(b'{"ok": {"kind": "pdf"')
    assert {b"pikepdf", b"panel_app"} & imported == {b"pikepdf", b"panel_app"}
    assert {b"flask", b"sqlalchemy", b"werkzeug", b"psycopg"} & imported == set()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", docx_bomb(300), "Unpacked, this file is larger than 200 MB, the limit."),
        ("a.png", png_bomb(9000), "more than 60 million pixels, the limit"),
    ],
)
def test_a_bomb_that_tells_its_size_is_refused_before_it_is_unpacked(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(Unacceptable, match=words):
        accept(uploaded(tmp_path, name, content), name)


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", docx_bomb(120)), ("a.png", png_bomb(16000)), ("a.pdf", pdf_bomb(600))]
)
def test_a_bomb_is_killed_at_the_limit_of_memory(name: str, content: bytes, tmp_path: Path) -> None:
    with pytest.raises(TooBig, match=r"needed more than 250 MB of memory, the limit"):
        accept(uploaded(tmp_path, name, content), name, bounds=WIDE, limits=Limits(memory_bytes=250 * MIB))


def test_a_bomb_is_killed_at_the_limit_of_computing_time(tmp_path: Path) -> None:
    path = uploaded(tmp_path, "a.docx", docx_bomb(60))

    with pytest.raises(TooLong, match="took more than 1 seconds of computing time, the limit"):
        accept(path, "a.docx", bounds=WIDE, limits=Limits(cpu_seconds=1, memory_bytes=8000 * MIB))


def test_time_by_the_clock_is_named(tmp_path: Path) -> None:
    path = uploaded(tmp_path, "a.docx", docx_bomb(60))

    with pytest.raises(TooLong, match="took longer than 1 seconds, the limit"):
        accept(path, "a.docx", bounds=WIDE, limits=Limits(wall_seconds=1, memory_bytes=8000 * MIB))


def test_a_copy_that_grows_past_the_limit_of_output_leaves_nothing(tmp_path: Path) -> None:
    path, out = uploaded(tmp_path, "a.txt", b"word " * 100_000), tmp_path / "copy"

    with pytest.raises(TooBig, match="grew past 100 KB, the limit"):
        make_panel_copy(path, "text", "E01", out, limits=Limits(output_bytes=100 * 1024))

    assert not out.exists()


def test_a_loop_in_the_tree_of_pages_ends_with_a_sentence(tmp_path: Path) -> None:
    started = time.monotonic()

    with pytest.raises(FileProblem, match="damaged"):
        accept(uploaded(tmp_path, "a.pdf", looped_pdf()), "a.pdf", limits=Limits(cpu_seconds=5))

    assert time.monotonic() - started < 10


@pytest.mark.parametrize("depth", [300, 30_000])
def test_elements_nested_without_end_are_damage(depth: int, tmp_path: Path) -> None:
    deep = f'<w:document xmlns:w="{WORDS}"><w:body>' + "<w:ins>" * depth + "</w:ins>" * depth + "</w:body></w:document>"
    path = uploaded(tmp_path, "a.docx", samples.docx_with(parts={"word/document.xml": deep.encode()}))

    with pytest.raises((Damaged, TooBig, TooLong, Unacceptable)):
        accept(path, "a.docx")


def test_an_upload_and_its_copy_go_through_the_cage(tmp_path: Path) -> None:
    path, out = uploaded(tmp_path, "x", samples.pdf_with(pages=2)), tmp_path / "copy"

    accepted = accept(path, "Mein Bericht.pdf")
    copy = make_panel_copy(path, accepted.kind, "CPAP-26A-K7Q2-E03", out)

    assert (accepted.kind, accepted.facts.pages) == ("pdf", 2)
    assert (copy.extension, copy.media_type, copy.size) == ("pdf", "application/pdf", out.stat().st_size)


def test_a_sentence_survives_the_way_out_of_the_cage(tmp_path: Path) -> None:
    with pytest.raises(Unacceptable) as caught:
        accept(uploaded(tmp_path, "x", samples.pdf_with(pages=4)), "a.pdf", bounds=Bounds(pages=3))

    assert caught.value.sentence.template.startswith("This document has %(pages)s pages; %(limit)s is the limit.")
    assert dict(caught.value.sentence.params) == {"pages": 4, "limit": 3}


def test_a_task_that_is_not_there_is_told_by_its_kind_of_error_only(tmp_path: Path) -> None:
    with pytest.raises(Damaged) as caught:
        run_caged("no such task", uploaded(tmp_path, "x", b"x"), None, {})

    assert caught.value.detail == "code 1: KeyError"


def test_taking_files_in_loads_no_parser_into_the_web_process() -> None:
    code = "import sys, panel_app.foundation.files.intake; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert "panel_app.foundation.files.kinds.pdf" in loaded
    assert {"pikepdf", "pypdfium2", "mammoth", "markdown_it", "charset_normalizer", "puremagic"} & set(loaded) == set()
