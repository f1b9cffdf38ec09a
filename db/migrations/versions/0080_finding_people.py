"""How people are found and spoken of: Telegram's name, the spellings of the name, since when frozen, to whom it was done"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0080'
down_revision = '0079'
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.add_column('person', sa.Column('username', WORDS, server_default='', nullable=False))
    op.add_column('person', sa.Column('sounds', WORDS, server_default='', nullable=False))
    op.add_column(
        'person', sa.Column('frozen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
    )
    with op.batch_alter_table('staff_act') as table:
        table.add_column(sa.Column('person_id', sa.BigInteger(), nullable=True))
        table.create_foreign_key(
            op.f('fk_staff_act_person_id_person'), 'person', ['person_id'], ['id']
        )
    op.create_index(op.f('ix_staff_act_person_id'), 'staff_act', ['person_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_staff_act_person_id'), table_name='staff_act')
    with op.batch_alter_table('staff_act') as table:
        table.drop_constraint(op.f('fk_staff_act_person_id_person'), type_='foreignkey')
        table.drop_column('person_id')
    op.drop_column('person', 'frozen_at')
    op.drop_column('person', 'sounds')
    op.drop_column('person', 'username')
