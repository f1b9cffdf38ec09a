"""From entity to table and back without an ORM on the hot path: plain SQL text made once per shape, values decoded
by column type."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.entity import Entity
from core.ports import Of
from db.codec import as_json, as_time
from db.shapes import places

Decode = Callable[[Any], Any]


_STATE = (
    "__dict__",
    "__pydantic_fields_set__",
    "__pydantic_extra__",
    "__pydantic_private__",
)
"""All there is to an entity."""


def _as_member(members: dict[Any, Any], value: Any) -> Any:
    """Raises ValueError for a word that is none of them."""
    try:
        return members[value]
    except KeyError:
        raise ValueError(value) from None


def _as_date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def decoder(column: sa.Column[Any]) -> Decode | None:
    """What makes a value of this column out of a raw one that is there; None where it is one already."""
    kind = column.type
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return partial(_as_member, {one.value: one for one in kind.enum_class})
    if isinstance(kind, sa.JSON):
        return as_json
    if isinstance(kind, sa.Boolean):
        return bool
    if isinstance(kind, sa.Date):
        return _as_date
    python = getattr(kind, "impl", kind)
    return as_time if isinstance(python, sa.DateTime) else None


@dataclass(frozen=True)
class Shape:
    """One entity's table: its columns in order and what to do to each value read."""

    kind: type[Entity]
    table: str
    columns: tuple[str, ...]
    decoders: tuple[tuple[str, Decode], ...]

    @cached_property
    def select(self) -> str:
        return f"SELECT {', '.join(self.columns)} FROM {self.table}"

    @cached_property
    def into(self) -> str:
        return f"{self.table} ({', '.join(self.columns)})"

    @cached_property
    def insert(self) -> str:
        return f"INSERT INTO {self.into} VALUES ({', '.join('?' * len(self.columns))})"

    def read(self, row: Sequence[Any]) -> Any:
        """The entity of one raw row in `columns` order.

        As `model_construct` would make it: a quarter of that is spent on names that can't be other here.
        """
        values = dict(zip(self.columns, row, strict=True))
        for name, decode in self.decoders:
            if (value := values[name]) is not None:
                values[name] = decode(value)
        entity = object.__new__(self.kind)
        for name, state in zip(_STATE, (values, set(self.columns), None, None), strict=True):
            object.__setattr__(entity, name, state)
        return entity

    @cached_property
    def values(self) -> Callable[[Entity], tuple[Any, ...]]:
        """Of an entity, in `columns` order."""
        return attrgetter(*self.columns)


def _row_classes(base: type[SQLModel] = SQLModel) -> Iterable[type[SQLModel]]:
    for kind in base.__subclasses__():
        if "__table__" in kind.__dict__:
            yield kind
        yield from _row_classes(kind)


@cache
def shape(kind: type[Entity]) -> Shape:
    """The shape of an entity's table. Raises LookupError for an entity without one."""
    import db.tables  # noqa: F401  (declares every row)

    for row in _row_classes():
        if kind in row.__bases__:
            table = row.__table__  # type: ignore[attr-defined]
            columns = tuple(c.name for c in table.columns)
            decoders = tuple((c.name, d) for c in table.columns if (d := decoder(c)))
            return Shape(kind, table.name, columns, decoders)
    raise LookupError(f"{kind.__name__} has no table")


@cache
def joined(kinds: tuple[type[Entity], ...], columns: tuple[str, ...]) -> str:
    """The first kind's row of an id beside the rows of the others that its `columns` name."""
    shapes = [shape(kind) for kind in kinds]
    names = ", ".join(f"t{n}.{name}" for n, of in enumerate(shapes) for name in of.columns)
    beside = "".join(
        f" JOIN {of.table} t{n} ON t{n}.id = t0.{column}"
        for n, (of, column) in enumerate(zip(shapes[1:], columns, strict=True), start=1)
    )
    return f"SELECT {names} FROM {shapes[0].table} t0{beside} WHERE t0.id = ?"


def read_joined(kinds: Sequence[type[Entity]], row: Sequence[Any]) -> tuple[Any, ...]:
    """The entities of one row of `joined`."""
    found, start = [], 0
    for of in map(shape, kinds):
        end = start + len(of.columns)
        found.append(of.read(row[start:end]))
        start = end
    return tuple(found)


def where(equals: dict[str, Any]) -> tuple[str, list[Any]]:
    """`name = ?` joined by AND; lists and `Of` mean any of them, None means IS NULL."""
    parts, params = [], []
    for name, value in equals.items():
        if value is None:
            parts.append(f"{name} IS NULL")
        elif isinstance(value, list | tuple | set | frozenset):
            marks, members = places(list(value))
            parts.append(f"{name} IN ({marks})" if members else "1 = 0")
            params.extend(members)
        elif isinstance(value, Of):
            inner, values = where(dict(value.equals))
            parts.append(f"{name} IN (SELECT {value.column} FROM {shape(value.kind).table}{inner})")
            params.extend(values)
        else:
            parts.append(f"{name} = ?")
            params.append(value)
    return (" WHERE " + " AND ".join(parts) if parts else ""), params
