"""The door of the staff chat: who may come in is decided by person and role at every single act.

Being a member of the group proves nothing, and neither does a message sent in the name of a chat.
"""

from dataclasses import dataclass

from bot import meters
from bot.admin.registry import Registry
from bot.conversation import Incoming, Talk
from bot.errors import sentence
from bot.screen import Screen
from core.errors import NotPermitted, Unknown
from core.people.model import Staff
from core.permissions import may
from core.security.model import Why


@dataclass(frozen=True, slots=True)
class Guard:
    """Called with every update of the staff bot; False means that nothing happens."""

    registry: Registry
    staff_chat: int

    async def __call__(self, talk: Talk) -> bool:
        incoming = talk.incoming
        if _for_another_bot(incoming, talk.link.bot_username):
            return False
        member = await talk.core.staff.member(telegram_id=incoming.user_id)
        if incoming.kind == "left":
            await self._gone(talk, member)
            return False
        action = self.registry.action(
            press=incoming.press, command=incoming.command, step=talk.step
        )
        if action is None:
            return await self._overheard(talk, member)
        why = await self._objection(talk, member, action)
        if why is None:
            await self._name(talk, member)
            return True
        meters.REFUSED.labels("admin", f"staff_{why}").inc()
        await self._note(talk, action, why)
        await self._tell(talk, member, action)
        return False

    async def _gone(self, talk: Talk, member: Staff | None) -> None:
        """Whoever leaves the group keeps their rights until an owner takes them: the owner is told."""
        if member is not None and talk.incoming.chat_id == self.staff_chat:
            await talk.core.staff.left(member=member, now=talk.now)

    async def _overheard(self, talk: Talk, member: Staff | None) -> bool:
        """Words that are no answer: people talking to each other, or somebody at the wrong door."""
        if member is None and talk.incoming.chat_kind == "private":
            await self._tell(talk, member, "help")
        return member is not None and self._here(talk.incoming) and not talk.incoming.on_behalf

    def _here(self, incoming: Incoming) -> bool:
        return incoming.chat_kind == "private" or incoming.chat_id == self.staff_chat

    async def _objection(self, talk: Talk, member: Staff | None, action: str) -> Why | None:
        incoming = talk.incoming
        if incoming.on_behalf:
            return Why.ON_BEHALF
        if not self._here(incoming):
            return Why.ELSEWHERE
        if incoming.forwarded and incoming.command:
            return Why.FORWARDED
        if member is None:
            return await talk.core.staff.outside(telegram_id=incoming.user_id)
        return None if may(role=member.role, action=action) else Why.ROLE

    @staticmethod
    async def _name(talk: Talk, member: Staff | None) -> None:
        if member is not None and not member.name and talk.person.name:
            await talk.core.staff.call(member=member, name=talk.person.name)

    @staticmethod
    async def _note(talk: Talk, action: str, why: Why) -> None:
        """In whose name it was said, where that was no person."""
        incoming = talk.incoming
        person = (incoming.user_id, talk.person.name or incoming.full_name)
        who, name = incoming.speaks_for or person
        await talk.core.refusals.note(
            telegram_id=who, name=name, chat_id=incoming.chat_id, action=action, why=why,
            now=talk.now,
        )  # fmt: skip

    async def _tell(self, talk: Talk, member: Staff | None, action: str) -> None:
        """A tap gets its short answer; words of strangers in a group get none."""
        incoming, words = talk.incoming, talk.words
        refusal = Unknown("command") if member is None else NotPermitted(action)
        if incoming.callback_id:
            talk.toast(sentence(refusal, words))
        elif incoming.chat_kind == "private" and member is None:
            text = words("This chat is for our staff. For help please write to the customer bot.")
            await talk.messenger.send(incoming.chat_id, Screen(text))
        elif member is not None and self._here(incoming) and not incoming.on_behalf:
            text = words("{why} /help shows what you can do.", why=sentence(refusal, words))
            screen = Screen(text)
            await talk.messenger.send(incoming.chat_id, screen, thread_id=incoming.thread_id)


def _for_another_bot(incoming: Incoming, username: str) -> bool:
    """/order@some_other_bot is not said to us."""
    first = incoming.text.split(maxsplit=1)[0] if incoming.command and incoming.text else ""
    _, at, bot = first.partition("@")
    return bool(at) and bot.lower() != username.lower()
