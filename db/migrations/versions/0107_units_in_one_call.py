"""A unit is one call: what it gave back is kept beside its token"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')

# The function as it was when this revision was written; db/unit_function.py says why.
WRITE_UNIT = """
CREATE FUNCTION write_unit(
    mark bigint, moment bigint, stale text[], names text[], texts text[],
    calls text[], wanted integer[], asked boolean[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    step integer := 0;
    touched bigint;
    given jsonb := '[]';
    found jsonb[];
    said record;
    detail text;
    rule text;
    tip text;
BEGIN
    FOR n IN 1 .. cardinality(stale) LOOP
        IF EXISTS (SELECT FROM pg_prepared_statements p WHERE p.name = stale[n]) THEN
            EXECUTE format('DEALLOCATE %I', stale[n]);
        END IF;
    END LOOP;
    FOR n IN 1 .. cardinality(names) LOOP
        IF NOT EXISTS (SELECT FROM pg_prepared_statements p WHERE p.name = names[n]) THEN
            EXECUTE format('PREPARE %I AS %s', names[n], texts[n]);
        END IF;
    END LOOP;
    FOR n IN 1 .. cardinality(calls) LOOP
        step := n;
        IF asked[n] THEN
            found := '{}';
            FOR said IN EXECUTE calls[n] LOOP
                found := array_append(found, (SELECT jsonb_agg(value) FROM json_each(to_json(said))));
            END LOOP;
            touched := cardinality(found);
            given := given || jsonb_build_array(to_jsonb(found));
        ELSE
            EXECUTE calls[n];
            GET DIAGNOSTICS touched = ROW_COUNT;
        END IF;
        IF touched <> wanted[n] THEN
            RAISE EXCEPTION USING ERRCODE = 'DS001', MESSAGE = format('touched %s, not %s', touched, wanted[n]);
        END IF;
    END LOOP;
    INSERT INTO unit (token, at, answers)
    SELECT mark, moment, given WHERE pg_current_xact_id_if_assigned() IS NOT NULL;
    RETURN given;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, rule = CONSTRAINT_NAME, tip = PG_EXCEPTION_HINT;
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, DETAIL = detail, CONSTRAINT = rule,
        HINT = trim(step || ' ' || tip);
END $$"""


def upgrade() -> None:
    op.add_column('unit', sa.Column('answers', JSON, nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().exec_driver_sql(WRITE_UNIT)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().exec_driver_sql("DROP FUNCTION write_unit")
    op.drop_column('unit', 'answers')
