"""Answers to inline queries: results checked as Telegram checks them, each a message somebody may send."""

from typing import Any

from bot.sandbox import entities, markup, schema
from bot.sandbox.hub import Call
from bot.sandbox.methods.sending import TEXT_MAX
from bot.sandbox.refusals import bad

COLD_AFTER = 30
MOST = 50
OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_inline(call: Call) -> bool:
    query = call.world.queries.get(call.params["inline_query_id"])
    fresh = query and call.world.now() - query["at"] <= COLD_AFTER
    if not query or not fresh or query["bot"] != call.bot.id:
        raise bad(OLD)
    results = call.params["results"]
    if len(results) > MOST:
        raise bad("RESULTS_TOO_MUCH")
    if len(call.get("next_offset", "").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    read = [_result(result) for result in results]
    if len({result["id"] for result in read}) < len(read):
        raise bad("RESULT_ID_DUPLICATE")
    query |= {
        "answered": True, "results": read, "cache_time": max(0, call.get("cache_time", 300)),
        "is_personal": call.get("is_personal", False), "next_offset": call.get("next_offset", ""),
        "button": _button(call.get("button")),
    }  # fmt: skip
    call.world.events.bell.ring()
    return True


def _result(raw: dict[str, Any]) -> dict[str, Any]:
    """Articles only: the one kind of result our bots give. `message` is what it becomes when it is sent."""
    if raw.get("type") != "article":
        raise bad("can't parse inline query result: the sandbox knows only articles")
    result = schema.nested("InlineQueryResultArticle", raw, "inline query result")
    if not 1 <= len(result["id"].encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad("can't parse inline query result: Can't find field \"message_text\"")
    said, found = entities.read(
        content["message_text"], content.get("parse_mode"), content.get("entities")
    )
    if not said:
        raise bad("message text is empty")
    if entities.units(said) > TEXT_MAX:
        raise bad("MESSAGE_TOO_LONG")
    keyboard = markup.inline_only(result.get("reply_markup"))
    message = {"text": said} | ({"entities": found} if found else {})
    return result | {"message": message | ({"reply_markup": keyboard} if keyboard else {})}


def _button(raw: Any) -> dict[str, Any] | None:
    """The button above the results leads into a private chat with the bot."""
    if raw is None:
        return None
    button = schema.nested("InlineQueryResultsButton", raw, "inline query results button")
    if len([name for name in ("web_app", "start_parameter") if name in button]) != 1:
        raise bad("BUTTON_TYPE_INVALID")
    return button
