"""Questions to the staff and their answers: a ticket is a numbered conversation, every message of it is kept."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from core.changes import Changes, Insert, Once, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.ids import order_number
from core.orders.model import Order
from core.people.model import Provider
from core.ports import Store
from core.rules import Rules
from core.support.model import Heard, Said, Ticket, TicketKind, TicketState
from core.support.waiting import Desk, watched
from core.taking.model import Matter, Taking
from core.taking.service import in_hand, in_nobodys_hands

LONGEST = 2000
ALIVE = (TicketState.OPEN, TicketState.ANSWERED)


class Support:
    """`key` names the update that brought a message: handled twice, it is said once."""

    def __init__(
        self, *, store: Store, rules: Rules, desk: Desk, new_id: NewId, rng: random.Random
    ) -> None:
        self._store = store
        self._rules = rules
        self._desk = desk
        self._new_id = new_id
        self._rng = rng

    async def own_order(self, *, order_id: int, person_id: int, side: str) -> Order:
        """An order in which the person has this part. Raises Unknown."""
        order = await self._store.get(Order, id=order_id, **await self._part(person_id, side))
        if order is None:
            raise Unknown("order")
        return order

    async def latest_orders(self, *, person_id: int, side: str, limit: int) -> list[Order]:
        """What one's question may be about, the latest first."""
        part = await self._part(person_id, side)
        return await self._store.find(Order, order="-created_at", limit=limit, **part)

    async def order_of(self, *, ticket: Ticket) -> Order | None:
        """What is attached, also after it went to somebody else."""
        return await self._store.get(Order, id=ticket.order_id) if ticket.order_id else None

    async def _part(self, person_id: int, side: str) -> dict[str, Any]:
        if side == "customer":
            return {"customer_id": person_id}
        provider = await self._store.get(Provider, person_id=person_id)
        return {"provider_id": provider.id if provider else 0}

    async def of_person(self, *, person_id: int, bot: str) -> list[Ticket]:
        """All their tickets, the latest first."""
        return await self._store.find(
            Ticket, person_id=person_id, bot=bot, order="-created_at", limit=100
        )

    async def before(self, *, ticket: Ticket) -> int:
        """How many who wait for the staff have waited longer."""
        return sum(
            one.state is TicketState.OPEN and since(one) < since(ticket)
            for one in await self.alive()
        )

    def reopens(self, *, ticket: Ticket, now: datetime) -> bool:
        """Whether a closed conversation may still be taken up again by who asked."""
        days = self._rules.number("reopen_days")
        return ticket.closed_at is None or now < ticket.closed_at + timedelta(days=days)

    async def ticket(self, *, ticket_id: int) -> Ticket:
        """Raises Unknown."""
        ticket = await self._store.get(Ticket, id=ticket_id)
        if ticket is None:
            raise Unknown("ticket")
        return ticket

    async def with_whom(self, *, ticket: Ticket) -> str:
        """The name of whoever of the staff has it in hand, or nothing."""
        there = await self._store.get(Taking, matter=Matter.TICKET, subject=ticket.id)
        return there.name if there else ""

    async def for_person(self, *, ticket_id: int, person_id: int, bot: str) -> Ticket:
        """Raises Unknown for somebody else's ticket, and for one's own of the other bot, too."""
        ticket = await self.ticket(ticket_id=ticket_id)
        if (ticket.person_id, ticket.bot) != (person_id, bot):
            raise Unknown("ticket")
        return ticket

    async def by_topic(self, *, topic_id: int) -> Ticket | None:
        return await self._store.get(Ticket, topic_id=topic_id)

    async def alive(self, *, limit: int = 200) -> list[Ticket]:
        """Every ticket that is not closed: those waiting for us first, the longest waiting on top."""
        found = await self._store.find(Ticket, state=ALIVE, order="created_at", limit=limit)
        return sorted(found, key=lambda one: (one.state is not TicketState.OPEN, since(one)))

    async def present(
        self, *, person_id: int, bot: str, kind: TicketKind | None = None
    ) -> Ticket | None:
        """The person's latest ticket (of this kind) that is not closed."""
        wanted: dict[str, Any] = {"kind": kind} if kind else {}
        found = await self._store.find(
            Ticket, person_id=person_id, bot=bot, state=ALIVE, order="-created_at", limit=1,
            **wanted,
        )  # fmt: skip
        return found[0] if found else None

    async def said(self, *, ticket_id: int) -> list[Said]:
        """The whole conversation, the oldest first."""
        return await self._store.find(Said, ticket_id=ticket_id, order="at")

    async def one_said(self, *, said_id: int) -> Said:
        """Raises Unknown."""
        said = await self._store.get(Said, id=said_id)
        if said is None:
            raise Unknown("said")
        return said

    async def open(
        self, *, person_id: int, bot: str, author: str, text: str, files: list[int], key: str,
        now: datetime, order_id: int | None = None, kind: TicketKind = TicketKind.QUESTION,
    ) -> Ticket:  # fmt: skip
        """A new ticket with its first message; the order is attached if it is the person's own.

        Raises Invalid("text", "missing") for an empty message.
        """
        text = words_of(text, files)
        ticket = Ticket(
            id=self._new_id(), number=f"T{order_number(rng=self._rng)}", person_id=person_id,
            bot=bot, order_id=await self._attached(order_id, person_id, bot), created_at=now,
            kind=kind,
        )  # fmt: skip
        ticket = ticket.model_copy(update=self._desk.waits(ticket, now))
        said = self._say(ticket, author, text, files, now, from_staff=False)
        changes = Changes().add(Once(f"ticket:{key}"), Insert(ticket), Insert(said))
        changes.add(watched(ticket=ticket))
        changes.tell(_event("ticket.opened", ticket, said))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            return await self.present(person_id=person_id, bot=bot) or ticket
        return ticket

    async def write_first(
        self, *, person_id: int, bot: str, author: str, staff_id: int, text: str, key: str,
        now: datetime,
    ) -> Ticket:  # fmt: skip
        """The staff have something to say to somebody: a conversation that begins with their words.

        One that is going on is taken up. Raises Invalid("text", "missing").
        """
        if known := await self.present(person_id=person_id, bot=bot):
            return await self.answer(
                ticket_id=known.id, author=author, staff_id=staff_id, text=text, files=[], key=key,
                now=now,
            )  # fmt: skip
        text = words_of(text, [])
        ticket = Ticket(
            id=self._new_id(), number=f"T{order_number(rng=self._rng)}", person_id=person_id,
            bot=bot, state=TicketState.ANSWERED, created_at=now,
        )  # fmt: skip
        said = self._say(ticket, author, text, [], now, from_staff=True)
        changes = Changes().add(Once(f"ticket:{key}"), Insert(ticket), Insert(said))
        changes.add(self._held(ticket, staff_id, author, now))
        changes.tell(_event("ticket.answered", ticket, said))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            return await self.present(person_id=person_id, bot=bot) or ticket
        return ticket

    async def every(self, *, person_id: int, limit: int = 100) -> list[Ticket]:
        """All that somebody asked in whichever bot, the latest first."""
        return await self._store.find(Ticket, person_id=person_id, order="-created_at", limit=limit)

    async def _attached(self, order_id: int | None, person_id: int, side: str) -> int | None:
        if order_id is None:
            return None
        with suppress(Unknown):
            await self.own_order(order_id=order_id, person_id=person_id, side=side)
            return order_id
        return None

    async def say(
        self, *, ticket_id: int, person_id: int, author: str, text: str, files: list[int],
        key: str, now: datetime, bot: str,
    ) -> Ticket:  # fmt: skip
        """The person adds a message; a ticket that was answered or closed is open again.

        Raises Unknown, NotAllowedNow where it was closed too long ago for that.
        """
        ticket = await self.for_person(ticket_id=ticket_id, person_id=person_id, bot=bot)
        if not self.reopens(ticket=ticket, now=now):
            raise NotAllowedNow(verb="say", state=ticket.state)
        text = words_of(text, files)
        return await self._add(
            "ticket.said", ticket_id, author, text, files, key, now, state=TicketState.OPEN,
            closed_at=None,
        )  # fmt: skip

    async def answer(
        self, *, ticket_id: int, author: str, staff_id: int, text: str, files: list[int], key: str,
        now: datetime,
    ) -> Ticket:  # fmt: skip
        """The staff answer; the first who does has the ticket in hand. Raises Unknown, NotAllowedNow (closed)."""
        text = words_of(text, files)
        return await self._add(
            "ticket.answered", ticket_id, author, text, files, key, now, by=staff_id,
            state=TicketState.ANSWERED,
        )  # fmt: skip

    def _held(self, ticket: Ticket, staff_id: int, name: str, now: datetime) -> Insert:
        return in_hand(
            matter=Matter.TICKET, subject=ticket.id, staff_id=staff_id, name=name, now=now,
            new_id=self._new_id,
        )  # fmt: skip

    async def _add(
        self, name: str, ticket_id: int, author: str, text: str, files: list[int], key: str,
        now: datetime, *, by: int = 0, **values: Any,
    ) -> Ticket:  # fmt: skip
        """Both sides may write at once, so whoever comes second looks again."""
        for _ in range(5):
            ticket = await self.ticket(ticket_id=ticket_id)
            from_staff, again = name == "ticket.answered", ticket.state is TicketState.CLOSED
            if again and from_staff:
                raise NotAllowedNow(verb="say", state=ticket.state)
            said = self._say(ticket, author, text, files, now, from_staff=from_staff)
            clock = self._desk.rests if from_staff else self._desk.waits
            changes = moved(ticket=ticket, **values, **clock(ticket, now)).add(
                Once(f"ticket:{key}"), Insert(said)
            )
            changes.tell(_event(name, ticket, said, **({"again": True} if again else {})))
            changes.add(watched(ticket=ticket))
            if again:
                changes.tell(*await self._questions(ticket))
            if from_staff:
                changes.add(self._held(ticket, by, author, now))
            try:
                await self._store.apply(changes)
            except AlreadyDone:
                return await self.ticket(ticket_id=ticket_id)
            except OutOfDate:
                continue
            return ticket
        raise OutOfDate()

    def _say(
        self, ticket: Ticket, author: str, text: str, files: list[int], now: datetime, *,
        from_staff: bool,
    ) -> Said:  # fmt: skip
        return Said(
            id=self._new_id(), ticket_id=ticket.id, from_staff=from_staff, author=author[:64],
            text=text, files=files, at=now,
        )  # fmt: skip

    async def bind_topic(self, *, ticket_id: int, topic_id: int) -> None:
        """Remembers the thread of the staff chat in which the ticket is talked about."""
        await self._store.apply(Changes().add(Update(Ticket, ticket_id, {"topic_id": topic_id})))

    async def close(
        self, *, ticket_id: int, by_staff: bool, now: datetime, outcome: str = ""
    ) -> Ticket:
        """Ends the conversation with what came of it; closing twice is fine. Raises Unknown."""
        ticket = await self.ticket(ticket_id=ticket_id)
        if ticket.state is TicketState.CLOSED:
            return ticket
        changes = await self.ending(
            ticket=ticket, by_staff=by_staff, now=now, outcome=outcome[:LONGEST]
        )
        await self._store.apply(changes)
        return ticket

    async def ending(
        self, *, ticket: Ticket, by_staff: bool, now: datetime, **values: Any
    ) -> Changes:
        """The changes that close it: nobody has it in hand any more, nobody waits, and whoever asked is told.

        What the other side was asked is over with it.
        """
        rests = self._desk.rests(ticket, now)
        changes = moved(
            ticket=ticket, state=TicketState.CLOSED, closed_at=now, **values, **rests
        ).add(
            in_nobodys_hands(matter=Matter.TICKET, subject=ticket.id), watched(ticket=ticket)
        )  # fmt: skip
        changes.tell(_event("ticket.closed", ticket, None, by_staff=by_staff, closed=True))
        return changes.tell(*await self._questions(ticket))

    async def _questions(self, ticket: Ticket) -> list[Event]:
        """Each question to the other side of the order stands otherwise now: it is over, or open again."""
        asked = await self._store.find(Heard, ticket_id=ticket.id, from_staff=True)
        return [
            Event("heard.turned", one.id, ticket.version, {"person": one.person_id},
                  {"bot": one.bot, "heard": one.id})
            for one in asked
        ]  # fmt: skip

    async def reopen(self, *, ticket_id: int, now: datetime) -> Ticket:
        """Staff take a closed conversation up again; one that is open is left as it is. Raises Unknown."""
        ticket = await self.ticket(ticket_id=ticket_id)
        if ticket.state is not TicketState.CLOSED:
            return ticket
        waits = self._desk.waits(ticket, now)
        changes = moved(ticket=ticket, state=TicketState.OPEN, closed_at=None, **waits)
        changes.add(watched(ticket=ticket))
        changes.tell(_event("ticket.reopened", ticket, None, again=True))
        await self._store.apply(changes.tell(*await self._questions(ticket)))
        return ticket


def moved(*, ticket: Ticket, **values: Any) -> Changes:
    """Compare-and-set of a ticket; `ticket` itself is brought up to date, too."""
    values |= {"version": ticket.version + 1}
    change = Update(Ticket, ticket.id, values, expect={"version": ticket.version})
    for name, value in values.items():
        setattr(ticket, name, value)
    return Changes().add(change)


def since(ticket: Ticket) -> datetime:
    """From when on somebody waits for the next word."""
    return ticket.waits_since or ticket.created_at


def words_of(text: str, files: list[int]) -> str:
    """As they are kept. Raises Invalid("text", "missing") where nothing was sent."""
    text = text.strip()[:LONGEST]
    if not text and not files:
        raise Invalid("text", "missing")
    return text


def _event(name: str, ticket: Ticket, said: Said | None, **facts: Any) -> Event:
    facts |= {"bot": ticket.bot} | ({"said": said.id} if said else {})
    return Event(name, ticket.id, ticket.version, {"person": ticket.person_id}, facts)
