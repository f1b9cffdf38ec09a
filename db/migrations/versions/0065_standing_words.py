"""A word about how something stands knows the letter it came of, and is found by its subject"""

import sqlalchemy as sa
from alembic import op

revision = '0065'
down_revision = '0064'
branch_labels = None
depends_on = None

STANDING = sa.text('letter IS NOT NULL')


def upgrade() -> None:
    op.add_column('card', sa.Column('letter', sa.BigInteger(), nullable=True))
    op.create_index(
        'ix_card_standing', 'card', ['bot', 'chat_id', 'subject'],
        sqlite_where=STANDING, postgresql_where=STANDING,
    )


def downgrade() -> None:
    op.drop_index('ix_card_standing', table_name='card')
    with op.batch_alter_table('card') as batch_op:
        batch_op.drop_column('letter')
