"""References of scores: places in the evidence that a reason points to."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "score_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("box_left", sa.Float(), nullable=True),
        sa.Column("box_top", sa.Float(), nullable=True),
        sa.Column("box_width", sa.Float(), nullable=True),
        sa.Column("box_height", sa.Float(), nullable=True),
        sa.Column("copy_key", sa.String(length=40), nullable=False),
        sa.CheckConstraint("page IS NULL OR page >= 1", name=op.f("ck_score_reference_page_from_one")),
        sa.CheckConstraint(
            "(box_left IS NULL) = (box_top IS NULL) AND (box_left IS NULL) = (box_width IS NULL) "
            "AND (box_left IS NULL) = (box_height IS NULL)",
            name=op.f("ck_score_reference_box_is_whole"),
        ),
        sa.CheckConstraint(
            "box_left >= 0 AND box_top >= 0 AND box_width > 0 AND box_height > 0 "
            "AND box_left + box_width < 1.001 AND box_top + box_height < 1.001",
            name=op.f("ck_score_reference_box_lies_on_its_page"),
        ),
        sa.CheckConstraint("quote = '' OR box_left IS NULL", name=op.f("ck_score_reference_words_or_box")),
        sa.ForeignKeyConstraint(["score_id"], ["score.id"], name=op.f("fk_score_reference_score_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_reference")),
        sa.UniqueConstraint("score_id", "key", name=op.f("uq_score_reference_score_id_key")),
        sa.UniqueConstraint("score_id", "position", name=op.f("uq_score_reference_score_id_position")),
    )


def downgrade() -> None:
    op.drop_table("score_reference")
