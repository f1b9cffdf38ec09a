"""From one update to one answer: who is it, which row of the table, show the screen, answer the tap.

The same for all three bots; bot/gateway turns each framework's updates into `Incoming` and calls `Desk.handle`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog
from markupsafe import Markup

from bot import meters
from bot.conversation import (
    REACTION,
    Bill,
    Dialog,
    Handler,
    Incoming,
    Known,
    Messenger,
    Offering,
    Payer,
    Talk,
    Till,
    arguments,
)
from bot.errors import sentence
from bot.features import enter, offered
from bot.groups import BROUGHT, GROUPS, say_where_and_go
from bot.i18n import Words, choose_language
from bot.links import Links
from bot.rivals import once_more
from bot.screen import Button, Screen, press
from bot.turns import Turns
from core.errors import DomainError
from core.people.model import Person
from core.services import Core

KEPT_S = 300  # how long Telegram may show the same answer to the same words of a person
POP_UP = 200  # characters of it that Telegram shows
OWN_KEPT_S = 10  # and where nothing was typed: favourites come and go
log = structlog.get_logger()


# Steps in which somebody listens: the staff, or the other side of an order.
HEARD = ("help", "ticket", "heard", "relay", "appeal", "inquiry")


def _unheard(talk: Talk) -> bool:
    """A voice message where only words are understood."""
    spoken = talk.incoming.kind in ("voice", "video_note", "audio")
    return spoken and talk.step not in HEARD and talk.answers is None


async def _unknown_command(talk: Talk) -> None:
    """In the middle of something: said beside it, and what was begun stays."""
    text = talk.words("I don't know this command. Just go on, or send /cancel to stop.")
    await talk.messenger.send(talk.incoming.chat_id, Screen(text, quiet=True))


async def _unanswered(talk: Talk) -> None:
    """A sign under something nobody waits for a word about."""


def _saying(screen: Screen, words: Words) -> Screen:
    """The answer there would be without it, with a word about it in front."""
    said = words("🎤 I can't listen to voice messages here. Please type it instead.")
    return replace(screen, text=said + Markup("\n\n") + screen.text)


def _seen(talk: Talk, screen: Screen | None) -> Screen | None:
    """Only a tap has a pop-up: who typed or sent something reads the same above the answer."""
    if not talk.toast_text or talk.incoming.callback_id or talk.incoming.edited:
        return screen
    said = Markup.escape(talk.toast_text)
    if screen is None:
        return Screen(said)
    return replace(screen, text=Markup("\n\n").join(filter(None, (said, screen.text))))


class Conversations(Protocol):
    """Who a person is and where in a dialogue, over restarts."""

    async def load(self, incoming: Incoming) -> Known: ...

    async def save(self, incoming: Incoming, step: str, memory: dict[str, Any]) -> None: ...


class Cards(Protocol):
    """Which message is the live card of what; see bot.screen.Card."""

    async def put(
        self, bot: str, chat_id: int, message_id: int, kind: str, subject: int, *,
        person_id: int | None, cause: str, now: int, stands: bool,
    ) -> None: ...  # fmt: skip

    async def drop(self, bot: str, chat_id: int, message_id: int) -> None: ...


@dataclass(slots=True)
class Desk:
    """One bot's front desk.

    `home` answers what nothing else does (an unknown or old button, a command nobody knows); `typed` answers free
    text outside any step, `edited` what somebody changed after sending it; `offering` finds what may be sent into
    other chats; `till` answers whoever pays an invoice;
    `guard` may refuse an update altogether (staff rights) by returning False; `group` is the one
    group it belongs to.
    """

    bot: str
    core: Core
    dialog: Dialog
    messenger: Messenger
    conversations: Conversations
    cards: Cards
    clock: Callable[[], datetime]
    link: Links
    shop: Links
    home: Handler
    typed: Handler
    edited: Handler
    zone: str
    currency: str
    default_language: str
    turns: Turns = field(default_factory=Turns)
    guard: Callable[[Talk], Any] | None = None
    offering: Offering | None = None
    till: Till | None = None
    group: int = 0

    async def handle(self, incoming: Incoming) -> None:
        if incoming.kind == BROUGHT:
            await self._brought(incoming)
            return
        if incoming.bill is not None:
            await self._pay(incoming, incoming.bill)
            return
        if self.guard is None and incoming.chat_kind in GROUPS:
            return  # what is said there is not said to us
        talk = await self._talk(incoming)
        if incoming.query_id:
            await self._offer(talk)
            return
        before = (talk.step, dict(talk.memory))
        if self.guard is not None and not await self.guard(talk):
            await self._answer(talk)
            return
        screen = await self._run(talk)
        screen = _seen(talk, offered(screen, self.core.rules) if screen else None)
        shown, _ = await asyncio.gather(self._show(talk, screen), self._answer(talk))
        if shown and screen:
            # A card stays open to be paid or followed whatever is said below it.
            talk.memory = talk.memory | {"live": None if screen.card else shown}
        if (talk.step, talk.memory) != before:
            await self.conversations.save(incoming, talk.step, talk.memory)

    async def _pay(self, incoming: Incoming, bill: Bill) -> None:
        """No talk, no screen: an answer in a moment."""
        if self.till is None:
            return
        nobody = self._passer_by(incoming, self.clock())
        payer = Payer(
            core=self.core, bill=bill, words=lambda person: self.words(person or nobody),
            incoming=incoming, messenger=self.messenger, now=self.clock(),
        )  # fmt: skip
        await self.till(payer)

    async def _brought(self, incoming: Incoming) -> None:
        """Into a group: it stays in its own alone, and remembers nobody of any other."""
        if incoming.chat_id == self.group:
            return
        known = await self.conversations.load(incoming)
        person = known.person or self._passer_by(incoming, self.clock())
        await say_where_and_go(
            bot=self.bot, chat_id=incoming.chat_id, chat_kind=incoming.chat_kind,
            messenger=self.messenger, words=self.words(person), link=self.link,
        )  # fmt: skip

    async def _talk(self, incoming: Incoming) -> Talk:
        now, known = self.clock(), await self.conversations.load(incoming)
        person = known.person or await self._somebody(incoming, now)
        if person.id and person.username != incoming.username.lower():
            person = await self.core.people.called(
                person_id=person.id, username=incoming.username.lower()
            )
        return Talk(
            core=self.core, person=person, words=self.words(person), now=now, incoming=incoming,
            messenger=self.messenger, link=self.link, shop=self.shop, step=known.step, memory=known.memory,
            on_card=known.on_card, answers=known.answers, stands=known.stands,
        )  # fmt: skip

    async def _offer(self, talk: Talk) -> None:
        found = await self.offering(talk) if self.offering else ()
        seconds = KEPT_S if talk.incoming.text else OWN_KEPT_S
        await self.messenger.offer(talk.incoming.query_id, found, seconds=seconds)

    async def _somebody(self, incoming: Incoming, now: datetime) -> Person:
        """Who only calls the bot in another chat has not come to us, and a chat is nobody: neither is remembered."""
        if not incoming.query_id and not incoming.on_behalf:
            return await self._welcome(incoming, now)
        return self._passer_by(incoming, now)

    @staticmethod
    def _passer_by(incoming: Incoming, now: datetime) -> Person:
        return Person(
            id=0, telegram_id=incoming.user_id, language_code=incoming.language_code[:16],
            created_at=now, seen_at=now,
        )  # fmt: skip

    async def _welcome(self, incoming: Incoming, now: datetime) -> Person:
        return await self.core.people.welcome(
            telegram_id=incoming.user_id, name=incoming.full_name,
            language_code=incoming.language_code, now=now,
        )  # fmt: skip

    def words(self, person: Person) -> Words:
        language = choose_language(
            chosen=person.language, code=person.language_code, default=self.default_language
        )
        return Words(language, self.zone, self.currency)

    async def _run(self, talk: Talk) -> Screen | None:
        handler, ids = self._route(talk)
        unheard = self.guard is None and _unheard(talk)
        try:
            enter(talk.incoming.press, self.core.rules)
            screen = await once_more(talk, partial(handler, talk, *ids))
            return _saying(screen, talk.words) if unheard and screen else screen
        except DomainError as error:
            log.info("refused", bot=self.bot, error=type(error).__name__)
            meters.REFUSED.labels(self.bot, type(error).__name__).inc()
            return await self._refused(talk, error)

    def _route(self, talk: Talk) -> tuple[Handler, list[int | str]]:
        incoming = talk.incoming
        if incoming.press:
            verb, *rest = incoming.press.split(":")
            handler = self.dialog.taps.get(verb)
            ids = arguments(handler, rest) if handler else None
            return (self.home, []) if handler is None or ids is None else (handler, ids)
        if incoming.command:
            nobody = _unknown_command if talk.step and self.guard is None else self.home
            return self.dialog.commands.get(incoming.command, nobody), []
        if incoming.kind == REACTION:
            kind, subject = talk.answers or ("", 0)
            found = self.dialog.signs.get(kind)
            return (found, [subject]) if found else (_unanswered, [])
        if incoming.edited and incoming.kind != "location":
            return self.edited, []
        if talk.answers and (handler := self.dialog.replies.get(talk.answers[0])):
            return handler, [talk.answers[1]]
        return self.dialog.says.get(talk.step, self.typed), []

    async def _refused(self, talk: Talk, error: DomainError) -> Screen | None:
        text = sentence(error, talk.words)
        if talk.incoming.callback_id:
            talk.toast(text, alert=True)
            return None
        if self.guard is not None:
            return Screen(talk.words("{why} Or send /cancel to stop.", why=text))
        home = Button(talk.words.plain("🏠 Home"), press("home"))
        return Screen(talk.words("{text}", text=text), [[home]])

    async def _show(self, talk: Talk, screen: Screen | None) -> int | None:
        """A tap edits its own message; typed words get a new one, and the dialogue's former one loses its buttons."""
        if screen is None:
            return None
        if talk.incoming.chat_id < 0:  # a whole staff would wait for one another
            return await self._write(talk, screen)
        async with self.turns.of(self.bot, talk.incoming.chat_id):
            return await self._write(talk, screen)

    async def _write(self, talk: Talk, screen: Screen) -> int:
        chat, thread = talk.incoming.chat_id, talk.incoming.thread_id
        card = screen.card
        to_all = talk.stands and chat < 0  # a word to the whole staff stays until it is over
        below = screen.below or to_all or bool(card and card.anew)
        in_place = talk.incoming.callback_id and not below
        if in_place:
            shown = await self.messenger.edit(
                chat, talk.incoming.message_id, screen, thread_id=thread
            )
        else:
            live = talk.memory.get("live")
            shown = await self.messenger.send(chat, screen, thread_id=thread)
            if live and chat > 0:
                await self.messenger.strip(chat, live)
                await self.cards.drop(self.bot, chat, live)
        if card is not None:
            await self.cards.put(
                self.bot, chat, shown, card.kind, card.subject, person_id=talk.person.id,
                cause=talk.incoming.key, now=int(talk.now.timestamp() * 1000), stands=card.stands,
            )  # fmt: skip
        elif in_place and (talk.on_card or chat < 0):  # in a group another may just have made it
            await self.cards.drop(self.bot, chat, talk.incoming.message_id)
        return shown

    async def _answer(self, talk: Talk) -> None:
        if talk.incoming.callback_id:
            await self.messenger.answer(
                talk.incoming.callback_id, talk.toast_text[:POP_UP], alert=talk.toast_alert
            )
