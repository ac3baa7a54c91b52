"""What happens to portfolios, their evidence, copies and assessments. Ids, keys and codes; never a name."""

from dataclasses import dataclass
from typing import ClassVar

from panel_app.foundation.happenings import Happening, happening


@happening
@dataclass(frozen=True, kw_only=True)
class PortfolioStarted(Happening):
    """A candidate started a portfolio in a round."""

    tag: ClassVar[str] = "portfolios:portfolio:started"
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class IdentityChanged(Happening):
    """A candidate's organisation, other names or people named changed: conflicts are found anew."""

    tag: ClassVar[str] = "portfolios:identity:changed"
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class SectionSaved(Happening):
    """A section of a portfolio was saved."""

    tag: ClassVar[str] = "portfolios:section:saved"
    portfolio_id: int
    section: str
    revision: int


@happening
@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Happening):
    """A piece of evidence was added: a file or a link."""

    tag: ClassVar[str] = "portfolios:evidence:added"
    portfolio_id: int
    evidence_id: int
    kind: str
    sha256: str


@happening
@dataclass(frozen=True, kw_only=True)
class EvidenceDescribed(Happening):
    """What a piece of evidence shows, or what it bears on, was changed."""

    tag: ClassVar[str] = "portfolios:evidence:described"
    portfolio_id: int
    evidence_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class EvidenceMoved(Happening):
    """A piece of evidence was moved within its list."""

    tag: ClassVar[str] = "portfolios:evidence:moved"
    portfolio_id: int
    evidence_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class EvidenceRemoved(Happening):
    """A piece of evidence was removed by its candidate."""

    tag: ClassVar[str] = "portfolios:evidence:removed"
    portfolio_id: int
    number: int


@happening
@dataclass(frozen=True, kw_only=True)
class PortfolioSubmitted(Happening):
    """A portfolio was submitted; the receipt is the SHA-256 of everything in it."""

    tag: ClassVar[str] = "portfolios:portfolio:submitted"
    portfolio_id: int
    round_id: int
    submission_id: int
    number: int
    receipt: str


@happening
@dataclass(frozen=True, kw_only=True)
class LateAttemptRefused(Happening):
    """Something was tried after the deadline and refused."""

    tag: ClassVar[str] = "portfolios:late-attempt:refused"
    portfolio_id: int
    act: str
    closed_at: str


@happening
@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(Happening):
    """A coordinator gave one portfolio a later deadline."""

    tag: ClassVar[str] = "portfolios:deadline:extended"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    portfolio_id: int
    round_id: int
    extension_id: int
    closes_at: str
    reason: str


@happening
@dataclass(frozen=True, kw_only=True)
class PortfolioStatusChanged(Happening):
    """A portfolio's status changed."""

    tag: ClassVar[str] = "portfolios:status:changed"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    portfolio_id: int
    act: str
    status: str
    reason: str = ""


@happening
@dataclass(frozen=True, kw_only=True)
class PortfolioWithdrawn(Happening):
    """A portfolio was withdrawn by its candidate."""

    tag: ClassVar[str] = "portfolios:portfolio:withdrawn"
    portfolio_id: int
    round_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class AssessmentStatusChanged(Happening):
    """An assessment's status changed."""

    tag: ClassVar[str] = "portfolios:assessment:changed"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    assessment_id: int
    portfolio_id: int
    act: str
    status: str
    reason: str = ""


@happening
@dataclass(frozen=True, kw_only=True)
class PanelCopySettled(Happening):
    """A panel copy was made, held because cleaning failed, or left out by a coordinator."""

    tag: ClassVar[str] = "portfolios:panel-copy:settled"
    private: ClassVar[frozenset[str]] = frozenset({"reason"})
    copy_id: int
    portfolio_id: int
    state: str
    reason: str = ""


@happening
@dataclass(frozen=True, kw_only=True)
class OriginalRead(Happening):
    """A coordinator opened an original file, which may say whose it is."""

    tag: ClassVar[str] = "portfolios:original:read"
    portfolio_id: int
    evidence_id: int


@happening
@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Happening):
    """A candidate wrote to the coordinators of the round. The words lie in the messages alone."""

    tag: ClassVar[str] = "portfolios:question:asked"
    portfolio_id: int
    round_id: int
    readers: int
