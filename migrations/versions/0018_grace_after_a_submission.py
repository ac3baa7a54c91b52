"""A grace in which a submitted score sheet can be taken back, and what triggers found sleeps meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("submitted_version", sa.Column("grace_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "version_taken_back",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["submitted_version.id"], name=op.f("fk_version_taken_back_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_taken_back")),
    )
    op.create_table(
        "sleeping_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wakes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "case_id IS NULL OR ended_at IS NOT NULL", name=op.f("ck_sleeping_case_case_only_when_ended")
        ),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_sleeping_case_assessment_id")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_sleeping_case_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sleeping_case")),
    )
    op.create_index(
        "uq_sleeping_case_one_asleep",
        "sleeping_case",
        ["assessment_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("sleeping_case")
    op.drop_table("version_taken_back")
    with op.batch_alter_table("submitted_version") as batch_op:
        batch_op.drop_column("grace_until")
