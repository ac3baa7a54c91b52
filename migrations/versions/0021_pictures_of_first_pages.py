"""The picture of a panel copy's first page, shown until the page is drawn; copies that are there have none."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "front_page",
        sa.Column("copy_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_front_page_has_sides")),
        sa.ForeignKeyConstraint(["copy_id"], ["panel_copy.id"], name=op.f("fk_front_page_copy_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_front_page_file_id")),
        sa.PrimaryKeyConstraint("copy_id", name=op.f("pk_front_page")),
    )
    op.create_index(op.f("ix_front_page_file_id"), "front_page", ["file_id"])


def downgrade() -> None:
    op.drop_table("front_page")
