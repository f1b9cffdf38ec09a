"""Rows of a table made fast: what all of them have in common is put down once."""

from typing import Any

from core.entity import Entity
from db.rows import shape


class Table:
    """Values in the order of the columns, as an insert or a copy takes them."""

    def __init__(self, kind: type[Entity], **common: Any) -> None:
        found = shape(kind)
        self.table, self.columns, self.into = found.table, found.columns, found.into
        entity = kind.model_construct(**common)
        self._common = [getattr(entity, name, None) for name in found.columns]
        self._at = {name: place for place, name in enumerate(found.columns)}

    def row(self, **values: Any) -> list[Any]:
        row = self._common.copy()
        for name, value in values.items():
            row[self._at[name]] = value
        return row
