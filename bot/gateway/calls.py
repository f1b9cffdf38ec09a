"""A screen as Telegram's own calls: method names and parameters, still without any framework."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bot.gateway.render import CAPTION_LIMIT, cut_plain, plain, sound, telegram_html, units
from bot.screen import Ask, Button, File, Pin, Rows, Screen, Tile

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that travel with a call; `facts` are told with a video: its sizes and its cover."""

    name: str
    mime: str
    content: bytes
    facts: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One method of the Bot API with its parameters (files in them are `Upload`s)."""

    method: str
    params: Params


KINDS = {
    "image/jpeg": "photo", "image/png": "photo", "image/webp": "photo", "video/mp4": "video",
    "audio/ogg": "voice",
}  # fmt: skip
_SEND = {"photo": "sendPhoto", "video": "sendVideo", "voice": "sendVoice"}
# What never stands in an album.
_ALONE = ("voice",)
# Points down to the keyboard that came with a message of its own.
_POINTER = "👇"


def kind_of(file: File) -> str:
    """How a file is shown: as a picture, a film, a voice, or else to be downloaded."""
    return KINDS.get(file.mime, "document")


def button(one: Button) -> Params:
    """An inline button as Telegram spells it."""
    spelled: Params = {"text": sound(one.label)}
    if one.url:
        spelled["url"] = one.url
    elif one.copy:
        spelled["copy_text"] = {"text": one.copy}
    elif one.inline:
        anywhere = {f"allow_{kind}_chats": True for kind in ("user", "group", "channel")}
        spelled["switch_inline_query_chosen_chat"] = {"query": one.inline} | anywhere
    elif one.share is not None:
        spelled["url"] = f"https://t.me/share/url?url={quote(one.share, safe='')}"
    else:
        spelled["callback_data"] = one.press
    if one.style:
        spelled["style"] = one.style
    return spelled


def inline(rows: Rows) -> Params:
    return {"inline_keyboard": [[button(one) for one in row] for row in rows]}


def tile(one: Tile) -> Params:
    """A result of an inline query."""
    text = {"message_text": telegram_html(one.text), "parse_mode": "HTML"}
    content = text | {"link_preview_options": {"is_disabled": True}}
    return {
        "type": "article", "id": one.id, "title": sound(one.title), "description": sound(one.line),
        "input_message_content": content, "reply_markup": inline(one.rows),
    }  # fmt: skip


def asking(ask: Ask) -> Params:
    """A reply keyboard that goes away once used."""
    keys: list[list[Params]] = []
    if ask.contact:
        keys.append([{"text": ask.contact, "request_contact": True}])
    if ask.location:
        keys.append([{"text": ask.location, "request_location": True}])
    keys += [[{"text": word}] for word in ask.words]
    return {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}


def markup(screen: Screen) -> Params:
    """The one keyboard the main message of a screen can carry."""
    if screen.rows:
        return {"reply_markup": inline(screen.rows)}
    if screen.ask:
        return {"reply_markup": asking(screen.ask)}
    if screen.close_keyboard:
        return {"reply_markup": {"remove_keyboard": True}}
    return {}


def manners(screen: Screen) -> Params:
    manners: Params = {}
    if screen.quiet:
        manners["disable_notification"] = True
    if screen.protect:
        manners["protect_content"] = True
    return manners


def where(chat_id: int, *, thread_id: int | None = None, reply_to: int | None = None) -> Params:
    place: Params = {"chat_id": chat_id}
    if thread_id:
        place["message_thread_id"] = thread_id
    if reply_to:
        place["reply_parameters"] = {
            "message_id": reply_to,
            "allow_sending_without_reply": True,
        }
    return place


def long_caption(screen: Screen) -> bool:
    """The text does not fit under a picture and goes on its own."""
    return units(plain(screen.text)) > CAPTION_LIMIT


def text_message(screen: Screen, place: Params) -> Call:
    text = {"text": telegram_html(screen.text), "parse_mode": "HTML"}
    quiet_links = {"link_preview_options": {"is_disabled": True}}
    return Call("sendMessage", place | text | quiet_links | manners(screen) | markup(screen))


def photo_message(screen: Screen, place: Params, photo: Any) -> Call:
    """The screen's picture (film, voice) with its text below."""
    kind = kind_of(screen.photo) if screen.photo else "photo"
    what = {kind: photo} | _facts(photo) | caption_of(screen)
    return Call(_SEND.get(kind, "sendDocument"), place | what | manners(screen) | markup(screen))


def caption_of(screen: Screen) -> Params:
    if not screen.text.strip():
        return {}
    return {"caption": telegram_html(screen.text, limit=CAPTION_LIMIT), "parse_mode": "HTML"}


def album(kinds: Sequence[str], media: Sequence[Any], place: Params, caption: str = "") -> Call:
    """One file as itself, two to ten as an album; a caption under the first stands under them all."""
    words: Params = {"caption": cut_plain(sound(caption), CAPTION_LIMIT)} if caption else {}
    if len(media) == 1:
        kind, one = kinds[0], media[0]
        return Call(_SEND.get(kind, "sendDocument"), place | {kind: one} | _facts(one) | words)
    items: list[Params] = [
        {"type": kind, "media": one} | _facts(one) for kind, one in zip(kinds, media, strict=True)
    ]
    items[0] |= words
    return Call("sendMediaGroup", place | {"media": items})


def _facts(one: Any) -> Params:
    return one.facts if isinstance(one, Upload) else {}


def pin_message(pin: Pin, place: Params) -> Call:
    point: Params = {"latitude": pin.lat, "longitude": pin.lon}
    if pin.live_seconds:
        point["live_period"] = min(max(pin.live_seconds, 60), 86400)
    return Call("sendLocation", place | point)


def carrier(screen: Screen, place: Params) -> Call | None:
    """The extra message for a second keyboard: a message can carry only one."""
    if not screen.rows or not (screen.ask or screen.close_keyboard):
        return None
    keyboard = asking(screen.ask) if screen.ask else {"remove_keyboard": True}
    text = f"{_first_key(screen.ask)} {_POINTER}".strip() if screen.ask else _POINTER
    silent = {"disable_notification": True}
    return Call("sendMessage", place | {"text": text, "reply_markup": keyboard} | silent)


def _first_key(ask: Ask) -> str:
    return ask.contact or ask.location or next(iter(ask.words), "")


def edit_text(screen: Screen, place: Params) -> Call:
    text = {"text": telegram_html(screen.text), "parse_mode": "HTML"}
    quiet_links = {"link_preview_options": {"is_disabled": True}}
    return Call("editMessageText", place | text | quiet_links | _inline_only(screen))


def edit_photo(screen: Screen, place: Params, photo: Any) -> Call:
    kind = kind_of(screen.photo) if screen.photo else "photo"
    if kind in _ALONE:  # what is heard can't be exchanged, only what stands below it
        return edit_caption(screen, place)
    media = {"type": kind, "media": photo} | caption_of(screen)
    return Call("editMessageMedia", place | {"media": media} | _inline_only(screen))


def edit_caption(screen: Screen, place: Params) -> Call:
    words = caption_of(screen) or {"caption": ""}
    return Call("editMessageCaption", place | words | _inline_only(screen))


def _inline_only(screen: Screen) -> Params:
    return {"reply_markup": inline(screen.rows)} if screen.rows else {}


def unformatted(call: Call) -> Call:
    """The same call as plain text, for markup that Telegram could not read."""
    params = {name: value for name, value in call.params.items() if name != "parse_mode"}
    for name in ("text", "caption"):
        if name in params:
            params[name] = plain(params[name])
    if isinstance(params.get("media"), dict):
        params["media"] = unformatted(Call("", params["media"])).params
    return Call(call.method, params)


def in_groups(files: Iterable[tuple[str, File]], size: int = 10) -> list[list[tuple[str, File]]]:
    """Neighbours that go together, at most ten: what an album can hold. A caption begins the next one.

    Photos and videos mix in one album, documents stay among themselves.
    """
    groups: list[list[tuple[str, File]]] = []
    for kind, file in files:
        before = groups[-1][-1][0] if groups else ""
        alike = (before == "document") == (kind == "document") and before and not file.caption
        alike = alike and not {before, kind} & {*_ALONE}
        if alike and len(groups[-1]) < size:
            groups[-1].append((kind, file))
        else:
            groups.append([(kind, file)])
    return groups
