"""What customers and providers write to each other, and when the provider got in touch"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = '0016'
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(JSONB, "postgresql")


def upgrade() -> None:
    op.add_column("orders", sa.Column("contacted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_table(
        "relayed",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("from_customer", sa.Boolean(), nullable=False),
        sa.Column("sort", sa.Enum("text", "photo", "voice", "video", "place", name="sort", native_enum=False, length=20), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("hidden", Json, nullable=False),
        sa.Column("former", Json, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_relayed_author_id_person")),
        sa.ForeignKeyConstraint(["file_id"], ["kept_file.id"], name=op.f("fk_relayed_file_id_kept_file")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_relayed_order_id_orders")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_relayed_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relayed")),
    )
    op.create_index(op.f("ix_relayed_order_id"), "relayed", ["order_id"])
    op.create_index("ix_relayed_said", "relayed", ["author_id", "message_id"])


def downgrade() -> None:
    op.drop_table("relayed")
    op.drop_column("orders", "contacted_at")
