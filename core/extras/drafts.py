"""A proposal while the provider writes it: line by line, with a reason and photos, kept at each step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from core.anew import decided_anew
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow, OutOfDate
from core.extras.desk import Desk, suggested
from core.extras.model import Extra, ExtraState
from core.orders.length import LONGEST
from core.orders.lifecycle import THERE
from core.orders.model import Order
from core.orders.service import Orders, OrderView
from core.people.model import Skill
from core.ports import Store
from core.pricing import Line
from core.relay.masking import all_crossing, crossing
from core.rules import Rules

MOST_LINES: Final = 10
MOST_PHOTOS: Final = 5
MOST_COUNT: Final = 99
LONGEST_NAME, LONGEST_REASON = 60, 300
_HIGHEST: Final = 10**9


class Drafts:
    """Every method is of the order's present provider: Unknown for anybody else, NotAllowedNow out of time."""

    def __init__(
        self, *, store: Store, orders: Orders, catalog: Catalog, rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._catalog = catalog
        self._rules = rules
        self._new_id = new_id

    async def open(self, *, order_id: int, person_id: int, now: datetime) -> Desk:
        """The proposal that is being written or that waits for the customer, or an empty one.

        Raises Invalid("extra", "too_many") when the rule allows no more of them for this visit.
        """
        view = await self._there(order_id, person_id)
        extra = await self._alive(view)
        if extra is None:
            await self._begin(view, now)
            extra = await self._alive(view)
        if extra is None:
            raise OutOfDate()
        return await self._desk(view, extra)

    async def _there(self, order_id: int, person_id: int) -> OrderView:
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        if view.order.state not in THERE:
            raise NotAllowedNow(verb="extra", state=view.order.state)
        return view

    async def _alive(self, view: OrderView) -> Extra | None:
        states = [ExtraState.DRAFT, ExtraState.OPEN]
        found = await self._store.find(
            Extra, order_id=view.order.id, provider_id=view.provider.id, state=states
        )
        return found[0] if found else None

    async def _begin(self, view: OrderView, now: datetime) -> None:
        extra = await self.blank(view=view, now=now)
        await self._store.apply(Changes().add(Insert(extra, or_ignore=True)))

    async def blank(self, *, view: OrderView, now: datetime) -> Extra:
        """The next proposal of the visit. Raises Invalid("extra", "too_many")."""
        order, most = view.order, self._rules.number("extras_per_visit")
        known = await self._store.find(Extra, order_id=order.id)
        if sum(extra.sent_at is not None for extra in known) >= most:
            raise Invalid("extra", "too_many", {"most": most})
        return Extra(
            id=self._new_id(), order_id=order.id, provider_id=view.provider.id,
            turn=max((extra.turn for extra in known), default=0) + 1, created_at=now,
        )  # fmt: skip

    async def _desk(self, view: OrderView, extra: Extra) -> Desk:
        skills = await self._store.find(Skill, provider_id=view.provider.id, active=True)
        ready = suggested(catalog=self._catalog, skills=skills, order=view.order, extra=extra)
        most, photos = self.most(order=view.order), self._rules.number("extra_photos")
        return Desk(extra, view, ready, most, photos)

    def most(self, *, order: Order) -> int:
        """What may still be proposed for this visit, by the rule or without a limit where staff said so."""
        if order.extra_free:
            return _HIGHEST
        booked = order.total + order.discount - order.extra_total
        return max(0, booked * self._rules.number("extra_most_bp") // 10_000 - order.extra_total)

    async def room(self, *, order: Order, now: datetime) -> int:
        """How many minutes longer the visit can be."""
        return await self._orders.length.room(order=order, now=now)

    async def add(
        self, *, order_id: int, person_id: int, lines: Sequence[Line], now: datetime,
        minutes: int = 0,
    ) -> Desk:  # fmt: skip
        """Adds lines, the first one with the minutes it takes, if the visit can be so much longer.

        Raises Invalid("extra", "lines" | "name" | "amount").
        """
        room = 0
        if minutes:
            view = await self._there(order_id, person_id)
            room = await self.room(order=view.order, now=now)

        def grown(extra: Extra) -> dict[str, Any]:
            fresh = [_checked(line, self._rules) for line in lines]
            if len(extra.lines) + len(fresh) > MOST_LINES:
                raise Invalid("extra", "lines", {"most": MOST_LINES})
            counted = minutes if extra.minutes + minutes <= room else 0
            if counted:
                fresh[0]["minutes"] = counted
            longer = {"minutes": extra.minutes + counted}
            return _summed([*extra.lines, *fresh]) | longer

        return await self._change(order_id, person_id, now, grown)

    async def remove(
        self, *, order_id: int, person_id: int, place: int, version: int, now: datetime
    ) -> Desk:
        """Takes the line at this place off the draft of this version, and its minutes; an old button does nothing."""

        def less(extra: Extra) -> dict[str, Any]:
            if extra.version != version or not 0 <= place < len(extra.lines):
                return {}
            rest = extra.lines[:place] + extra.lines[place + 1 :]
            shorter = extra.minutes - int(extra.lines[place].get("minutes", 0))
            return _summed(rest) | {"minutes": max(0, shorter)}

        return await self._change(order_id, person_id, now, less)

    async def explain(self, *, order_id: int, person_id: int, reason: str, now: datetime) -> Desk:
        """Raises Invalid("text", "missing")."""
        text = " ".join(reason.split())[:LONGEST_REASON]
        if not text:
            raise Invalid("text", "missing")
        told = crossing(text=text, rules=self._rules).text
        return await self._change(order_id, person_id, now, lambda extra: {"reason": told})

    async def show(self, *, order_id: int, person_id: int, file_id: int, now: datetime) -> Desk:
        """Raises Invalid("work_photos", "too_many")."""

        def more(extra: Extra) -> dict[str, Any]:
            if len(extra.photos) >= MOST_PHOTOS:
                raise Invalid("work_photos", "too_many", {"most": MOST_PHOTOS})
            return {"photos": [*extra.photos, file_id]}

        return await self._change(order_id, person_id, now, more)

    async def hide(self, *, order_id: int, person_id: int, now: datetime) -> Desk:
        """All photos off, so that better ones can be taken."""
        return await self._change(order_id, person_id, now, lambda extra: {"photos": []})

    async def last(self, *, order_id: int, person_id: int, minutes: int, now: datetime) -> Desk:
        """How much longer the visit gets. Raises Invalid("extra_minutes", "busy") where the next one is too near."""
        view = await self._there(order_id, person_id)
        room = await self.room(order=view.order, now=now)
        if not 0 <= minutes <= min(LONGEST, room):
            raise Invalid("extra_minutes", "busy", {"most": room})
        return await self._change(order_id, person_id, now, lambda extra: {"minutes": minutes})

    @decided_anew
    async def _change(self, order_id: int, person_id: int, now: datetime, values: Any) -> Desk:
        """What two messages in one moment add, both of an album say, is all kept: the second looks again."""
        desk = await self.open(order_id=order_id, person_id=person_id, now=now)
        extra = desk.extra
        if extra.state is not ExtraState.DRAFT:
            raise NotAllowedNow(verb="extra", state=extra.state)
        changed = values(extra)
        if not changed:
            return desk
        changed |= {"version": extra.version + 1}
        expect = {"version": extra.version, "state": ExtraState.DRAFT}
        await self._store.apply(Changes().add(Update(Extra, extra.id, changed, expect=expect)))
        return await self._desk(desk.view, extra.model_copy(update=changed))


def _checked(line: Line, rules: Rules) -> dict[str, Any]:
    short = {code: " ".join(name.split())[:LONGEST_NAME] for code, name in line.names.items()}
    names = all_crossing(texts=short, rules=rules)
    if not all(names.values()):
        raise Invalid("extra", "name")
    if not (1 <= line.count <= MOST_COUNT and 0 < line.amount <= _HIGHEST):
        raise Invalid("extra", "amount")
    return Line(names, line.count, line.amount).as_dict()


def _summed(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"lines": lines, "amount": sum(int(line["amount"]) for line in lines)}
