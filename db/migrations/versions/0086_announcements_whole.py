"""Announcements with an audience, a photo, a time and their figures; their texts are markup from now on"""

import html
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0086'
down_revision = '0085'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(astext_type=sa.Text()), "postgresql")
TIME = sqlmodel.sql.sqltypes.UTCDateTime
BULK = sa.text("urgency = 9")


def _word(name: str) -> Any:
    return sa.Column(name, sa.String(length=20), nullable=False)


def _texts(value: Any) -> dict[str, str]:
    return {language: html.escape(text, quote=False) for language, text in value.items()}


def _kept(*columns: Any) -> list[dict[str, Any]]:
    table = sa.table("announcement", *columns)
    return [dict(row._mapping) for row in op.get_bind().execute(sa.select(table))]


def upgrade() -> None:
    rows = _kept(
        sa.column("id"), sa.column("kind"), sa.column("texts", JSON), sa.column("coupon_id"), sa.column("state"),
        sa.column("reached"), sa.column("sent"), sa.column("by"), sa.column("version"), sa.column("created_at", TIME()),
    )
    op.drop_table("announcement")
    table = op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        _word("kind"),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("photo_id", sa.BigInteger(), nullable=True),
        sa.Column("coupon_id", sa.BigInteger(), nullable=True),
        sa.Column("service_id", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        _word("side"),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ordered", sa.Integer(), nullable=False),
        _word("state"),
        _word("errand"),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("total", "reached", "blocked", "muted", "failed", "waiting", "changed", "tapped",
                         "muted_before", "blocked_before")
        ),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME(), nullable=False),
        sa.Column("starts_at", TIME(), nullable=True),
        sa.Column("began_at", TIME(), nullable=True),
        sa.Column("told_at", TIME(), nullable=True),
        sa.Column("ended_at", TIME(), nullable=True),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupon.id"], name=op.f("fk_announcement_coupon_id_coupon")),
        sa.ForeignKeyConstraint(["photo_id"], ["kept_file.id"], name=op.f("fk_announcement_photo_id_kept_file")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_announcement_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_starts_at"), "announcement", ["starts_at"])
    fresh = {"photo_id": None, "service_id": None, "url": "", "label": "", "side": "customers", "district": "",
             "language": "", "ordered": 0, "errand": "tell", "turn": 1, "withdrawn": False, "blocked": 0, "muted": 0,
             "failed": 0, "waiting": 0, "changed": 0, "tapped": 0, "muted_before": 0, "blocked_before": 0,
             "person_id": 0, "told_at": None}
    op.bulk_insert(table, [
        fresh | {
            "id": row["id"], "kind": row["kind"], "texts": _texts(row["texts"]), "coupon_id": row["coupon_id"],
            "state": row["state"], "cursor": row["reached"], "written": row["state"] != "going",
            "total": row["sent"], "reached": row["sent"], "by": row["by"], "version": row["version"],
            "created_at": row["created_at"], "starts_at": row["created_at"], "began_at": row["created_at"],
            "ended_at": None if row["state"] == "going" else row["created_at"],
        }
        for row in rows
    ])
    op.create_index(
        "ix_outbox_bulk", "outbox", ["kind", "subject", "id"], sqlite_where=BULK, postgresql_where=BULK
    )


def downgrade() -> None:
    """Only what was sent to customers is kept, without its figures."""
    op.drop_index("ix_outbox_bulk", table_name="outbox")
    rows = _kept(
        sa.column("id"), sa.column("kind"), sa.column("texts", JSON), sa.column("coupon_id"), sa.column("state"),
        sa.column("side"), sa.column("cursor"), sa.column("reached"), sa.column("by"), sa.column("version"),
        sa.column("created_at", TIME()),
    )
    op.drop_table("announcement")
    table = op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        _word("kind"),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("coupon_id", sa.BigInteger(), nullable=True),
        _word("state"),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME(), nullable=False),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupon.id"], name=op.f("fk_announcement_coupon_id_coupon")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.bulk_insert(table, [
        {
            "id": row["id"], "kind": row["kind"], "coupon_id": row["coupon_id"], "state": row["state"],
            "texts": {language: html.unescape(text) for language, text in row["texts"].items()},
            "reached": row["cursor"], "sent": row["reached"], "by": row["by"], "version": row["version"],
            "created_at": row["created_at"],
        }
        for row in rows if row["state"] in ("going", "done", "stopped") and row["side"] == "customers"
    ])
