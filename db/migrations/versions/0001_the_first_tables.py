"""The first tables"""

import sqlalchemy as sa
import sqlmodel
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

# What guards the book, as it was when this revision was written; db/ledger_triggers.py says why.
SQLITE = [
    """
CREATE TRIGGER ledger_transaction_no_update BEFORE UPDATE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'ledger: ledger_transaction is append-only'); END""",
    """
CREATE TRIGGER ledger_transaction_no_delete BEFORE DELETE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'ledger: ledger_transaction is append-only'); END""",
    """
CREATE TRIGGER ledger_leg_no_update BEFORE UPDATE ON ledger_leg
BEGIN SELECT RAISE(ABORT, 'ledger: ledger_leg is append-only'); END""",
    """
CREATE TRIGGER ledger_leg_no_delete BEFORE DELETE ON ledger_leg
BEGIN SELECT RAISE(ABORT, 'ledger: ledger_leg is append-only'); END""",
    """
CREATE TRIGGER balance_no_delete BEFORE DELETE ON balance
BEGIN SELECT RAISE(ABORT, 'ledger: balance is append-only'); END""",
    """
CREATE TRIGGER ledger_leg_before_seal BEFORE INSERT ON ledger_leg
BEGIN
    SELECT RAISE(ABORT, 'ledger: transaction is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id);
    SELECT RAISE(ABORT, 'ledger: line exists')
    WHERE EXISTS (SELECT 1 FROM ledger_leg
                  WHERE transaction_id = NEW.transaction_id AND line = NEW.line);
    SELECT RAISE(ABORT, 'ledger: a line moves a whole number other than zero')
    WHERE typeof(NEW.amount) <> 'integer' OR NEW.amount = 0;
    SELECT RAISE(ABORT, 'ledger: a line names an account and a currency')
    WHERE typeof(NEW.account) <> 'text' OR typeof(NEW.currency) <> 'text'
       OR typeof(NEW.transaction_id) <> 'integer';
END""",
    """
CREATE TRIGGER ledger_transaction_seal BEFORE INSERT ON ledger_transaction
BEGIN
    SELECT RAISE(ABORT, 'ledger: key exists')
    WHERE EXISTS (SELECT 1 FROM ledger_transaction WHERE key = NEW.key);
    SELECT RAISE(ABORT, 'ledger: a transaction says what, when and who')
    WHERE NEW.key IS NULL OR NEW.kind IS NULL OR NEW.order_id IS NULL
       OR NEW.at IS NULL OR NEW.actor IS NULL;
    SELECT RAISE(ABORT, 'ledger: transaction is sealed')
    WHERE EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'ledger: a transaction has two lines or more')
    WHERE (SELECT count(*) FROM ledger_leg WHERE transaction_id = NEW.id) < 2;
    SELECT RAISE(ABORT, 'ledger: transaction is not balanced')
    WHERE EXISTS (SELECT 1 FROM ledger_leg WHERE transaction_id = NEW.id
                  GROUP BY currency HAVING sum(amount) <> 0);
    INSERT INTO balance (account, currency, amount, transaction_id)
    SELECT DISTINCT account, currency, 0, NULL FROM ledger_leg AS leg
    WHERE transaction_id = NEW.id AND NOT EXISTS (
        SELECT 1 FROM balance AS b
        WHERE b.account = leg.account AND b.currency = leg.currency);
    UPDATE balance SET transaction_id = NEW.id, amount = amount + (
        SELECT sum(amount) FROM ledger_leg AS leg
        WHERE leg.transaction_id = NEW.id
          AND leg.account = balance.account AND leg.currency = balance.currency)
    WHERE (account, currency) IN (
        SELECT account, currency FROM ledger_leg WHERE transaction_id = NEW.id);
END""",
    """
CREATE TRIGGER balance_begins_at_zero BEFORE INSERT ON balance
BEGIN
    SELECT RAISE(ABORT, 'ledger: a balance begins at zero, once')
    WHERE NEW.amount <> 0 OR NEW.transaction_id IS NOT NULL OR EXISTS (
        SELECT 1 FROM balance WHERE account = NEW.account AND currency = NEW.currency);
END""",
    """
CREATE TRIGGER balance_follows_lines BEFORE UPDATE ON balance
BEGIN
    SELECT RAISE(ABORT, 'ledger: only a new transaction moves a balance')
    WHERE NEW.account <> OLD.account OR NEW.currency <> OLD.currency
       OR NEW.transaction_id IS OLD.transaction_id
       OR EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id)
       OR NEW.amount IS NOT OLD.amount + (
            SELECT sum(amount) FROM ledger_leg WHERE transaction_id = NEW.transaction_id
            AND account = NEW.account AND currency = NEW.currency);
    SELECT RAISE(ABORT, 'ledger: overdrawn') FROM (
        SELECT NEW.account AS account, NEW.amount AS amount) WHERE (account LIKE 'customer:%' AND amount > 0) OR (account LIKE 'provider:%_pending' AND amount > 0) OR (account LIKE 'provider:%_available' AND amount > 0) OR (account LIKE 'provider:%_debt' AND amount < 0) OR (account LIKE 'refunds_payable:%' AND amount > 0);
END""",
]

POSTGRESQL = [
    """
CREATE FUNCTION ledger_broken(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger: %', rule USING ERRCODE = 'check_violation';
END $$""",
    """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_broken(TG_TABLE_NAME || ' is append-only');
    RETURN NULL;
END $$""",
    """
CREATE TRIGGER ledger_transaction_no_update BEFORE UPDATE OR DELETE ON ledger_transaction
FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """
CREATE TRIGGER ledger_transaction_no_truncate BEFORE TRUNCATE ON ledger_transaction
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    """
CREATE TRIGGER ledger_leg_no_update BEFORE UPDATE OR DELETE ON ledger_leg
FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """
CREATE TRIGGER ledger_leg_no_truncate BEFORE TRUNCATE ON ledger_leg
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    """
CREATE TRIGGER balance_no_delete BEFORE DELETE ON balance
FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """
CREATE TRIGGER balance_no_truncate BEFORE TRUNCATE ON balance
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    """
CREATE FUNCTION ledger_leg_before_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(NEW.transaction_id);
    IF EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id) THEN
        PERFORM ledger_broken('transaction is sealed');
    END IF;
    RETURN NEW;
END $$""",
    """
CREATE TRIGGER ledger_leg_before_seal BEFORE INSERT ON ledger_leg
FOR EACH ROW EXECUTE FUNCTION ledger_leg_before_seal()""",
    """
CREATE FUNCTION ledger_transaction_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moved record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.key, 0));
    IF EXISTS (SELECT 1 FROM ledger_transaction WHERE key = NEW.key) THEN
        RAISE EXCEPTION 'ledger: key exists' USING ERRCODE = 'unique_violation';
    END IF;
    IF (SELECT count(*) FROM ledger_leg WHERE transaction_id = NEW.id) < 2 THEN
        PERFORM ledger_broken('a transaction has two lines or more');
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_leg WHERE transaction_id = NEW.id
               GROUP BY currency HAVING sum(amount) <> 0) THEN
        PERFORM ledger_broken('transaction is not balanced');
    END IF;
    FOR moved IN SELECT account, currency, sum(amount) AS amount FROM ledger_leg
                 WHERE transaction_id = NEW.id
                 GROUP BY account, currency ORDER BY account, currency LOOP
        INSERT INTO balance (account, currency, amount, transaction_id)
        VALUES (moved.account, moved.currency, 0, NULL) ON CONFLICT DO NOTHING;
        UPDATE balance SET amount = balance.amount + moved.amount, transaction_id = NEW.id
        WHERE account = moved.account AND currency = moved.currency;
    END LOOP;
    RETURN NEW;
END $$""",
    """
CREATE TRIGGER ledger_transaction_seal BEFORE INSERT ON ledger_transaction
FOR EACH ROW EXECUTE FUNCTION ledger_transaction_seal()""",
    """
CREATE FUNCTION balance_begins_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount <> 0 OR NEW.transaction_id IS NOT NULL THEN
        PERFORM ledger_broken('a balance begins at zero');
    END IF;
    RETURN NEW;
END $$""",
    """
CREATE TRIGGER balance_begins_at_zero BEFORE INSERT ON balance
FOR EACH ROW EXECUTE FUNCTION balance_begins_at_zero()""",
    """
CREATE FUNCTION balance_follows_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.account <> OLD.account OR NEW.currency <> OLD.currency
       OR NEW.transaction_id IS NOT DISTINCT FROM OLD.transaction_id
       OR EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id)
       OR NEW.amount IS DISTINCT FROM OLD.amount + (
            SELECT sum(amount) FROM ledger_leg WHERE transaction_id = NEW.transaction_id
            AND account = NEW.account AND currency = NEW.currency) THEN
        PERFORM ledger_broken('only a new transaction moves a balance');
    END IF;
    IF EXISTS (SELECT 1 FROM (SELECT NEW.account AS account, NEW.amount AS amount) AS moved
               WHERE (account LIKE 'customer:%' AND amount > 0) OR (account LIKE 'provider:%_pending' AND amount > 0) OR (account LIKE 'provider:%_available' AND amount > 0) OR (account LIKE 'provider:%_debt' AND amount < 0) OR (account LIKE 'refunds_payable:%' AND amount > 0)) THEN
        PERFORM ledger_broken('overdrawn');
    END IF;
    RETURN NEW;
END $$""",
    """
CREATE TRIGGER balance_follows_lines BEFORE UPDATE ON balance
FOR EACH ROW EXECUTE FUNCTION balance_follows_lines()""",
]

GUARDS = {'sqlite': SQLITE, 'postgresql': POSTGRESQL}


def upgrade() -> None:
    op.create_table('balance',
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('transaction_id', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('account', 'currency', name=op.f('pk_balance'))
    )
    op.create_table('card',
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('content', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('bot', 'chat_id', 'kind', 'subject', name=op.f('pk_card'))
    )
    op.create_table('category',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('parent_id', sa.BigInteger(), nullable=True),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('emoji', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('names', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['category.id'], name=op.f('fk_category_parent_id_category')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_category')),
    sa.UniqueConstraint('code', name=op.f('uq_category_code'))
    )
    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_category_parent_id'), ['parent_id'], unique=False)

    op.create_table('conversation',
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('user_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('thread_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('destiny', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), server_default='{}', nullable=False),
    sa.PrimaryKeyConstraint('bot', 'chat_id', 'user_id', 'thread_id', 'destiny', name=op.f('pk_conversation'))
    )
    op.create_table('coupon',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('names', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('percent_bp', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('service_ids', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('newcomers', sa.Boolean(), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('per_person', sa.Integer(), nullable=False),
    sa.Column('starts_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ends_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coupon')),
    sa.UniqueConstraint('code', name=op.f('uq_coupon_code'))
    )
    op.create_table('cover',
    sa.Column('service_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('cell', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('rank', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('verified', sa.SmallInteger(), nullable=False),
    sa.Column('x', sa.Double(), nullable=False),
    sa.Column('y', sa.Double(), nullable=False),
    sa.Column('z', sa.Double(), nullable=False),
    sa.Column('near', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('service_id', 'cell', 'rank', 'provider_id', name=op.f('pk_cover')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('cover', schema=None) as batch_op:
        batch_op.create_index('ix_cover_price', ['service_id', 'cell', 'price', 'rank', 'provider_id'], unique=False)
        batch_op.create_index('ix_cover_provider', ['provider_id'], unique=False)

    op.create_table('day_mask',
    sa.Column('provider_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('day', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('mask', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('provider_id', 'day', name=op.f('pk_day_mask')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('day_mask', schema=None) as batch_op:
        batch_op.create_index('ix_day_mask_day', ['day'], unique=False)

    op.create_table('done_once',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_done_once'))
    )
    op.create_table('home',
    sa.Column('service_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('cell', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('rank', sa.BigInteger(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('verified', sa.SmallInteger(), nullable=False),
    sa.Column('x', sa.Double(), nullable=False),
    sa.Column('y', sa.Double(), nullable=False),
    sa.Column('z', sa.Double(), nullable=False),
    sa.Column('near', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('service_id', 'cell', 'provider_id', name=op.f('pk_home')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('home', schema=None) as batch_op:
        batch_op.create_index('ix_home_price', ['service_id', 'price', 'rank', 'provider_id'], unique=False)
        batch_op.create_index('ix_home_provider', ['provider_id'], unique=False)
        batch_op.create_index('ix_home_rank', ['service_id', 'rank', 'provider_id'], unique=False)

    op.create_table('inbox',
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('update_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('lane', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received_at', sa.BigInteger(), nullable=False),
    sa.Column('tries', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('done_at', sa.BigInteger(), nullable=True),
    sa.Column('parked_at', sa.BigInteger(), nullable=True),
    sa.Column('error', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('bot', 'update_id', name=op.f('pk_inbox'))
    )
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.create_index('ix_inbox_done_at', ['done_at'], unique=False)
        batch_op.create_index('ix_inbox_undone', ['lane', 'received_at', 'update_id'], unique=False, sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))

    op.create_table('kept_file',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('owner_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('mime', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('path', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_file'))
    )
    with op.batch_alter_table('kept_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_file_owner_id'), ['owner_id'], unique=False)

    op.create_table('ledger_transaction',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_transaction')),
    sa.UniqueConstraint('key', name=op.f('uq_ledger_transaction_key'))
    )
    with op.batch_alter_table('ledger_transaction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_transaction_order_id'), ['order_id'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('payment_number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('fact', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('worked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('key', name=op.f('uq_notice_key'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), nullable=True),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('version', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), server_default='{}', nullable=False),
    sa.Column('urgency', sa.BigInteger(), server_default='5', nullable=False),
    sa.Column('due_at', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('created_at', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('lease_until', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('tries', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('doubts', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), server_default='waiting', nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('error', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_chat', ['bot', 'chat_id', 'urgency', 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.create_index('ix_outbox_waiting', ['urgency', 'due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('person',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('language_code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('onboarded', sa.Boolean(), nullable=False),
    sa.Column('muted', sa.Boolean(), nullable=False),
    sa.Column('frozen', sa.Boolean(), nullable=False),
    sa.Column('frozen_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('telegram_id', name=op.f('uq_person_telegram_id'))
    )
    op.create_table('question',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('topic', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('question', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('answer', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    op.create_table('rule_value',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_value')),
    sa.UniqueConstraint('name', name=op.f('uq_rule_value_name'))
    )
    op.create_table('search_term',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('token', sa.String(length=120), nullable=False),
    sa.Column('ref', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('weight', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'token', 'ref', name=op.f('pk_search_term')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('search_term', schema=None) as batch_op:
        batch_op.create_index('ix_search_term_ref', ['kind', 'ref'], unique=False)

    op.create_table('staff',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('role', sa.Enum('owner', 'operator', 'finance', 'support', name='role', native_enum=False, length=20), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('added_by', sa.BigInteger(), nullable=True),
    sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('telegram_id', name=op.f('uq_staff_telegram_id'))
    )
    op.create_table('staff_act',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('allowed', sa.Boolean(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_act'))
    )
    with op.batch_alter_table('staff_act', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_act_telegram_id'), ['telegram_id'], unique=False)

    op.create_table('timer',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.Column('lease_until', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_timer'))
    )
    with op.batch_alter_table('timer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_timer_due_at'), ['due_at'], unique=False)

    op.create_table('unreachable',
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('since', sa.BigInteger(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('bot', 'chat_id', name=op.f('pk_unreachable'))
    )
    op.create_table('address',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=False),
    sa.Column('used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_address_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address'))
    )
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_person_id'), ['person_id'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=True),
    sa.Column('provider_id', sa.BigInteger(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('starts_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('notes', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('options', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('photos', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('coupon', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('pay', sa.Enum('full', 'deposit', 'on_site', name='pay', native_enum=False, length=20), nullable=True),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('order_id', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['person.id'], name=op.f('fk_draft_customer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('customer_id', name=op.f('uq_draft_customer_id'))
    )
    op.create_table('file_copy',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('file_id', sa.BigInteger(), nullable=False),
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('telegram_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['kept_file.id'], name=op.f('fk_file_copy_file_id_kept_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_copy')),
    sa.UniqueConstraint('file_id', 'bot', name=op.f('uq_file_copy_file_id'))
    )
    op.create_table('ledger_leg',
    sa.Column('transaction_id', sa.BigInteger(), nullable=False),
    sa.Column('line', sa.SmallInteger(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_ledger_leg_ledger_leg_moves_something')),
    sa.ForeignKeyConstraint(['transaction_id'], ['ledger_transaction.id'], name=op.f('fk_ledger_leg_transaction_id_ledger_transaction'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('transaction_id', 'line', name=op.f('pk_ledger_leg'))
    )
    with op.batch_alter_table('ledger_leg', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_leg_account', ['account', 'currency'], unique=False)

    op.create_table('provider',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'applied', 'rejected', 'approved', 'frozen', name='providerstate', native_enum=False, length=20), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('bio', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.BigInteger(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('radius_m', sa.Integer(), nullable=False),
    sa.Column('daily_max', sa.Integer(), nullable=False),
    sa.Column('buffer_min', sa.Integer(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.Column('rating_count', sa.Integer(), nullable=False),
    sa.Column('quality_sum', sa.Integer(), nullable=False),
    sa.Column('attitude_sum', sa.Integer(), nullable=False),
    sa.Column('skill_sum', sa.Integer(), nullable=False),
    sa.Column('jobs_done', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('mend', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_provider_person_id_person')),
    sa.ForeignKeyConstraint(['photo_id'], ['kept_file.id'], name=op.f('fk_provider_photo_id_kept_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider')),
    sa.UniqueConstraint('person_id', name=op.f('uq_provider_person_id'))
    )
    with op.batch_alter_table('provider', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_provider_state'), ['state'], unique=False)

    op.create_table('service',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('category_id', sa.BigInteger(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('emoji', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('names', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('descriptions', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('keywords', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('price_low', sa.Integer(), nullable=False),
    sa.Column('price_high', sa.Integer(), nullable=False),
    sa.Column('commission_bp', sa.Integer(), nullable=False),
    sa.Column('payment', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('deposit_bp', sa.Integer(), nullable=False),
    sa.Column('on_site', sa.Boolean(), nullable=False),
    sa.Column('options', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('questions', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('certificate', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('photos', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_service_category_id_category')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service')),
    sa.UniqueConstraint('code', name=op.f('uq_service_code'))
    )
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_category_id'), ['category_id'], unique=False)

    op.create_table('certificate',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('sent', 'verified', 'rejected', name='certificatestate', native_enum=False, length=20), nullable=False),
    sa.Column('file_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['file_id'], ['kept_file.id'], name=op.f('fk_certificate_file_id_kept_file')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_certificate_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_provider_id'), ['provider_id'], unique=False)

    op.create_table('day_off',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_day_off_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_off')),
    sa.UniqueConstraint('provider_id', 'day', name=op.f('uq_day_off_provider_id'))
    )
    with op.batch_alter_table('day_off', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_off_provider_id'), ['provider_id'], unique=False)

    op.create_table('favourite',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_favourite_person_id_person')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_favourite_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_favourite')),
    sa.UniqueConstraint('person_id', 'provider_id', name=op.f('uq_favourite_person_id'))
    )
    op.create_table('hours',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('start_min', sa.Integer(), nullable=False),
    sa.Column('end_min', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_hours_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hours'))
    )
    with op.batch_alter_table('hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hours_provider_id'), ['provider_id'], unique=False)

    op.create_table('orders',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Enum('unpaid', 'offered', 'searching', 'accepted', 'on_the_way', 'arrived', 'working', 'finished', 'disputed', 'closed', 'cancelled', name='state', native_enum=False, length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('starts_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('buffer_min', sa.Integer(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=False),
    sa.Column('notes', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('photos', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('snapshot', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('lines', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('discount', sa.Integer(), nullable=False),
    sa.Column('coupon', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('pay', sa.Enum('full', 'deposit', 'on_site', name='pay', native_enum=False, length=20), nullable=False),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('due_now', sa.Integer(), nullable=False),
    sa.Column('paid', sa.Integer(), nullable=False),
    sa.Column('refund_due', sa.Integer(), nullable=False),
    sa.Column('refunded', sa.Integer(), nullable=False),
    sa.Column('cash_stated', sa.Integer(), nullable=True),
    sa.Column('cash_confirmed', sa.Integer(), nullable=True),
    sa.Column('commission_bp', sa.Integer(), nullable=False),
    sa.Column('start_code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('code_tries', sa.Integer(), nullable=False),
    sa.Column('asked_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('refused_by', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('reviewed', sa.Boolean(), nullable=False),
    sa.Column('cancelled_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reached', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['person.id'], name=op.f('fk_orders_customer_id_person')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_orders_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_orders_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    sa.UniqueConstraint('number', name=op.f('uq_orders_number'))
    )
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.create_index('ix_orders_customer', ['customer_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_orders_provider', ['provider_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_orders_state', ['state', 'starts_at'], unique=False)

    op.create_table('skill',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=False),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_skill_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_skill_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill')),
    sa.UniqueConstraint('provider_id', 'service_id', name=op.f('uq_skill_provider_id'))
    )
    with op.batch_alter_table('skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_skill_service_id'), ['service_id'], unique=False)

    op.create_table('slot_claim',
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('cell', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_slot_claim_provider_id_provider')),
    sa.PrimaryKeyConstraint('provider_id', 'cell', name=op.f('pk_slot_claim')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('slot_claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_claim_order_id'), ['order_id'], unique=False)

    op.create_table('coupon_use',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('coupon_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['coupon_id'], ['coupon.id'], name=op.f('fk_coupon_use_coupon_id_coupon')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_coupon_use_order_id_orders')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_coupon_use_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coupon_use')),
    sa.UniqueConstraint('coupon_id', 'person_id', 'turn', name=op.f('uq_coupon_use_coupon_id'))
    )
    with op.batch_alter_table('coupon_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coupon_use_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coupon_use_person_id'), ['person_id'], unique=False)

    op.create_table('order_position',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('told_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_position_order_id_orders')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_order_position_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_position')),
    sa.UniqueConstraint('order_id', name=op.f('uq_order_position_order_id'))
    )
    op.create_table('order_step',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('verb', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('from_state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('to_state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('actor_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_step_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_step')),
    sa.UniqueConstraint('order_id', 'version', name=op.f('uq_order_step_order_id'))
    )
    op.create_table('payment',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('purpose', sa.Enum('full', 'deposit', 'balance', name='purpose', native_enum=False, length=20), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sa.Enum('intended', 'unknown', 'open', 'expired', 'refused', 'paid', name='paymentstate', native_enum=False, length=20), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('url', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('charges', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('returns', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('refused', sa.Boolean(), nullable=False),
    sa.Column('expired', sa.Boolean(), nullable=False),
    sa.Column('unanswered', sa.Boolean(), nullable=False),
    sa.Column('differs', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_payment_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('number', name=op.f('uq_payment_number'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_reference'), ['reference'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=False),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('quality', sa.Integer(), nullable=False),
    sa.Column('attitude', sa.Integer(), nullable=False),
    sa.Column('skill', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('files', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('reply', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('edited_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['person.id'], name=op.f('fk_review_customer_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_review_order_id_orders')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_review_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_review_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('order_id', name=op.f('uq_review_order_id'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index('ix_review_provider', ['provider_id', 'created_at'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.Enum('open', 'answered', 'closed', name='ticketstate', native_enum=False, length=20), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=True),
    sa.Column('taken_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_ticket_order_id_orders')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ticket_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('number', name=op.f('uq_ticket_number'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_topic_id'), ['topic_id'], unique=False)

    op.create_table('refund',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('payment_id', sa.BigInteger(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('charge', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sa.Enum('intended', 'unknown', 'pending', 'failed', 'done', name='refundstate', native_enum=False, length=20), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_refund_order_id_orders')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_refund_payment_id_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refund')),
    sa.UniqueConstraint('number', name=op.f('uq_refund_number'))
    )
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refund_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refund_payment_id'), ['payment_id'], unique=False)

    op.create_table('said',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False),
    sa.Column('from_staff', sa.Boolean(), nullable=False),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('files', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_said_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_said'))
    )
    with op.batch_alter_table('said', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_said_ticket_id'), ['ticket_id'], unique=False)

    for statement in GUARDS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in GUARDS[op.get_bind().dialect.name]:
        _, sort, name, *_ = statement.replace('(', ' ').split()
        if op.get_bind().dialect.name == 'sqlite':
            op.get_bind().exec_driver_sql(f'DROP TRIGGER {name}')
        elif sort == 'FUNCTION':
            op.get_bind().exec_driver_sql(f'DROP FUNCTION {name} CASCADE')
    with op.batch_alter_table('said', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_said_ticket_id'))

    op.drop_table('said')
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refund_payment_id'))
        batch_op.drop_index(batch_op.f('ix_refund_order_id'))

    op.drop_table('refund')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_topic_id'))
        batch_op.drop_index(batch_op.f('ix_ticket_state'))
        batch_op.drop_index(batch_op.f('ix_ticket_person_id'))
        batch_op.drop_index(batch_op.f('ix_ticket_order_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index('ix_review_provider')
        batch_op.drop_index(batch_op.f('ix_review_customer_id'))

    op.drop_table('review')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_reference'))
        batch_op.drop_index(batch_op.f('ix_payment_order_id'))

    op.drop_table('payment')
    op.drop_table('order_step')
    op.drop_table('order_position')
    with op.batch_alter_table('coupon_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_coupon_use_person_id'))
        batch_op.drop_index(batch_op.f('ix_coupon_use_order_id'))

    op.drop_table('coupon_use')
    with op.batch_alter_table('slot_claim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_claim_order_id'))

    op.drop_table('slot_claim')
    with op.batch_alter_table('skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_skill_service_id'))

    op.drop_table('skill')
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_index('ix_orders_state')
        batch_op.drop_index('ix_orders_provider')
        batch_op.drop_index('ix_orders_customer')

    op.drop_table('orders')
    with op.batch_alter_table('hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hours_provider_id'))

    op.drop_table('hours')
    op.drop_table('favourite')
    with op.batch_alter_table('day_off', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_off_provider_id'))

    op.drop_table('day_off')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_provider_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_category_id'))

    op.drop_table('service')
    with op.batch_alter_table('provider', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_provider_state'))

    op.drop_table('provider')
    with op.batch_alter_table('ledger_leg', schema=None) as batch_op:
        batch_op.drop_index('ix_ledger_leg_account')

    op.drop_table('ledger_leg')
    op.drop_table('file_copy')
    op.drop_table('draft')
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_person_id'))

    op.drop_table('address')
    op.drop_table('unreachable')
    with op.batch_alter_table('timer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_timer_due_at'))

    op.drop_table('timer')
    with op.batch_alter_table('staff_act', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_act_telegram_id'))

    op.drop_table('staff_act')
    op.drop_table('staff')
    with op.batch_alter_table('search_term', schema=None) as batch_op:
        batch_op.drop_index('ix_search_term_ref')

    op.drop_table('search_term')
    op.drop_table('rule_value')
    op.drop_table('question')
    op.drop_table('person')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_outbox_chat', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.drop_table('outbox')
    op.drop_table('notice')
    with op.batch_alter_table('ledger_transaction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_transaction_order_id'))

    op.drop_table('ledger_transaction')
    with op.batch_alter_table('kept_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_file_owner_id'))

    op.drop_table('kept_file')
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_index('ix_inbox_undone', sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
        batch_op.drop_index('ix_inbox_done_at')

    op.drop_table('inbox')
    with op.batch_alter_table('home', schema=None) as batch_op:
        batch_op.drop_index('ix_home_rank')
        batch_op.drop_index('ix_home_provider')
        batch_op.drop_index('ix_home_price')

    op.drop_table('home')
    op.drop_table('done_once')
    with op.batch_alter_table('day_mask', schema=None) as batch_op:
        batch_op.drop_index('ix_day_mask_day')

    op.drop_table('day_mask')
    with op.batch_alter_table('cover', schema=None) as batch_op:
        batch_op.drop_index('ix_cover_provider')
        batch_op.drop_index('ix_cover_price')

    op.drop_table('cover')
    op.drop_table('coupon')
    op.drop_table('conversation')
    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_category_parent_id'))

    op.drop_table('category')
    op.drop_table('card')
    op.drop_table('balance')
