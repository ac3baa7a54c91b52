"""Rows of the audit chain. Panel-facing code may not import this module: rows join people and portfolios."""

from sqlalchemy import ForeignKey, String, Text

from panel_app.foundation.database import Base, Id, Mapped, Sha256, holds, mapped_column


class AuditEvent(Base):
    """One happening. `facts` is canonical JSON; `chain` hashes every other column and the row before."""

    __tablename__ = "audit_event"
    __table_args__ = (holds("numbered_from_one", "number >= 1"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    tag: Mapped[str] = mapped_column(String(80), index=True)
    by_kind: Mapped[str] = mapped_column(String(10))
    by_person_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[str] = mapped_column(Text)
    private_hash: Mapped[str | None] = mapped_column(String(64))
    previous: Mapped[Sha256]
    chain: Mapped[Sha256] = mapped_column(unique=True)


class AuditPrivate(Base):
    """What a happening says in words, with the salt of its hash; may be erased by an audited act."""

    __tablename__ = "audit_private"

    number: Mapped[int] = mapped_column(ForeignKey("audit_event.number"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(Text)


class AuditHead(Base):
    """The end of the chain: one row, locked late in each act. A cut end shows against it."""

    __tablename__ = "audit_head"
    __table_args__ = (holds("only_one", "id = 1"),)

    id: Mapped[Id]
    number: Mapped[int]
    chain: Mapped[Sha256]


__all__ = ["AuditEvent", "AuditHead", "AuditPrivate"]
