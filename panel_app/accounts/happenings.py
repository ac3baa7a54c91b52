"""What happens to accounts."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class SignedIn(Happening):
    """A person signed in."""

    tag: ClassVar[str] = "accounts:sign-in:begun"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SignInRefused(Happening):
    """Someone tried to sign in with a wrong password, or to an account that isn't there."""

    tag: ClassVar[str] = "accounts:sign-in:refused"
    person_id: int | None


@happening
@dataclass(frozen=True, kw_only=True)
class SignInConfirmed(Happening):
    """A person who had signed in gave password and code again, before a weighty act."""

    tag: ClassVar[str] = "accounts:sign-in:confirmed"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SignedOut(Happening):
    """A person signed out, or ended one of their sign-ins."""

    tag: ClassVar[str] = "accounts:sign-in:ended"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class PersonAdded(Happening):
    """A person was added: by signing up, by an invitation or on the command line."""

    tag: ClassVar[str] = "accounts:person:added"
    person_id: int
    how: str


@happening
@dataclass(frozen=True, kw_only=True)
class LinkSent(Happening):
    """A one-time link was sent to a person's address."""

    tag: ClassVar[str] = "accounts:link:sent"
    person_id: int
    purpose: str


@happening
@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(Happening):
    """A person showed that the address is theirs; the account is open."""

    tag: ClassVar[str] = "accounts:address:confirmed"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Happening):
    """A person's password was changed; other sign-ins and open links ended."""

    tag: ClassVar[str] = "accounts:password:changed"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Happening):
    """A person changed their name, form of address, time zone or language."""

    tag: ClassVar[str] = "accounts:profile:changed"
    person_id: int
    fields: tuple[str, ...]


@happening
@dataclass(frozen=True, kw_only=True)
class RoleGranted(Happening):
    """A role was granted to a person."""

    tag: ClassVar[str] = "accounts:role:granted"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    person_id: int
    role: str
    round_id: int | None
    reason: str = ""


@happening
@dataclass(frozen=True, kw_only=True)
class RoleWithdrawn(Happening):
    """A role was withdrawn from a person."""

    tag: ClassVar[str] = "accounts:role:withdrawn"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    person_id: int
    role: str
    round_id: int | None
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class PersonDeactivated(Happening):
    """An account was deactivated; its sign-ins ended."""

    tag: ClassVar[str] = "accounts:person:deactivated"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    person_id: int
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class PersonReactivated(Happening):
    """A deactivated account was opened again."""

    tag: ClassVar[str] = "accounts:person:reactivated"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    person_id: int
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class PersonErased(Happening):
    """A person's name and address were erased; what they did stays under a neutral label."""

    tag: ClassVar[str] = "accounts:person:erased"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    person_id: int
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class AddressRefused(Happening):
    """The mail server refused a person's address for good; no more mail goes there."""

    tag: ClassVar[str] = "accounts:address:refused"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class AddressTriedAgain(Happening):
    """Someone said that a refused address works now; mail goes there again."""

    tag: ClassVar[str] = "accounts:address:tried-again"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SecondFactorSet(Happening):
    """A person set up codes from a device as a second factor."""

    tag: ClassVar[str] = "accounts:second-factor:set"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Happening):
    """A person's second factor was removed; they set up a new one at their next sign-in."""

    tag: ClassVar[str] = "accounts:second-factor:removed"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class AddressChangeAsked(Happening):
    """A person asked for another address; a link went to it, and a notice to the present one."""

    tag: ClassVar[str] = "accounts:address:asked"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class AddressChanged(Happening):
    """A person's address was changed; other sign-ins and open links ended. Conflicts are looked for anew."""

    tag: ClassVar[str] = "accounts:address:changed"
    private: ClassVar[frozenset[str]] = frozenset({"before", "after"})
    person_id: int
    before: str
    after: str


@happening
@dataclass(frozen=True, kw_only=True)
class AddressChangeStopped(Happening):
    """A change of address was stopped from the old address: all sign-ins, open links and the password ended."""

    tag: ClassVar[str] = "accounts:address:stopped"
    person_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class AddressChangeGivenUp(Happening):
    """A person took back the address that they had asked for."""

    tag: ClassVar[str] = "accounts:address:given-up"
    person_id: int
