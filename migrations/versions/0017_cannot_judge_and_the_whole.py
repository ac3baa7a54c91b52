"""A flag for "cannot judge" beside its reason, and the assessor's view of the portfolio as a whole."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

VIEWS = "global_view IN ('fail', 'borderline', 'pass')"
FLAG = "NOT unjudged OR level_id IS NULL"
NO_LEVEL = "cannot_judge IS NULL OR level_id IS NULL"


def upgrade() -> None:
    op.add_column("score", sa.Column("unjudged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE score SET unjudged = true WHERE cannot_judge IS NOT NULL AND level_id IS NULL")
    with op.batch_alter_table("score") as batch_op:
        batch_op.alter_column("unjudged", existing_type=sa.Boolean(), server_default=None)
        batch_op.drop_constraint(batch_op.f("ck_score_cannot_judge_has_no_level"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_score_unjudged_has_no_level"), FLAG)
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.add_column(sa.Column("global_view", sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_score_sheet_globalview"), VIEWS)


def downgrade() -> None:
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_score_sheet_globalview"), type_="check")
        batch_op.drop_column("global_view")
    op.execute("UPDATE score SET cannot_judge = NULL WHERE NOT unjudged")
    with op.batch_alter_table("score") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_score_unjudged_has_no_level"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_score_cannot_judge_has_no_level"), NO_LEVEL)
        batch_op.drop_column("unjudged")
