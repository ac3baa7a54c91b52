"""Pure rules of accounts: how addresses are compared, which passwords are taken, where an account can stand."""

from collections.abc import Collection
from enum import StrEnum
from unicodedata import normalize

from panel_app.foundation.states import Doing, Party, Standing, States, Tone
from panel_app.foundation.words import N_, Sentence, sentence

# ASVS 5.0, 6.2.1 (at least 8) and 6.2.9 (64 and more are taken); the upper end only bounds the work of hashing.
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1000
SHORTEST_PART = 3


class PersonState(StrEnum):
    """Where an account stands."""

    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    ERASED = "erased"


class PersonAct(StrEnum):
    """What is done to an account as a whole."""

    CONFIRM = "confirm"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    ERASE = "erase"


class TokenPurpose(StrEnum):
    """What a one-time link is for."""

    CONFIRM = "confirm"
    RESET = "reset"
    INVITE = "invite"


PERSON = States(
    "account",
    start=PersonState.INVITED,
    states={
        PersonState.INVITED: Standing(N_("Invited"), Tone.WAIT),
        PersonState.ACTIVE: Standing(N_("Active"), Tone.GOOD),
        PersonState.DEACTIVATED: Standing(N_("Deactivated"), Tone.BAD),
        PersonState.ERASED: Standing(N_("Erased"), Tone.NOTE),
    },
    acts={
        PersonAct.CONFIRM: Doing(N_("Confirm the address"), done=N_("Your account is open.")),
        PersonAct.DEACTIVATE: Doing(N_("Deactivate"), Tone.BAD, Party.SYSTEM, True, N_("The account is deactivated.")),
        PersonAct.REACTIVATE: Doing(N_("Open again"), Tone.GOOD, Party.SYSTEM, True, N_("The account is open again.")),
        PersonAct.ERASE: Doing(N_("Erase"), Tone.BAD, Party.SYSTEM, True, N_("Name and address are erased.")),
    },
    moves={
        (PersonState.INVITED, PersonAct.CONFIRM): PersonState.ACTIVE,
        (PersonState.ACTIVE, PersonAct.DEACTIVATE): PersonState.DEACTIVATED,
        (PersonState.DEACTIVATED, PersonAct.REACTIVATE): PersonState.ACTIVE,
        (PersonState.INVITED, PersonAct.ERASE): PersonState.ERASED,
        (PersonState.ACTIVE, PersonAct.ERASE): PersonState.ERASED,
        (PersonState.DEACTIVATED, PersonAct.ERASE): PersonState.ERASED,
    },
)


def normalised(address: str) -> str:
    """The form by which an address is compared everywhere: without outer spaces, without case; a plus part stays.

    Lower case and not case folding: ß and ss are two letters, and two mailboxes.
    """
    return normalize("NFC", address.strip().lower())


def password_refusal(password: str, common: Collection[str], own_words: Collection[str]) -> Sentence | None:
    """Why a password isn't taken, or None. Any signs are; there is no rule on their kinds (ASVS 5.0, 6.2).

    `common` holds well-known passwords in lower case; `own_words` the words of product, institute and person.
    """
    if len(password) < SHORTEST_PASSWORD:
        return sentence(N_("Use at least %(least)s letters, digits or signs."), least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return sentence(N_("Use at most %(most)s letters, digits or signs."), most=LONGEST_PASSWORD)
    plain = password.casefold()
    if plain in common or len(set(plain)) < 3:
        return sentence(N_("Many people use this password, so it is tried first. Choose another."))
    if is_made_of(without_trimmings(plain), {without_trimmings(word.casefold()) for word in own_words}):
        return sentence(N_("This is a name that others can guess. Choose a password without it."))
    return None


def is_made_of(text: str, words: Collection[str]) -> bool:
    """Whether a text is one of the words, or several of at least SHORTEST_PART letters in a row (`panelpanel`)."""
    if text in words:
        return True
    parts = [word for word in words if len(word) >= SHORTEST_PART]
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {start + len(part) for part in parts if text.startswith(part, start)}
    return len(text) in reached and bool(text)


def without_trimmings(word: str) -> str:
    """A word without digits and signs, so that `panel2027!` is seen to be `panel`; the whole where nothing is left."""
    return "".join(sign for sign in word if sign.isalpha()) or word


_BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> tuple[str, str]:
    """Browser and system that a User-Agent header names, each empty when it names none that we know."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    return browser, next((name for mark, name in _SYSTEMS if mark in agent), "")
