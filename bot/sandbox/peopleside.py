"""Over HTTP: who there is and what each person sees in each chat."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.sandbox.kept import SEEN, Routes
from bot.sandbox.methods.profile import commands_for, menu_of
from bot.sandbox.methods.topics import topics_of
from bot.sandbox.people import People
from bot.sandbox.world import Chat, Message, Person, Place


def newest(chat: Chat, count: int) -> list[Message]:
    """The last so many of each topic, in order."""
    seen = Counter[int]()
    found = []
    for message in reversed(chat.messages.values()):
        topic = message.get("message_thread_id", 0)
        if seen[topic] < count:
            seen[topic] += 1
            found.append(message)
    return found[::-1]


class PeopleSide:
    def __init__(self, people: People, places: Sequence[Place], name: str) -> None:
        self.people, self.hub, self.world = people, people.hub, people.world
        self.places, self.name = places, name

    def table(self) -> Routes:
        return [
            ("GET", "/sandbox/info", self.info),
            ("GET", "/sandbox/places", self.list_places),
            ("GET", "/sandbox/people", self.list_people),
            ("POST", "/sandbox/people", self.add_person),
            ("PATCH", "/sandbox/people/{person}", self.change_person),
            ("POST", "/sandbox/people/{person}/groups", self.add_group),
            ("GET", SEEN, self.chat),
        ]

    async def info(self, request: web.Request) -> dict[str, Any]:
        world = self.world
        return {
            "name": self.name,
            "bots": [
                {
                    "id": b.id,
                    "username": b.username,
                    "name": b.name,
                    "role": b.role,
                    "inline": b.inline,
                }
                for b in world.bots.values()
            ],
            "staff_chat": {"id": world.staff_chat, "title": world.staff_title},
            "now": world.now(),
        }

    async def list_places(self, request: web.Request) -> list[dict[str, Any]]:
        return [
            {"name": p.name, "name_en": p.name_en, "lat": p.lat, "lon": p.lon} for p in self.places
        ]

    async def list_people(self, request: web.Request) -> list[dict[str, Any]]:
        return [self._person(person) for person in self.world.people.values()]

    async def add_person(self, request: web.Request) -> dict[str, Any]:
        given = await request.json()
        known = ("id", "name", "roles", "language_code", "phone", "username")
        fields = {key: given[key] for key in known if given.get(key) is not None}
        return self._person(await self.people.ensure(**{"roles": ["customer"]} | fields))

    async def change_person(self, request: web.Request) -> dict[str, Any]:
        person = self.people.find(int(request.match_info["person"]))
        given = await request.json()
        self.people.change(person, given.get("language_code"), given.get("name"))
        return self._person(person)

    async def add_group(self, request: web.Request) -> dict[str, Any]:
        person = self.people.find(int(request.match_info["person"]))
        given = await request.json()
        return {"id": self.people.found_group(person, given["bot"], given["title"]).id}

    def _person(self, person: Person) -> dict[str, Any]:
        chats = self.people.chats(person)
        avatar = self.world.files[person.avatar]["path"] if person.avatar else None
        return {
            "id": person.id,
            "name": person.name,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "roles": person.roles,
            "phone": person.phone,
            "avatar": f"/sandbox/files/{avatar}" if avatar else None,
            "chats": [self._chat_facts(chat, person) for chat in chats],
        }

    def _chat_facts(self, chat: Chat, person: Person) -> dict[str, Any]:
        bot, read = self.world.bots[chat.bot], chat.read.get(person.id, 0)
        new = [m for n, m in chat.messages.items() if n > read and m["from"]["id"] != person.id]
        return {
            "id": chat.id if chat.is_group else chat.bot,
            "kind": chat.kind,
            "title": chat.title if chat.is_group else bot.name,
            "bot": None if chat.is_group else bot.username,
            "is_forum": self.world.is_forum(chat),
            "started": chat.started,
            "blocked": chat.blocked,
            "unread": len(new),
        }

    async def chat(self, request: web.Request) -> dict[str, Any]:
        """Whole, or with `last` only so many messages of each topic: the newest."""
        person, chat = self.people.where(request.match_info)
        shown = newest(chat, int(request.query.get("last", len(chat.messages))))
        return {
            "chat": self._chat_facts(chat, person),
            "bot": self._bot_facts(chat, person),
            "topics": topics_of(chat),
            "messages": [self.hub.view(chat, m, person.id) for m in shown],
            "commands": commands_for(self.world, chat, person),
            "menu": menu_of(self.world, chat.bot, chat.id),
            "pinned": list(chat.pinned),
            "reply_keyboard": chat.keyboards.get(person.id),
            "blocked": chat.blocked,
            "seq": self.world.events.seq,
        }

    def _bot_facts(self, chat: Chat, person: Person) -> dict[str, Any]:
        bot, names = self.world.bots[chat.bot], self.world.states[chat.bot].names
        language = person.language_code.partition("-")[0].lower()
        words = {
            field: texts.get(language) or texts.get("", "")
            for field, texts in (
                (f, names.get(f, {})) for f in ("name", "description", "short_description")
            )
        }
        return {"id": bot.id, "username": bot.username, **words, "name": words["name"] or bot.name}
