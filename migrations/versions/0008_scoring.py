"""Tables of scoring."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "score_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_score_sheet_assignment_id")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric.id"], name=op.f("fk_score_sheet_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_score_sheet_assignment_id")),
        sa.UniqueConstraint("id", "rubric_id", name=op.f("uq_score_sheet_id_rubric_id")),
        sa.UniqueConstraint("key", name=op.f("uq_score_sheet_key")),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("cannot_judge", sa.Text(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum("low", "fair", "high", name="confidence", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.CheckConstraint("cannot_judge IS NULL OR level_id IS NULL", name=op.f("ck_score_cannot_judge_has_no_level")),
        sa.ForeignKeyConstraint(
            ["criterion_id", "rubric_id"],
            ["criterion.id", "criterion.rubric_id"],
            name=op.f("fk_score_criterion_id_rubric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["level_id", "criterion_id"],
            ["level.id", "level.criterion_id"],
            name=op.f("fk_score_level_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id", "rubric_id"],
            ["score_sheet.id", "score_sheet.rubric_id"],
            name=op.f("fk_score_sheet_id_rubric_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("sheet_id", "criterion_id", name=op.f("uq_score_sheet_id_criterion_id")),
    )
    op.create_table(
        "sheet_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=100), nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheet.id"], name=op.f("fk_sheet_save_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_save")),
        sa.UniqueConstraint("sheet_id", "operation", name=op.f("uq_sheet_save_sheet_id_operation")),
        sa.UniqueConstraint("sheet_id", "revision", name=op.f("uq_sheet_save_sheet_id_revision")),
    )
    with op.batch_alter_table("sheet_save", schema=None) as batch_op:
        batch_op.create_index("ix_sheet_save_sheet_id_field", ["sheet_id", "field"], unique=False)

    op.create_table(
        "submitted_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheet.id"], name=op.f("fk_submitted_version_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submitted_version")),
        sa.UniqueConstraint("sheet_id", "form_key", name=op.f("uq_submitted_version_sheet_id_form_key")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_submitted_version_sheet_id_number")),
    )


def downgrade() -> None:
    op.drop_table("submitted_version")
    with op.batch_alter_table("sheet_save", schema=None) as batch_op:
        batch_op.drop_index("ix_sheet_save_sheet_id_field")

    op.drop_table("sheet_save")
    op.drop_table("score")
    op.drop_table("score_sheet")
