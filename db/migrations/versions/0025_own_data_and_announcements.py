"""Choices per kind of message, names of addresses, traces of erasures, announcements"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0025"
down_revision = '0020'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(astext_type=sa.Text()), "postgresql")
KINDS = sa.Enum("reminders", "reviews", "news", "offers", name="kind", native_enum=False, length=20)
SPREADS = sa.Enum("going", "done", "stopped", name="spread", native_enum=False, length=20)
OFF = '{"news": "off", "offers": "off"}'


def upgrade() -> None:
    op.add_column("person", sa.Column("choices", JSON, server_default="{}", nullable=False))
    cast = "CAST('%s' AS JSONB)" if op.get_bind().dialect.name == "postgresql" else "'%s'"
    op.execute(f"UPDATE person SET choices = {cast % OFF.replace(':', chr(92) + ':')} WHERE muted")
    op.drop_column("person", "muted")
    op.add_column("address", sa.Column("label", sa.String(), server_default="", nullable=False))
    op.add_column("address", sa.Column("preferred", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("paths", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_person_id"), "erasure", ["person_id"])
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("coupon_id", sa.BigInteger(), nullable=True),
        sa.Column("state", SPREADS, nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupon.id"], name=op.f("fk_announcement_coupon_id_coupon")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )


def downgrade() -> None:
    op.drop_table("announcement")
    op.drop_index(op.f("ix_erasure_person_id"), table_name="erasure")
    op.drop_table("erasure")
    op.drop_column("address", "preferred")
    op.drop_column("address", "label")
    op.add_column("person", sa.Column("muted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_column("person", "choices")
