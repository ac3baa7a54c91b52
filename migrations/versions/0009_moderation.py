"""Tables of moderation."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "sample_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_sample_draw_drawn_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_sample_draw_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_draw")),
        sa.UniqueConstraint("round_id", name=op.f("uq_sample_draw_round_id")),
    )
    op.create_table(
        "moderation_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "with_third",
                "with_moderator",
                "answered",
                "closed",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_moderation_case_closed_has_instant")
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR answer IS NOT NULL", name=op.f("ck_moderation_case_answered_has_answer")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_moderation_case_answered_by_id")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_moderation_case_assessment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
        sa.UniqueConstraint("key", name=op.f("uq_moderation_case_key")),
    )
    with op.batch_alter_table("moderation_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_case_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_case_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_moderation_case_one_open",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )

    op.create_table(
        "case_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "ask_third",
                "ask_moderator",
                "agree",
                "answer",
                "close",
                "clear",
                "reopen",
                name="caseact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "with_third",
                "with_moderator",
                "answered",
                "closed",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_move_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_case_move_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_move")),
    )
    with op.batch_alter_table("case_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_move_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_case_reason_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reason")),
        sa.UniqueConstraint("case_id", "trigger", "code", name=op.f("uq_case_reason_case_id_trigger_code")),
    )
    op.create_table(
        "moderator_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_moderator_level_case_id")),
        sa.ForeignKeyConstraint(
            ["level_id", "criterion_id"],
            ["level.id", "level.criterion_id"],
            name=op.f("fk_moderator_level_level_id_criterion_id"),
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_moderator_level_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderator_level")),
    )
    with op.batch_alter_table("moderator_level", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderator_level_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderator_level_set_by_id"), ["set_by_id"], unique=False)
        batch_op.create_index(
            "uq_moderator_level_one_holds",
            ["case_id", "criterion_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("moderator_level", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moderator_level_one_holds",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_moderator_level_set_by_id"))
        batch_op.drop_index(batch_op.f("ix_moderator_level_case_id"))

    op.drop_table("moderator_level")
    op.drop_table("case_reason")
    with op.batch_alter_table("case_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_move_case_id"))

    op.drop_table("case_move")
    with op.batch_alter_table("moderation_case", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moderation_case_one_open",
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.drop_index(batch_op.f("ix_moderation_case_state"))
        batch_op.drop_index(batch_op.f("ix_moderation_case_assessment_id"))

    op.drop_table("moderation_case")
    op.drop_table("sample_draw")
