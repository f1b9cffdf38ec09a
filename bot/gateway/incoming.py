"""A raw update as what arrived: free of frameworks, and None for what is not for our ears."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversation import REACTION, Attachment, Bill, Incoming
from bot.gateway.marks import marked
from bot.groups import BROUGHT

Raw = dict[str, Any]

LINK = re.compile(r"[?&]start=([\w-]{1,64})$")
_ANONYMOUS_ADMIN = 1087968824
_INSIDE = ("member", "administrator", "restricted")
_FILES = ("video", "animation", "document", "voice", "audio", "video_note")
_MIMES = {"photo": "image/jpeg", "video": "video/mp4", "video_note": "video/mp4",
          "animation": "video/mp4", "voice": "audio/ogg"}  # fmt: skip
_OTHER = ("sticker", "dice", "poll", "venue", "game", "story", "invoice", "checklist", "paid_media")


def incoming(bot: str, update: Raw) -> Incoming | None:
    """What a person did; service messages, corrections in a group and people who join are None."""
    if tap := update.get("callback_query"):
        return _tap(bot, update["update_id"], tap)
    if ask := update.get("inline_query"):
        return _asked(bot, update["update_id"], ask)
    if asked := update.get("pre_checkout_query"):
        return _about_to_pay(bot, update["update_id"], asked)
    if change := update.get("chat_member"):
        return _left(bot, update["update_id"], change)
    if change := update.get("my_chat_member"):
        return _brought(bot, update["update_id"], change)
    if sign := update.get("message_reaction"):
        return _reacted(bot, update["update_id"], sign)
    message = update.get("message") or update.get("edited_message") or update.get("channel_post")
    if not message or not (sender := message.get("from") or message.get("sender_chat")):
        return None
    if paid := message.get("successful_payment"):
        return _paid(_start(bot, update["update_id"], message, sender), paid)
    kind = kind_of(message)
    if kind == "" or ("edited_message" in update and not _hears_edits(message, kind)):
        return None
    arrived = _start(bot, update["update_id"], message, sender)
    arrived.edited = "edited_message" in update
    arrived.kind = kind
    _read(arrived, message)
    return arrived


def _hears_edits(message: Raw, kind: str) -> bool:
    """A place that moves; and words that somebody corrects, but not the talk of a group."""
    return kind == "location" or message["chat"].get("type", "private") == "private"


def kind_of(message: Raw) -> str:
    """text, photo, location, … or "" for what the chat itself says."""
    if "venue" in message or "location" in message:
        return "location"
    for name in ("text", "photo", "contact", *_FILES, *_OTHER):
        if name in message:
            return name
    return ""


def _start(bot: str, update_id: int, message: Raw, sender: Raw) -> Incoming:
    chat = message["chat"]
    return Incoming(
        bot=bot,
        update_id=update_id,
        chat_id=chat["id"],
        user_id=sender["id"],
        first_name=sender.get("first_name", ""),
        last_name=sender.get("last_name", ""),
        username=sender.get("username", ""),
        language_code=sender.get("language_code", ""),
        chat_kind=chat.get("type", "private"),
        thread_id=message.get("message_thread_id") if message.get("is_topic_message") else None,
        message_id=message.get("message_id", 0),
        date=_moment(message.get("date")),
        on_behalf="sender_chat" in message or sender["id"] == _ANONYMOUS_ADMIN,
        speaks_for=_speaks_for(message),
    )


def _tap(bot: str, update_id: int, tap: Raw) -> Incoming | None:
    if not tap.get("message") or not tap.get("data"):
        return None
    arrived = _start(bot, update_id, tap["message"], tap["from"])
    arrived.on_behalf, arrived.speaks_for = (
        False,
        None,
    )  # these tell of the message, not of who taps
    arrived.kind, arrived.press, arrived.callback_id = "tap", tap["data"], tap["id"]
    return arrived


def _asked(bot: str, update_id: int, ask: Raw) -> Incoming:
    """The bot was called by its name in some chat, which it does not learn."""
    private = {"id": ask["from"]["id"], "type": "private"}
    arrived = _start(bot, update_id, {"chat": private}, ask["from"])
    arrived.kind, arrived.query_id, arrived.text = "query", ask["id"], ask.get("query", "")
    return arrived


def _about_to_pay(bot: str, update_id: int, asked: Raw) -> Incoming:
    arrived = _start(bot, update_id, {"chat": {"id": asked["from"]["id"]}}, asked["from"])
    arrived.kind, arrived.bill = "bill", _bill(asked, query_id=asked["id"])
    return arrived


def _paid(arrived: Incoming, paid: Raw) -> Incoming:
    arrived.kind = "bill"
    arrived.bill = _bill(
        paid, charge=paid["telegram_payment_charge_id"], also=paid["provider_payment_charge_id"]
    )
    return arrived


def _bill(told: Raw, **more: str) -> Bill:
    return Bill(told["invoice_payload"], told["total_amount"], told["currency"], **more)


def _left(bot: str, update_id: int, change: Raw) -> Incoming | None:
    """Somebody went, or was sent away, from a group; it is they who are spoken of, not who did it."""
    now = change["new_chat_member"]
    if now["status"] not in ("left", "kicked"):
        return None
    arrived = _start(bot, update_id, change, now["user"])
    arrived.kind = "left"
    return arrived


def _brought(bot: str, update_id: int, change: Raw) -> Incoming | None:
    """Somebody put the bot into a group or a channel; who blocks it in private says nothing."""
    if change["chat"]["type"] == "private" or change["new_chat_member"]["status"] not in _INSIDE:
        return None
    arrived = _start(bot, update_id, change, change["from"])
    arrived.kind = BROUGHT
    return arrived


def _reacted(bot: str, update_id: int, sign: Raw) -> Incoming | None:
    """A sign under a message of ours in a customer's or provider's own chat; `text` is empty once it is taken back."""
    if bot == "admin" or sign["chat"]["type"] != "private" or not sign.get("user"):
        return None
    arrived = _start(bot, update_id, sign, sign["user"])
    arrived.kind, arrived.reply_to = REACTION, sign["message_id"]
    signs = [one["emoji"] for one in sign["new_reaction"] if one["type"] == "emoji"]
    arrived.text = signs[-1] if signs else ""
    return arrived


def _read(arrived: Incoming, message: Raw) -> None:
    arrived.text = message.get("text") or message.get("caption") or ""
    arrived.marked = marked(
        arrived.text, message.get("entities") or message.get("caption_entities") or []
    )
    arrived.album = message.get("media_group_id", "")
    arrived.forwarded = "forward_origin" in message
    arrived.reply_to = message.get("reply_to_message", {}).get("message_id")
    arrived.attachments = _attachments(message)
    if contact := message.get("contact"):
        arrived.contact_phone = contact.get("phone_number", "")
        arrived.contact_is_own = contact.get("user_id") == arrived.user_id
    arrived.points_at = _points_at(message)
    if point := message.get("location") or message.get("venue", {}).get("location"):
        arrived.location = (point["latitude"], point["longitude"])
        if arrived.date and (seconds := point.get("live_period")):
            arrived.live_until = arrived.date + timedelta(seconds=min(seconds, 10**9))
    if (payload := _sent_card(message)) is not None:
        arrived.kind, arrived.command, arrived.argument = "command", "start", payload
    elif arrived.kind == "text" and _is_command(message):
        word, _, rest = arrived.text[1:].partition(" ")
        arrived.kind, arrived.argument = "command", rest.strip()
        arrived.command = word.partition("@")[0].lower()


def _sent_card(message: Raw) -> str | None:
    """A card that was sent into the bot's own chat by calling the bot there: where its button leads."""
    if "via_bot" not in message:
        return None
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = (LINK.search(button.get("url", "")) for row in rows for button in row)
    return next((match[1] for match in found if match), None)


def _points_at(message: Raw) -> tuple[int, str] | None:
    """The other person a message is about: on a contact card, the author of what is forwarded or answered."""
    if "user_id" in (card := message.get("contact", {})):
        return card["user_id"], _name(card)
    answered = message.get("reply_to_message", {})
    if "forum_topic_created" in answered:  # every message of a topic answers its birth
        answered = {}
    for person in (message.get("forward_origin", {}).get("sender_user"), answered.get("from")):
        if person and not person.get("is_bot"):
            return person["id"], _name(person)
    return None


def _speaks_for(message: Raw) -> tuple[int, str] | None:
    """A channel, or the group itself whose admin stays anonymous."""
    chat = message.get("sender_chat")
    return (chat["id"], chat.get("title", "")) if chat else None


def _name(person: Raw) -> str:
    return f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()


def _is_command(message: Raw) -> bool:
    entities = message.get("entities") or [{}]
    first = entities[0]
    return bool(first.get("type") == "bot_command" and first.get("offset") == 0)


def _attachments(message: Raw) -> list[Attachment]:
    found = [("photo", message["photo"][-1])] if message.get("photo") else []
    found += [(kind, message[kind]) for kind in _FILES if kind in message]
    if "animation" in message:  # Telegram repeats it as a document
        found = [pair for pair in found if pair[0] != "document"]
    return [_attachment(kind, file) for kind, file in found]


def _attachment(kind: str, file: Raw) -> Attachment:
    return Attachment(
        telegram_id=file["file_id"],
        kind=kind,
        mime=file.get("mime_type") or _MIMES.get(kind, ""),
        name=file.get("file_name", ""),
        size=file.get("file_size", 0),
        width=file.get("width", 0),
        height=file.get("height", 0),
    )


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
