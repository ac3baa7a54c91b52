"""Which reminder went to whom, for what, which time."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint

from panel_app.foundation.database import Base, Id, Mapped, mapped_column


class ReminderOccurrence(Base):
    """One occurrence of a rule for one subject and person, carried by a notification that may carry others too."""

    __tablename__ = "reminder_occurrence"
    __table_args__ = (
        UniqueConstraint("rule", "subject", "person_id", "occurrence"),
        Index("ix_reminder_occurrence_round_id_rule", "round_id", "rule"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    rule: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    occurrence: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(default=False)
    notification_id: Mapped[int] = mapped_column(ForeignKey("notification.id"), index=True)
    made_at: Mapped[datetime]
