"""Methods that change or remove what was sent."""

from typing import Any

from bot.sandbox import markup
from bot.sandbox.hub import Call
from bot.sandbox.methods.sending import caption_of, location_of, media, text_of
from bot.sandbox.refusals import bad
from bot.sandbox.world import Chat, Message

TWO_DAYS = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MEDIA = ("photo", "video", "document", "audio", "animation", "voice")
FILES = (*MEDIA, "caption", "caption_entities", "has_media_spoiler", "show_caption_above_media")


def _target(call: Call) -> tuple[Chat, Message]:
    if "inline_message_id" in call.params:
        raise bad("MESSAGE_ID_INVALID")
    if "chat_id" not in call.params:
        raise bad("chat_id is empty")
    chat = call.writable()
    if "message_id" not in call.params:
        raise bad("message identifier is not specified")
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != call.bot.id or "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


def _edit(
    call: Call, chat: Chat, message: Message, drop: tuple[str, ...], content: dict[str, Any]
) -> Message:
    """The message with other content and the keyboard of this call, or none."""
    gone = {*drop, "reply_markup", "edit_date"}
    keyboard = markup.inline_only(call.get("reply_markup"))
    changed = {k: v for k, v in message.items() if k not in gone} | content
    if keyboard:
        changed["reply_markup"] = keyboard
    if changed == {k: v for k, v in message.items() if k != "edit_date"}:
        raise bad(SAME)
    changed["edit_date"] = int(call.world.now())
    call.hub.replace(chat, changed)
    return changed


async def edit_text(call: Call) -> Message:
    chat, message = _target(call)
    content = text_of(call)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _edit(call, chat, message, ("text", "entities", "link_preview_options"), content)


async def edit_caption(call: Call) -> Message:
    chat, message = _target(call)
    if not any(kind in message for kind in MEDIA):
        raise bad("there is no caption in the message to edit")
    return _edit(call, chat, message, ("caption", "caption_entities"), caption_of(call.params))


async def edit_media(call: Call) -> Message:
    chat, message = _target(call)
    item = call.params["media"]
    kind = item.get("type") if isinstance(item, dict) else None
    if kind not in MEDIA:
        raise bad("can't parse InputMedia: Media type is not supported")
    if not any(name in message for name in ("text", *MEDIA)):
        raise bad("message can't be edited")
    content = await media(call, kind, item.get("media")) | caption_of(item)
    return _edit(call, chat, message, ("text", "entities", *FILES), content)


async def edit_reply_markup(call: Call) -> Message:
    chat, message = _target(call)
    return _edit(call, chat, message, (), {})


def _live(message: Message, now: float) -> dict[str, Any]:
    location: dict[str, Any] = message.get("location", {})
    if now > message["date"] + location.get("live_period", -1):
        raise bad("message can't be edited")
    return location


async def edit_live_location(call: Call) -> Message:
    chat, message = _target(call)
    location = _live(message, call.world.now())
    moved = {"live_period": location["live_period"]} | location_of(call.params)
    return _edit(call, chat, message, (), {"location": moved})


async def stop_live_location(call: Call) -> Message:
    chat, message = _target(call)
    location = _live(message, call.world.now())
    kept = {key: location[key] for key in ("latitude", "longitude")}
    return _edit(call, chat, message, (), {"location": kept})


async def delete_message(call: Call) -> bool:
    chat = call.chat()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad("message to delete not found")
    if not _deletable(call, chat, message):
        raise bad("message can't be deleted for everyone")
    call.hub.remove(chat, [message["message_id"]])
    return True


async def delete_messages(call: Call) -> bool:
    chat = call.chat()
    ids = call.params["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise bad("too many message identifiers specified" if ids else MISSING)
    found = [chat.messages[id] for id in ids if id in chat.messages]
    kept = [message["message_id"] for message in found if _deletable(call, chat, message)]
    call.hub.remove(chat, kept)
    return True


MISSING = "message identifiers are not specified"


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    """In a group the bot is an administrator and may remove anything; elsewhere two days long."""
    return chat.is_group or call.world.now() - message["date"] < TWO_DAYS


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_reply_markup,
    "editMessageLiveLocation": edit_live_location,
    "stopMessageLiveLocation": stop_live_location,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
