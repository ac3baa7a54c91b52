"""Files are stored whole or not at all, and are checked each time they are read."""

import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from panel_app.foundation.files.problems import DamagedFile, Incomplete
from panel_app.foundation.files.store import FolderStore, Name, Store, Stored, damaged, missing, orphans

OWNER, OTHER = "a" * 26, "b2" * 13
CONTENT = b"What I did and why" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
LIMIT = 10 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[3]
WRITER = """
import os, sys
from pathlib import Path
from panel_app.foundation.files.store import FolderStore

class Slow:
    def __init__(self): self.left = 40
    def read(self, size):
        self.left -= 1
        return os.urandom(256 * 1024) if self.left > 0 else b""

store = FolderStore(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    stored = store.put("a" * 26, Slow(), limit=10**9)
    print(stored.sha256, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "evidence")


def put(store: Store, content: bytes = CONTENT, owner: str = OWNER) -> Stored:
    return store.put(owner, io.BytesIO(content), limit=LIMIT)


def test_a_file_comes_back_as_it_was_put(store: FolderStore) -> None:
    stored = put(store)

    with store.open(OWNER, stored.sha256) as file:
        assert (stored, file.read()) == (Stored(SHA256, len(CONTENT)), CONTENT)


def test_a_file_lies_under_its_owner_and_hash_and_nobody_else_may_read_it(store: FolderStore) -> None:
    old = os.umask(0)
    try:
        put(store)
    finally:
        os.umask(old)

    path = store.root / OWNER / SHA256
    assert [oct(one.stat().st_mode & 0o777) for one in (store.root, path.parent, path)] == ["0o700", "0o700", "0o600"]


def test_owners_share_no_file(store: FolderStore) -> None:
    put(store)
    put(store, owner=OTHER)

    store.delete(OWNER, SHA256)

    assert list(store.names()) == [Name(OTHER, SHA256)]
    with pytest.raises(DamagedFile):
        store.open(OWNER, SHA256)


@pytest.mark.parametrize(
    ("size", "sha256"),
    [(len(CONTENT) + 1, SHA256), (len(CONTENT), "0" * 64), (0, None), (len(CONTENT) - 1, None), (None, "")],
)
def test_what_is_not_as_announced_is_not_kept(size: int | None, sha256: str | None, store: FolderStore) -> None:
    with pytest.raises(Incomplete, match="Not all of this file arrived"):
        store.put(OWNER, io.BytesIO(CONTENT), limit=LIMIT, announced_size=size, announced_sha256=sha256)

    assert (list(store.names()), store.partial()) == ([], [])


def test_what_is_as_announced_is_kept(store: FolderStore) -> None:
    stored = store.put(
        OWNER, io.BytesIO(CONTENT), limit=LIMIT, announced_size=len(CONTENT), announced_sha256=SHA256.upper()
    )

    assert list(store.names()) == [Name(OWNER, stored.sha256)]


def test_a_file_over_the_limit_is_not_kept(store: FolderStore) -> None:
    with pytest.raises(Incomplete, match="larger than 1 KB"):
        store.put(OWNER, io.BytesIO(CONTENT), limit=1024)

    assert (list(store.names()), store.partial()) == ([], [])


class CutStream(io.BytesIO):
    """A connection that breaks after its first piece."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(1000)


def test_a_broken_connection_leaves_nothing(store: FolderStore) -> None:
    with pytest.raises(ConnectionResetError):
        store.put(OWNER, CutStream(CONTENT), limit=LIMIT)

    assert (list(store.names()), store.partial()) == ([], [])


@pytest.mark.parametrize("at", [0, len(CONTENT) // 2, len(CONTENT) - 1])
def test_a_changed_byte_is_noticed_and_the_file_is_not_served(at: int, store: FolderStore) -> None:
    put(store)
    path = store.root / OWNER / SHA256
    changed = bytearray(CONTENT)
    changed[at] ^= 1
    path.write_bytes(changed)

    with pytest.raises(DamagedFile, match="damaged in our storage") as caught:
        store.open(OWNER, SHA256)

    assert (caught.value.detail, damaged(store)) == (f"{OWNER}/{SHA256}: content changed", [Name(OWNER, SHA256)])


def test_putting_a_file_again_heals_it(store: FolderStore) -> None:
    put(store)
    (store.root / OWNER / SHA256).write_bytes(b"rot")

    put(store)

    assert damaged(store) == []


def test_a_link_in_place_of_a_file_is_not_followed(store: FolderStore, tmp_path: Path) -> None:
    put(store)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(CONTENT)
    path = store.root / OWNER / SHA256
    path.unlink()
    path.symlink_to(elsewhere)

    with pytest.raises(DamagedFile):
        store.open(OWNER, SHA256)


@pytest.mark.parametrize("owner", ["../up", "/etc", "", "a" * 25, "A" * 26, "a" * 25 + "/", "a" * 26 + "\n", "." * 26])
def test_no_path_is_made_of_what_is_no_key(owner: str, store: FolderStore) -> None:
    with pytest.raises(ValueError, match="not a key"):
        put(store, owner=owner)

    assert [one.name for one in store.root.iterdir()] == [".incoming"]


@pytest.mark.parametrize("sha256", ["../../etc/passwd", "", "0" * 63, "G" * 64, "0" * 64 + "\n", "0" * 64 + "/"])
def test_no_path_is_made_of_what_is_no_hash(sha256: str, store: FolderStore) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.open(OWNER, sha256)


def test_orphans_and_missing_files_are_listed(store: FolderStore) -> None:
    first, second = put(store), put(store, b"second")
    lost = Name(OWNER, "0" * 64)

    known = [Name(OWNER, first.sha256), lost]

    assert orphans(store, known) == [Name(OWNER, second.sha256)]
    assert missing(store, known) == [lost]


def test_deleting_twice_is_no_error(store: FolderStore) -> None:
    put(store)

    store.delete(OWNER, SHA256)
    store.delete(OWNER, SHA256)
    store.delete(OTHER, SHA256)

    assert list(store.names()) == []


def test_a_kill_leaves_whole_files_and_at_most_one_partial(tmp_path: Path) -> None:
    rng = random.Random(7)
    for number in range(8):
        root = tmp_path / str(number)
        said = killed_writer(root, rng.uniform(0, 0.15))
        store = FolderStore(root)

        assert damaged(store) == []
        assert {Name(OWNER, sha256) for sha256 in said} <= set(store.names())
        assert len(set(store.names())) <= len(said) + 1
        assert len(store.partial()) <= 1


def killed_writer(root: Path, after: float) -> list[str]:
    """Start a process that puts files, kill it after a while, and return the hashes that it had told whole."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE, cwd=ROOT)
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        lines = writer.stdout.read().splitlines(keepends=True)
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]
