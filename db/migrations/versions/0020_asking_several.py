"""Several providers asked at once, who may step in at which price, and how late a provider is"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0020'
down_revision = '0012'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')


def upgrade() -> None:
    op.add_column('orders', sa.Column('asking', _JSON, server_default='{}', nullable=False))
    op.add_column('orders', sa.Column('lowered', sa.BigInteger(), server_default='0', nullable=False))
    op.add_column('orders', sa.Column('late', sa.Integer(), server_default='0', nullable=False))
    op.add_column('orders', sa.Column('late_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_table('ask',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('prices', _JSON, nullable=False),
    sa.Column('starts_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('wave', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('', 'won', 'no', 'silent', 'gone', name='answer', native_enum=False, length=20), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_ask_order_id_orders')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ask_person_id_person')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_ask_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ask'))
    )
    op.create_index('ix_ask_order', 'ask', ['order_id', 'answer'], unique=False)
    op.create_index('ix_ask_person', 'ask', ['person_id', 'answer'], unique=False)


def downgrade() -> None:
    op.drop_table('ask')
    op.drop_column('orders', 'late_until')
    op.drop_column('orders', 'late')
    op.drop_column('orders', 'lowered')
    op.drop_column('orders', 'asking')
