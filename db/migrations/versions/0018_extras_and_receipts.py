"""Extra work that customers approve during the visit, the guards of a bill, and receipts"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
STATES = ("draft", "open", "approved", "refused", "withdrawn", "expired")
KINDS = ("payment", "refund")
ALIVE = sa.text("state IN ('draft', 'open')")
TRIGGERS = ("bill_of_order", "bill_of_extra")
COLUMNS = ("extra_id", "extra_total", "extra_min", "extra_free")

# What guards a bill, as it was when this revision was written; db/bill_triggers.py says why.
SQLITE = [
    """CREATE TRIGGER bill_of_order BEFORE UPDATE OF total, extra_total, paid, refund_due, cash_confirmed ON orders BEGIN SELECT RAISE(ABORT, 'bill: the price that was booked does not rise') WHERE NEW.total - NEW.extra_total > OLD.total - OLD.extra_total; SELECT RAISE(ABORT, 'bill: only what the customer approved is added') WHERE NEW.extra_total <> OLD.extra_total AND NEW.extra_total <> (SELECT COALESCE(SUM(amount), 0) FROM extra WHERE order_id = NEW.id AND state = 'approved'); SELECT RAISE(ABORT, 'bill: more than was approved') WHERE NEW.paid - NEW.refund_due + COALESCE(NEW.cash_confirmed, 0) > NEW.total; END""",
    """CREATE TRIGGER bill_of_extra BEFORE UPDATE ON extra BEGIN SELECT RAISE(ABORT, 'bill: approved is only what the customer was asked') WHERE NEW.state = 'approved' AND OLD.state NOT IN ('open', 'approved'); SELECT RAISE(ABORT, 'bill: what was sent is not changed') WHERE OLD.state <> 'draft' AND (NEW.amount <> OLD.amount OR NEW.lines <> OLD.lines OR NEW.order_id <> OLD.order_id OR (OLD.state <> 'open' AND NEW.state <> OLD.state)); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION bill_of_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total - NEW.extra_total > OLD.total - OLD.extra_total THEN RAISE EXCEPTION 'bill: the price that was booked does not rise' USING ERRCODE = 'check_violation'; END IF; IF NEW.extra_total <> OLD.extra_total AND NEW.extra_total <> (SELECT COALESCE(SUM(amount), 0) FROM extra WHERE order_id = NEW.id AND state = 'approved') THEN RAISE EXCEPTION 'bill: only what the customer approved is added' USING ERRCODE = 'check_violation'; END IF; IF NEW.paid - NEW.refund_due + COALESCE(NEW.cash_confirmed, 0) > NEW.total THEN RAISE EXCEPTION 'bill: more than was approved' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER bill_of_order BEFORE UPDATE OF total, extra_total, paid, refund_due, cash_confirmed ON orders FOR EACH ROW EXECUTE FUNCTION bill_of_order()""",
    """CREATE FUNCTION bill_of_extra() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state = 'approved' AND OLD.state NOT IN ('open', 'approved') THEN RAISE EXCEPTION 'bill: approved is only what the customer was asked' USING ERRCODE = 'check_violation'; END IF; IF OLD.state <> 'draft' AND (NEW.amount <> OLD.amount OR NEW.lines <> OLD.lines OR NEW.order_id <> OLD.order_id OR (OLD.state <> 'open' AND NEW.state <> OLD.state)) THEN RAISE EXCEPTION 'bill: what was sent is not changed' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER bill_of_extra BEFORE UPDATE ON extra FOR EACH ROW EXECUTE FUNCTION bill_of_extra()""",
]


def upgrade() -> None:
    op.add_column("orders", sa.Column("extra_id", sa.BigInteger(), nullable=True))
    op.add_column("orders", sa.Column("extra_total", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("orders", sa.Column("extra_min", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "orders", sa.Column("extra_free", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "extra",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="extrastate", native_enum=False, length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", TEXT(), nullable=False),
        sa.Column("photos", JSON, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("talk", JSON, nullable=False),
        sa.Column("created_at", MOMENT(), nullable=False),
        sa.Column("sent_at", MOMENT(), nullable=True),
        sa.Column("until", MOMENT(), nullable=True),
        sa.Column("answered_at", MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_extra_order_id_orders")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_extra_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra")),
        sa.UniqueConstraint("order_id", "turn", name=op.f("uq_extra_order_id")),
    )
    op.create_index(
        "ux_extra_alive", "extra", ["order_id", "provider_id"], unique=True, sqlite_where=ALIVE,
        postgresql_where=ALIVE,
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="receiptkind", native_enum=False, length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("payer", TEXT(), nullable=False),
        sa.Column("platform", TEXT(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("issued_at", MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_receipt_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["ledger_transaction.id"],
            name=op.f("fk_receipt_transaction_id_ledger_transaction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("kind", "seq", name=op.f("uq_receipt_kind")),
        sa.UniqueConstraint("transaction_id", name=op.f("uq_receipt_transaction_id")),
    )
    op.create_index(op.f("ix_receipt_order_id"), "receipt", ["order_id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in TRIGGERS:
        op.get_bind().exec_driver_sql(f"DROP TRIGGER {name}" if sqlite else f"DROP FUNCTION {name} CASCADE")
    op.drop_table("receipt")
    op.drop_table("extra")
    for name in COLUMNS:
        op.drop_column("orders", name)
