"""Rows: the entities of core with keys, indexes and constraints; importing this declares all of them."""

from db.search import tables as search
from db.tables import (
    alerts,
    announcements,
    appeals,
    backups,
    catalog,
    extras,
    faq,
    files,
    findings,
    inquiries,
    ledger,
    orders,
    payments,
    payouts,
    people,
    platform,
    plumbing,
    portraits,
    prices,
    receipts,
    reconciling,
    security,
    series,
    taking,
    waitlist,
)

__all__ = [
    "alerts", "announcements", "appeals", "backups", "catalog", "extras", "faq", "files", "findings", "inquiries",
    "ledger", "orders", "payments", "payouts", "people", "platform", "plumbing", "portraits", "prices", "receipts",
    "reconciling", "search", "security", "series", "taking", "waitlist",
]  # fmt: skip
