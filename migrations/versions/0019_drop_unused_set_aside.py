"""A sheet is set aside by putting its assignment on hold: the column for a reason of its own was never written."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.drop_column("score_sheet", "set_aside_reason")


def downgrade() -> None:
    op.add_column("score_sheet", sa.Column("set_aside_reason", sa.Text(), nullable=True))
