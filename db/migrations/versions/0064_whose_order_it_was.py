"""Each step of an order says whose order it was, so that a provider's past is found by the provider"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0064'
down_revision = '0063'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
STEPS = sa.table(
    "order_step", sa.column("id"), sa.column("order_id"), sa.column("provider_id"),
    sa.column("version"), sa.column("verb"), sa.column("facts", JSON),
)
LOST = ("decline", "time_out", "unseen", "drop", "replace", "reassign")
CAME = ("offer", "choose", "take")


def upgrade() -> None:
    op.add_column(
        'order_step', sa.Column('provider_id', sa.BigInteger(), server_default='0', nullable=False)
    )
    op.execute(
        "UPDATE order_step SET provider_id ="
        " (SELECT provider_id FROM orders WHERE orders.id = order_step.order_id)"
    )
    _who_had_them_before()
    op.create_index('ix_order_step_provider', 'order_step', ['provider_id', 'at'])
    op.create_index('ix_ask_provider', 'ask', ['provider_id', 'until'])


def _who_had_them_before() -> None:
    """An order that changed hands: whoever lost it stands in that step, and so does whoever came."""
    bind = op.get_bind()
    moved = sa.select(STEPS.c.order_id).where(STEPS.c.verb.in_(LOST))
    steps = sa.select(STEPS).where(STEPS.c.order_id.in_(moved))
    found: dict[int, list[sa.Row[tuple[object, ...]]]] = {}
    for step in bind.execute(steps.order_by(STEPS.c.order_id, STEPS.c.version)).all():
        found.setdefault(step.order_id, []).append(step)
    for line in found.values():
        holder = next(step.facts.get("provider") for step in line if step.verb in LOST)
        for step in line:
            if step.verb in CAME:
                holder = step.facts.get("provider", holder)
            if holder is not None and holder != step.provider_id:
                change = sa.update(STEPS).where(STEPS.c.id == step.id)
                bind.execute(change.values(provider_id=holder))


def downgrade() -> None:
    op.drop_index('ix_ask_provider', 'ask')
    op.drop_index('ix_order_step_provider', 'order_step')
    op.drop_column('order_step', 'provider_id')
