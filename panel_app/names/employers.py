"""Organisations and vendors: the keys at which two spellings of one meet. Similar is not the same."""

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii
from babel import Locale
from cleanco import termdata

from panel_app.names.lists import lines_of

NOBODY = lines_of("no_organisation")
"""What people write where they work for nobody. Compared after case, accents and punctuation are gone."""
_MORE_FORMS = lines_of("legal_forms")
_LEADING_FORMS = frozenset({"ooo", "oao", "zao", "pao", "ao", "pt", "ab", "sarl", "sas", "ug", "oy"})
_KEPT = frozenset(
    {
        "group",
        "holding",
        "holdings",
        "trust",
        "foundation",
        "university",
        "bank",
        "international",
        "associates",
        "services",
    }
)
_SHORT_FORMS = dict(line.split() for line in lines_of("short_words"))
"""How longer words of organisations are shortened, or spelt elsewhere."""
_AND = re.compile(r"\s*[&+]\s*|\b(?:und|et)\b")
_NATIVE_FORMS = re.compile(
    "股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|주식회사|유한회사|[(（]株[)）]|㈱|شركة |公司$"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SCHOOL = (
    r"universit\w*|universidad\w*|univ|uni|college|hochschule|politecnico|polytechnic\w*|institut\w* of technology|eth|"
    r"academy"
)
_DEPARTMENT = (
    r"departments?|dept|faculty|faculties|schools?|institutes?|instituts?|institut|centers?|centres?|laboratory|"
    r"laboratories|lab|labs|division|chair|college|library|fakultat|lehrstuhl|abteilung|departement|departamento|"
    r"facultad|faculdade|facolta|dipartimento|faculte|ecole|research group|group|unit|clinic|hospital|business school|"
    r"law school|medical school|graduate school|office|section"
)
_NAMED_AFTER = r"(?:university of|universitat|universite|universidad|universita|universidade)"
_IS_SCHOOL = re.compile(rf"\b(?:{_SCHOOL})\b")
_IS_UNIVERSITY = re.compile(r"\b(?:universit\w*|universidad\w*|univ|uni|institut\w* of technology|hochschule|eth)\b")
_OF_OWN = re.compile(
    r"(?:freelancer?|self ?employed|independent)"
    r"(?: (?:consultant|developer|designer|writer|engineer|researcher|translator|contractor|artist|photographer|"
    r"journalist|trainer|professional|software engineer|data scientist|person|worker))?"
)
_STARTS_AS_DEPARTMENT = re.compile(rf"^(?:the )?(?:\w+ ){{0,4}}?(?:{_DEPARTMENT})\b")
_DEPARTMENT_BEFORE = re.compile(rf"^(?:{_DEPARTMENT}) (?:of|for|fur|de|di|d) .*?(?=\b(?:the )?{_NAMED_AFTER}\b)")
_DEPARTMENT_AFTER = re.compile(rf"\b((?:{_SCHOOL})(?: of \w+)?(?: \w+)?) (?:{_DEPARTMENT}) (?:of|for) .*$")
_SEGMENTS = re.compile(r"\s*[,;/]\s*|\s+[-–—]\s+|\s*:\s+")


@lru_cache(maxsize=65536)
def organisation_keys(text: str) -> frozenset[str]:
    """Return the keys of an organisation as written; two are one if they share a key. None for "freelance", "n/a".

    `A|B` lists several; "Full Name (ABC)" also gives ABC; legal form, case, punctuation, "the" and "&" say nothing;
    a department of a university is the university.
    """
    return frozenset(key for part in text.split("|") for key in _keys_of_one(part))


def is_organisation(text: str) -> bool:
    """Say whether a text names any organisation."""
    return bool(organisation_keys(text))


def same_employer(a: str, b: str) -> bool:
    """Say whether two texts name one organisation. Symmetric."""
    return bool(organisation_keys(a) & organisation_keys(b))


def _keys_of_one(text: str) -> set[str]:
    text = unicodedata.normalize("NFKC", text).strip()
    text = _NATIVE_FORMS.sub(" ", text).strip() or text
    if _words(text) in NOBODY or _OF_OWN.fullmatch(_words(text)) or not _words(text):
        return set()
    found = set()
    outside = _BRACKETS.sub(" ", text).strip()
    for inside in _BRACKETS.findall(text):
        if _is_alias(inside.strip(), outside):
            found.add(_key(inside))
    name = outside if _words(outside) else text
    key = _key(_whole_school(name))
    return {one for one in (*found, key) if one}


def _is_alias(inside: str, outside: str) -> bool:
    """Tell a short name in brackets (ABC) from a place or a legal form: letters of the name, in their order."""
    plain = _words(inside).replace(" ", "")
    if not plain or inside.lower() in _places() or plain in _forms() or not (2 <= len(plain) <= 12):
        return False
    if " " in inside.strip() and not inside.isupper():
        return False
    words = _words(outside).split()
    is_initials = plain == "".join(word[0] for word in words) or plain == "".join(
        word[0] for word in words if word not in ("of", "for", "the", "and", "de", "fur", "und", "la")
    )
    return is_initials or (len(plain) > 2 and sum(letter.isupper() for letter in inside) > 1)


def _whole_school(text: str) -> str:
    """Leave out which department of a university is meant."""
    parts = [part for part in _SEGMENTS.split(text) if part.strip()]
    plain = [_words(part) for part in parts]
    schools = [place for place, part in enumerate(plain) if _IS_SCHOOL.search(part) and not _is_part(part)]
    if not schools:
        return text
    first = next((place for place in schools if _IS_UNIVERSITY.search(plain[place])), schools[0])
    kept = [
        _without_department(part)
        for place, part in enumerate(plain)
        if place == first or (place > first and not _STARTS_AS_DEPARTMENT.search(part))
    ]
    if plain[first] in ("university of", "the university of", "univ of") and first:
        kept = [plain[first - 1], *kept]
    if len(kept) == 2 and kept[1] in ("university of", "the university of", "univ of"):
        kept = [f"university of {kept[0]}"]
    return " ".join(kept)


def _is_part(plain: str) -> bool:
    """Say whether a segment is a school only by being a part of one: "College of Law", "Business School"."""
    return bool(re.match(rf"^(?:{_DEPARTMENT}) (?:of|for)\b", plain)) and not re.search(
        r"\b(?:universit\w*|universidad\w*|univ|institute of technology|hochschule|eth)\b", plain
    )


def _without_department(plain: str) -> str:
    plain = _DEPARTMENT_BEFORE.sub("", plain)
    if _IS_UNIVERSITY.search(plain):
        plain = re.sub(r" (?:(?:medical|law|business|graduate|engineering) school|school|faculty)$", "", plain)
    return _DEPARTMENT_AFTER.sub(r"\1", plain)


def _words(text: str) -> str:
    """Small Latin letters and digits with single spaces."""
    small = anyascii(unicodedata.normalize("NFKC", text).translate(_UMLAUTS)).lower()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"[.'`’]", "", small) if "." not in small else _dotless(small)).strip()


def _dotless(small: str) -> str:
    """S.A. and SA are one; a dot between longer words (acme.com) parts them."""
    small = re.sub(r"['`’]", "", small)
    small = re.sub(r"\b([a-z])\.(?=\s?[a-z]\b)", r"\1", re.sub(r"\b([a-z])\.\s(?=[a-z]\.)", r"\1.", small))
    return re.sub(r"\.(?=\s|$|,)", " ", small)


_UMLAUTS = str.maketrans({"ß": "ss"})


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    plain = _words(_AND.sub(" and ", text.lower()))
    words = [_SHORT_FORMS.get(word, word) for word in plain.split()]
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    words = _without_forms(words)
    return "".join(words)


def _without_forms(words: list[str]) -> list[str]:
    """Take legal forms from the end, again and again, and a few from the front; never the whole name."""
    going = True
    while going:
        going = False
        for size in range(min(5, len(words) - 1), 0, -1):
            if " ".join(words[-size:]) in _forms() and len(words) > size:
                words, going = words[:-size], True
                break
        if len(words) > 1 and words[-1] == "and":
            words, going = words[:-1], True
    return words[1:] if len(words) > 1 and words[0] in _LEADING_FORMS else words


@cache
def _forms() -> frozenset[str]:
    """Legal forms, as plain words: those that cleanco knows, and some more."""
    listed = {
        form for forms in (*termdata.terms_by_type.values(), *termdata.terms_by_country.values()) for form in forms
    }
    plain = {_words(form) for form in (*listed, *_MORE_FORMS)}
    return frozenset(form for form in plain if form and form not in _KEPT)


@cache
def _places() -> frozenset[str]:
    """Countries and their codes: a place in brackets is no other name of the organisation."""
    names = Locale("en").territories
    codes = {str(code).lower() for code in names if str(code).isalpha()}
    return frozenset(
        {str(name).lower() for name in names.values()}
        | codes
        | {"uk", "usa", "u.s.", "u.s.a.", "uae", "eu", "emea", "apac", "latam"}
    )
