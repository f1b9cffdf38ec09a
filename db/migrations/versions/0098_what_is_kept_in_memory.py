"""Processes that keep the catalogue and the rules in memory hear of each change"""

from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

KEPT = ("category", "service", "rule_value", "quarantine")


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "CREATE FUNCTION tell_of_rules() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN PERFORM pg_notify('doorstep', 'rules'); RETURN NULL; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_told AFTER INSERT OR UPDATE OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION tell_of_rules()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in KEPT:
        op.execute(f"DROP TRIGGER {table}_told ON {table}")
    op.execute("DROP FUNCTION tell_of_rules()")
