"""Findings bear the published names of their kinds; where a pair has both, the old one is set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

RENAMED = {
    "alike_name": "same_person",
    "same_email_domain": "same_organisation",
    "shared_person": "same_round_candidate",
}


def upgrade() -> None:
    both = "SELECT 1 FROM finding AS other WHERE other.member_id = finding.member_id"
    both += " AND other.portfolio_id = finding.portfolio_id AND other.kind = :new"
    for old, new in RENAMED.items():
        renamed = sa.text(f"UPDATE finding SET kind = :new WHERE kind = :old AND NOT EXISTS ({both})")
        op.get_bind().execute(renamed, {"old": old, "new": new})
        left = sa.text("UPDATE finding SET state = 'superseded', decide_by = NULL WHERE kind = :old")
        op.get_bind().execute(left, {"old": old})


def downgrade() -> None:
    """Nothing to undo: detectors of before find their own kinds again when a round is checked anew."""
