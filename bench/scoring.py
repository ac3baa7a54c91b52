"""`python -m bench.scoring`: saves of a crowd, what kills do to them, and the sheet's page with 300 pages."""

import argparse
import os
import sys
from collections.abc import Sequence

from bench import crowd, sheet_page
from bench.databases import DIALECTS, Maker, server

MOST_RATIO = 3.0
MOST_PAGE_RATIO = 2.0
MOST_BYTES = 400_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and give the exit code: 1 when a save was lost or doubled."""
    asked = _parsed(arguments)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, gunicorn with 2 workers of 4 threads")
    harmed = 0
    for dialect in asked.databases:
        with server(dialect) as maker:
            harmed += _saves(maker, dialect, asked) if asked.saves else 0
            if asked.page and dialect == "sqlite":
                _page(maker, asked)
    return 1 if harmed else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scoring", description=__doc__)
    parser.add_argument("--databases", type=lambda text: tuple(text.split(",")), default=DIALECTS)
    parser.add_argument("--members", type=lambda text: tuple(map(int, text.split(","))), default=crowd.CROWDS)
    parser.add_argument("--seconds", type=float, default=crowd.SECONDS, help="how long each crowd types")
    parser.add_argument("--kills", type=int, default=crowd.KILLS, help="how often the server is killed meanwhile")
    parser.add_argument("--size", type=int, default=1500, help="portfolios of the round: 500 members need 1500")
    parser.add_argument("--loads", type=int, default=sheet_page.LOADS, help="how often each page is opened")
    parser.add_argument("--pages", type=int, default=sheet_page.PAGES, help="pages of the evidence")
    parser.add_argument("--no-saves", dest="saves", action="store_false", help="the page in Chromium alone")
    parser.add_argument("--no-page", dest="page", action="store_false", help="leave out the page in Chromium")
    return parser.parse_args(arguments)


def _saves(maker: Maker, dialect: str, asked: argparse.Namespace) -> int:
    site = maker.site(f"round_{asked.size}", asked.size)
    print(f"\nA save each 2 s, {dialect}: milliseconds, product / bare view (ratio at most {MOST_RATIO:.0f})")
    for row in crowd.crowds(site, maker.folder, asked.members, asked.seconds):
        cells = (
            f"p{share * 100:.0f} {row.at(share):>7.1f} /{row.at(share, bare=True):>7.1f} = "
            f"{row.at(share) / row.at(share, bare=True):.2f}"
            for share in (0.5, 0.95, 0.99)
        )
        print(
            f"{row.members:>4} members {row.rate:>6.1f} / {row.bare_rate:>6.1f} saves/s  " + "  ".join(cells),
            flush=True,
        )
    if not asked.kills:
        return 0
    kept = crowd.killed(site, maker.folder, asked.members[0], asked.kills)
    print(
        f"{kept.kills} kills: {kept.acknowledged} acknowledged, {kept.kept} kept, {kept.lost} lost, "
        f"{kept.doubled} doubled, {kept.broken} rules broken",
        flush=True,
    )
    return kept.lost + kept.doubled + kept.broken


def _page(maker: Maker, asked: argparse.Namespace) -> None:
    found = sheet_page.measure(maker.url("sheet"), maker.folder, asked.loads, asked.pages)
    print(f"\nThe sheet with {asked.pages} pages, in Chromium (ratio at most {MOST_PAGE_RATIO:.0f})")
    print(f"first level usable after {found.full:.0f} ms, empty page {found.empty:.0f} ms = {found.ratio:.2f}")
    for browser, came in (("new browser", found.cold), ("opened before", found.warm)):
        print(f"{browser}: {came.seen:,} bytes before the first page is seen (at most {MOST_BYTES:,}),", end=" ")
        print(f"{came.drawn:,} bytes before it is drawn sharply", flush=True)


if __name__ == "__main__":
    sys.exit(main())
