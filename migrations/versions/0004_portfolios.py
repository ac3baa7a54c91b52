"""Tables of portfolios."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=30), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "not_submitted",
                "withdrawn",
                "void",
                name="portfoliostatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_portfolio_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
        sa.UniqueConstraint("key", name=op.f("uq_portfolio_key")),
        sa.UniqueConstraint("round_id", "reference", name=op.f("uq_portfolio_round_id_reference")),
    )
    with op.batch_alter_table("portfolio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portfolio_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_portfolio_round_id_status", ["round_id", "status"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                "first", "appeal", "correction", name="occasion", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "preparing",
                "ready",
                "admitted",
                "assigning",
                "scoring",
                "moderation",
                "proposed",
                "signed_off",
                "released",
                "ended",
                name="assessmentstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["rubric_part.id"], name=op.f("fk_assessment_part_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_assessment_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("key", name=op.f("uq_assessment_key")),
        sa.UniqueConstraint(
            "portfolio_id",
            "part_id",
            "occasion",
            "number",
            name=op.f("uq_assessment_portfolio_id_part_id_occasion_number"),
        ),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_portfolio_id"), ["portfolio_id"], unique=False)
        batch_op.create_index("ix_assessment_status", ["status"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("closes_wall", sa.String(length=16), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_extension_author_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_extension_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_portfolio_id"), ["portfolio_id"], unique=False)

    op.create_table(
        "portfolio_owner",
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("people_named", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_portfolio_owner_person_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_portfolio_owner_portfolio_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_portfolio_owner_round_id")),
        sa.PrimaryKeyConstraint("portfolio_id", name=op.f("pk_portfolio_owner")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_portfolio_owner_round_id_person_id")),
    )
    with op.batch_alter_table("portfolio_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portfolio_owner_person_id"), ["person_id"], unique=False)

    op.create_table(
        "section_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_section_text_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_text")),
        sa.UniqueConstraint("portfolio_id", "section", name=op.f("uq_section_text_portfolio_id_section")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_size_is_positive")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_stored_file_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("portfolio_id", "sha256", name=op.f("uq_stored_file_portfolio_id_sha256")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_submission_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("form_key", name=op.f("uq_submission_form_key")),
        sa.UniqueConstraint("key", name=op.f("uq_submission_key")),
        sa.UniqueConstraint("portfolio_id", "number", name=op.f("uq_submission_portfolio_id_number")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(length=2000), nullable=True),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("listed", "removed", name="evidencestate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'link') = (file_id IS NULL)", name=op.f("ck_evidence_file_or_link")),
        sa.CheckConstraint("(kind = 'link') = (link IS NOT NULL)", name=op.f("ck_evidence_link_has_address")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_evidence_portfolio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_key")),
        sa.UniqueConstraint("portfolio_id", "number", name=op.f("uq_evidence_portfolio_id_number")),
    )
    op.create_table(
        "submission_names",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_names_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_names")),
    )
    op.create_table(
        "evidence_origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_origin_evidence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_origin")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_evidence_origin_evidence_id")),
    )
    op.create_table(
        "mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column(
            "relation",
            sa.Enum("shows", "touches", name="relation", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_mapping_evidence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping")),
        sa.UniqueConstraint("evidence_id", "target", name=op.f("uq_mapping_evidence_id_target")),
    )
    op.create_table(
        "panel_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "held",
                "excluded",
                name="copystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'ready') = (file_id IS NOT NULL)", name=op.f("ck_panel_copy_ready_has_file")),
        sa.CheckConstraint(
            "(state IN ('held', 'excluded')) = (reason IS NOT NULL)", name=op.f("ck_panel_copy_held_has_reason")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_panel_copy_evidence_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_panel_copy_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_copy")),
        sa.UniqueConstraint("evidence_id", "version", name=op.f("uq_panel_copy_evidence_id_version")),
        sa.UniqueConstraint("key", name=op.f("uq_panel_copy_key")),
    )
    with op.batch_alter_table("panel_copy", schema=None) as batch_op:
        batch_op.create_index("ix_panel_copy_state", ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("panel_copy", schema=None) as batch_op:
        batch_op.drop_index("ix_panel_copy_state")

    op.drop_table("panel_copy")
    op.drop_table("mapping")
    op.drop_table("evidence_origin")
    op.drop_table("submission_names")
    op.drop_table("evidence")
    op.drop_table("submission")
    op.drop_table("stored_file")
    op.drop_table("section_text")
    with op.batch_alter_table("portfolio_owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_owner_person_id"))

    op.drop_table("portfolio_owner")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_portfolio_id"))

    op.drop_table("extension")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_status")
        batch_op.drop_index(batch_op.f("ix_assessment_portfolio_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("portfolio", schema=None) as batch_op:
        batch_op.drop_index("ix_portfolio_round_id_status")
        batch_op.drop_index(batch_op.f("ix_portfolio_round_id"))

    op.drop_table("portfolio")
