"""Who there is, which chats they have, and what they do to a chat as a whole: block it, read it, leave it behind."""

from collections.abc import Mapping

from bot.sandbox.files import Upload
from bot.sandbox.hub import Hub
from bot.sandbox.world import Chat, Person, World


class Denied(Exception):
    """A person asked for something their client would not let them do."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


FIRST_ID = 5_000_001


class People:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.world: World = hub.world

    def find(self, person_id: int) -> Person:
        person = self.world.people.get(person_id)
        if person is None:
            raise Denied(404, "nobody has this id")
        return person

    async def ensure(
        self,
        *,
        id: int | None = None,
        name: str,
        roles: list[str],
        language_code: str = "",
        phone: str = "",
        username: str = "",
        avatar: bytes | None = None,
        seeded: bool = False,
    ) -> Person:
        """The person with this id, made or brought up to date; staff join their group."""
        number = id or max([FIRST_ID - 1, *self.world.people]) + 1
        first, _, last = name.strip().partition(" ")
        if not first:
            raise Denied(400, "a person needs a name")
        person = self.world.people.get(number) or Person(id=number, first_name=first)
        person.first_name, person.last_name, person.roles = first, last, list(roles)
        person.language_code = language_code or person.language_code
        person.phone = phone or person.phone or f"+8613{number % 10**9:09d}"
        person.username = username or person.username
        person.seeded = seeded or person.seeded
        if avatar and person.avatar is None:
            person.avatar = await self.hub.files.add(Upload("avatar.jpg", avatar), "photo")
        self.world.people[number] = person
        self.world.keep_person(person)
        self._seat(person)
        return person

    def _seat(self, person: Person) -> None:
        """Puts staff into the staff group, and takes out those who are staff no more."""
        group = self.world.chats.get(str(self.world.staff_chat))
        if group is None or ("staff" in person.roles) == (person.id in group.members):
            return
        joins = "staff" in person.roles
        (group.members.append if joins else group.members.remove)(person.id)
        self.world.keep_chat(group)
        self.hub.tell_bot(
            group,
            "chat_member",
            {
                "chat": self.world.chat_object(group),
                "from": person.user(),
                "date": int(self.world.now()),
                "old_chat_member": {"status": "left" if joins else "member", "user": person.user()},
                "new_chat_member": {"status": "member" if joins else "left", "user": person.user()},
            },
        )

    def found_group(self, person: Person, bot: str, title: str) -> Chat:
        """A group of the person's own, into which they put a bot."""
        made = next((each for each in self.world.bots.values() if each.username == bot), None)
        if made is None:
            raise Denied(404, "no bot is called that")
        group = self.world.found_group(person.id, made.id, title)
        facts = {"user": self.world.bot_user(made.id)}
        change = {
            "chat": self.world.chat_object(group), "from": person.user(),
            "date": int(self.world.now()), "old_chat_member": {"status": "left"} | facts,
            "new_chat_member": {"status": "member"} | facts,
        }  # fmt: skip
        self.hub.tell_bot(group, "my_chat_member", change, lane=person.id)
        self._chat_changed(group, person)
        return group

    def change(self, person: Person, language_code: str | None, name: str | None) -> Person:
        if language_code is not None:
            person.language_code = language_code
        if name:
            person.first_name, _, person.last_name = name.strip().partition(" ")
        self.world.keep_person(person)
        for chat in self.chats(person):
            self._chat_changed(chat, person)
        return person

    def where(self, match: Mapping[str, str]) -> tuple[Person, Chat]:
        """The person and the chat that an address names."""
        person = self.find(int(match["person"]))
        return person, self.chat(person, int(match["chat"]))

    def chats(self, person: Person) -> list[Chat]:
        """Bots of the person's roles, others they have written to, and the staff group."""
        for bot in self.world.bots.values():
            if bot.role in person.roles:
                self.world.private(bot.id, person.id)
        found = [chat for chat in self.world.chats.values() if person.id in chat.members]
        return sorted(found, key=lambda chat: (not chat.is_group, chat.bot))

    def chat(self, person: Person, chat_id: int) -> Chat:
        """A chat by its id as the person sees it: of a private chat that is the bot's."""
        if chat_id in self.world.bots:
            return self.world.private(chat_id, person.id)
        group = self.world.chats.get(str(chat_id))
        if group is None or not group.is_group or person.id not in group.members:
            raise Denied(404, "no such chat")
        return group

    def block(self, person: Person, chat: Chat, blocked: bool) -> None:
        if chat.is_group:
            raise Denied(400, "a group can't be blocked")
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        self.world.keep_chat(chat)
        bot = self.world.bot_user(chat.bot)
        kicked = {"status": "kicked", "user": bot, "until_date": 0}
        member = {"status": "member", "user": bot}
        self.hub.tell_bot(
            chat,
            "my_chat_member",
            {
                "chat": self.world.chat_object(chat),
                "from": person.user(),
                "date": int(self.world.now()),
                "old_chat_member": member if blocked else kicked,
                "new_chat_member": kicked if blocked else member,
            },
        )
        self._chat_changed(chat, person)

    def read(self, person: Person, chat: Chat) -> None:
        newest = max(chat.messages, default=0)
        if chat.read.get(person.id, 0) < newest:
            chat.read[person.id] = newest
            self.world.keep_chat(chat)

    def forget(self) -> None:
        """Back to the start: no messages, no waiting updates, no people but those of the demo city."""
        world = self.world
        for chat in list(world.chats.values()):
            for message_id in list(chat.messages):
                world.drop_message(chat, message_id)
            world.journal.drop("chat", chat.key)
        for callback_id in world.callbacks:
            world.journal.drop("callback", callback_id)
        for person in [person for person in world.people.values() if not person.seeded]:
            world.journal.drop("person", person.id)
            del world.people[person.id]
        for kept in (world.chats, world.callbacks, world.checkouts, world.queries):
            kept.clear()
        self._forget_hub()
        world.make_group()
        for person in world.people.values():
            self._seat(person)

    def _forget_hub(self) -> None:
        self.hub.faults.clear()
        self.hub.calls.clear()
        self.hub.floods.clear()
        self.world.events.clear()
        self.world.shift = 0.0
        for queue in self.hub.queues.values():
            queue.clear()

    def _chat_changed(self, chat: Chat, person: Person) -> None:
        self.hub.tell_person(person, chat, "chat", blocked=chat.blocked)
