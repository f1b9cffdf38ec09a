"""What publishing a draft would do: thing by thing, value by value, and what stands against it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.catalog.drafting import drafted
from core.catalog.model import Edit, Thing
from core.catalog.tree import Tree
from core.catalog.values import lacks


class Fate(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    HIDDEN = "hidden"
    SHOWN = "shown"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing before and after; `values` are the names of those that differ."""

    fate: Fate
    thing: Thing
    before: Thing | None
    values: tuple[str, ...] = ()

    def was(self, name: str) -> Any:
        return getattr(self.before, name)

    def now(self, name: str) -> Any:
        return getattr(self.thing, name)

    @property
    def moves_money(self) -> bool:
        return bool({"commission_bp", "deposit_bp", "payment"} & set(self.values))


def differences(*, before: Tree, after: Tree) -> list[Difference]:
    """In the order of the tree: what is new or different, then what is gone."""
    found = []
    for thing in after.things():
        live = before.find(thing_id=thing.id)
        values = () if live is None else _values(live, thing)
        if live is None or values:
            found.append(Difference(_fate(live, thing), thing, live, values))
    kept = {thing.id for thing in after.things()}
    gone = [one for one in before.things() if one.id not in kept]
    return found + [Difference(Fate.REMOVED, one, one) for one in gone]


def _values(live: Thing, thing: Thing) -> tuple[str, ...]:
    return tuple(
        name for name in type(thing).model_fields
        if getattr(live, name) != getattr(thing, name)
    )  # fmt: skip


def _fate(live: Thing | None, thing: Thing) -> Fate:
    if live is None:
        return Fate.ADDED
    if live.hidden == thing.hidden:
        return Fate.CHANGED
    return Fate.HIDDEN if thing.hidden else Fate.SHOWN


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the draft can't be published: `lacks` names the value that is missing or wrong of something shown."""

    thing: Thing
    lacks: str


def obstacles(*, before: Tree, edits: Sequence[Edit]) -> list[Obstacle]:
    """Of everything the draft touches and customers are to see; a place to hang on must stay, too."""
    after = drafted(tree=before, edits=edits)
    touched = {edit.subject for edit in edits}
    found = [
        Obstacle(thing, name)
        for thing in after.things()
        if thing.id in touched and not thing.hidden
        for name in lacks(thing=thing)
    ]
    return found + [Obstacle(thing, "category") for thing in after.loose()]
