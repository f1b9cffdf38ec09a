"""Customer and provider of an order write to each other: who may, until when, what crosses, what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.anew import decided_anew
from core.changes import Changes, Insert, Once, Timer, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, OtherHands, OutOfDate, TalkOver, Unknown
from core.events import Event
from core.orders.advance import reached_at
from core.orders.lifecycle import PROMISED, Actor
from core.orders.model import Order, State
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.relay.masking import crossing
from core.relay.model import Relayed, Sort
from core.rules import Rules

LONGEST = 3000
LOOKED_BACK = 30  # messages of a side that may hold pieces of one number
ENDED = (State.CLOSED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Line:
    """The talk of an order as one side has it: `until` is None while the order lives."""

    view: OrderView
    actor: Actor
    until: datetime | None

    @property
    def order(self) -> Order:
        return self.view.order


@dataclass(frozen=True, slots=True)
class Content:
    """What somebody wants to say; `message_id` names it in their chat, `key` the update that brought it."""

    key: str
    message_id: int = 0
    sort: Sort = Sort.TEXT
    text: str = ""
    file_id: int | None = None
    point: tuple[float, float] | None = None
    album: str = ""


def open_until(*, order: Order, hours: int) -> datetime | None:
    """When the talk of an order ends: None for never yet, a moment of the past for one that never was."""
    if order.state in PROMISED:
        return None
    ended = next((at for state in ENDED if (at := reached_at(order=order, state=state))), None)
    if ended is None or not _was_promised(order):
        return order.created_at
    return ended + timedelta(hours=hours)


def _was_promised(order: Order) -> bool:
    """The provider of an order that ended had accepted it, and nobody else was looked for since."""
    accepted = reached_at(order=order, state=State.ACCEPTED)
    searched = reached_at(order=order, state=State.SEARCHING)
    return accepted is not None and (searched is None or searched < accepted)


class Relay:
    """All methods for one side raise Unknown for whoever is no (longer a) side of the order."""

    def __init__(self, *, store: Store, orders: Orders, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._rules = rules
        self._new_id = new_id

    def open(self, *, order: Order, now: datetime) -> bool:
        """Whether the two sides can write to each other."""
        until = open_until(order=order, hours=self._rules.number("relay_hours"))
        return until is None or now < until

    async def line(self, *, order_id: int, person_id: int, actor: Actor, now: datetime) -> Line:
        """Raises TalkOver with the hours it stays open after the end."""
        if actor is Actor.CUSTOMER:
            view = await self._orders.for_customer(order_id=order_id, customer_id=person_id)
        else:
            view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        hours = self._rules.number("relay_hours")
        if not self.open(order=view.order, now=now):
            raise TalkOver(hours=hours)
        return Line(view, actor, open_until(order=view.order, hours=hours))

    async def said(self, *, order: Order, limit: int = 1000) -> list[Relayed]:
        """The talk with the order's present provider, the oldest first."""
        found = await self._store.find(
            Relayed, order_id=order.id, provider_id=order.provider_id, order="-id", limit=limit
        )
        return found[::-1]

    async def evidence(self, *, order_id: int) -> list[Relayed]:
        """All that was said about an order, with whomever."""
        return await self._store.find(Relayed, order_id=order_id)

    async def count(self, *, order_id: int) -> int:
        return await self._store.count(Relayed, order_id=order_id)

    async def one(self, *, relayed_id: int) -> Relayed | None:
        return await self._store.get(Relayed, id=relayed_id)

    async def say(self, *, line: Line, content: Content, now: datetime) -> Relayed | None:
        """Passes on what may cross; None for an update that was handled before.

        Raises Invalid("text", "missing") for nothing at all; OtherHands, TalkOver where the order went on meanwhile.
        """
        try:
            return await self._say(line, content, now)
        except OutOfDate:
            return await self._say(await self._anew(line, now), content, now)

    async def _anew(self, line: Line, now: datetime) -> Line:
        """The same talk as it stands after a step of the order."""
        fresh = await self.line(
            order_id=line.order.id, person_id=line.view.people[line.actor.value],
            actor=line.actor, now=now,
        )  # fmt: skip
        if fresh.order.provider_id != line.order.provider_id:
            raise OtherHands()
        return fresh

    async def _say(self, line: Line, content: Content, now: datetime) -> Relayed | None:
        order = line.order
        before = [one.text for one in await self._said(line)]
        masked, hidden = self._masked(content.text, before=before)
        bare = content.file_id is None and content.point is None
        if not masked and bare and content.sort is not Sort.DETAILS:
            raise Invalid("text", "missing")
        relayed = Relayed(
            id=self._new_id(), order_id=order.id, provider_id=order.provider_id,
            author_id=line.view.people[line.actor.value], at=now, sort=content.sort, text=masked,
            from_customer=line.actor is Actor.CUSTOMER, file_id=content.file_id, hidden=hidden,
            message_id=content.message_id, album=content.album,
        )  # fmt: skip
        if content.point:
            relayed.lat, relayed.lon = content.point
        changes = Changes().add(
            Once(f"relay:{content.key}"), _held(line, now), Insert(relayed), self._pruning(relayed)
        )
        follows = content.album and await self._store.get(
            Relayed, order_id=order.id, author_id=relayed.author_id, album=content.album
        )
        changes.tell(_event("relay.said", relayed, _other(line), quiet=bool(follows)))
        if _first_word(line):
            changes.tell(_contacted(line, relayed))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            return None
        return relayed

    def _masked(
        self, text: str, *, before: Sequence[str], after: Sequence[str] = ()
    ) -> tuple[str, list[str]]:
        masked = crossing(
            text=text.strip()[:LONGEST], rules=self._rules, before=before, after=after
        )
        return masked.text, sorted(masked.hidden)

    async def _said(self, line: Line) -> list[Relayed]:
        """What this side said last, the oldest first: a number may be told in pieces."""
        found = await self._store.find(
            Relayed, order_id=line.order.id, provider_id=line.order.provider_id,
            from_customer=line.actor is Actor.CUSTOMER, order="-id", limit=LOOKED_BACK,
        )  # fmt: skip
        return found[::-1]

    def _pruning(self, relayed: Relayed) -> Timer:
        due = relayed.at + timedelta(days=self._rules.number("relay_keep_days"))
        return Timer("relay.prune", relayed.order_id, due, f"relay.prune:{relayed.order_id}")

    async def by_message(
        self, *, author_id: int, from_customer: bool, message_id: int
    ) -> Relayed | None:
        """What somebody once passed on from this message of their chat."""
        return await self._store.get(
            Relayed, author_id=author_id, message_id=message_id, from_customer=from_customer
        )

    async def correct(self, *, line: Line, relayed: Relayed, text: str) -> None:
        """The author edited a message: the other side sees the new words in the same place.

        Raises OtherHands where it was said to the provider before, OutOfDate where the order makes a step just now.
        """
        if relayed.provider_id != line.order.provider_id:
            raise OtherHands()
        said = await self._said(line)
        masked, hidden = self._masked(
            text,
            before=[one.text for one in said if one.id < relayed.id],
            after=[one.text for one in said if one.id > relayed.id],
        )
        if relayed.text == masked or not masked:
            return
        values = {"text": masked, "hidden": hidden, "former": [*relayed.former, relayed.text]}
        changes = Changes().add(_held(line, relayed.at), _set(relayed, **values))
        await self._store.apply(changes.tell(_event("relay.said", relayed, _other(line))))

    @decided_anew
    async def react(
        self, *, relayed_id: int, person_id: int, actor: Actor, sign: str, now: datetime
    ) -> None:
        """The reader's sign under a message, in place of the former; empty takes it back. The author sees it.

        Raises Unknown for what was not said to this side, TalkOver, OtherHands once the order is with somebody else.
        """
        known = await self.one(relayed_id=relayed_id)
        if known is None or known.erased or known.from_customer == (actor is Actor.CUSTOMER):
            raise Unknown("relayed")
        line = await self.line(order_id=known.order_id, person_id=person_id, actor=actor, now=now)
        if known.provider_id != line.order.provider_id:
            raise OtherHands()
        if known.sign == sign:
            return
        changes = Changes().add(_set(known, sign=sign))
        await self._store.apply(changes.tell(_event("relay.signed", known, _other(line))))

    async def lose(self, *, relayed_id: int) -> None:
        """It could not be delivered: its author is told, once, and of an album once for all of it."""
        known = await self.one(relayed_id=relayed_id)
        if known is None or known.lost:
            return
        changes = Changes().add(_set(known, lost=True))
        album = {"order_id": known.order_id, "author_id": known.author_id, "album": known.album}
        if not (known.album and await self._store.count(Relayed, lost=True, **album)):
            side = "customer" if known.from_customer else "provider"
            changes.tell(_event("relay.lost", known, {side: known.author_id}))
        await self._store.apply(changes)

    async def prune(self, *, order_id: int, now: datetime) -> None:
        """Nothing is kept longer than the rule says."""
        oldest = now - timedelta(days=self._rules.number("relay_keep_days"))
        found = await self.evidence(order_id=order_id)
        old = [_erased(one) for one in found if one.at <= oldest and not one.erased]
        await self._store.apply(Changes().add(*old))


def _held(line: Line, now: datetime) -> Update:
    """The order is in the hands it was in when the talk was opened, as the transaction sees it.

    The provider's first word is the contact the customer was promised.
    """
    order = line.order
    held: dict[str, Any] = {"provider_id": order.provider_id}
    values = held | ({"contacted_at": now} if _first_word(line) else {})
    return Update(Order, order.id, values, expect=held | {"state": order.state})


def _first_word(line: Line) -> bool:
    return line.actor is Actor.PROVIDER and line.order.contacted_at is None


def _contacted(line: Line, relayed: Relayed) -> Event:
    """His card asks him no more to get in touch."""
    people = {"provider": relayed.author_id}
    return Event("order.contacted", line.order.id, relayed.id, people)


def _other(line: Line) -> dict[str, int]:
    """Who is to hear of it."""
    side = "provider" if line.actor is Actor.CUSTOMER else "customer"
    return {side: line.view.people[side]}


def _set(relayed: Relayed, **values: Any) -> Update:
    values |= {"version": relayed.version + 1}
    change = Update(Relayed, relayed.id, values, expect={"version": relayed.version})
    for name, value in values.items():
        setattr(relayed, name, value)
    return change


def _erased(relayed: Relayed) -> Update:
    return _set(
        relayed, text="", file_id=None, lat=None, lon=None, former=[], sign="", message_id=0,
        erased=True,
    )  # fmt: skip


def _event(name: str, relayed: Relayed, people: dict[str, int], **facts: Any) -> Event:
    return Event(name, relayed.id, relayed.version, people, {"order": relayed.order_id} | facts)
