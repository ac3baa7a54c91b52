"""Fetch pip's own wheel from the index that pip's configuration names, where no pip is there to ask."""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import ssl
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

SECTIONS = ("install", "download", "global")
ADVICE = "Install Debian's python3-venv, or name a package index in PIP_INDEX_URL."


def fetch_pip(version: str, hashes: frozenset[str], folder: Path) -> Path:
    """Save pip's wheel of this version in `folder`.

    Raises LookupError when no index that can be reached lists such a wheel, ValueError when the hash is not one of
    `hashes`, OSError when the wheel can't be read.
    """
    name = f"pip-{version}-py3-none-any.whl"
    for index in indexes():
        page = f"{index.rstrip('/')}/pip/"
        try:
            link = find_link(read(page).decode(), name)
        except OSError:  # as pip does: an index without the package is passed over
            continue
        if link is None:
            continue
        content = read(urllib.parse.urljoin(page, link))
        if hashlib.sha256(content).hexdigest() not in hashes:
            raise ValueError(f"The index's {name} is not the file that the lock names.")
        wheel = folder / name
        wheel.write_bytes(content)
        return wheel
    raise LookupError(f"No index that pip's configuration names has {name}. {ADVICE}")


def find_link(page: str, name: str) -> str | None:
    """The address on an index page (PEP 503) whose file has this name."""
    for link in re.findall(r"""<a\b[^>]*?\bhref=["']([^"']+)["']""", page, re.IGNORECASE):
        address: str = unescape(link)
        if urllib.parse.urlsplit(address).path.rsplit("/", 1)[-1] == name:
            return address
    return None


def read(address: str) -> bytes:
    """One file of the index, trusting the certificates that pip would trust."""
    certificates = setting("cert")
    context = ssl.create_default_context(cafile=certificates) if certificates else ssl.create_default_context()
    with urllib.request.urlopen(address, timeout=60, context=context) as answer:
        content: bytes = answer.read()
    return content


def indexes() -> list[str]:
    """The configured index, then the extra ones."""
    named = [setting("index-url") or "", *(setting("extra-index-url") or "").split()]
    return [index for index in named if index]


def setting(name: str) -> str | None:
    """A setting of pip: from the environment, else from the nearest of pip's files that has it."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    for path in config_files():
        parser = configparser.RawConfigParser()
        parser.read(path)
        for section in SECTIONS:
            if parser.has_option(section, name):
                return parser.get(section, name).strip()
    return None


def config_files() -> list[Path]:
    """pip's files, the one that wins first."""
    home = Path.home()
    own = os.environ.get("PIP_CONFIG_FILE")
    systemwide = [Path(folder, "pip", "pip.conf") for folder in xdg_folders()]
    files = [home / ".config/pip/pip.conf", home / ".pip/pip.conf", Path("/etc/pip.conf"), *systemwide]
    return [Path(own), *files] if own else files


def xdg_folders() -> list[str]:
    """Where the system keeps configuration."""
    return (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
