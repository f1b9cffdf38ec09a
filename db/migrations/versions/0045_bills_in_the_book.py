"""Money of a customer keeps the bill of its moment: papers don't change with the order"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlmodel.sql.sqltypes import UTCDateTime

revision = '0045'
down_revision = '0042'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
PAPERS = ("captured", "cash_taken", "refunded")
BOOK = sa.table(
    "ledger_transaction", sa.column("id"), sa.column("kind"), sa.column("order_id"),
    sa.column("at", UTCDateTime()), sa.column("bill", JSON),
)
ORDERS = sa.table(
    "orders", sa.column("id"), sa.column("lines", JSON), sa.column("discount"),
    sa.column("starts_at", UTCDateTime()),
)
EXTRAS = sa.table("extra", sa.column("id"), sa.column("answered_at", UTCDateTime()))


def upgrade() -> None:
    op.add_column("ledger_transaction", sa.Column("bill", JSON, nullable=True))
    sqlite = op.get_bind().dialect.name == "sqlite"
    guard = _sqlite_guard() if sqlite else ""
    op.execute(
        "DROP TRIGGER ledger_transaction_no_update" if sqlite
        else "ALTER TABLE ledger_transaction DISABLE TRIGGER USER"
    )
    _keep_what_is_known()
    op.execute(guard or "ALTER TABLE ledger_transaction ENABLE TRIGGER USER")


def _sqlite_guard() -> str:
    found = "SELECT sql FROM sqlite_master WHERE name = 'ledger_transaction_no_update'"
    return str(op.get_bind().execute(sa.text(found)).scalar_one())


def _keep_what_is_known() -> None:
    """The bill as papers showed it until now: the order's, without what was approved later."""
    bind = op.get_bind()
    answered = dict(bind.execute(sa.select(EXTRAS.c.id, EXTRAS.c.answered_at)).all())
    moves = sa.select(BOOK.c.id, BOOK.c.at, ORDERS.c.lines, ORDERS.c.discount, ORDERS.c.starts_at)
    moves = moves.join(ORDERS, ORDERS.c.id == BOOK.c.order_id).where(BOOK.c.kind.in_(PAPERS))
    for id, at, lines, discount, starts_at in bind.execute(moves).all():
        known = [line for line in lines if "extra" not in line or answered[line["extra"]] <= at]
        bill = {"lines": known, "discount": discount, "starts_at": starts_at.isoformat()}
        bind.execute(sa.update(BOOK).where(BOOK.c.id == id).values(bill=bill))


def downgrade() -> None:
    op.drop_column("ledger_transaction", "bill")
