"""What becomes of a proposal: sent, asked about, approved, refused, taken back or forgotten; each once."""

from datetime import datetime, timedelta
from typing import Final

from core.anew import decided_anew
from core.changes import Insert, Timer
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, SlotTaken
from core.extras.drafts import Drafts
from core.extras.model import Extra, ExtraState
from core.extras.proposals import Proposal, Proposals, asked
from core.orders.advance import By, note
from core.orders.lifecycle import THERE, Actor
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.relay.masking import crossing
from core.rules import Rules

MOST_SAID: Final = 20
LONGEST_SAID: Final = 500


class Extras(Proposals):
    """The provider sends and withdraws, the customer approves and refuses, both may talk about it."""

    def __init__(
        self, *, store: Store, orders: Orders, drafts: Drafts, rules: Rules, new_id: NewId
    ) -> None:
        super().__init__(store=store, orders=orders, new_id=new_id)
        self._drafts = drafts
        self._rules = rules

    @decided_anew
    async def send(self, *, order_id: int, person_id: int, version: int, now: datetime) -> Proposal:
        """Asks the customer, with exactly what the provider saw; the time it takes longer is claimed.

        Raises AlreadyDone for a second tap, and Invalid for an old screen and for what is missing or beyond the rules:
        ("extra", "changed" | "empty" | "reason" | "photos" | "too_much"), ("extra_minutes", "busy").
        """
        desk = await self._drafts.open(order_id=order_id, person_id=person_id, now=now)
        extra, view = desk.extra, desk.view
        if extra.state is ExtraState.OPEN:
            raise AlreadyDone()
        _complete(extra, most=desk.most, photos=desk.photos_needed)
        if extra.version != version:
            raise Invalid("extra", "changed")
        until = now + timedelta(minutes=self._rules.number("extra_answer_minutes"))
        changes = self.moved(
            extra=extra, was=ExtraState.DRAFT, state=ExtraState.OPEN, sent_at=now, until=until
        )
        changes.add(*self._orders.length.longer(order=view.order, minutes=extra.minutes, now=now))
        one, by = Proposal(extra, view), By(Actor.PROVIDER, view.provider.id)
        held = {"extra_id": extra.id, "extra_min": extra.minutes}
        facts = {"reason": extra.reason}
        self.noted(changes, one=one, verb="extra_ask", by=by, now=now, values=held, facts=facts)
        changes.add(Timer("extra.expire", extra.id, until, f"extra.expire:{extra.id}"))
        try:
            await self._store.apply(changes)
        except SlotTaken:
            fresh = await self._orders.view(order_id=order_id)
            room = await self._orders.length.room(order=fresh.order, now=now)
            raise Invalid("extra_minutes", "busy", {"most": room}) from None
        return one

    @decided_anew
    async def withdraw(self, *, extra_id: int, person_id: int, now: datetime) -> Proposal:
        """Takes a proposal back before it is answered; its lines are there for the next one."""
        one = await self.for_provider(extra_id=extra_id, person_id=person_id)
        by = By(Actor.PROVIDER, one.view.provider.id)
        kept = one.extra.model_dump(include={"lines", "amount", "reason", "photos", "minutes"})
        changes = await self.closed(
            one=one, state=ExtraState.WITHDRAWN, verb="extra_drop", by=by, now=now
        )
        try:
            again = await self._drafts.blank(view=one.view, now=now)
            changes.add(Insert(again.model_copy(update=kept), or_ignore=True))
        except Invalid:
            pass  # it was the last one that the rule allows
        await self._store.apply(changes)
        return one

    @decided_anew
    async def approve(self, *, extra_id: int, customer_id: int, now: datetime) -> Proposal:
        """The lines go on the bill: the total rises by exactly what was shown, once.

        Raises AlreadyDone for a second tap, NotAllowedNow for one that is not open any more.
        """
        one = await self.for_customer(extra_id=extra_id, customer_id=customer_id)
        extra, order = one.extra, one.order
        asked(one=one, wanted=ExtraState.APPROVED)
        if not one.open(now=now):
            raise NotAllowedNow(verb="extra", state=ExtraState.EXPIRED)
        changes = self.moved(
            extra=extra, was=ExtraState.OPEN, state=ExtraState.APPROVED, answered_at=now
        )
        bill = {
            "lines": [*order.lines, *extra.billed],
            "total": order.total + extra.amount, "extra_total": order.extra_total + extra.amount,
            "minutes": order.minutes + extra.minutes, "extra_min": 0, "extra_id": None,
        }  # fmt: skip
        by = By(Actor.CUSTOMER, customer_id)
        self.noted(changes, one=one, verb="extra_yes", by=by, now=now, values=bill)
        await self._store.apply(changes)
        return one

    @decided_anew
    async def refuse(self, *, extra_id: int, customer_id: int, now: datetime) -> Proposal:
        """The job goes on at the price that was agreed. Raises AlreadyDone, NotAllowedNow."""
        one = await self.for_customer(extra_id=extra_id, customer_id=customer_id)
        by = By(Actor.CUSTOMER, customer_id)
        changes = await self.closed(
            one=one, state=ExtraState.REFUSED, verb="extra_no", by=by, now=now
        )
        await self._store.apply(changes)
        return one

    @decided_anew
    async def expire(self, *, extra_id: int, now: datetime) -> None:
        """Nobody answered in time; does nothing if somebody did."""
        one = await self.proposal(extra_id=extra_id)
        if one.extra.state is not ExtraState.OPEN or one.open(now=now):
            return
        changes = await self.closed(
            one=one, state=ExtraState.EXPIRED, verb="extra_late", by=By(Actor.CLOCK), now=now
        )
        await self._store.apply(changes)

    @decided_anew
    async def ask(self, *, extra_id: int, customer_id: int, text: str, now: datetime) -> Proposal:
        """The customer's question goes to the provider. Raises NotAllowedNow, Invalid("text" | "extra", …)."""
        one = await self.for_customer(extra_id=extra_id, customer_id=customer_id)
        return await self._say(one, By(Actor.CUSTOMER, customer_id), "extra_asked", text, now)

    @decided_anew
    async def answer(self, *, extra_id: int, person_id: int, text: str, now: datetime) -> Proposal:
        """The provider's answer goes to the customer. Raises NotAllowedNow, Invalid("text" | "extra", …)."""
        one = await self.for_provider(extra_id=extra_id, person_id=person_id)
        by = By(Actor.PROVIDER, one.view.provider.id)
        return await self._say(one, by, "extra_told", text, now)

    async def _say(self, one: Proposal, by: By, verb: str, text: str, now: datetime) -> Proposal:
        said, extra = " ".join(text.split())[:LONGEST_SAID], one.extra
        said = crossing(text=said, rules=self._rules).text
        if not one.open(now=now):
            raise NotAllowedNow(verb="ask", state=extra.state)
        if not said:
            raise Invalid("text", "missing")
        if len(extra.talk) >= MOST_SAID:
            raise Invalid("extra", "talk")
        word = {"by": by.actor.value, "text": said, "at": now.isoformat()}
        changes = self.moved(extra=extra, was=ExtraState.OPEN, talk=[*extra.talk, word])
        self.noted(changes, one=one, verb=verb, by=by, now=now, facts={"text": said})
        await self._store.apply(changes)
        return one

    @decided_anew
    async def allow(self, *, order_id: int, staff_id: int, reason: str, now: datetime) -> OrderView:
        """Staff let the provider propose more than the rule allows. Raises NotAllowedNow, AlreadyDone."""
        view = await self._orders.view(order_id=order_id)
        if view.order.state not in THERE:
            raise NotAllowedNow(verb="extra_allow", state=view.order.state)
        if view.order.extra_free:
            raise AlreadyDone()
        changes = note(
            order=view.order, verb="extra_allow", by=By(Actor.STAFF, staff_id), now=now,
            new_id=self._new_id, people=view.people, facts={"reason": reason}, extra_free=True,
        )  # fmt: skip
        await self._store.apply(changes)
        return view


def _complete(extra: Extra, *, most: int, photos: int) -> None:
    if not extra.lines:
        raise Invalid("extra", "empty")
    if extra.amount > most:
        raise Invalid("extra", "too_much", {"most": most})
    if not extra.reason:
        raise Invalid("extra", "reason")
    if len(extra.photos) < photos:
        raise Invalid("extra", "photos", {"least": photos})
