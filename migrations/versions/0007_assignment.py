"""Tables of assignment."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "sent", "dropped", name="planstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_plan_sent_has_instant")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_plan_made_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_plan_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_plan_round_id_number")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(
            "uq_plan_one_draft",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "assessor",
                "lead",
                "third",
                "reviewer",
                "fresh",
                name="assignmentrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "scoring",
                "submitted",
                "reopened",
                "suspended",
                "declined",
                "deferred",
                "recalled",
                "recused",
                "expired",
                "replaced",
                "closed",
                name="assignmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offer_message_id", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'deferred') = (deferred_until IS NOT NULL)", name=op.f("ck_assignment_deferred_has_date")
        ),
        sa.CheckConstraint(
            "state <> 'submitted' OR submitted_at IS NOT NULL", name=op.f("ck_assignment_submitted_has_instant")
        ),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_assignment_assessment_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_assignment_member_id")),
        sa.ForeignKeyConstraint(["offer_message_id"], ["notification.id"], name=op.f("fk_assignment_offer_message_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("key", name=op.f("uq_assignment_key")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index("ix_assignment_member_id_state", ["member_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_offer_message_id"), ["offer_message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index("ix_assignment_state_answer_by", ["state", "answer_by"], unique=False)
        batch_op.create_index(
            "uq_assignment_one_live",
            ["assessment_id", "member_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('accepted', 'offered', 'reopened', 'scoring', 'submitted', 'suspended')"),
            postgresql_where=sa.text(
                "state IN ('accepted', 'offered', 'reopened', 'scoring', 'submitted', 'suspended')"
            ),
        )

    op.create_table(
        "plan_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("fit", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_plan_pair_assessment_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_plan_pair_changed_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_plan_pair_member_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_pair_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_pair")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_pair_key")),
        sa.UniqueConstraint(
            "plan_id", "assessment_id", "member_id", name=op.f("uq_plan_pair_plan_id_assessment_id_member_id")
        ),
    )
    op.create_table(
        "plan_shortfall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("missing > 0", name=op.f("ck_plan_shortfall_missing_is_positive")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_plan_shortfall_assessment_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_shortfall_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_shortfall")),
        sa.UniqueConstraint("plan_id", "assessment_id", name=op.f("uq_plan_shortfall_plan_id_assessment_id")),
    )
    op.create_table(
        "assignment_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "accept",
                "decline",
                "defer",
                "start",
                "submit",
                "take_back",
                "reopen",
                "recuse",
                "suspend",
                "resume",
                "restore",
                "recall",
                "replace",
                "expire",
                "close",
                name="assignmentact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "scoring",
                "submitted",
                "reopened",
                "suspended",
                "declined",
                "deferred",
                "recalled",
                "recused",
                "expired",
                "replaced",
                "closed",
                name="assignmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_move_assignment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assignment_move_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_move")),
    )
    with op.batch_alter_table("assignment_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_move_assignment_id"), ["assignment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("assignment_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_move_assignment_id"))

    op.drop_table("assignment_move")
    op.drop_table("plan_shortfall")
    op.drop_table("plan_pair")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assignment_one_live",
            sqlite_where=sa.text("state IN ('accepted', 'offered', 'reopened', 'scoring', 'submitted', 'suspended')"),
            postgresql_where=sa.text(
                "state IN ('accepted', 'offered', 'reopened', 'scoring', 'submitted', 'suspended')"
            ),
        )
        batch_op.drop_index("ix_assignment_state_answer_by")
        batch_op.drop_index(batch_op.f("ix_assignment_plan_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_offer_message_id"))
        batch_op.drop_index("ix_assignment_member_id_state")
        batch_op.drop_index(batch_op.f("ix_assignment_assessment_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plan_one_draft", sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'")
        )

    op.drop_table("plan")
