"""E-mail addresses: which are one mailbox, and which domain says where somebody works."""

from functools import lru_cache

import idna

from panel_app.names.domains import is_free_mail, registered_domain
from panel_app.names.lists import words_of

_GOOGLE = frozenset({"gmail.com", "googlemail.com"})


@lru_cache(maxsize=65536)
def normal_address(text: str) -> str:
    """Return the one spelling of a mailbox, or nothing for a text that is no address.

    Case says nothing; what follows a plus is dropped; dots are dropped for Gmail alone, whose two domains are one; an
    international domain comes in its ASCII form.
    """
    address = text.strip().strip("<>").removeprefix("mailto:").lower()
    name, at, domain = address.rpartition("@")
    if not (at and name and domain):
        return ""
    name, domain = name.partition("+")[0] or name, ascii_domain(domain)
    if domain in _GOOGLE:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def ascii_domain(domain: str) -> str:
    """Return a domain in small letters, international ones as punycode; as it is where no host can have that name."""
    domain = domain.strip().strip(".").lower()
    try:
        return idna.encode(domain, uts46=True).decode("ascii") if not domain.isascii() else domain
    except idna.IDNAError:
        return domain


@lru_cache(maxsize=65536)
def work_domain(address: str) -> str:
    """Return the registrable domain of a work address, or nothing: free mail and providers' mail say nothing."""
    normal = normal_address(address)
    domain = normal.rpartition("@")[2]
    if not domain or is_free_mail(normal) or _is_providers(domain):
        return ""
    return registered_domain(domain) or ""


def _is_providers(domain: str) -> bool:
    parts = domain.split(".")
    return any(".".join(parts[place:]) in words_of("provider_mail") for place in range(len(parts) - 1))
