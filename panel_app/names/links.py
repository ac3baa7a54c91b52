"""Links and identifiers: what they point to, whose it is, and which of them say nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from panel_app.names.addresses import ascii_domain
from panel_app.names.lists import lines_of

_ORCID = re.compile(r"\b(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])\b")
_DOI = re.compile(r"\b(10\.\d{4,9}/\S+)", re.IGNORECASE)
_GIT = re.compile(r"^(?:ssh://)?(?:git|hg)@([\w.-]+)(?::\d+)?[:/](.+)$", re.IGNORECASE)
_ARXIV = re.compile(r"^(?:arxiv:|.*arxiv\.org/(?:abs|pdf|html)/)([\w.-]+/?\d+(?:\.\d+)?)", re.IGNORECASE)
FORGES = lines_of("forges")
"""Where the first word of a path is an owner, and the second a repository."""
_FORGE_PAGES = lines_of("forge_pages")
_TYPED_REPOSITORIES = {"huggingface.co": ("datasets", "spaces", "models"), "kaggle.com": ("datasets", "code", "models")}
_PROFILES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("linkedin.com", re.compile(r"^/(?:in|pub)/([^/]+)")), ("x.com", re.compile(r"^/(\w{1,15})$")),
    ("twitter.com", re.compile(r"^/(\w{1,15})$")), ("researchgate.net", re.compile(r"^/profile/([^/]+)")),
    ("medium.com", re.compile(r"^/@([^/]+)$")), ("stackoverflow.com", re.compile(r"^/users/(\d+)")),
    ("mastodon.social", re.compile(r"^/@([^/]+)$")), ("openreview.net", re.compile(r"^/profile\?id=(.+)$")),
    ("scholar.google.com", re.compile(r"^/citations\?user=([^&]+)$")),
    ("semanticscholar.org", re.compile(r"^/author/(?:[^/]+/)?(\d+)")),
    ("dblp.org", re.compile(r"^/pid/(.+?)(?:\.html)?$")),
    ("webofscience.com", re.compile(r"^/wos/author/(?:rid|record)/([^/]+)")),
    ("publons.com", re.compile(r"^/(?:researcher|author)/(\d+)")),
    ("scopus.com", re.compile(r"^/authid/detail\.uri\?authorid=(\d+)")),
    ("keybase.io", re.compile(r"^/(\w+)$")), ("bsky.app", re.compile(r"^/profile/([^/]+)$")),
    ("credly.com", re.compile(r"^/users/([^/]+)")), ("speakerdeck.com", re.compile(r"^/([^/]+)$")),
)  # fmt: skip
PLATFORMS = lines_of("platforms")
"""Sites of many: their first page is nobody's."""
_COMMON_PAGES = lines_of("common_pages")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|ref|ref_src|source|hl|lang|locale|feature|si|share|tab|trk|originalsubdomain|view_op|sortby|t|oi)$"
)


class Points(StrEnum):
    """What a link points to: a person's page or identifier, a work, or an owner of works."""

    PERSON = "person"
    WORK = "work"
    OWNER = "owner"


@dataclass(frozen=True)
class Link:
    """A link in its one spelling. `owner` is who owns a repository, where the address says so."""

    points: Points
    key: str
    owner: str = ""

    @property
    def is_orcid(self) -> bool:
        """Say whether it is an ORCID iD: two of them are two people."""
        return self.points is Points.PERSON and self.key.startswith("orcid:")


@lru_cache(maxsize=65536)
def link_of(text: str) -> Link | None:
    """Read a link or identifier as written; None for what says nothing: a platform's root, a common page, no link."""
    text = text.strip().strip("<>").rstrip(".,;")
    if not text:
        return None
    return _identifier(text) or _address(text)


def _identifier(text: str) -> Link | None:
    small = text.lower()
    if (found := _ORCID.search(text)) and (found.group() == text or "orcid" in small):
        return Link(Points.PERSON, "orcid:" + "-".join(found.groups()).upper())
    if found := _ARXIV.match(text):
        return Link(Points.WORK, "arxiv:" + re.sub(r"v\d+$", "", found.group(1).lower()))
    if (found := _DOI.search(unquote(text))) and (found.start() == 0 or "doi" in small):
        return Link(Points.WORK, "doi:" + found.group(1).lower().partition("?")[0].partition("#")[0].rstrip("/."))
    if found := _GIT.match(text):
        return _of_site(ascii_domain(found.group(1)), "/" + found.group(2), "")
    return None


def _address(text: str) -> Link | None:
    text = re.sub(r"^git\+", "", text, flags=re.IGNORECASE)
    text = text if re.match(r"^[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) else f"https://{text.removeprefix('//')}"
    try:
        parts = urlsplit(text)
        host = ascii_domain(parts.hostname or "")
    except ValueError:
        return None
    host = re.sub(r"^(?:www\d?|m|mobile)\.(?=.*\.)", "", host)
    if "." not in host or " " in host:
        return None
    return _of_site(host, unquote(parts.path), parts.query)


def _of_site(host: str, path: str, query: str) -> Link | None:
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    host, path = _one_host(host, path)
    asked = sorted((k, v) for k, v in parse_qsl(query) if not _TRACKING.match(k.lower()) and v)
    whole = path + ("?" + "&".join(f"{k}={v}" for k, v in asked) if asked else "")
    for site, shape in _PROFILES:
        if host == site and (found := shape.match(_small_names(whole))) and found.group(1).lower() not in _COMMON_PAGES:
            return Link(Points.PERSON, f"{site}:{_same_case(site, found.group(1))}")
    if host in FORGES or host.startswith(("gitlab.", "git.", "github.")):
        return _of_forge(host, path)
    words = [word for word in path.lower().split("/") if word]
    if not asked and (all(word in _COMMON_PAGES for word in words) and (words or host in PLATFORMS)):
        return None
    return Link(Points.WORK, host + (re.sub(r"/index\.(?:html?|php)$", "", path)) + whole[len(path) :])


def _one_host(host: str, path: str) -> tuple[str, str]:
    if re.match(r"^[a-z]{2}\.linkedin\.com$", host):
        return "linkedin.com", path
    if re.match(r"^scholar\.google\.[a-z.]+$", host):
        return "scholar.google.com", path
    if host == "youtu.be" and path:
        return "youtube.com", f"/watch?v={path[1:]}"
    return {"twitter.com": "x.com", "raw.githubusercontent.com": "github.com", "old.reddit.com": "reddit.com"}.get(
        host, host
    ), path


def _small_names(whole: str) -> str:
    path, mark, query = whole.partition("?")
    if not mark:
        return path
    return (
        path
        + mark
        + "&".join(part.partition("=")[0].lower() + "=" + part.partition("=")[2] for part in query.split("&"))
    )


def _same_case(site: str, name: str) -> str:
    return name if site in ("scholar.google.com",) else name.lower()


def _of_forge(host: str, path: str) -> Link | None:
    words = [word.lower() for word in path.split("/") if word]
    kinds = _TYPED_REPOSITORIES.get(host, ())
    if words and words[0] in kinds and len(words) > 2:
        owner = f"{host}/{words[1]}"
        return Link(Points.WORK, f"{host}/{words[0]}/{words[1]}/{words[2]}", owner)
    words = words[1:] if words and words[0] in ("orgs", "users", "u") and len(words) > 1 else words
    if not words or words[0] in _FORGE_PAGES:
        return None
    owner = f"{host}/{words[0].lstrip('~')}"
    if (
        len(words) == 1
        or words[1] in ("-", "repositories", "projects")
        or (len(words) == 2 and words[1] in ("followers", "following", "stars"))
    ):
        return Link(Points.OWNER, owner, owner)
    end = next((place for place, word in enumerate(words) if word in ("-", "tree", "blob") and place > 1), len(words))
    name = words[1:end] if "gitlab" in host else words[1:2]
    return Link(Points.WORK, f"{owner}/{'/'.join(name).removesuffix('.git')}", owner)
