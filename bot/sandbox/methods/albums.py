"""Methods that put several messages into a chat, or bring them from another one."""

from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.methods.sending import caption_of, facts_of, media, place_of, send
from bot.sandbox.refusals import Refused, bad
from bot.sandbox.world import Message

TOGETHER = ({"photo", "video"}, {"document"}, {"audio"})
# What a copy carries; the rest belongs to the message it was taken from.
CONTENT = (
    "text", "entities", "link_preview_options", "caption", "caption_entities", "photo", "video",
    "document", "voice", "audio", "animation", "sticker", "location", "venue", "contact", "poll",
)  # fmt: skip


async def send_media_group(call: Call) -> list[Message]:
    chat = call.writable()
    items = call.params["media"]
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad("expected from 2 to 10 media in an album" if items else "group send failed")
    kinds = {str(item.get("type")) for item in items if isinstance(item, dict)}
    if not any(kinds <= allowed for allowed in TOGETHER):
        raise bad(f"can't use the media of the specified types in the album: {sorted(kinds)}")
    contents = [await _album_item(call, item) for item in items]
    place = place_of(call, chat)
    call.spend(chat, len(items))
    shared = place | {"media_group_id": call.world.serial()}
    if call.get("protect_content"):
        shared["has_protected_content"] = True
    return [call.hub.post(chat, call.me(), shared | content) for content in contents]


async def _album_item(call: Call, item: dict[str, Any]) -> dict[str, Any]:
    kind = item["type"]
    facts = {} if kind == "photo" else facts_of(item)
    return await media(call, kind, item.get("media"), **facts) | caption_of(item)


def _source(call: Call, message_id: int, missing: str) -> Message:
    found = call.hub.chat(call.bot.id, call.params["from_chat_id"]).messages.get(message_id)
    if found is None:
        raise bad(missing)
    return found


def _content(message: Message) -> dict[str, Any]:
    content = {name: message[name] for name in CONTENT if name in message}
    if not content:
        raise bad("message can't be copied")
    return content


async def copy_message(call: Call) -> dict[str, int]:
    chat = call.writable()
    message_id = call.params["message_id"]
    content = _content(_source(call, message_id, "message to copy not found"))
    if "caption" in call.params and "text" not in content:
        content = {k: v for k, v in content.items() if not k.startswith("caption")}
        content |= caption_of(call.params)
    return {"message_id": send(call, chat, content)["message_id"]}


async def forward_message(call: Call) -> Message:
    chat = call.writable()
    message_id = call.params["message_id"]
    source = _source(call, message_id, "message to forward not found")
    return send(call, chat, _forwarded(source))


def _forwarded(source: Message) -> dict[str, Any]:
    if source.get("has_protected_content"):
        raise bad("message can't be forwarded")
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return _content(source) | {"forward_origin": source.get("forward_origin", origin)}


async def bring_messages(call: Call) -> list[dict[str, int]]:
    """copyMessages and forwardMessages: those that are not there are left out."""
    chat = call.writable()
    ids = call.params["message_ids"]
    if not 1 <= len(ids) <= 100 or ids != sorted(set(ids)):
        raise bad("message identifiers must be in a strictly increasing order")
    shape = _content if call.method == "copyMessages" else _forwarded
    found = []
    for message_id in ids:
        try:
            found.append(shape(_source(call, message_id, "message not found")))
        except Refused:
            continue
    if not found:
        raise bad("there are no messages to " + call.method.removesuffix("Messages"))
    place = place_of(call, chat)
    call.spend(chat, len(found))
    return [
        {"message_id": call.hub.post(chat, call.me(), place | content)["message_id"]}
        for content in found
    ]


async def send_poll(call: Call) -> Message:
    chat = call.writable()
    options = [
        option["text"] if isinstance(option, dict) else option for option in call.params["options"]
    ]
    if not 1 <= len(options) <= 12:
        raise bad(
            "poll must have at least 1 option"
            if not options
            else "poll can't have more than 12 options"
        )
    poll = {
        "id": call.world.serial(),
        "question": call.params["question"],
        "options": [
            {"persistent_id": str(n), "text": text, "voter_count": 0}
            for n, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": call.get("is_anonymous", True),
        "type": call.get("type", "regular"),
        "allows_multiple_answers": call.get("allows_multiple_answers", False),
        "allows_revoting": True,
        "members_only": False,
    }
    return send(call, chat, {"poll": poll})


METHODS = {
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "copyMessages": bring_messages,
    "forwardMessage": forward_message,
    "forwardMessages": bring_messages,
    "sendPoll": send_poll,
}
