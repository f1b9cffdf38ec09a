"""Prices outside the band that providers ask for"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0069'
down_revision = '0068'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, length=20)


def upgrade() -> None:
    op.create_table('price_request',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=False),
    sa.Column('former', sa.BigInteger(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('note', _TEXT(), nullable=False),
    sa.Column('state', _enum('requeststate', 'asked', 'approved', 'rejected', 'withdrawn'), nullable=False),
    sa.Column('reason', _TEXT(), nullable=False),
    sa.Column('taken_by', _TEXT(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('asked_at', _MOMENT(), nullable=False),
    sa.Column('decided_at', _MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_price_request_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_price_request_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_price_request'))
    )
    op.create_index(op.f('ix_price_request_provider_id'), 'price_request', ['provider_id'], unique=False)
    op.create_index(op.f('ix_price_request_service_id'), 'price_request', ['service_id'], unique=False)
    op.create_index('ix_price_request_state', 'price_request', ['state'], unique=False)
    op.create_index('ux_price_request_open', 'price_request', ['provider_id', 'service_id'], unique=True,
                    sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))


def downgrade() -> None:
    op.drop_table('price_request')
