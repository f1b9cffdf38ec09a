"""Refused attempts have a table of their own; those of the log move over, by UTC days"""

from collections import Counter
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0072'
down_revision = '0071'
branch_labels = None
depends_on = None

WHYS = {
    "in another chat": "elsewhere",
    "on behalf of a chat": "on_behalf",
    "forwarded": "forwarded",
    "the role doesn't include it": "role",
}
UTC = sqlmodel.sql.sqltypes.UTCDateTime()
ACT = sa.table(
    'staff_act', sa.column('id', sa.BigInteger), sa.column('telegram_id', sa.BigInteger),
    sa.column('name', sa.String), sa.column('action', sa.String), sa.column('reason', sa.String),
    sa.column('allowed', sa.Boolean), sa.column('at', UTC),
)  # fmt: skip


def upgrade() -> None:
    refusal = op.create_table(
        'refusal',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('telegram_id', sa.BigInteger(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('chat_id', sa.BigInteger(), nullable=False),
        sa.Column('action', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('why', sa.String(length=20), nullable=False),
        sa.Column('day', sa.Integer(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('first_at', UTC, nullable=False),
        sa.Column('last_at', UTC, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_refusal')),
        sa.UniqueConstraint(
            'day', 'telegram_id', 'chat_id', 'action', 'why', name=op.f('uq_refusal_day')
        ),
    )
    refused = op.get_bind().execute(
        sa.select(ACT).where(sa.not_(ACT.c.allowed)).order_by(ACT.c.id)
    ).all()  # fmt: skip
    kept: dict[Any, dict[str, Any]] = {}
    times: Counter[Any] = Counter()
    for act in refused:
        why = WHYS.get(act.reason, "stranger")
        key = (act.at.toordinal(), act.telegram_id, act.action, why)
        times[key] += 1
        first = kept[key]["first_at"] if key in kept else act.at
        kept[key] = {
            "id": act.id, "telegram_id": act.telegram_id, "name": act.name, "chat_id": 0,
            "action": act.action, "why": why, "day": key[0], "times": times[key],
            "first_at": first, "last_at": act.at,
        }  # fmt: skip
    if kept:
        op.bulk_insert(refusal, list(kept.values()))
    op.execute(sa.delete(ACT).where(sa.not_(ACT.c.allowed)))
    op.drop_column('staff_act', 'allowed')


def downgrade() -> None:
    op.add_column(
        'staff_act', sa.Column('allowed', sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.drop_table('refusal')
