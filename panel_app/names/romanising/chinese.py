"""Chinese: Pinyin and Wade-Giles, by the readings of pypinyin; both kinds of characters are one, by OpenCC."""

from functools import cache, lru_cache
from itertools import product

from opencc import OpenCC
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "皇甫",
        "东方",
        "慕容",
        "令狐",
        "尉迟",
        "司徒",
        "公孙",
        "夏侯",
        "长孙",
        "宇文",
        "端木",
        "百里",
        "呼延",
        "东郭",
        "南宫",
        "轩辕",
        "钟离",
        "闻人",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "申屠",
        "仲孙",
        "拓跋",
        "独孤",
        "第五",
        "西门",
        "梁丘",
        "左丘",
        "东门",
    ]
)
"""Surnames of two characters: all others are one."""
_READ_AS_SURNAME = dict(
    zip(
        "单曾解仇区查朴盖任乐覃缪冼尉员折黑重翟华燕纪召洗种万教",
        [
            "shan",
            "zeng",
            "xie",
            "qiu",
            "ou",
            "zha",
            "piao",
            "ge",
            "ren",
            "yue",
            "qin",
            "miao",
            "xian",
            "wei",
            "yun",
            "she",
            "he",
            "chong",
            "zhai",
            "hua",
            "yan",
            "ji",
            "shao",
            "xian",
            "chong",
            "wan",
            "jiao",
        ],
        strict=True,
    )
)
"""Characters that are read in another way where they are surnames."""
_LONGEST = 3


def is_written(word: str) -> bool:
    """Say whether a word has Chinese characters."""
    return any("㐀" <= letter <= "鿿" or "𠀀" <= letter <= "𲎯" for letter in word)


@lru_cache(maxsize=16384)
def simplified(word: str) -> str:
    """Return the word in simplified characters."""
    return str(_converter().convert(word))


def split(word: str) -> tuple[str, str]:
    """Return surname and given name of a whole name in characters; a single character is a surname."""
    length = 2 if word[:2] in COMPOUND_SURNAMES and len(word) > 2 else 1
    return word[:length], word[length:]


@lru_cache(maxsize=65536)
def spellings(word: str, *, surname: bool = False) -> frozenset[str]:
    """Return the word by Pinyin, without tones; ü is written u, v, yu or ue."""
    if surname and word in _READ_AS_SURNAME:
        return frozenset({_READ_AS_SURNAME[word]})
    readings = [sorted(set(each))[:3] for each in pinyin(word, style=Style.NORMAL, heteronym=len(word) < _LONGEST)]
    found = {"".join(one) for one in product(*readings)}
    return frozenset(spelt for one in found for spelt in (one, one.replace("ü", "u"), one.replace("v", "u")))


@lru_cache(maxsize=65536)
def folds(latin: str) -> frozenset[str]:
    """Return the Pinyin that a Latin word may stand for, read as Pinyin or as Wade-Giles; empty if it is neither."""
    found = {"".join(parts) for parts in _parts(latin, _pinyin_syllables())}
    return frozenset(found | {"".join(parts) for parts in _parts(latin, _wade_giles())})


@cache
def compound_surnames() -> frozenset[str]:
    """Surnames of two characters by Pinyin."""
    return frozenset(spelt for surname in COMPOUND_SURNAMES for spelt in spellings(surname))


def looks(latin: str) -> bool:
    """Say whether a Latin word is made of syllables of Chinese."""
    return bool(folds(latin))


def _parts(latin: str, syllables: dict[str, frozenset[str]], depth: int = _LONGEST) -> list[tuple[str, ...]]:
    """Every way to cut a word into at most three syllables, in Pinyin."""
    if not latin:
        return [()]
    if not depth:
        return []
    return [
        (meant, *rest)
        for end in range(1, min(len(latin), 6) + 1)
        for meant in sorted(syllables.get(latin[:end], ()))
        for rest in _parts(latin[end:], syllables, depth - 1)
    ]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _pinyin_syllables() -> dict[str, frozenset[str]]:
    return {one: frozenset({one}) for one in _by_characters()}


@cache
def _wade_giles() -> dict[str, frozenset[str]]:
    """Wade-Giles syllables, without apostrophes and accents, and what they may mean in Pinyin."""
    found: dict[str, set[str]] = {}
    for one in _by_characters():
        for spelt in _in_wade_giles(one):
            found.setdefault(spelt, set()).add(one)
    return {spelt: frozenset(meant) for spelt, meant in found.items()}


@cache
def _by_characters() -> frozenset[str]:
    """Every syllable of Pinyin, from the readings of the common characters."""
    readings = {each for code in PINYIN_DICT if 0x4E00 <= code < 0x9FA6 for each in _toneless(PINYIN_DICT[code])}
    return frozenset(one for one in readings if one.isascii() and one.isalpha() and any(v in one for v in "aeiou"))


def _toneless(marked: str) -> set[str]:
    return {one.translate(_TONES) for one in marked.split(",")}


_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm".replace("v", "u"))
_ENDS = (("ong", "ung"), ("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"))
_STARTS = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k"),
    ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
)  # fmt: skip


def _in_wade_giles(one: str) -> set[str]:
    """Spell a syllable of Pinyin in Wade-Giles, without apostrophes and accents; some have two spellings."""
    if one in _WHOLE:
        return set(_WHOLE[one])
    start, new = next(((old, new) for old, new in _STARTS if one.startswith(old)), ("", ""))
    rest = one[len(start) :]
    for old, spelt in _ENDS:
        if rest == old or (not start and one.endswith(old)):
            rest = rest[: -len(old)] + spelt
            break
    return {new + rest}


_WHOLE: dict[str, tuple[str, ...]] = {
    "zhi": ("chih",), "chi": ("chih",), "shi": ("shih",), "ri": ("jih",), "zi": ("tzu",), "ci": ("tzu",),
    "si": ("ssu", "szu"), "ge": ("ko", "ke"), "ke": ("ko", "ke"), "he": ("ho", "he"), "e": ("o", "e"),
    "duo": ("to", "tuo"), "tuo": ("to", "tuo"), "nuo": ("no",), "luo": ("lo",), "zuo": ("tso",), "cuo": ("tso",),
    "suo": ("so",), "zhuo": ("cho",), "chuo": ("cho",), "ruo": ("jo",), "gui": ("kuei",), "kui": ("kuei",),
    "you": ("yu",), "yan": ("yen",), "ye": ("yeh",), "yi": ("i", "yi"),
}  # fmt: skip
