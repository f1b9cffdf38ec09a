"""Rows: the entities of core with keys, indexes and constraints; importing this declares all of them."""

from db.search import tables as search
from db.tables import catalog, files, ledger, orders, payments, people, plumbing

__all__ = ["catalog", "files", "ledger", "orders", "payments", "people", "plumbing", "search"]
