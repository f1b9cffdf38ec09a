"""Writing into one bot's chats: every call passes the gate, every end is one of our own outcomes.

The two frameworks differ only in how a call goes out and how an error looks; that is `call()` of the subclasses.
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

from bot import meters
from bot.gateway import calls
from bot.gateway.calls import Call, Params
from bot.gateway.gate import Gate
from bot.gateway.luggage import Luggage, message_id
from bot.gateway.outcomes import (
    BadMarkup,
    CallFailed,
    NotEditable,
    NotModified,
    Refused,
    RetryAfter,
    ThreadGone,
    Unreachable,
)
from bot.gateway.ports import Files
from bot.gateway.render import TOAST_LIMIT, cut_plain, sound
from bot.gateway.replies import Replies
from bot.screen import Pin, Screen, Tile

URGENT = 0
_TRIES = 4
MOST_TILES = 50
# Calls that put something new into a chat; all others change what is there.
_NEW = ("send", "create")


class Messenger(Luggage, ABC):
    """One bot's pen. `urgency` and `patience` (seconds to wait when told "later") go with each call."""

    def __init__(
        self,
        bot: str,
        gate: Gate,
        files: Files,
        *,
        replies: Replies | None = None,
        urgency: int = URGENT,
        patience: float = 60.0,
    ) -> None:
        self.bot = bot
        self._gate = gate
        self._files = files
        self._replies = replies or Replies()
        self._urgency = urgency
        self._patience = patience
        self._begin: Callable[[], Awaitable[None]] | None = None

    def at(self, *, urgency: int, patience: float) -> Self:
        """The same pen with other manners of waiting."""
        other = copy.copy(self)
        other._urgency, other._patience = urgency, patience
        return other

    def beginning(self, begin: Callable[[], Awaitable[None]]) -> Self:
        """The same pen that asks in front of each call, when its turn has come; what `begin` raises ends the call."""
        other = copy.copy(self)
        other._begin = begin
        return other

    @abstractmethod
    async def call(self, method: str, params: Params) -> Any:
        """One call, now; the answer as Telegram's JSON (of messages only what is used)."""

    @abstractmethod
    async def fetch_file(self, telegram_id: str) -> bytes:
        """The bytes of a file this bot received."""

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Show a screen as new messages; the id of the one that carries its buttons."""
        try:
            return await self._send(chat_id, screen, thread_id, reply_to)
        except ThreadGone:
            if not thread_id:
                raise
            return await self._send(chat_id, screen, None, reply_to)

    async def edit(
        self, chat_id: int, message_id: int, screen: Screen, *, thread_id: int | None = None
    ) -> int:
        """Make a message show this screen; where that is impossible a new one takes its place."""
        if screen.pin is not None and not screen.text.strip():
            return await self._move_pin(chat_id, message_id, screen.pin)
        if screen.files or screen.ask or screen.pin or screen.close_keyboard:
            return await self._replace(chat_id, message_id, screen, thread_id)
        if screen.photo is not None and calls.long_caption(screen):
            return await self._replace(chat_id, message_id, screen, thread_id)
        place: Params = {"chat_id": chat_id, "message_id": message_id}
        try:
            if screen.photo is None:
                await self._out(calls.edit_text(screen, place))
            else:
                await self._with_file(
                    screen.photo, lambda photo: calls.edit_photo(screen, place, photo)
                )
        except NotModified:
            pass
        except NotEditable:
            return await self._replace(chat_id, message_id, screen, thread_id)
        return message_id

    async def _move_pin(self, chat_id: int, message_id: int, pin: Pin) -> int:
        """A pin alone moves where it is; without seconds to live it stops there."""
        if pin.live_seconds:
            await self.move_location(chat_id, message_id, pin)
        else:
            await self.stop_location(chat_id, message_id)
        return message_id

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message; one that is gone or has none is fine."""
        place = {"chat_id": chat_id, "message_id": message_id}
        await self._unless_gone(Call("editMessageReplyMarkup", place))

    async def fade(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """A message becomes a few words without buttons; without words it only loses its buttons."""
        place: Params = {"chat_id": chat_id, "message_id": message_id}
        for edit in (calls.edit_text, calls.edit_caption) if screen.text.strip() else ():
            try:
                await self._out(edit(screen, place))
                return
            except NotEditable:
                continue  # a picture has its words below it
            except NotModified:
                return
        await self.strip(chat_id, message_id)

    async def take_back(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """A message goes; one that is too old for that becomes a few words without buttons."""
        try:
            await self._out(Call("deleteMessage", {"chat_id": chat_id, "message_id": message_id}))
        except Refused:
            await self.fade(chat_id, message_id, screen)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message away, or at least its buttons if it is too old for that."""
        place = {"chat_id": chat_id, "message_id": message_id}
        try:
            await self._out(Call("deleteMessage", place))
        except Refused:
            await self.strip(chat_id, message_id)

    async def answer(self, callback_id: str, text: str = "", *, alert: bool = False) -> None:
        """End the little clock on a tapped button; nothing that follows depends on it."""
        params: Params = {"callback_query_id": callback_id}
        if text:
            params |= {"text": cut_plain(sound(text), TOAST_LIMIT), "show_alert": alert}
        answer = Call("answerCallbackQuery", params)
        if self._replies.take(self.bot, answer):
            return
        try:
            await self.call(answer.method, answer.params)
        except CallFailed:
            pass

    async def offer(self, query_id: str, found: Sequence[Tile], *, seconds: int) -> None:
        """Results for whoever called the bot in some chat, in their language; too late is no harm."""
        params: Params = {
            "inline_query_id": query_id, "results": [calls.tile(one) for one in found[:MOST_TILES]],
            "cache_time": seconds, "is_personal": True,
        }  # fmt: skip
        try:
            await self.call("answerInlineQuery", params)
        except CallFailed:
            pass

    async def checkout(self, query_id: str, *, refused: str = "") -> None:
        """Telegram waits ten seconds for this word; a question that is over needs none."""
        params: Params = {"pre_checkout_query_id": query_id, "ok": not refused}
        if refused:
            params["error_message"] = cut_plain(sound(refused), TOAST_LIMIT)
        try:
            await self.call("answerPreCheckoutQuery", params)
        except Refused:
            pass

    async def react(self, chat_id: int, message_id: int, emoji: str) -> None:
        """A sign under somebody's message; not worth waiting or failing for."""
        sign = [{"type": "emoji", "emoji": emoji}]
        params = {"chat_id": chat_id, "message_id": message_id, "reaction": sign}
        try:
            await self.call("setMessageReaction", params)
        except CallFailed:
            pass

    async def sign(self, chat_id: int, message_id: int, emoji: str) -> None:
        """A sign as a piece of news: it waits its turn; where the message is gone nobody misses it."""
        sign = [{"type": "emoji", "emoji": emoji}]
        place = {"chat_id": chat_id, "message_id": message_id}
        await self._unless_gone(Call("setMessageReaction", place | {"reaction": sign}))

    async def download(self, telegram_id: str) -> bytes:
        """A file that was sent to this bot (Telegram hands out at most 20 MB)."""
        return await self.fetch_file(telegram_id)

    async def send_location(
        self, chat_id: int, pin: Pin, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> int:
        place = calls.where(chat_id, thread_id=thread_id, reply_to=reply_to)
        return message_id(await self._out(calls.pin_message(pin, place)))

    async def move_location(self, chat_id: int, message_id: int, pin: Pin) -> None:
        """The next point of a live location."""
        place = {"chat_id": chat_id, "message_id": message_id}
        point = {"latitude": pin.lat, "longitude": pin.lon}
        await self._unless_gone(Call("editMessageLiveLocation", place | point))

    async def stop_location(self, chat_id: int, message_id: int) -> None:
        place = {"chat_id": chat_id, "message_id": message_id}
        await self._unless_gone(Call("stopMessageLiveLocation", place))

    async def pin(self, chat_id: int, message_id: int) -> None:
        place = {"chat_id": chat_id, "message_id": message_id, "disable_notification": True}
        await self._out(Call("pinChatMessage", place))

    async def unpin(self, chat_id: int, message_id: int) -> None:
        place = {"chat_id": chat_id, "message_id": message_id}
        await self._unless_gone(Call("unpinChatMessage", place))

    async def leave(self, chat_id: int) -> None:
        """Out of a group or a channel; to be out already is fine."""
        try:
            await self._unless_gone(Call("leaveChat", {"chat_id": chat_id}))
        except Unreachable:
            pass

    async def create_topic(self, chat_id: int, name: str) -> int:
        """A new topic of a staff group; its thread id."""
        params = {"chat_id": chat_id, "name": cut_plain(sound(name), 128)}
        answer = await self._out(Call("createForumTopic", params))
        return int(answer["message_thread_id"])

    async def close_topic(self, chat_id: int, thread_id: int) -> None:
        params = {"chat_id": chat_id, "message_thread_id": thread_id}
        await self._unless_gone(Call("closeForumTopic", params))

    async def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """The topic with every message in it; one that is gone is fine."""
        params = {"chat_id": chat_id, "message_thread_id": thread_id}
        await self._unless_gone(Call("deleteForumTopic", params))

    async def reopen_topic(self, chat_id: int, thread_id: int) -> None:
        params = {"chat_id": chat_id, "message_thread_id": thread_id}
        await self._unless_gone(Call("reopenForumTopic", params))

    async def _send(
        self, chat_id: int, screen: Screen, thread_id: int | None, reply_to: int | None
    ) -> int:
        place = calls.where(chat_id, thread_id=thread_id, reply_to=reply_to)
        last = await self._send_files(screen, place | calls.manners(screen))
        if screen.pin is not None:
            pin = calls.pin_message(screen.pin, place | calls.manners(screen))
            last = message_id(await self._out(pin))
        if extra := calls.carrier(screen, place):
            carried = message_id(await self._out(extra))
            if not screen.ask:  # it was only there to take the old keyboard away
                await self.delete(chat_id, carried)
        if screen.photo is not None and not calls.long_caption(screen):
            return message_id(
                await self._with_file(
                    screen.photo, lambda photo: calls.photo_message(screen, place, photo)
                )
            )
        if screen.photo is not None:
            kind = calls.kind_of(screen.photo)
            await self._with_file(screen.photo, lambda photo: calls.album([kind], [photo], place))
        if last and not screen.text.strip() and not screen.rows:
            return last
        return message_id(await self._out(calls.text_message(screen, place)))

    async def _replace(
        self, chat_id: int, message_id: int, screen: Screen, thread_id: int | None
    ) -> int:
        """First the new one, so that nobody ever looks at nothing."""
        new = await self.send(chat_id, screen, thread_id=thread_id)
        await self.delete(chat_id, message_id)
        return new

    async def _unless_gone(self, call: Call) -> None:
        try:
            await self._out(call)
        except Refused:
            pass  # the message went away or ended: nothing left to do

    async def _out(self, call: Call) -> Any:
        """Through the gate; plain text if the markup is not understood."""
        try:
            return await self._through_gate(call)
        except BadMarkup:
            return await self._through_gate(calls.unformatted(call))

    async def _through_gate(self, call: Call) -> Any:
        chat_id = call.params["chat_id"]
        for _ in range(_TRIES):
            await self._gate.enter(
                chat_id,
                urgency=self._urgency,
                patience=self._patience,
                edit=not call.method.startswith(_NEW),
                size=_size(call),
            )
            if self._begin is not None:
                await self._begin()
            try:
                return await self._counted(call)
            except RetryAfter as later:
                self._gate.close(chat_id, later.seconds)
                if later.seconds > self._patience:
                    raise
        raise RetryAfter(self._gate.closed_for(chat_id) or 1.0)

    async def _counted(self, call: Call) -> Any:
        ended = "ok"
        try:
            return await self.call(call.method, call.params)
        except CallFailed as failed:
            ended = type(failed).__name__
            raise
        finally:
            meters.CALLS.labels(self.bot, ended).inc()


def _size(call: Call) -> int:
    """An album counts as many messages as it has pictures."""
    return len(call.params["media"]) if call.method == "sendMediaGroup" else 1
