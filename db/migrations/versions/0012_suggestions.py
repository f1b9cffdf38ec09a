"""Suggestions: what was looked at, and whether anybody wants them"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("recommends", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "glance",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_glance_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glance")),
        sa.UniqueConstraint("person_id", "service_id", "provider_id", name=op.f("uq_glance_person_id")),
    )


def downgrade() -> None:
    op.drop_table("glance")
    op.drop_column("person", "recommends")
