"""Answers to queries: each may be given once, and not after the query has gone cold."""

from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.methods import offers
from bot.sandbox.methods.sending import send
from bot.sandbox.refusals import bad
from bot.sandbox.world import Message

COLD_AFTER = 150
OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_callback(call: Call) -> bool:
    query = call.world.callbacks.get(call.params["callback_query_id"])
    fresh = query and call.world.now() - query["at"] <= COLD_AFTER
    if not query or not fresh or query["answered"] or query["bot"] != call.bot.id:
        raise bad(OLD)
    text = call.get("text", "")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": call.get("show_alert", False), "url": call.get("url")}
    call.world.keep_callback(query | answer | {"answered": True})
    call.world.events.publish(
        kind="answer",
        person=query["person"],
        chat_id=query["chat_id"],
        callback_query_id=query["id"],
        **answer,
    )
    return True


async def answer_pre_checkout(call: Call) -> bool:
    """With ok the payment goes through at once; the bot then hears of it in a message."""
    query = call.world.checkouts.get(call.params["pre_checkout_query_id"])
    if not query or query["bot"] != call.bot.id or call.world.now() - query["at"] > COLD_AFTER:
        raise bad(OLD)
    del call.world.checkouts[query["id"]]
    chat = call.world.chats[query["chat"]]
    if not call.params["ok"]:
        if not call.get("error_message"):
            raise bad("ERROR_MESSAGE_EMPTY")
        _tell(call, query, text=call.params["error_message"], ok=False)
        return True
    person = call.world.people[query["person"]]
    message = call.hub.post(chat, person.user(), {"successful_payment": _paid(call, query)})
    call.hub.tell_bot(chat, "message", message)
    _tell(call, query, text="", ok=True)
    return True


def _paid(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    charge = call.world.serial()
    paid: dict[str, Any] = query["paid"]
    return paid | {
        "telegram_payment_charge_id": f"tg_{charge}",
        "provider_payment_charge_id": f"ch_{charge}",
    }


def _tell(call: Call, query: dict[str, Any], **facts: Any) -> None:
    call.world.events.publish(
        kind="answer",
        person=query["person"],
        chat_id=query["chat_id"],
        callback_query_id=query["id"],
        show_alert=True,
        url=None,
        **facts,
    )


async def nobody_asked(call: Call) -> bool:
    """People here send no shipping queries, so none can be answered."""
    raise bad(OLD)


def _price(call: Call) -> int:
    prices = call.params["prices"]
    total: int = sum(price["amount"] for price in prices)
    if not prices or total <= 0:
        raise bad("PRICES_INVALID" if not prices else "CURRENCY_TOTAL_AMOUNT_INVALID")
    return total


def _invoice(call: Call) -> dict[str, Any]:
    currency, token = call.params["currency"], call.get("provider_token", "")
    if len(currency) != 3 or not currency.isupper():
        raise bad("CURRENCY_INVALID")
    if (currency == "XTR") != (not token) or (token and ":" not in token):
        raise bad("PAYMENT_PROVIDER_INVALID")
    if not 1 <= len(call.params["payload"].encode()) <= 128:
        raise bad("INVOICE_PAYLOAD_INVALID")
    return {
        "title": call.params["title"],
        "description": call.params["description"],
        "start_parameter": call.get("start_parameter", ""),
        "currency": currency,
        "total_amount": _price(call),
    }


async def send_invoice(call: Call) -> Message:
    chat = call.writable()
    invoice = _invoice(call)
    if not call.get("reply_markup"):
        pay = {
            "text": f"Pay {invoice['total_amount'] / 100:.2f} {invoice['currency']}",
            "pay": True,
        }
        call.params["reply_markup"] = {"inline_keyboard": [[pay]]}
    message = send(call, chat, {"invoice": invoice})
    key = f"invoice:{chat.key}:{message['message_id']}"
    call.world.keep_callback({"id": key, "payload": call.params["payload"]})
    return message


async def create_invoice_link(call: Call) -> str:
    _invoice(call)
    return f"https://t.me/$sandbox{call.world.serial()}"


METHODS = {
    "answerCallbackQuery": answer_callback,
    "answerPreCheckoutQuery": answer_pre_checkout,
    "answerShippingQuery": nobody_asked,
    "answerInlineQuery": offers.answer_inline,
    "sendInvoice": send_invoice,
    "createInvoiceLink": create_invoice_link,
}
