"""Answers to queries: each may be given once, and not after the query has gone cold."""

from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.methods import offers
from bot.sandbox.methods.sending import send
from bot.sandbox.paying import LINK, Paying, key_of_link, key_of_message
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
    paying = Paying(call.hub)
    query = paying.open_query(call.params["pre_checkout_query_id"], call.bot.id)
    if query is None:
        raise bad(OLD)
    if call.params["ok"]:
        paying.take(query)
        return True
    if not call.get("error_message"):
        raise bad("ERROR_MESSAGE_EMPTY")
    paying.refuse(query, call.params["error_message"])
    return True


async def nobody_asked(call: Call) -> bool:
    """People here send no shipping queries, so none can be answered."""
    raise bad(OLD)


def _price(call: Call) -> int:
    prices = call.params["prices"]
    total: int = sum(price["amount"] for price in prices)
    if not prices or total <= 0:
        raise bad("PRICES_INVALID" if not prices else "CURRENCY_TOTAL_AMOUNT_INVALID")
    return total


def _words(call: Call) -> dict[str, Any]:
    """What the form says above the amount."""
    for name, longest in (("title", 32), ("description", 255)):
        if not 1 <= len(call.params[name]) <= longest:
            raise bad(f"INVOICE_{name.upper()}_INVALID")
    return {"title": call.params["title"], "description": call.params["description"]}


def _invoice(call: Call) -> dict[str, Any]:
    currency, token = call.params["currency"], call.get("provider_token", "")
    if len(currency) != 3 or not currency.isupper():
        raise bad("CURRENCY_INVALID")
    if (currency == "XTR") != (not token) or (token and ":" not in token):
        raise bad("PAYMENT_PROVIDER_INVALID")
    if not 1 <= len(call.params["payload"].encode()) <= 128:
        raise bad("INVOICE_PAYLOAD_INVALID")
    return {
        **_words(call), "start_parameter": call.get("start_parameter", ""), "currency": currency,
        "total_amount": _price(call),
    }  # fmt: skip


def _keep(call: Call, key: str, invoice: dict[str, Any]) -> None:
    payload = call.params["payload"]
    call.world.keep_callback({"id": key, "bot": call.bot.id, "payload": payload} | invoice)


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
    _keep(call, key_of_message(chat, message["message_id"]), invoice)
    return message


async def create_invoice_link(call: Call) -> str:
    invoice, slug = _invoice(call), f"sandbox{call.world.serial()}"
    _keep(call, key_of_link(slug), invoice)
    return f"{LINK}{slug}"


METHODS = {
    "answerCallbackQuery": answer_callback,
    "answerPreCheckoutQuery": answer_pre_checkout,
    "answerShippingQuery": nobody_asked,
    "answerInlineQuery": offers.answer_inline,
    "sendInvoice": send_invoice,
    "createInvoiceLink": create_invoice_link,
}
