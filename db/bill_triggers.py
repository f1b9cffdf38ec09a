"""Makes the database itself the last word on a bill: it grows by what the customer approved and by nothing else,
what was sent is not changed, and no more than the bill is ever collected.
"""

from typing import Final

# A bill may become smaller (another provider at a lower price), never larger but by an approved proposal.
_GROWN: Final = "NEW.total - NEW.extra_total > OLD.total - OLD.extra_total"
_NOT_APPROVED: Final = (
    "NEW.extra_total <> OLD.extra_total AND NEW.extra_total <> (SELECT COALESCE(SUM(amount), 0)"
    " FROM extra WHERE order_id = NEW.id AND state = 'approved')"
)
_TOO_MUCH: Final = "NEW.paid - NEW.refund_due + COALESCE(NEW.cash_confirmed, 0) > NEW.total"
_UNASKED: Final = "NEW.state = 'approved' AND OLD.state NOT IN ('open', 'approved')"
_REWRITTEN: Final = (
    "OLD.state <> 'draft' AND (NEW.amount <> OLD.amount OR NEW.lines <> OLD.lines"
    " OR NEW.order_id <> OLD.order_id OR (OLD.state <> 'open' AND NEW.state <> OLD.state))"
)
ORDERS: Final = (
    (_GROWN, "bill: the price that was booked does not rise"),
    (_NOT_APPROVED, "bill: only what the customer approved is added"),
    (_TOO_MUCH, "bill: more than was approved"),
)
EXTRAS: Final = (
    (_UNASKED, "bill: approved is only what the customer was asked"),
    (_REWRITTEN, "bill: what was sent is not changed"),
)
_WATCHED: Final = "UPDATE OF total, extra_total, paid, refund_due, cash_confirmed ON orders"
_TRIGGERS: Final = (
    ("bill_of_order", _WATCHED, ORDERS),
    ("bill_of_extra", "UPDATE ON extra", EXTRAS),
)

_Rules = tuple[tuple[str, str], ...]


def _sqlite(name: str, when: str, rules: _Rules) -> str:
    said = " ".join(f"SELECT RAISE(ABORT, '{words}') WHERE {broken};" for broken, words in rules)
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN {said} END"


def _postgresql(name: str, when: str, rules: _Rules) -> list[str]:
    said = " ".join(
        f"IF {broken} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;"
        for broken, words in rules
    )
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {said} RETURN NEW; END $$",
        f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


DDL: Final = {
    "sqlite": [_sqlite(*trigger) for trigger in _TRIGGERS],
    "postgresql": [one for trigger in _TRIGGERS for one in _postgresql(*trigger)],
}
"""What makes them, statement by statement."""
