"""What is frequently asked stands under topics of their own, and knows who changed it last"""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.types import Json

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
TOPIC = sa.table(
    'faq_topic', *(sa.column(name) for name in ('id', 'side', 'position', 'hidden', 'version', 'changed_by')),
    sa.column('names', Json),
)
QUESTION = sa.table(
    'question', *(sa.column(name) for name in ('id', 'side', 'position', 'topic_id')), sa.column('topic', Json),
)


def upgrade() -> None:
    op.create_table('faq_topic',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('side', WORDS(), nullable=False),
    sa.Column('names', Json, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_by', WORDS(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_faq_topic'))
    )
    with op.batch_alter_table('question') as question:
        question.add_column(sa.Column('topic_id', sa.BigInteger(), nullable=True))
        question.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        question.add_column(sa.Column('changed_by', WORDS(), server_default='', nullable=False))
        question.add_column(sa.Column('changed_at', MOMENT(), nullable=True))
    _find_topics()
    with op.batch_alter_table('question') as question:
        question.alter_column('topic_id', existing_type=sa.BigInteger(), nullable=False)
        question.create_foreign_key(op.f('fk_question_topic_id_faq_topic'), 'faq_topic', ['topic_id'], ['id'])
        question.create_index(op.f('ix_question_topic_id'), ['topic_id'])
        question.drop_column('topic')
        question.drop_column('side')


def _find_topics() -> None:
    """Questions of one bot that named the same topic stand below it; it takes the id of the first of them."""
    bind = op.get_bind()
    found: list[dict[str, Any]] = []
    for row in bind.execute(sa.select(QUESTION).order_by(QUESTION.c.position, QUESTION.c.id)).all():
        known = next((one for one in found if (one['side'], one['names']) == (row.side, row.topic)), None)
        if known is None:
            known = {'id': row.id, 'side': row.side, 'names': row.topic, 'position': len(found),
                     'hidden': False, 'version': 1, 'changed_by': ''}
            found.append(known)
            bind.execute(sa.insert(TOPIC).values(known))
        bind.execute(sa.update(QUESTION).where(QUESTION.c.id == row.id).values(topic_id=known['id']))


def downgrade() -> None:
    """Each question names its topic again; topics without questions are lost."""
    with op.batch_alter_table('question') as question:
        question.add_column(sa.Column('topic', Json, server_default='{}', nullable=False))
        question.add_column(sa.Column('side', WORDS(), server_default='customer', nullable=False))
    bind = op.get_bind()
    for topic in bind.execute(sa.select(TOPIC)).all():
        named = sa.update(QUESTION).where(QUESTION.c.topic_id == topic.id)
        bind.execute(named.values(topic=topic.names, side=topic.side))
    with op.batch_alter_table('question') as question:
        question.alter_column('topic', existing_type=Json, server_default=None, existing_nullable=False)
        question.drop_index(op.f('ix_question_topic_id'))
        question.drop_constraint(op.f('fk_question_topic_id_faq_topic'), type_='foreignkey')
        for name in ('topic_id', 'version', 'changed_by', 'changed_at'):
            question.drop_column(name)
    op.drop_table('faq_topic')
