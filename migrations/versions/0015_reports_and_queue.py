"""Reports from score sheets, the order and pace of reviews, offline copies, pages of panel copies."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "review_seed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_seed_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_seed")),
        sa.UniqueConstraint("member_id", name=op.f("uq_review_seed_member_id")),
    )
    op.create_table(
        "offline_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("files >= 0 AND bytes >= 0", name=op.f("ck_offline_copy_counts_are_whole")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_offline_copy_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offline_copy")),
    )
    with op.batch_alter_table("offline_copy", schema=None) as batch_op:
        batch_op.create_index(
            "uq_offline_copy_one_kept",
            ["assignment_id", "device"],
            unique=True,
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )

    op.create_table(
        "review_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_review_place_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_place")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_review_place_assignment_id")),
    )
    op.create_table(
        "sheet_pace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_sheet_pace_minutes_are_positive")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_sheet_pace_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_pace")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_sheet_pace_assignment_id")),
    )
    op.create_table(
        "sheet_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "known",
                "does_not_open",
                "shows_identity",
                "not_own_work",
                "question",
                name="reportkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open", "answered", "closed", name="reportstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("piece", sa.String(length=20), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)", name=op.f("ck_sheet_report_answered_unless_open")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_sheet_report_answered_by_id")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_sheet_report_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_report")),
        sa.UniqueConstraint("form_key", name=op.f("uq_sheet_report_form_key")),
        sa.UniqueConstraint("key", name=op.f("uq_sheet_report_key")),
    )
    with op.batch_alter_table("sheet_report", schema=None) as batch_op:
        batch_op.create_index("ix_sheet_report_assignment_id", ["assignment_id"], unique=False)
        batch_op.create_index("ix_sheet_report_state", ["state", "kind"], unique=False)

    op.create_table(
        "report_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_report_hold_assignment_id")),
        sa.ForeignKeyConstraint(["report_id"], ["sheet_report.id"], name=op.f("fk_report_hold_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_hold")),
        sa.UniqueConstraint("report_id", "assignment_id", name=op.f("uq_report_hold_report_id_assignment_id")),
    )
    with op.batch_alter_table("report_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_hold_assignment_id"), ["assignment_id"], unique=False)

    op.add_column("panel_copy", sa.Column("pages", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("panel_copy", "pages")

    with op.batch_alter_table("report_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_hold_assignment_id"))

    op.drop_table("report_hold")
    with op.batch_alter_table("sheet_report", schema=None) as batch_op:
        batch_op.drop_index("ix_sheet_report_state")
        batch_op.drop_index("ix_sheet_report_assignment_id")

    op.drop_table("sheet_report")
    op.drop_table("sheet_pace")
    op.drop_table("review_place")
    with op.batch_alter_table("offline_copy", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_offline_copy_one_kept",
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )

    op.drop_table("offline_copy")
    op.drop_table("review_seed")
