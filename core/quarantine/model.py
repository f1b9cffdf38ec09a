"""The standstill after a restore."""

from datetime import datetime

from core.entity import Entity


class Quarantine(Entity):
    """The data is of `taken_at`; what happened from then to `began_at` is known to nobody here."""

    taken_at: datetime
    began_at: datetime
    lifted_at: datetime | None = None
    lifted_by: int | None = None
    version: int = 1
