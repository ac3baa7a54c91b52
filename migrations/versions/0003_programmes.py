"""Tables of programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "framework",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("published", sa.String(length=20), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_framework_code_version")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "domain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_domain_framework_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain")),
        sa.UniqueConstraint("framework_id", "code", name=op.f("uq_domain_framework_id_code")),
    )
    op.create_table(
        "rubric",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", name="rubricstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("portfolio", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("discrepancy", sa.JSON(), nullable=False),
        sa.Column("credential", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_rubric_published_has_instant")
        ),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_rubric_framework_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_rubric_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric")),
        sa.UniqueConstraint("key", name=op.f("uq_rubric_key")),
        sa.UniqueConstraint("programme_id", "version", name=op.f("uq_rubric_programme_id_version")),
    )
    op.create_table(
        "framework_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_framework_criterion_domain_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_criterion")),
        sa.UniqueConstraint("domain_id", "code", name=op.f("uq_framework_criterion_domain_id_code")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "published", "ended", name="roundstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("opens_wall", sa.String(length=16), nullable=False),
        sa.Column("closes_wall", sa.String(length=16), nullable=False),
        sa.Column("scoring_due_wall", sa.String(length=16), nullable=False),
        sa.Column("release_wall", sa.String(length=16), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scoring_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promise", sa.Text(), nullable=True),
        sa.Column("promise_hash", sa.String(length=64), nullable=True),
        sa.Column("draft_policy", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'draft') = (promise_hash IS NULL)", name=op.f("ck_round_published_has_promise")),
        sa.CheckConstraint("closes_at < scoring_due_at", name=op.f("ck_round_closes_before_sheets_are_due")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_round_opens_before_it_closes")),
        sa.CheckConstraint("scoring_due_at < release_at", name=op.f("ck_round_sheets_are_due_before_release")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric.id"], name=op.f("fk_round_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("code", name=op.f("uq_round_code")),
        sa.UniqueConstraint("key", name=op.f("uq_round_key")),
    )
    op.create_table(
        "rubric_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("assessors", sa.Integer(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("requires", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric.id"], name=op.f("fk_rubric_part_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_part")),
        sa.UniqueConstraint("id", "rubric_id", name=op.f("uq_rubric_part_id_rubric_id")),
        sa.UniqueConstraint("rubric_id", "code", name=op.f("uq_rubric_part_rubric_id_code")),
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_criterion_weight_is_positive")),
        sa.ForeignKeyConstraint(
            ["part_id", "rubric_id"],
            ["rubric_part.id", "rubric_part.rubric_id"],
            name=op.f("fk_criterion_part_id_rubric_id"),
        ),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric.id"], name=op.f("fk_criterion_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("id", "rubric_id", name=op.f("uq_criterion_id_rubric_id")),
        sa.UniqueConstraint("rubric_id", "code", name=op.f("uq_criterion_rubric_id_code")),
    )
    op.create_table(
        "date_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("which", sa.String(length=20), nullable=False),
        sa.Column("from_wall", sa.String(length=16), nullable=False),
        sa.Column("to_wall", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_date_move_author_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_date_move_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_move")),
    )
    with op.batch_alter_table("date_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_date_move_round_id"), ["round_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "coordinator",
                "moderator",
                "signer",
                "observer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(role = 'admin') = (round_id IS NULL)", name=op.f("ck_role_grant_admin_has_no_round")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_role_grant_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("person_id", "role", "round_id", name=op.f("uq_role_grant_person_id_role_round_id")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_role_grant_admin",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("round_id IS NULL"),
            postgresql_where=sa.text("round_id IS NULL"),
        )

    op.create_table(
        "working_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_working_policy_author_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_working_policy_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_policy")),
        sa.UniqueConstraint("round_id", "version", name=op.f("uq_working_policy_round_id_version")),
    )
    op.create_table(
        "level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("descriptor", sa.Text(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_level_points_are_positive")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_level_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level")),
        sa.UniqueConstraint("criterion_id", "points", name=op.f("uq_level_criterion_id_points")),
        sa.UniqueConstraint("id", "criterion_id", name=op.f("uq_level_id_criterion_id")),
    )


def downgrade() -> None:
    op.drop_table("level")
    op.drop_table("working_policy")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_admin",
            sqlite_where=sa.text("round_id IS NULL"),
            postgresql_where=sa.text("round_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("date_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_date_move_round_id"))

    op.drop_table("date_move")
    op.drop_table("criterion")
    op.drop_table("rubric_part")
    op.drop_table("round")
    op.drop_table("framework_criterion")
    op.drop_table("rubric")
    op.drop_table("domain")
    op.drop_table("programme")
    op.drop_table("framework")
