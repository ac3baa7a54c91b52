"""Write panel_app/names/data/common_*.txt: spellings of common names, from public lists. Not part of the suite.

Run it with the two packages that hold the lists:
`uv run --with names==0.3.0 --with faker==40.63.0 --with anyascii python -m scripts.name_lists`.
"""

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

from anyascii import anyascii

FOLDER = Path(__file__).parent.parent / "panel_app" / "names" / "data"
CENSUS_SURNAMES = 1000
"""So many of the most frequent surnames of the census of 1990 are common: the last is borne by one in 8,000."""
CENSUS_GIVEN = 1000
OF_A_LANGUAGE = 20
"""So many of the most frequent surnames of each list that is weighted or ordered by frequency."""
OF_EAST_ASIA = 100
"""There few surnames are shared by nearly all."""
OF_MIXED_LISTS = 7500
"""A name of an alphabetical list of South Asia, Arabia or East Africa is common from this rank of the census."""
OF_EUROPE = 2000
ORDERED = ("da_DK", "fr_FR", "fr_CA", "ru_RU", "ja_JP", "vi_VN", "sl_SI", "ko_KR", "no_NO", "lt_LT")
EAST_ASIA = ("ja_JP", "ko_KR", "vi_VN", "zh_CN", "zh_TW")
WHOLE = ("pt_BR", "pt_PT")
MIXED = ("hi_IN", "en_IN", "ne_NP", "mr_IN", "en_PK", "fr_DZ", "bn_BD", "en_KE", "ha_NG", "fa_IR", "ar_AA", "id_ID")
EUROPE = ("it_IT", "es_ES", "es_MX", "de_DE", "nl_NL", "tr_TR", "ro_RO", "cs_CZ", "hr_HR", "el_GR", "sv_SE")
FEW_LISTS = {"ar", "hi", "ja", "ko", "ru", "vi", "zh"}
"""Languages that are alone with their names."""
_LETTERS = re.compile(r"[^a-z]")


def plain(name: str) -> str:
    """Spell a name in small Latin letters only."""
    return _LETTERS.sub("", anyascii(name).lower())


def census(kind: str) -> list[str]:
    """Names of the census, the most frequent first."""
    names = importlib.import_module("names")
    text = Path(names.__file__ or "").with_name(f"dist.{kind}").read_text(encoding="ascii")
    return [line.split()[0].lower() for line in text.splitlines()]


def providers() -> Iterator[tuple[str, type[object]]]:
    """Each language's lists."""
    package: ModuleType = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        yield module.name, importlib.import_module(f"{package.__name__}.{module.name}").Provider


def by_weight(names: Iterable[str]) -> list[str]:
    """Names in order of weight, where there is one."""
    if isinstance(names, Mapping):
        return sorted(names, key=lambda name: -names[name])
    return list(names)


def surnames() -> set[str]:
    """Surnames that say little about who bears them."""
    ranked = census("all.last")
    rank = {name: place for place, name in enumerate(ranked)}
    found = set(ranked[:CENSUS_SURNAMES])
    for locale, provider in providers():
        for attribute in ("last_names_male", "last_names", "last_romanized_names"):
            given_list = getattr(provider, attribute, ())
            names = by_weight(given_list)
            if isinstance(given_list, Mapping) or locale in ORDERED:
                found |= {plain(name) for name in names[: OF_EAST_ASIA if locale in EAST_ASIA else OF_A_LANGUAGE]}
            elif locale in WHOLE:
                found |= {plain(name) for name in names}
            elif locale in MIXED or locale in EUROPE:
                limit = OF_MIXED_LISTS if locale in MIXED else OF_EUROPE
                found |= {plain(name) for name in names if rank.get(plain(name), limit) < limit}
    return {name for name in found if len(name) > 1}


def listed(provider: type[object], prefixes: tuple[str, ...]) -> Iterator[str]:
    """Names in all lists of a language whose attribute begins so."""
    for attribute in dir(provider):
        names = getattr(provider, attribute)
        if attribute.startswith(prefixes) and isinstance(names, Collection):
            yield from (name for name in names if isinstance(name, str))


def given() -> set[str]:
    """Given names that many people bear."""
    found = set(census("male.first")[:CENSUS_GIVEN]) | set(census("female.first")[:CENSUS_GIVEN])
    languages: dict[str, set[str]] = defaultdict(set)
    for locale, provider in providers():
        for name in listed(provider, ("first_",)):
            for part in (name, *name.split()):
                languages[plain(part)].add(locale[:2])
    found |= {name for name, borne in languages.items() if len(borne) > 1 or borne & FEW_LISTS}
    return {name for name in found if len(name) > 1}


def native(locales: tuple[str, ...]) -> set[str]:
    """Names of some languages in their own letters."""
    spelt = (
        name
        for locale, provider in providers()
        if locale.startswith(locales)
        for name in listed(provider, ("first_", "last_"))
    )
    return {part for name in spelt for part in name.split() if len(part) > 1}


def main() -> None:
    """Write the lists."""
    lists = {
        "common_surnames": surnames(),
        "common_given": given(),
        "arabic": native(("ar_", "fa_")),
        "indic": {plain(name) for name in native(("en_IN",))} | native(("hi_", "mr_", "ne_")),
    }
    for name, words in lists.items():
        (FOLDER / f"{name}.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
