"""The base of all business objects: SQLModel classes without a table; db adds keys, indexes and constraints."""

from collections.abc import Callable

from sqlmodel import SQLModel

NewId = Callable[[], int]


class Entity(SQLModel):
    """A thing with an identity. Ids are chosen before writing, so a whole change set is one hop."""

    id: int
