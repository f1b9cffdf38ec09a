"""Processes that keep the catalogue and the rules in memory hear of each change"""

from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

DDL = [
    "CREATE FUNCTION tell_of_rules() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN PERFORM pg_notify('doorstep', 'rules'); RETURN NULL; END $$",
    *(
        f"CREATE TRIGGER {table}_told AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION tell_of_rules()"
        for table in ("category", "service", "rule_value", "quarantine")
    ),
]


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in DDL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION tell_of_rules() CASCADE")
