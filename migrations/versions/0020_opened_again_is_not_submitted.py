"""A sheet that was taken back or reopened is not submitted: the instant of it goes, so that no hold brings it back."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute(
        "UPDATE assignment SET submitted_at = NULL WHERE state <> 'submitted' AND EXISTS ("
        "SELECT 1 FROM assignment_move AS opened WHERE opened.assignment_id = assignment.id "
        "AND opened.act IN ('reopen', 'take_back') AND opened.id > ("
        "SELECT max(done.id) FROM assignment_move AS done WHERE done.assignment_id = assignment.id AND done.act = 'submit'))"
    )


def downgrade() -> None:
    """What the moves tell is told by them still."""
