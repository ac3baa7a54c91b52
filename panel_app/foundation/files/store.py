"""Where files lie: by their owner's key and their hash, whole or not at all, checked each time they are read."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from panel_app.foundation.files import sayings
from panel_app.foundation.files.bounds import in_words
from panel_app.foundation.files.problems import DamagedFile, Incomplete

_OWNER = re.compile(r"[a-z2-7]{26}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_INCOMING = ".incoming"
_CHUNK = 1 << 20
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


@dataclass(frozen=True)
class Stored:
    """A file that is in the store: its hash and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, order=True)
class Name:
    """Where a file lies: its owner's key (a portfolio's) and its hash."""

    owner_key: str
    sha256: str


class Store(Protocol):
    """What the stages ask of a store."""

    def put(
        self,
        owner_key: str,
        stream: BinaryIO,
        *,
        limit: int,
        announced_size: int | None = None,
        announced_sha256: str | None = None,
    ) -> Stored:
        """Keep what `stream` holds. Raises `Incomplete` when it isn't what was announced or is over `limit` bytes."""

    def open(self, owner_key: str, sha256: str) -> BinaryIO:
        """The file, at its start, after its hash was checked. Raises `DamagedFile`."""

    def delete(self, owner_key: str, sha256: str) -> None:
        """Remove a file; one that is gone already is no error."""

    def names(self) -> Iterator[Name]:
        """Every file in the store."""


class FolderStore:
    """A store in a folder, `<root>/<owner key>/<sha256>`; folders 0700, files 0600."""

    def __init__(self, root: Path) -> None:
        """Use `root`, made when it isn't there."""
        self.root = root
        self._incoming = root / _INCOMING
        for folder in (root, self._incoming):
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            folder.chmod(_FOLDER_MODE)

    def put(
        self,
        owner_key: str,
        stream: BinaryIO,
        *,
        limit: int,
        announced_size: int | None = None,
        announced_sha256: str | None = None,
    ) -> Stored:
        """Write, hash, flush to disk, then give the file its name. See `Store.put`."""
        folder = self._folder(owner_key)
        partial = self._incoming / f"{secrets.token_hex(16)}.part"
        try:
            stored = _write(partial, stream, limit)
            size = stored.size if announced_size is None else announced_size
            sha256 = stored.sha256 if announced_sha256 is None else announced_sha256.lower()
            if (size, sha256) != (stored.size, stored.sha256):
                raise Incomplete(sayings.not_all_arrived())
            self._make(folder)
            partial.rename(folder / stored.sha256)
            _flush_folder(folder)
        finally:
            partial.unlink(missing_ok=True)
        return stored

    def open(self, owner_key: str, sha256: str) -> BinaryIO:
        """The file after its hash was checked, from the descriptor that was checked. See `Store.open`."""
        try:
            descriptor = os.open(self._path(owner_key, sha256), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise DamagedFile(sayings.stored_damage(), f"{owner_key}/{sha256}: {error.strerror}") from error
        file = os.fdopen(descriptor, "rb")
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            file.close()
            raise DamagedFile(sayings.stored_damage(), f"{owner_key}/{sha256}: content changed")
        file.seek(0)
        return file

    def path(self, owner_key: str, sha256: str) -> Path:
        """Where a file lies, for a parser in the cage; its hash is checked first. Raises `DamagedFile`."""
        self.open(owner_key, sha256).close()
        return self._path(owner_key, sha256)

    def delete(self, owner_key: str, sha256: str) -> None:
        """Remove a file and write that to disk. See `Store.delete`."""
        path = self._path(owner_key, sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _flush_folder(path.parent)

    def names(self) -> Iterator[Name]:
        """Every file, in order of owner and hash; partial uploads and foreign files aren't among them."""
        for folder in sorted(self.root.iterdir()):
            if folder.is_dir() and _OWNER.fullmatch(folder.name):
                files = sorted(one.name for one in folder.iterdir() if _SHA256.fullmatch(one.name))
                yield from (Name(folder.name, one) for one in files)

    def partial(self) -> list[Path]:
        """Uploads that were cut by a stop of the process, or that are going on now."""
        return sorted(self._incoming.iterdir())

    def _path(self, owner_key: str, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self._folder(owner_key) / sha256

    def _folder(self, owner_key: str) -> Path:
        if not _OWNER.fullmatch(owner_key):
            raise ValueError("not a key")
        return self.root / owner_key

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
            _flush_folder(self.root)


def orphans(store: Store, known: Iterable[Name]) -> list[Name]:
    """Files that no row knows: left by a stop between file and row. Harmless, listed by `panel doctor`."""
    return sorted(set(store.names()) - set(known))


def missing(store: Store, known: Iterable[Name]) -> list[Name]:
    """Files that a row knows and the store hasn't."""
    return sorted(set(known) - set(store.names()))


def damaged(store: Store) -> list[Name]:
    """Files whose content no longer has the hash of their name. Reads everything."""
    return [name for name in store.names() if not _is_whole(store, name)]


def _is_whole(store: Store, name: Name) -> bool:
    try:
        store.open(name.owner_key, name.sha256).close()
    except DamagedFile:
        return False
    return True


def _write(partial: Path, stream: BinaryIO, limit: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise Incomplete(sayings.too_large(in_words(limit)))
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
