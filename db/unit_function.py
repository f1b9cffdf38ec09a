"""The function by which PostgreSQL runs a unit; read where there is no driver for PostgreSQL, too."""

from typing import Final

FAILED: Final = "DS001"
"""What the server says of a guard that failed."""

# A statement runs by its name through EXECUTE, as only this keeps its plan. The error is caught to name the operation
# and to leave the values out of the server's log; the caller's transaction is over all the same.
DDL: Final = f"""
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
            found := '{{}}';
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
            RAISE EXCEPTION USING ERRCODE = '{FAILED}', MESSAGE = format('touched %s, not %s', touched, wanted[n]);
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
