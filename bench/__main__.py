"""`python -m bench`: the tables of pages, saves and plans. `--strict` exits with 1 when a page grows with its round."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence

from bench import pages, plans, saves
from bench.databases import DIALECTS, Maker, Site, server

PARTS = ("pages", "saves", "plans")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, print it, and give the exit code."""
    asked = parsed(arguments)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    growing = [row for dialect in asked.databases for row in _dialect(dialect, asked)]
    if growing:
        print(f"\n{len(growing)} marked with !: a page's statements differ, or p95 more than doubles.")
    return 1 if growing and asked.strict else 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", type=_words(PARTS), default=PARTS, help="parts, with commas: pages,saves,plans")
    parser.add_argument("--sizes", type=_sizes, default=(100, 10_000), help="numbers of portfolios, with commas")
    parser.add_argument("--databases", type=_words(DIALECTS), default=DIALECTS, help="sqlite,postgresql")
    parser.add_argument("--requests", type=int, default=pages.REQUESTS, help="requests of each page at each size")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a page grows with its round")
    return parser.parse_args(arguments)


def _words(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        words = tuple(text.split(","))
        if set(words) - set(known):
            raise argparse.ArgumentTypeError(f"choose from {', '.join(known)}")
        return words

    return read


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(sorted({int(each) for each in text.split(",")}))
    if sizes[0] < 100:
        raise argparse.ArgumentTypeError("a round of 100 portfolios is the smallest: it has one of each kind")
    return sizes


def _dialect(dialect: str, asked: argparse.Namespace) -> list[pages.PageRow]:
    growing: list[pages.PageRow] = []
    with server(dialect) as maker:
        if {"pages", "saves"} & set(asked.only):
            sites = [_made(maker, dialect, size) for size in asked.sizes]
            if "pages" in asked.only:
                growing = _pages(dialect, sites, asked.requests)
            if "saves" in asked.only:
                _saves(dialect, sites)
        if "plans" in asked.only:
            _plans(dialect, maker, asked.sizes)
    return growing


def _made(maker: Maker, dialect: str, size: int) -> Site:
    began = time.perf_counter()
    site = maker.site(f"round_{size}", size)
    print(f"{dialect}: {size:,} portfolios made and checked in {time.perf_counter() - began:.0f} s", flush=True)
    return site


def _pages(dialect: str, sites: Sequence[Site], requests: int) -> list[pages.PageRow]:
    heads = "".join(f" {f'SQL {s.size:,}':>11} {'p50 ms':>7} {'p95 ms':>7}" for s in sites)
    print(f"\n{f'Pages, {dialect}':<36}{heads} {'ratio':>6}")
    growing = []
    for row in pages.measure(sites, requests):
        cells = "".join(f" {m.statements:>11} {m.at(0.5):>7.1f} {m.at(0.95):>7.1f}" for m in row.sizes)
        print(f"{row.page.name:<36}{cells} {row.ratio:>6.2f}{' !' if row.grows else ''}", flush=True)
        growing += [row] if row.grows else []
    return growing


def _saves(dialect: str, sites: Sequence[Site]) -> None:
    print(f"\n{f'Saves a second, {dialect}':<36} {'request':>8} {'service':>8} {'bare':>8}  request/bare service/bare")
    for row in map(saves.measure, sites):
        rates = f"{row.request:>8.0f} {row.service:>8.0f} {row.bare:>8.0f}"
        print(
            f"{f'{row.size:,} portfolios':<36} {rates}  {row.request / row.bare:>12.2f} {row.service / row.bare:>12.2f}"
        )


def _plans(dialect: str, maker: Maker, sizes: Sequence[int]) -> None:
    print(
        f"\n{f'Plans, {dialect}':<36} {'members':>8} {'pairs':>7} {'short':>6} {'read s':>7} {'solve s':>8} {'MB':>5}"
    )
    for size in sizes:
        site = maker.site(f"plan_{size}", size, plan_only=True)
        row = plans.measure(site.url, site.played.round.key)
        cells = f"{row.members:>8} {row.pairs:>7} {row.missing:>6} {row.read_seconds:>7.2f} {row.solve_seconds:>8.2f}"
        print(f"{f'{row.portfolios:,} portfolios':<36} {cells} {row.peak_mb:>5} (before: {row.before_mb})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
