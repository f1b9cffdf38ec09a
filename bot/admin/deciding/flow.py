"""One mechanism for all decisions: the first who taps has it in hand, the second hears by whom."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Generic

from markupsafe import Markup

from bot.admin.deciding import screens
from bot.admin.deciding.ways import OWN_WORDS, Chosen, T, Way
from bot.admin.parts import acting, me, sign
from bot.admin.registry import Row, Say, Tap
from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import Words
from bot.screen import Button, Card, Screen, press
from core.errors import AlreadyDone, DomainError, NotAllowedNow, OwnDecision, Taken, Unknown
from core.people.model import Person
from core.taking.model import Matter, Taking

LONGEST = 300
Step = Callable[..., Awaitable[Screen | None]]


async def _anything(talk: Talk, one: Any) -> None:
    """Nothing but the role stands in the way."""


def _in_hand(step: Step) -> Step:
    """Where a colleague has it, or it is over, that is said instead."""

    @wraps(step)
    async def run(self: "Deciding[Any]", talk: Talk, subject: int, *ids: Any) -> Screen | None:
        try:
            return await step(self, talk, subject, *ids)
        except Taken as held:
            return await self.taken(talk, subject, held)
        except (AlreadyDone, NotAllowedNow, OwnDecision) as refused:
            return await self.over(talk, subject, refused)

    return run


@dataclass(frozen=True)
class Deciding(Generic[T]):
    """How one kind of matter is decided: where it is read, how it looks, its ways.

    `prefix` begins the verbs of its buttons, `opens` is the verb that shows it; `reader` is whoever reads the reason,
    `whom` the person that the log keeps it with. `grave`: it moves money or bars somebody, so every way asks again.
    `posted`: everybody's card is brought up to date by letters alone.
    """

    matter: Matter
    prefix: str
    action: str
    opens: str
    look: Callable[[Talk, int], Awaitable[T]]
    card: Callable[[Talk, T, Taking | None], Awaitable[Screen]]
    ended: Callable[[Words, T], Markup]
    subject: Callable[[T], str]
    ways: tuple[Way[T], ...]
    note: Callable[[Words, T], str] = lambda words, one: ""
    reader: Callable[[T], Person | None] = lambda one: None
    check: Callable[[Talk, T], Awaitable[None]] = _anything
    whom: Callable[[T], int | None] = lambda one: None
    grave: bool = False
    posted: bool = False

    def rows(self) -> tuple[Row, ...]:
        """For the registry."""
        return (
            Tap(f"{self.prefix}t", self.action, self.take),
            Tap(f"{self.prefix}o", self.action, self.take_over),
            Tap(f"{self.prefix}d", self.action, self.ask),
            Tap(f"{self.prefix}s", self.action, self.sure),
            Tap(f"{self.prefix}y", self.action, self.done, grave=self.grave),
            Say(self._step, self.action, self.said),
        )

    @property
    def _step(self) -> str:
        return f"{self.matter}_why"

    def press(self, verb: str, *ids: int | str) -> str:
        return press(f"{self.prefix}{verb}", *ids)

    def back(self, subject: int) -> str:
        return press(self.opens, subject)

    def begins(self, code: str, subject: int, one: T) -> str:
        """The press that begins a way; one that asks nothing is done at once."""
        way = self._way(code)
        if way.why is None and not way.sure:
            return self.press("y", subject, code, 0, way.seen(one))
        return self.press("d", subject, code, 0)

    def hand(self, words: Words, subject: int, taking: Taking | None) -> list[Button]:
        """The row that takes it, or says who has it."""
        return [screens.hand(words, taking, self.press("t", subject))]

    def _way(self, code: str) -> Way[T]:
        way = next((way for way in self.ways if way.code == code), None)
        if way is None:
            raise Unknown("command")
        return way

    async def taken(self, talk: Talk, subject: int, held: Taken) -> Screen:
        """A colleague was first; who must may take it over."""
        said = sentence(held, talk.words)
        screen = screens.held(talk.words, said, self.press("o", subject), self.back(subject))
        return self._refused(talk, screen, said)

    async def over(self, talk: Talk, subject: int, why: DomainError) -> Screen:
        """How it was decided, or why somebody else has to."""
        one = await self.look(talk, subject)
        own = isinstance(why, OwnDecision)
        told = Markup.escape(sentence(why, talk.words)) if own else self.ended(talk.words, one)
        screen = screens.told(talk.words, told, self.back(subject))
        return self._refused(talk, screen, told.striptags())

    @staticmethod
    def _refused(talk: Talk, screen: Screen, said: str) -> Screen:
        talk.rest()
        talk.toast(said, alert=True)
        return replace(screen, below=talk.on_card)

    async def show(self, talk: Talk, subject: int) -> Screen | None:
        """As it stands now; everybody's card stays one."""
        talk.rest()
        if self.posted and talk.on_card:
            return None
        one = await self.look(talk, subject)
        taking = await talk.core.takings.of(matter=self.matter, subject=subject)
        card = Card(self.matter, subject) if talk.on_card else None
        return replace(await self.card(talk, one, taking), card=card)

    @_in_hand
    async def take(self, talk: Talk, subject: int) -> Screen | None:
        """Into the own hands, and out of them again."""
        member = await me(talk)
        there = await talk.core.takings.of(matter=self.matter, subject=subject)
        if there is not None and there.staff_id == member.telegram_id:
            await self._put_back(talk, subject)
            talk.toast(talk.words.plain("Put back. Anybody can take it."))
        else:
            await self.check(talk, await self.look(talk, subject))
            await self.hold(talk, subject)
        return await self.show(talk, subject)

    async def _put_back(self, talk: Talk, subject: int) -> None:
        await talk.core.takings.put_back(
            matter=self.matter, subject=subject, staff_id=(await me(talk)).telegram_id, now=talk.now
        )

    async def hold(self, talk: Talk, subject: int) -> None:
        """From now on it is in the hands of whoever taps. Raises Taken."""
        member = await me(talk)
        await talk.core.takings.take(
            matter=self.matter, subject=subject, staff_id=member.telegram_id,
            name=sign(member, talk), now=talk.now,
        )  # fmt: skip

    async def _mine(self, talk: Talk, subject: int) -> None:
        await talk.core.takings.check(
            matter=self.matter, subject=subject, staff_id=(await me(talk)).telegram_id
        )

    @_in_hand
    async def take_over(self, talk: Talk, subject: int) -> Screen | None:
        member = await me(talk)
        one = await self.look(talk, subject)
        await self.check(talk, one)
        former = await talk.core.takings.of(matter=self.matter, subject=subject)
        async with self._acting(talk, one, f"🙋 {former.name if former else ''}"):
            await talk.core.takings.take_over(
                matter=self.matter, subject=subject, staff_id=member.telegram_id,
                name=sign(member, talk), now=talk.now,
            )  # fmt: skip
        talk.toast(talk.words.plain("It's yours."))
        return await self.show(talk, subject)

    @_in_hand
    async def ask(self, talk: Talk, subject: int, code: str, number: int) -> Screen | None:
        """Why, or straight whether; whoever asks has it in hand."""
        way, one = self._way(code), await self.look(talk, subject)
        await self.check(talk, one)
        await self.hold(talk, subject)
        if way.why is None:
            return await self.sure(talk, subject, code, number)
        talk.expect(self._step, subject=subject, way=code, number=number)
        screen = screens.why(
            talk.words, way.head(talk.words, one), way.why, number,
            again=lambda n: self.press("d", subject, code, n),
            onward=lambda n: self._onward(way, subject, n, one), away=self.back(subject),
        )  # fmt: skip
        return replace(screen, below=talk.on_card)

    def _onward(self, way: Way[T], subject: int, number: int, one: T) -> str:
        if way.sure:
            return self.press("s", subject, way.code, number)
        return self.press("y", subject, way.code, number, way.seen(one))

    @_in_hand
    async def sure(self, talk: Talk, subject: int, code: str, number: int) -> Screen | None:
        """What will be read, before it is; typing takes the place of it."""
        way, one = self._way(code), await self.look(talk, subject)
        await self.check(talk, one)
        await self._mine(talk, subject)
        if way.why is None:
            return self._surely(talk, subject, way, one, number, "")
        reason = way.why.text(self._theirs(talk, one), number)
        if not reason:
            return await self.ask(talk, subject, code, 0)
        talk.expect(self._step, subject=subject, way=code, number=number)
        return self._surely(talk, subject, way, one, number, reason)

    def _surely(
        self, talk: Talk, subject: int, way: Way[T], one: T, number: int, reason: str
    ) -> Screen:
        back = self.press("d", subject, way.code, number if number != OWN_WORDS else 0)
        screen = screens.sure(
            talk.words, (way.whether or way.head)(talk.words, one), self._theirs(talk, one).known(reason),
            way.more(talk, one, number),
            Button(talk.words.plain(way.yes), style=way.style,
                   press=self.press("y", subject, way.code, number, way.seen(one))),
            away=back if way.why else self.back(subject), private=way.private,
        )  # fmt: skip
        return replace(screen, below=talk.on_card)

    def _theirs(self, talk: Talk, one: T) -> Words:
        """The language of whoever will read it."""
        person = self.reader(one)
        if person is None:
            return talk.words
        return talk.words.of(language=person.language, code=person.language_code)

    async def said(self, talk: Talk) -> Screen | None:
        """Own words; of parts that were ticked, they are said instead of the ready ones."""
        memory, reason = talk.memory, " ".join(talk.incoming.text.split())[:LONGEST]
        subject, code = int(memory.get("subject", 0)), str(memory.get("way", ""))
        number, way = int(memory.get("number", 0)), self._way(code)
        if not reason:
            return await self.ask(talk, subject, code, number)
        one = await self.look(talk, subject)
        number = way.why.typed(number) if way.why else OWN_WORDS
        talk.expect(self._step, subject=subject, way=code, number=number, reason=reason)
        return self._surely(talk, subject, way, one, number, reason)

    @_in_hand
    async def done(
        self, talk: Talk, subject: int, code: str, number: int, seen: int
    ) -> Screen | None:
        way, one = self._way(code), await self.look(talk, subject)
        await self._mine(talk, subject)
        if way.seen(one) != seen:
            talk.toast(talk.words.plain("It has changed meanwhile. Please look again."), alert=True)
            return await self.show(talk, subject)
        reason = self._reason(talk, way, one, subject, number)
        if way.why is not None and not reason:
            return await self.ask(talk, subject, code, 0)
        sums, note = way.logs(talk.words, one, number), self.note(talk.words, one)
        said = " ".join(filter(None, (way.sign, sums, reason, note)))
        async with self._acting(talk, one, said):
            await way.act(talk, one, Chosen(reason, number))
        if way.passes:
            await self._put_back(talk, subject)
        talk.toast(talk.words.plain("Done."))
        return await self._after(talk, subject, way)

    def _acting(self, talk: Talk, one: T, reason: str) -> AbstractAsyncContextManager[None]:
        return acting(
            talk, self.action, subject=self.subject(one), reason=reason, person_id=self.whom(one)
        )

    def _reason(self, talk: Talk, way: Way[T], one: T, subject: int, number: int) -> str:
        if way.why is None:
            return ""
        mine = (talk.memory.get("subject"), talk.memory.get("way"), talk.memory.get("number"))
        typed = talk.memory.get("reason") if mine == (subject, way.code, number) else None
        return str(typed or way.why.text(self._theirs(talk, one), number))

    async def _after(self, talk: Talk, subject: int, way: Way[T]) -> Screen | None:
        """The card itself where it was decided on it, else one line in place of the question."""
        if talk.on_card or (way.why is None and not way.sure):
            return await self.show(talk, subject)
        talk.rest()
        one = await self.look(talk, subject)
        said = talk.words(way.stays) if way.stays else self.ended(talk.words, one)
        return screens.told(talk.words, said, self.back(subject))
