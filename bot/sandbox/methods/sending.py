"""Methods that put one new message into a chat."""

from typing import Any

from bot.sandbox import entities, markup
from bot.sandbox.files import WRONG
from bot.sandbox.hub import Call
from bot.sandbox.refusals import bad
from bot.sandbox.world import Chat, Message

TEXT_MAX, CAPTION_MAX = 4096, 1024
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def text_of(call: Call) -> dict[str, Any]:
    text, found = entities.read(call.params["text"], call.get("parse_mode"), call.get("entities"))
    if not text:
        raise bad("message text is empty")
    if entities.units(text) > TEXT_MAX:
        raise bad("message is too long")
    preview = call.get("link_preview_options")
    content: dict[str, Any] = {"text": text}
    if found:
        content["entities"] = found
    return content | ({"link_preview_options": preview} if preview else {})


def caption_of(params: dict[str, Any]) -> dict[str, Any]:
    raw = params.get("caption") or ""
    text, found = entities.read(raw, params.get("parse_mode"), params.get("caption_entities"))
    if entities.units(text) > CAPTION_MAX:
        raise bad("message caption is too long")
    content: dict[str, Any] = {"caption": text} if text else {}
    if text and found:
        content["caption_entities"] = found
    for flag in ("show_caption_above_media", "has_spoiler"):
        name = "has_media_spoiler" if flag == "has_spoiler" else flag
        if params.get(flag):
            content[name] = True
    return content


def place_of(call: Call, chat: Chat) -> dict[str, Any]:
    """Where in the chat: its topic, and the message it answers."""
    thread = call.get("message_thread_id")
    content: dict[str, Any] = {}
    if thread is not None and (not chat.is_group or thread not in chat.topics):
        raise bad("message thread not found")
    answered = call.get("reply_parameters") or {}
    target = chat.messages.get(answered.get("message_id", 0))
    if answered and target is None and not answered.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    if target and thread is None and target.get("is_topic_message"):
        thread = target["message_thread_id"]
    if thread is not None:
        content |= {"message_thread_id": thread, "is_topic_message": True}
        target = target or chat.messages.get(thread)
    if target:
        content["reply_to_message"] = without_reply(target)
    return content


def without_reply(message: Message) -> Message:
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def send(call: Call, chat: Chat, content: dict[str, Any]) -> Message:
    """The message with its place and keyboard; an inline keyboard stays with it, the others with the chat."""
    keyboard = markup.check(call.get("reply_markup"))
    place = place_of(call, chat)
    call.spend(chat)
    if keyboard and "inline_keyboard" in keyboard:
        content = content | {"reply_markup": keyboard}
    if call.get("protect_content"):
        content = content | {"has_protected_content": True}
    message = call.hub.post(chat, call.me(), place | content)
    if keyboard and "inline_keyboard" not in keyboard:
        set_keyboard(call, chat, None if keyboard.get("remove_keyboard") else keyboard)
    return message


def set_keyboard(call: Call, chat: Chat, keyboard: dict[str, Any] | None) -> None:
    for person, chat_id in call.world.audience(chat):
        chat.keyboards[person] = keyboard
        call.world.events.publish(
            kind="keyboard", person=person, chat_id=chat_id, reply_keyboard=keyboard
        )
    call.world.keep_chat(chat)


async def send_message(call: Call) -> Message:
    chat = call.writable()
    return send(call, chat, text_of(call))


async def media(call: Call, kind: str, value: Any, **facts: Any) -> dict[str, Any]:
    """A file given as an upload, as attach://name or by the id of a file the bot has."""
    name = str(value).removeprefix("attach://")
    if name in call.uploads and (str(value).startswith("attach://") or name == kind):
        uid = await call.hub.files.add(call.uploads[name], kind, **facts)
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    elif isinstance(value, str) and value:
        uid = call.hub.files.uid(value, call.bot.id)
        if kind == "photo" and call.world.files[uid]["kind"] != "photo":
            raise bad("can't use file of type Document as Photo")
    else:
        raise bad(WRONG)
    return {kind: call.hub.files.describe(uid, kind, call.bot.id, **facts)}


def facts_of(params: dict[str, Any]) -> dict[str, Any]:
    """What the sender says of a film or a sound."""
    names = ("width", "height", "duration", "performer", "title")
    return {name: params[name] for name in names if name in params}


async def send_media(call: Call) -> Message:
    """sendPhoto, sendDocument and their like: the file's parameter is named as the method."""
    kind = call.method.removeprefix("send").lower()
    chat = call.writable()
    caption = caption_of(call.params)
    facts = facts_of(call.params)
    value = kind if kind in call.uploads else call.params[kind]
    content = await media(call, kind, value, **({} if kind == "photo" else facts))
    if kind == "sticker" and call.get("emoji"):
        content["sticker"]["emoji"] = call.get("emoji")
    if kind == "animation":
        content["document"] = content["animation"]
    return send(call, chat, content | caption)


def location_of(params: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = params["latitude"], params["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("wrong latitude or longitude specified")
    location = {"latitude": latitude, "longitude": longitude}
    for name in ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"):
        if params.get(name) is not None:
            location[name] = params[name]
    return location


async def send_location(call: Call) -> Message:
    chat = call.writable()
    period = call.get("live_period")
    if period is not None and not (60 <= period <= 86_400 or period == 0x7FFFFFFF):
        raise bad("wrong live location period specified")
    return send(call, chat, {"location": location_of(call.params)})


async def send_venue(call: Call) -> Message:
    chat = call.writable()
    location = location_of(call.params)
    venue = {"location": location, "title": call.params["title"], "address": call.params["address"]}
    return send(call, chat, {"venue": venue, "location": location})


async def send_contact(call: Call) -> Message:
    chat = call.writable()
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.params[name] for name in names if name in call.params}
    return send(call, chat, {"contact": contact})


async def send_chat_action(call: Call) -> bool:
    chat = call.writable()
    if call.params["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    thread = call.get("message_thread_id")
    call.world.tell(chat, "action", action=call.params["action"], message_thread_id=thread)
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_media,
    "sendDocument": send_media,
    "sendVideo": send_media,
    "sendVoice": send_media,
    "sendAudio": send_media,
    "sendAnimation": send_media,
    "sendSticker": send_media,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
