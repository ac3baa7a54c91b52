"""Tables of reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "reminder_occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notification.id"], name=op.f("fk_reminder_occurrence_notification_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_occurrence_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reminder_occurrence_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_occurrence")),
        sa.UniqueConstraint(
            "rule",
            "subject",
            "person_id",
            "occurrence",
            name=op.f("uq_reminder_occurrence_rule_subject_person_id_occurrence"),
        ),
    )
    with op.batch_alter_table("reminder_occurrence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_occurrence_notification_id"), ["notification_id"], unique=False)
        batch_op.create_index("ix_reminder_occurrence_round_id_rule", ["round_id", "rule"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reminder_occurrence", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_occurrence_round_id_rule")
        batch_op.drop_index(batch_op.f("ix_reminder_occurrence_notification_id"))

    op.drop_table("reminder_occurrence")
