"""What people send and change: words, places, contacts, pictures; each becomes a message and an update for the bot."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox import entities, rare
from bot.sandbox.files import Upload, sticker_picture
from bot.sandbox.methods.sending import without_reply
from bot.sandbox.people import Denied, People
from bot.sandbox.world import Chat, Message, Person


class Writing:
    def __init__(self, people: People) -> None:
        self.people, self.hub, self.world = people, people.hub, people.world

    async def send(
        self,
        person: Person,
        chat: Chat,
        *,
        uploads: Sequence[tuple[str, Upload]] = (),
        text: str = "",
        caption: str = "",
        location: dict[str, Any] | None = None,
        contact: Any = None,
        sticker: str = "",
        dice: str = "",
        poll: dict[str, Any] | None = None,
        game: str = "",
        forward: dict[str, Any] | None = None,
        marks: list[dict[str, Any]] | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> list[Message]:
        """The messages that came of it; several photos become an album."""
        if chat.blocked:
            raise Denied(403, "this bot is blocked; unblock it first")
        place = self._place(person, chat, reply_to, thread)
        if forward:
            place["forward_origin"] = rare.origin(forward, self.world.now())
        if uploads:
            contents = await self._media(chat, uploads, caption)
        elif dice or poll or game:
            contents = [rare.content(dice, poll, game, self.world.serial())]
        else:
            contents = [await self._content(person, chat, text, location, contact, sticker, marks)]
        chat.started = True
        self._use_keyboard(person, chat)
        return [self._say(person, chat, place | content) for content in contents]

    def _say(self, person: Person, chat: Chat, content: dict[str, Any]) -> Message:
        message = self.hub.post(chat, person.user(), content)
        self.people.read(person, chat)
        self.hub.tell_bot(chat, "message", message)
        return message

    def _place(
        self, person: Person, chat: Chat, reply_to: int | None, thread: int | None
    ) -> dict[str, Any]:
        target = chat.messages.get(reply_to) if reply_to else None
        if reply_to and target is None:
            raise Denied(404, "the message to answer is gone")
        if target and thread is None:
            thread = target.get("message_thread_id")
        place: dict[str, Any] = {}
        if thread is not None:
            topic = chat.topics.get(thread)
            if topic is None:
                raise Denied(404, "no such topic")
            if topic.closed and chat.members[0] != person.id:
                raise Denied(403, "this topic is closed")
            place = {"message_thread_id": thread, "is_topic_message": True}
            # In a topic, what answers nothing answers the message that opened the topic.
            target = target or chat.messages.get(thread)
        return place | ({"reply_to_message": without_reply(target)} if target else {})

    async def _content(
        self, person: Person, chat: Chat, text: str, location: Any, contact: Any, sticker: str,
        given: list[dict[str, Any]] | None,
    ) -> dict[str, Any]:  # fmt: skip
        if location:
            return _location(location)
        if contact:
            return {"contact": _contact(person, contact)}
        if sticker:
            uid = await self.hub.files.add(sticker_picture(sticker), "sticker")
            return {"sticker": self.hub.files.describe(uid, "sticker", chat.bot, emoji=sticker)}
        plain, found = entities.read(text, None, given)
        if not plain:
            raise Denied(400, "nothing to send")
        if entities.units(plain) > 4096:
            raise Denied(400, "the message is too long")
        return {"text": plain} | ({"entities": found} if found else {})

    async def _media(
        self, chat: Chat, uploads: Sequence[tuple[str, Upload]], caption: str
    ) -> list[dict[str, Any]]:
        contents = []
        for kind, upload in uploads[:10]:
            uid = await self.hub.files.add(upload, kind)
            contents.append({kind: self.hub.files.describe(uid, kind, chat.bot)})
        if len(contents) > 1:
            album = self.world.serial()
            contents = [{"media_group_id": album, **content} for content in contents]
        if caption.strip():
            plain, found = entities.read(caption, None, None)
            contents[0] |= {"caption": plain} | ({"caption_entities": found} if found else {})
        return contents

    def _use_keyboard(self, person: Person, chat: Chat) -> None:
        """A one-time keyboard and a forced reply go away once used."""
        keyboard = chat.keyboards.get(person.id)
        if keyboard and (keyboard.get("one_time_keyboard") or keyboard.get("force_reply")):
            chat.keyboards[person.id] = None
            self.hub.tell_person(person, chat, "keyboard", reply_keyboard=None)

    def edit(self, person: Person, chat: Chat, message_id: int, text: str) -> None:
        message = self._own(person, chat, message_id)
        plain, found = entities.read(text, None, None)
        if not plain:
            raise Denied(400, "nothing to send")
        field = "text" if "text" in message else "caption"
        changed = message | {field: plain, "edit_date": int(self.world.now())}
        changed["entities" if field == "text" else "caption_entities"] = found
        self._edited(chat, changed)

    def move(self, person: Person, chat: Chat, message_id: int, place: dict[str, Any]) -> None:
        """A live location goes on, or is stopped."""
        message = self._own(person, chat, message_id)
        location = message.get("location", {})
        if self.world.now() > message["date"] + location.get("live_period", -1):
            raise Denied(400, "this location is not live")
        if place.get("stop"):
            location = {key: location[key] for key in ("latitude", "longitude")}
        else:
            known = ("latitude", "longitude", "heading", "horizontal_accuracy")
            location = location | {key: place[key] for key in known if key in place}
        edited = {"location": location, "edit_date": int(self.world.now())}
        self._edited(chat, message | edited)

    def _own(self, person: Person, chat: Chat, message_id: int) -> Message:
        message = chat.messages.get(message_id)
        if message is None or message["from"]["id"] != person.id:
            raise Denied(404, "no such message of yours")
        return message

    def _edited(self, chat: Chat, message: Message) -> None:
        self.hub.replace(chat, message)
        self.hub.tell_bot(chat, "edited_message", message)


def _location(given: dict[str, Any]) -> dict[str, Any]:
    known = ("latitude", "longitude", "live_period", "heading", "horizontal_accuracy")
    location = {key: given[key] for key in known if given.get(key) is not None}
    if "latitude" not in location or "longitude" not in location:
        raise Denied(400, "a location needs latitude and longitude")
    if not given.get("title"):
        return {"location": location}
    venue = {"location": location, "title": given["title"], "address": given.get("address", "")}
    return {"venue": venue, "location": location}


def _contact(person: Person, given: Any) -> dict[str, Any]:
    if given is True:
        own = {"phone_number": person.phone, "first_name": person.first_name, "user_id": person.id}
        return own | ({"last_name": person.last_name} if person.last_name else {})
    known = ("phone_number", "first_name", "last_name", "user_id")
    return {key: given[key] for key in known if given.get(key) is not None}
