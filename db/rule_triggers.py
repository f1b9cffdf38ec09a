"""On PostgreSQL each change of what processes keep in memory rings the bell (db/bell.py): catalogue, rules, quarantine.

The database does it, so that no way of writing can forget it.
"""

from typing import Final

KEPT: Final = ("category", "service", "rule_value", "quarantine")
DDL: Final = [
    "CREATE FUNCTION tell_of_rules() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN PERFORM pg_notify('doorstep', 'rules'); RETURN NULL; END $$",
    *(
        f"CREATE TRIGGER {table}_told AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION tell_of_rules()"
        for table in KEPT
    ),
]
