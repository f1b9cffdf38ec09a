"""What people press: inline buttons, also those an old client still shows, and the pay button of an invoice."""

import zlib
from typing import Any

from bot.sandbox.hub import Hub
from bot.sandbox.paying import Paying
from bot.sandbox.people import Denied
from bot.sandbox.world import Chat, Message, Person


class Pressing:
    def __init__(self, hub: Hub) -> None:
        self.hub, self.world, self.paying = hub, hub.world, Paying(hub)

    def press(
        self,
        person: Person,
        chat: Chat,
        message_id: int,
        *,
        data: str | None = None,
        row: int | None = None,
        column: int | None = None,
        stale: bool = False,
    ) -> str:
        """A tap on an inline button; with stale as an old client would send it, whatever is there now."""
        message = chat.messages.get(message_id)
        button = _button(message, data, row, column)
        if button and button.get("pay") and message:
            invoice = self.paying.invoice(chat, message_id=message_id)
            return self.paying.pay(person, chat, invoice, by_link=False)
        if button is None and not (stale and data is not None):
            raise Denied(404, "the message has no such button now")
        wanted = button["callback_data"] if button and "callback_data" in button else data
        if wanted is None:
            raise Denied(400, "this button does not call the bot")
        if chat.blocked:
            raise Denied(403, "this bot is blocked; unblock it first")
        return self._callback(person, chat, message_id, message, wanted)

    def _callback(
        self, person: Person, chat: Chat, message_id: int, message: Message | None, data: str
    ) -> str:
        query_id = self.world.serial()
        gone = {"chat": self.world.chat_object(chat), "message_id": message_id, "date": 0}
        self.world.keep_callback(
            {
                "id": query_id,
                "bot": chat.bot,
                "person": person.id,
                "chat_id": chat.id if chat.is_group else chat.bot,
                "at": self.world.now(),
                "answered": False,
                "text": "",
                "show_alert": False,
                "url": None,
            }
        )
        query = {
            "id": query_id,
            "from": person.user(),
            "message": message or gone,
            "chat_instance": str(zlib.crc32(chat.key.encode())),
            "data": data,
        }
        self.hub.tell_bot(chat, "callback_query", query, lane=person.id)
        return query_id


def _button(
    message: Message | None, data: str | None, row: int | None, column: int | None
) -> dict[str, Any] | None:
    if message is None:
        return None
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if row is not None and column is not None:
        inside = 0 <= row < len(rows) and 0 <= column < len(rows[row])
        return rows[row][column] if inside else None
    every = [button for line in rows for button in line]
    return next((button for button in every if button.get("callback_data") == data), None)
