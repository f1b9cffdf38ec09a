"""One update of one person, and the routing tables that say which handler answers it.

Each conversation folder holds `dialog.py` with a `Dialog`: verbs of buttons, steps in which typed answers are
expected, commands. A handler takes the `Talk` and the ids of the button, calls core once and returns a `Screen`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.i18n import Words
from bot.links import Links
from bot.screen import File, Screen, Tile
from core.errors import Invalid
from core.people.model import Person
from core.services import Core

REACTION = "reaction"  # the kind of what arrives when somebody puts a sign under a message, or takes it back
LARGEST_FILE = 20 << 20  # bytes; Telegram hands out no more than that to a bot
LARGEST = 2**63 - 1  # no id of ours is larger, and no database takes one


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that arrived: Telegram's id (good for this bot only), kind and size in bytes."""

    telegram_id: str
    kind: str
    mime: str = ""
    name: str = ""
    size: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """What Telegram asks before an invoice is paid (`query_id`), or tells once it is: its charge and the company's."""

    number: str
    amount: int
    currency: str
    query_id: str = ""
    charge: str = ""
    also: str = ""


@dataclass(slots=True)
class Incoming:
    """What arrived, free of frameworks. Exactly one of press / command / query / other content is the point of it.

    `query_id`: the bot was called by its name in some chat, `text` is what was typed behind it.

    `marked` is the text with the formatting it was given, as Telegram HTML.

    `points_at` is the other person this message is about (id, name): whose message it answers, who was forwarded,
    whose contact card it is. `speaks_for` is the chat (id, title) in whose name it was sent.
    """

    bot: str
    update_id: int
    chat_id: int
    user_id: int
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    chat_kind: str = "private"
    thread_id: int | None = None
    message_id: int = 0
    reply_to: int | None = None
    date: datetime | None = None
    text: str = ""
    marked: str = ""
    command: str = ""
    argument: str = ""
    press: str = ""
    callback_id: str = ""
    query_id: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    album: str = ""
    contact_phone: str = ""
    contact_is_own: bool = False
    points_at: tuple[int, str] | None = None
    location: tuple[float, float] | None = None
    live_until: datetime | None = None
    edited: bool = False
    forwarded: bool = False
    on_behalf: bool = False
    speaks_for: tuple[int, str] | None = None
    bill: Bill | None = None
    kind: str = "text"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def key(self) -> str:
        """Names this update for good: what it causes is done once even if it is handled twice."""
        return f"{self.bot}:{self.update_id}"


class Messenger(Protocol):
    """The means to write into one bot's chats; every call passes the send gate."""

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int: ...

    async def edit(
        self, chat_id: int, message_id: int, screen: Screen, *, thread_id: int | None = None
    ) -> int: ...

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Takes the buttons off a message; one that is gone or has none is fine."""

    async def delete(self, chat_id: int, message_id: int) -> None: ...

    async def answer(self, callback_id: str, text: str = "", *, alert: bool = False) -> None: ...

    async def offer(self, query_id: str, found: Sequence[Tile], *, seconds: int) -> None:
        """What may be sent into the chat in which the bot was called; kept so long for the same words."""

    async def checkout(self, query_id: str, *, refused: str = "") -> None:
        """Lets an invoice be paid, or says why not in the payer's form."""

    async def react(self, chat_id: int, message_id: int, emoji: str) -> None:
        """A sign under somebody's message; not worth failing for."""

    async def download(self, telegram_id: str) -> bytes: ...

    async def leave(self, chat_id: int) -> None:
        """Goes out of a group or a channel."""

    async def close_topic(self, chat_id: int, thread_id: int) -> None: ...

    async def reopen_topic(self, chat_id: int, thread_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered when something arrives; `on_card`: its message is a card, see bot.screen.Card.

    `answers` is the card (kind, subject) that a typed message answers by Telegram's own reply. `stands`: its message is
    a word about how something stands, see bot/standing.py.
    """

    person: Person | None
    step: str
    memory: dict[str, Any]
    on_card: bool
    answers: tuple[str, int] | None = None
    stands: bool = False


@dataclass(slots=True)
class Talk:
    """The handler's whole world: who, what, when, in which language, and the services of core.

    `link` leads to this bot, `shop` to that of the customers.
    """

    core: Core
    person: Person
    words: Words
    now: datetime
    incoming: Incoming
    messenger: Messenger
    link: Links
    shop: Links
    step: str = ""
    memory: dict[str, Any] = field(default_factory=dict)
    on_card: bool = False
    answers: tuple[str, int] | None = None
    stands: bool = False
    toast_text: str = ""
    toast_alert: bool = False

    def toast(self, text: str, *, alert: bool = False) -> None:
        """What the pop-up of a tap says, in plain text; who typed reads it above the answer."""
        self.toast_text, self.toast_alert = text, alert

    def expect(self, step: str, **memory: Any) -> None:
        """The next typed answer belongs to `step`; `memory` (ids only) is kept with it over restarts."""
        self.step = step
        self.memory = {"live": self.memory.get("live")} | memory

    def rest(self) -> None:
        """Nothing typed is expected any more."""
        self.expect("")

    async def store(self, attachment: Attachment) -> File:
        """Downloads what arrived into our own file store (metadata stripped). Raises Invalid("file", ...)."""
        if attachment.size > LARGEST_FILE:
            raise Invalid("file", "too_large", {"most": LARGEST_FILE >> 20})
        content = await self.messenger.download(attachment.telegram_id)
        kept = await self.core.files.keep(
            content=content, mime=attachment.mime, name=attachment.name,
            owner_id=self.person.id, now=self.now,
        )  # fmt: skip
        return File(name=kept.name, mime=kept.mime, file_id=kept.id)


Handler = Callable[..., Awaitable[Screen | None]]


@dataclass(frozen=True, slots=True)
class Payer:
    """Whoever is about to pay an invoice, or paid one: perhaps a stranger to whom the link was passed on."""

    core: Core
    bill: Bill
    words: Callable[[Person | None], Words]
    incoming: Incoming
    messenger: Messenger
    now: datetime


Till = Callable[[Payer], Awaitable[None]]
Offering = Callable[[Talk], Awaitable[Sequence[Tile]]]


@dataclass(frozen=True)
class Dialog:
    """The map of one conversation.

    taps:     verb of a button → handler; the ids behind the verb become arguments (`int` by annotation, else str)
    says:     step → handler for whatever is typed or sent in that step (text, photo, location, contact)
    commands: name → handler (the argument is in `talk.incoming.argument`)
    replies:  kind of card → handler for what answers such a message by Telegram's own reply, in whatever step; it
              gets the card's subject
    signs:    kind of card → handler for a sign (`talk.incoming.text`, empty: taken back) under such a message; it gets
              the card's subject, and nothing else hears of signs
    """

    taps: dict[str, Handler] = field(default_factory=dict)
    says: dict[str, Handler] = field(default_factory=dict)
    commands: dict[str, Handler] = field(default_factory=dict)
    replies: dict[str, Handler] = field(default_factory=dict)
    signs: dict[str, Handler] = field(default_factory=dict)


def merge(dialogs: Sequence[Dialog]) -> Dialog:
    """All conversations of one bot as one map; a verb, step, command or kind may stand only once."""
    whole = Dialog()
    for dialog in dialogs:
        for name in ("taps", "says", "commands", "replies", "signs"):
            mine, theirs = getattr(whole, name), getattr(dialog, name)
            if twice := mine.keys() & theirs.keys():
                raise ValueError(f"{name} declared twice: {sorted(twice)}")
            mine.update(theirs)
    return whole


def arguments(handler: Handler, ids: Sequence[str]) -> list[int | str] | None:
    """The ids of a button turned into what the handler wants, or None for a button that can't be ours."""
    wanted = [
        kind for name, kind in handler.__annotations__.items() if name not in ("talk", "return")
    ]
    if len(wanted) != len(ids):
        return None
    try:
        turned = [
            int(value) if kind in (int, "int") else value
            for kind, value in zip(wanted, ids, strict=True)
        ]
    except ValueError:
        return None
    return None if any(isinstance(one, int) and abs(one) > LARGEST for one in turned) else turned
