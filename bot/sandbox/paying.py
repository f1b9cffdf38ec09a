"""Invoices as people meet them: the form, the last question to the bot, the word that it is paid."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.hub import Hub
from bot.sandbox.people import Denied
from bot.sandbox.world import Chat, Message, Person

ANSWERS_WITHIN = 10
LINK = "https://t.me/$"
SHOWN = ("title", "description", "currency", "total_amount")


def key_of_message(chat: Chat, message_id: int) -> str:
    return f"invoice:{chat.key}:{message_id}"


def key_of_link(slug: str) -> str:
    return f"invoice:{slug}"


@dataclass(slots=True)
class Paying:
    hub: Hub

    def invoice(self, chat: Chat, *, link: str = "", message_id: int = 0) -> dict[str, Any]:
        key = (
            key_of_link(link.removeprefix(LINK)) if link else key_of_message(chat, int(message_id))
        )
        found = self.hub.world.callbacks.get(key)
        if found is None:
            raise Denied(404, "no such invoice")
        return found

    def form(self, invoice: dict[str, Any]) -> dict[str, Any]:
        return {name: invoice[name] for name in SHOWN}

    def pay(self, person: Person, chat: Chat, invoice: dict[str, Any], *, by_link: bool) -> str:
        """Pay was tapped: the bot is asked, and has ten seconds. A link may be paid any number of times."""
        world = self.hub.world
        if by_link:  # what the bot hears of it comes in its own chat with whoever pays
            chat = world.private(invoice["bot"], person.id)
        query_id = world.serial()
        asked = {
            "currency": invoice["currency"], "total_amount": invoice["total_amount"],
            "invoice_payload": invoice["payload"],
        }  # fmt: skip
        world.checkouts[query_id] = {
            "id": query_id, "bot": invoice["bot"], "person": person.id, "chat": chat.key,
            "chat_id": chat.id if chat.is_group else chat.bot, "at": world.now(), "paid": asked,
            "answered": False, "ok": False, "text": "",
        }  # fmt: skip
        query = {"id": query_id, "from": person.user(), **asked}
        self.hub.queues[invoice["bot"]].put("pre_checkout_query", query, lane=query_id)
        return query_id

    def open_query(self, query_id: str, bot: int) -> dict[str, Any] | None:
        """The question, as long as an answer still counts."""
        query = self.hub.world.checkouts.get(query_id)
        if query is None or query["bot"] != bot or query["answered"] or self.late(query):
            return None
        return query

    def late(self, query: dict[str, Any]) -> bool:
        return bool(self.hub.world.now() - query["at"] > ANSWERS_WITHIN)

    def refuse(self, query: dict[str, Any], text: str) -> None:
        self._answer(query, ok=False, text=text)

    def take(self, query: dict[str, Any]) -> Message:
        """The card is charged; the bot hears of it by a message in the chat."""
        world = self.hub.world
        charge = world.serial()
        facts = {
            "telegram_payment_charge_id": f"tg_{charge}",
            "provider_payment_charge_id": f"ch_{charge}",
        }
        person, chat = world.people[query["person"]], world.chats[query["chat"]]
        content = {"successful_payment": query["paid"] | facts}
        message = self.hub.post(chat, person.user(), content)
        self.hub.tell_bot(chat, "message", message)
        self._answer(query, ok=True, text="")
        return message

    def _answer(self, query: dict[str, Any], *, ok: bool, text: str) -> None:
        query |= {"answered": True, "ok": ok, "text": text}
        self.hub.world.events.publish(
            kind="answer", person=query["person"], chat_id=query["chat_id"],
            callback_query_id=query["id"], show_alert=True, url=None, text=text, ok=ok,
        )  # fmt: skip
