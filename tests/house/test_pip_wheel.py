"""Where no pip is there to ask, its wheel comes from the configured index and must be the one that the lock names."""

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.bootstrap import locked_pip
from scripts.pip_wheel import fetch_pip, find_link

NAME = "pip-1.2-py3-none-any.whl"
CONTENT = b"a wheel"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        pass


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An index on this machine with one wheel, named in pip's environment."""
    page = tmp_path / "index" / "pip"
    page.mkdir(parents=True)
    (page / NAME).write_bytes(CONTENT)
    (page / "index.html").write_text(f'<a href="./{NAME}#sha256={SHA256}">{NAME}</a>')
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "index")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("index")
def test_the_wheel_of_the_lock_is_fetched(tmp_path: Path) -> None:
    wheel = fetch_pip("1.2", frozenset({SHA256}), tmp_path)

    assert wheel.read_bytes() == CONTENT


@pytest.mark.usefixtures("index")
def test_a_wheel_with_another_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the file that the lock names"):
        fetch_pip("1.2", frozenset({"0" * 64}), tmp_path)

    assert not (tmp_path / NAME).exists()


@pytest.mark.usefixtures("index")
def test_a_missing_version_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="python3-venv"):
        fetch_pip("9.9", frozenset({SHA256}), tmp_path)


def test_a_link_is_found_by_its_file_alone() -> None:
    page = f"<a href='../../p/{NAME}.metadata'>x</a><a data-x=\"1\" href='../../p/{NAME}?a=1&amp;b=2#sha256=0'>y</a>"

    assert find_link(page, NAME) == f"../../p/{NAME}?a=1&b=2#sha256=0"


def test_the_lock_names_pip_and_its_hashes() -> None:
    version, hashes = locked_pip()

    assert version[0].isdigit()
    assert all(len(value) == 64 for value in hashes)
    assert hashes
