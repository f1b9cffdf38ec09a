"""What a person sees, belonging to no framework: text, rows of buttons, pictures. Messengers turn it into calls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from unicodedata import east_asian_width

from markupsafe import Markup

Style = Literal["", "primary", "success", "danger"]


def press(verb: str, *ids: int | str) -> str:
    """Callback data: a verb and ids only, `verb:1:2`, at most 64 bytes (Telegram's limit)."""
    data = ":".join([verb, *map(str, ids)])
    if len(data.encode()) > 64:
        raise ValueError(f"callback data too long: {data}")
    return data


@dataclass(frozen=True, slots=True)
class Button:
    """One of: a press (callback data), a link, a text to copy, an address or a card (`inline`) to share with a chat."""

    label: str
    press: str = ""
    url: str = ""
    copy: str = ""
    share: str | None = None
    inline: str = ""
    style: Style = ""


@dataclass(frozen=True, slots=True)
class File:
    """Bytes of our own (`content`), or a stored file by its id: a Telegram file id is good for one bot only.

    A `caption` begins a new album: it stands under the pictures from this one on.
    """

    name: str
    mime: str = "image/jpeg"
    content: bytes = b""
    file_id: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A reply keyboard of one use: share the own phone, the location, or one of a few words."""

    contact: str = ""
    location: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the map; `live_seconds` makes it a moving one."""

    lat: float
    lon: float
    live_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """Names the live message of a subject in a chat, e.g. ("order", 42): later news edits it in place.

    `when_missing`: "send" puts a first one, "skip" lets it be (there is nothing to bring up to date). `anew` sends
    it again at the bottom of the chat with sound; the former message becomes a line. `fades`: the live message becomes
    this line, without buttons, and is nobody's card any more. `goes`: it is taken away where Telegram lets us,
    and else fades. `stands`: a word about how the subject stands; it is looked at again whenever that goes on (see
    bot/standing.py), also while something of it is open there.
    """

    kind: str
    subject: int
    when_missing: Literal["send", "skip"] = "send"
    anew: bool = False
    fades: bool = False
    goes: bool = False
    stands: bool = False


Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Sign:
    """An emoji under a message that is in the chat already, in place of ours that was there."""

    message_id: int
    emoji: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Text is HTML-safe markup. With `photo` (a film or a voice, too) it is the caption; `files` go as an album or
    documents before it. `below`: the message that was tapped stays as it is, the answer is a message of its own.
    A letter with a `sign` is nothing but that.
    """

    text: Markup
    rows: Rows = ()
    photo: File | None = None
    files: tuple[File, ...] = ()
    ask: Ask | None = None
    close_keyboard: bool = False
    pin: Pin | None = None
    card: Card | None = None
    quiet: bool = False
    protect: bool = False
    below: bool = False
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing that can be sent into any chat: a title and a line to choose it by, the message it becomes.

    Whoever reads the message may be a stranger: it holds nothing of the one who sent it.
    """

    id: str
    title: str
    line: str
    text: Markup
    rows: Rows = ()


ROOM = 40
"""Places for letters in a row of buttons on a narrow phone, as bot.screen.width counts them."""


def width(text: str) -> int:
    """Places the text takes in a line: a Han character takes two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def grid(buttons: Sequence[Button], *, columns: int = 2) -> list[list[Button]]:
    """Buttons in rows of `columns`; a label that would break into two lines there has a row of its own."""
    rows: list[list[Button]] = []
    room = 0
    for button in buttons:
        long = width(button.label) > ROOM // columns
        if long or not room:
            rows.append([])
            room = columns
        rows[-1].append(button)
        room = 0 if long else room - 1
    return rows


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a long list: at most `size` items, numbered from 0."""

    number: int
    count: int
    items: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, items: Sequence[Any], number: int, size: int = 8) -> "Page":
        count = max(1, -(-len(items) // size))
        number = min(max(number, 0), count - 1)
        return cls(number, count, list(items[number * size : (number + 1) * size]))

    def turns(self, verb: str, *ids: int | str, first: int = 0) -> list[list[Button]]:
        """The row that turns pages (`verb:ids…:page`, counted from `first`), or no row when one page is all."""
        if self.count == 1:
            return []

        def to(number: int, label: str) -> Button:
            return Button(label, press(verb, *ids, first + number % self.count))

        here = to(self.number, f"{self.number + 1}/{self.count}")
        return [[to(self.number - 1, "◀"), here, to(self.number + 1, "▶")]]
