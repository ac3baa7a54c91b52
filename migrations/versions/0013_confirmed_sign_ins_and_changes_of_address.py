"""The second question of a sign-in; addresses that people had, and changes of address that were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "former_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("typed", sa.String(length=254), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_former_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_address")),
    )
    op.create_index(op.f("ix_former_address_person_id"), "former_address", ["person_id"], unique=False)
    op.create_table(
        "address_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=254), nullable=False),
        sa.Column("wanted", sa.String(length=254), nullable=False),
        sa.Column("confirm_hash", sa.String(length=64), nullable=False),
        sa.Column("stop_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
        sa.UniqueConstraint("confirm_hash", name=op.f("uq_address_change_confirm_hash")),
        sa.UniqueConstraint("stop_hash", name=op.f("uq_address_change_stop_hash")),
    )
    op.create_index(op.f("ix_address_change_person_id"), "address_change", ["person_id"], unique=False)
    op.create_index(
        "one_open_change",
        "address_change",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("confirmed_at IS NULL AND ended_at IS NULL"),
        postgresql_where=sa.text("confirmed_at IS NULL AND ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("address_change")
    op.drop_table("former_address")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_column("confirmed_at")
