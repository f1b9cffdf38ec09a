"""Every command, button and typed answer of the staff chat with the permission it needs.

Help, menu, guard and tests are read from these rows; what has no row can't be reached, and a row without a known
permission fails when it is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.admin.desk.way import DESK, homeward
from bot.conversation import Dialog, Handler
from core.permissions import PERMISSIONS


class _Checked:
    """A row of the table: its action must be one of core.permissions."""

    action: str

    def __post_init__(self) -> None:
        if self.action not in PERMISSIONS:
            raise ValueError(f"no permission is called {self.action!r}")


@dataclass(frozen=True)
class Command(_Checked):
    """`does` is a message id: the line of the help and of the menu. A button of the verb `/name` does the same."""

    name: str
    action: str
    does: str
    handler: Handler


@dataclass(frozen=True)
class Tap(_Checked):
    """A button's verb. A `grave` one moves money or bars somebody: it stands only on a screen that asks for it."""

    verb: str
    action: str
    handler: Handler
    grave: bool = False


@dataclass(frozen=True)
class Say(_Checked):
    """A step in which something typed or sent is expected."""

    step: str
    action: str
    handler: Handler


Row = Command | Tap | Say


@dataclass(frozen=True)
class Registry:
    """All rows of all conversations."""

    rows: tuple[Row, ...]

    @property
    def commands(self) -> list[Command]:
        return [row for row in self.rows if isinstance(row, Command)]

    @property
    def taps(self) -> list[Tap]:
        return [row for row in self.rows if isinstance(row, Tap)]

    @property
    def says(self) -> list[Say]:
        return [row for row in self.rows if isinstance(row, Say)]

    def dialog(self) -> Dialog:
        """The routing table; a name that stands twice is refused."""
        commands = _once([(row.name, row.handler) for row in self.commands])
        taps = _once([(row.verb, row.handler) for row in self.taps])
        says = _once([(row.step, row.handler) for row in self.says])
        return Dialog(
            commands=commands,
            taps=taps | {f"/{name}": handler for name, handler in commands.items()},
            says=says,
        )

    def action(self, *, press: str, command: str, step: str) -> str | None:
        """The permission an update needs; None for words that are no answer to anything.

        What nobody knows is answered by the help, so it needs no more than that.
        """
        verb = press.split(":")[0]
        if verb.startswith("/"):
            command = verb[1:]
        elif verb:
            return {row.verb: row.action for row in self.taps}.get(verb, "help")
        if command:
            return {row.name: row.action for row in self.commands}.get(command, "help")
        return {row.step: row.action for row in self.says}.get(step)


def _once(pairs: Sequence[tuple[str, Handler]]) -> dict[str, Handler]:
    if len(dict(pairs)) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"declared twice: {sorted({n for n in names if names.count(n) > 1})}")
    return {name: handler if name == DESK else homeward(handler) for name, handler in pairs}
