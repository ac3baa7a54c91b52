"""Tables of conflicts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "strength",
            sa.Enum(
                "barred", "decision", "note", name="strength", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "standing",
                "dismissed",
                "noted",
                "superseded",
                name="findingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decide_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_params", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (decide_by IS NOT NULL)", name=op.f("ck_finding_open_has_a_date")),
        sa.CheckConstraint(
            "state <> 'dismissed' OR decided_at IS NOT NULL", name=op.f("ck_finding_dismissed_is_decided")
        ),
        sa.CheckConstraint(
            "state NOT IN ('dismissed', 'open') OR strength = 'decision'",
            name=op.f("ck_finding_only_decisions_are_dismissed"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decision_reason IS NULL)", name=op.f("ck_finding_decision_is_whole")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_finding_decided_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_finding_member_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_finding_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("key", name=op.f("uq_finding_key")),
        sa.UniqueConstraint("member_id", "portfolio_id", "kind", name=op.f("uq_finding_member_id_portfolio_id_kind")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index("ix_finding_portfolio_id_member_id", ["portfolio_id", "member_id"], unique=False)

    op.create_table(
        "role_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_conflict_person_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_role_conflict_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_conflict")),
        sa.UniqueConstraint("person_id", "portfolio_id", name=op.f("uq_role_conflict_person_id_portfolio_id")),
    )
    with op.batch_alter_table("role_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_conflict_portfolio_id"), ["portfolio_id"], unique=False)

    op.create_table(
        "finding_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "bar",
                "note",
                "facts_changed",
                "facts_gone",
                "uphold",
                "dismiss",
                "reconsider",
                name="findingact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_finding_decision_author_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_decision_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_decision")),
    )
    with op.batch_alter_table("finding_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_decision_finding_id"), ["finding_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("finding_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_decision_finding_id"))

    op.drop_table("finding_decision")
    with op.batch_alter_table("role_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_conflict_portfolio_id"))

    op.drop_table("role_conflict")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_portfolio_id_member_id")

    op.drop_table("finding")
