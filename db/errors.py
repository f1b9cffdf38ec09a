"""What can go wrong between the business and its database: the same classes on both databases."""

from typing import Any


class DatabaseError(Exception):
    """The database could not do what was asked."""


class DatabaseInUse(DatabaseError):
    """Another process already works on this SQLite file."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is in use by another process; stop it first, or use PostgreSQL")
        self.path = path


class DatabaseUnreachable(DatabaseError):
    """At the start: nobody answers at the address (told without its password), or whoever does refuses us."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url = url
        self.why = why


class UnsupportedDatabase(DatabaseError):
    """The address names a database this product does not run on."""


class TablesNewer(DatabaseError):
    """The tables are of a later version, which has taken away what this one needs."""

    def __init__(self, there: str, known: str) -> None:
        super().__init__(f"tables {there}, known {known}")
        self.there = there
        self.known = known


class TablesHeld(DatabaseError):
    """Somebody has kept a table for longer than a change to it waits."""

    def __init__(self, pid: int, seconds: int) -> None:
        super().__init__(f"backend {pid} for {seconds} s")
        self.pid = pid
        self.seconds = seconds


class OlderAtWork(DatabaseError):
    """So many processes that do not know the step `needs` are at work, and what they use is to go."""

    def __init__(self, count: int, needs: str) -> None:
        super().__init__(f"{count} that do not know {needs}")
        self.count = count
        self.needs = needs


class NoCopy(DatabaseError):
    """The file could not be copied before it is changed."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class CannotMove(DatabaseError):
    """What stands in the way of going from one database to another; nothing was lost."""

    def __init__(self, why: str, facts: dict[str, str] | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts or {}


class GuardFailed(DatabaseError):
    """A guarded operation met a different world than expected; nothing of its unit was written."""

    def __init__(self, guard: Any, index: int) -> None:
        super().__init__(f"guard {guard!r} of operation {index} failed")
        self.guard = guard
        self.index = index


class ConstraintBroken(DatabaseError):
    """A constraint refused an operation that named no guard: a fault of ours, not of the user."""

    def __init__(self, index: int, detail: str) -> None:
        super().__init__(f"operation {index}: {detail}")
        self.index = index
        self.detail = detail


class StorageUnavailable(DatabaseError):
    """The database stayed busy, full, read-only or away for too long; nothing was written."""

    passing = True
