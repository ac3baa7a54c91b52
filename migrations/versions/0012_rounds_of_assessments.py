"""The round on assessments and assignments, so that a round is counted from one index; an index for moderators."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ROUNDS = {
    "assessment": "SELECT round_id FROM portfolio WHERE portfolio.id = assessment.portfolio_id",
    "assignment": "SELECT round_id FROM assessment WHERE assessment.id = assignment.assessment_id",
}
INDEXES = {
    "assessment": {"ix_assessment_round_id_status": ["round_id", "status", "portfolio_id"]},
    "assignment": {
        "ix_assignment_round_id_state": ["round_id", "state", "role", "assessment_id", "due_at", "submitted_at"],
        "ix_assignment_round_id_member_id": ["round_id", "member_id", "state", "assessment_id"],
    },
}


def upgrade() -> None:
    for table, select in ROUNDS.items():
        op.add_column(table, sa.Column("round_id", sa.Integer(), nullable=True))
        op.execute(f"UPDATE {table} SET round_id = ({select})")
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("round_id", existing_type=sa.Integer(), nullable=False)
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_round_id"), "round", ["round_id"], ["id"])
            for name, columns in INDEXES[table].items():
                batch_op.create_index(name, columns, unique=False)
    with op.batch_alter_table("case_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_move_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("case_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_move_by_id"))
    for table in reversed(ROUNDS):
        with op.batch_alter_table(table) as batch_op:
            for name in INDEXES[table]:
                batch_op.drop_index(name)
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_round_id"), type_="foreignkey")
            batch_op.drop_column("round_id")

