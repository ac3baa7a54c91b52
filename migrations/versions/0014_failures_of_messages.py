"""How often a message failed, counted apart from how often its sender died."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("notification", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE notification SET failures = attempts - resent - 1 WHERE attempts > resent + 1")


def downgrade() -> None:
    op.drop_column("notification", "failures")
