"""Which role may do what: one row per action; the staff commands, their help and their tests are read from it."""

from typing import Final

from core.people.model import Role

OWNER, OPERATOR, FINANCE, SUPPORT = Role.OWNER, Role.OPERATOR, Role.FINANCE, Role.SUPPORT
EVERYBODY: Final = frozenset(Role)

PERMISSIONS: Final[dict[str, frozenset[Role]]] = {
    "help": EVERYBODY,
    "language": EVERYBODY,
    "staff.list": EVERYBODY,
    "staff.change": frozenset({OWNER}),
    "applications.read": frozenset({OWNER, OPERATOR, SUPPORT}),
    "applications.decide": frozenset({OWNER, OPERATOR}),
    "orders.read": EVERYBODY,
    "orders.cancel": frozenset({OWNER, OPERATOR}),
    "orders.reschedule": frozenset({OWNER, OPERATOR}),
    "orders.reassign": frozenset({OWNER, OPERATOR}),
    "alerts.read": EVERYBODY,
    "alerts.explain": frozenset({OWNER, OPERATOR, SUPPORT, FINANCE}),
    "people.read": EVERYBODY,
    "people.contact": frozenset({OWNER, OPERATOR, SUPPORT}),
    "people.edit": frozenset({OWNER, OPERATOR}),
    "people.freeze": frozenset({OWNER, OPERATOR}),
    "people.unfreeze": frozenset({OWNER, OPERATOR}),
    "people.delete": frozenset({OWNER, OPERATOR}),
    "appeals.read": frozenset({OWNER, OPERATOR, SUPPORT}),
    "appeals.decide": frozenset({OWNER, OPERATOR}),
    "orders.override": frozenset({OWNER, OPERATOR}),
    "orders.refund": frozenset({OWNER, OPERATOR, FINANCE}),
    "orders.release": frozenset({OWNER, FINANCE}),
    "orders.settle": frozenset({OWNER, OPERATOR, FINANCE}),
    "payouts.read": frozenset({OWNER, OPERATOR, FINANCE}),
    "payouts.decide": frozenset({OWNER, OPERATOR, FINANCE}),
    "reviews.read": EVERYBODY,
    "reviews.decide": frozenset({OWNER, OPERATOR, SUPPORT}),
    "prices.read": EVERYBODY,
    "prices.decide": frozenset({OWNER, OPERATOR}),
    "photos.read": EVERYBODY,
    "photos.decide": frozenset({OWNER, OPERATOR}),
    "tickets.read": EVERYBODY,
    "tickets.answer": frozenset({OWNER, OPERATOR, SUPPORT}),
    "catalog.read": EVERYBODY,
    "catalog.change": frozenset({OWNER, OPERATOR}),
    "catalog.publish": frozenset({OWNER, OPERATOR}),
    "rules.read": EVERYBODY,
    "rules.change": frozenset({OWNER}),
    "stats.read": frozenset({OWNER, OPERATOR, FINANCE}),
    "money.read": frozenset({OWNER, OPERATOR, FINANCE}),
    "money.decide": frozenset({OWNER, FINANCE}),
    "promotions.read": frozenset({OWNER, OPERATOR, FINANCE}),
    "promotions.change": frozenset({OWNER, OPERATOR}),
    "faq.read": EVERYBODY,
    "faq.change": frozenset({OWNER, OPERATOR, SUPPORT}),
    "announce": frozenset({OWNER, OPERATOR}),
    "log.read": frozenset({OWNER}),
    "security": frozenset({OWNER, OPERATOR}),
    "backups": frozenset({OWNER, OPERATOR}),
    "quarantine.read": EVERYBODY,
    "quarantine.lift": frozenset({OWNER, FINANCE}),
}


def may(*, role: Role, action: str) -> bool:
    """Whether the role includes the action."""
    return role in PERMISSIONS[action]
