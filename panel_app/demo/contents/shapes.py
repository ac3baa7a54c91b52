"""The shapes of the demo round's data: frozen, plain, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from panel_app.demo.papers import Paper, make

EvidenceKind = Literal["pdf", "docx", "png", "jpg", "md", "txt", "link"]
PortfolioKind = Literal[
    "strong", "middling", "weak", "borderline", "thin", "missing_domain",
    "released_pass", "released_refer", "released_fail",
]  # fmt: skip
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
    "md": "text/markdown",
    "txt": "text/plain",
}


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo: name, address under example.org, organisation."""

    name: str
    email: str
    organisation: str


@dataclass(frozen=True)
class DemoEvidence:
    """One piece of evidence: what it shows in a sentence, and to which criteria and domains it is mapped."""

    kind: EvidenceKind
    name: str
    """The file's original name, or the link's title."""
    what: str
    shows: tuple[str, ...]
    touches: tuple[str, ...]
    paper: Paper | None
    url: str | None

    @property
    def media_type(self) -> str | None:
        """The file's type; none for a link."""
        return MEDIA_TYPES.get(self.kind)

    def file(self) -> bytes | None:
        """The bytes of the file, made now; none for a link."""
        return None if self.paper is None else make(self.paper)


@dataclass(frozen=True)
class DemoPortfolio:
    """A portfolio with its candidate, and the levels (1 to 4 by criterion) that it was written to reach."""

    key: str
    round: Literal["current", "earlier"]
    kind: PortfolioKind
    candidate: DemoPerson
    sections: Mapping[str, str]
    """Text by section id of the programme, in the programme's order."""
    evidence: tuple[DemoEvidence, ...]
    truth: Mapping[str, int]


@dataclass(frozen=True)
class Declaration:
    """An interest that a member declares: in a person or an organisation of the demo, named as the member would."""

    about: Literal["person", "organisation"]
    name: str
    relation: str
    late: bool = False
    """Made only while the member is already scoring."""


@dataclass(frozen=True)
class DemoMember:
    """A panel member. `away`: spans of days, both inclusive, counted from the day on which scoring opens (day 0)."""

    key: str
    person: DemoPerson
    credential: Literal["CPAP", "CPAA"]
    credential_number: str
    domains: tuple[str, ...]
    capacity: int
    evenings: tuple[str, ...]
    """Days of the week with a free evening: mon … sun."""
    lead: bool = False
    away: tuple[tuple[int, int], ...] = ()
    declarations: tuple[Declaration, ...] = ()


@dataclass(frozen=True)
class DemoStaff:
    """Someone with a role in the round, or an admin of the installation."""

    person: DemoPerson
    role: Literal["coordinator", "moderator", "signer", "admin", "observer"]


@dataclass(frozen=True)
class DemoScore:
    """One criterion of a score sheet: level 1 to 4, why, how sure, and what the candidate is told."""

    level: int
    confidence: Literal["low", "fair", "high"]
    rationale: str
    feedback: str


@dataclass(frozen=True)
class DemoSheet:
    """A written score sheet. `slot` says whose: the first or second assessor's, or a third's."""

    portfolio: str
    slot: Literal["first", "second", "third"]
    scores: Mapping[str, DemoScore]
    note: str
    """To the moderator; may be empty."""


@dataclass(frozen=True)
class DemoModeratedLevel:
    """The level that the moderator sets on one criterion, and why."""

    level: int
    reason: str


@dataclass(frozen=True)
class DemoModeration:
    """A moderator's answer to a case: a reason for the whole, and a level with its reason per changed criterion."""

    portfolio: str
    reason: str
    levels: Mapping[str, DemoModeratedLevel]
