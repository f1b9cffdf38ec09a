"""Another time for a visit: at once while cancelling is free, later only if the other side agrees.

While a question is open both times are held, so that a yes cannot fail; silence keeps the old one. The question lives
on the order itself (`Order.proposal`), its story in the timeline.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.anew import decided_anew
from core.availability.service import Calendar
from core.changes import Release, Timer
from core.entity import NewId
from core.errors import NotAllowedNow, OutOfDate, TooLate, Unknown
from core.orders.advance import NO_PROPOSAL, By, advance, note
from core.orders.lifecycle import Actor, allowed
from core.orders.model import Order, Proposal, State
from core.orders.night import counts_from
from core.orders.service import Orders, OrderView
from core.orders.terms import free_until, rate, term
from core.orders.times import Times
from core.ports import Store
from core.rules import Rules

# A question nobody has this long to answer is not asked; so long before either start it is over.
SHORTEST: Final = timedelta(minutes=5)
LEAVE: Final = timedelta(minutes=15)
# Who answers whose question.
ANSWERS: Final = {Actor.CUSTOMER: Actor.PROVIDER, Actor.PROVIDER: Actor.CUSTOMER}


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What choosing a start would do: with `until` the provider is asked; cancelling costs at least `bp` after it."""

    start: datetime
    until: datetime | None
    bp: int

    def like(self, other: "MovePlan") -> bool:
        """Whether it means the same for the customer: only the time to answer may have moved on."""
        mine, theirs = (self.until is None, self.bp), (other.until is None, other.bp)
        return self.start == other.start and mine == theirs


class Moving:
    def __init__(
        self, *, store: Store, orders: Orders, times: Times, rules: Rules, new_id: NewId
    ) -> None:
        self._store = store
        self._orders = orders
        self._times = times
        self._rules = rules
        self._new_id = new_id

    async def calendar(self, *, view: OrderView, now: datetime) -> Calendar:
        """The provider's time for this visit; what it takes itself counts as free."""
        return await self._times.calendar(view=view, now=now)

    async def check(self, *, view: OrderView, start: datetime, now: datetime) -> None:
        """Raises SlotTaken with alternatives for a start that is not free, Invalid("starts_at", "same")."""
        await self._times.check(view=view, start=start, now=now)

    def may(self, *, order: Order, actor: Actor, now: datetime) -> bool:
        """Whether `actor` may want another time now; one question at a time."""
        verb = "propose" if actor is Actor.PROVIDER else "reschedule"
        quiet = order.proposal is None or order.proposal.until <= now
        return quiet and now < order.starts_at and verb in allowed(order=order, actor=actor)

    def plan(self, *, order: Order, start: datetime, now: datetime) -> MovePlan:
        """What a customer's move to this start would do. Raises TooLate where nobody could answer in time."""
        bp, _ = rate(order=order, now=now)
        window = timedelta(hours=term(order=order, rule="free_cancel_hours"))
        near = now > free_until(order=order) or start < now + window
        asks = order.state is State.ACCEPTED and near
        return MovePlan(start, self._answer_by(order, start, now) if asks else None, bp)

    def _answer_by(self, order: Order, start: datetime, now: datetime) -> datetime:
        first = min(order.starts_at, start)
        begins = counts_from(start=first, now=now, rules=self._rules, zone=self._times.zone)
        long = timedelta(minutes=self._rules.number("move_answer_minutes"))
        until = min(begins + long, first - LEAVE)
        if until < now + SHORTEST:
            raise TooLate
        return until

    @decided_anew
    async def move(
        self, *, order_id: int, customer_id: int, start: datetime, now: datetime,
        shown: MovePlan | None = None,
    ) -> OrderView:  # fmt: skip
        """The customer wants another start: it counts at once, or the provider is asked.

        Raises SlotTaken with alternatives (the old time is kept), OutOfDate where it would do something else than was
        `shown`, Invalid("starts_at", "same"), TooLate, NotAllowedNow, Unknown.
        """
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        by = By(Actor.CUSTOMER, customer_id)
        await self._check(view, by, start, now)
        plan = self.plan(order=view.order, start=start, now=now)
        if shown is not None and not plan.like(shown):
            raise OutOfDate
        if plan.until is not None:
            return await self._propose(view, by, plan, now)
        changes = await self._times.exchange(
            view=view, by=by, start=start, bp=plan.bp, now=now, facts={}
        )
        return await self._times.apply(view=view, start=start, changes=changes, now=now)

    @decided_anew
    async def ask(
        self, *, order_id: int, person_id: int, start: datetime, now: datetime, away: bool = False
    ) -> OrderView:
        """The provider asks for another start; `away`: without a yes somebody else comes. Raises as `move`."""
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        by = By(Actor.PROVIDER, view.provider.id)
        await self._check(view, by, start, now)
        plan = MovePlan(start, self._answer_by(view.order, start, now), 0)
        return await self._propose(view, by, plan, now, away=away)

    @decided_anew
    async def override(
        self, *, order_id: int, staff_id: int, start: datetime, reason: str, now: datetime,
        wished: bool = False,
    ) -> OrderView:  # fmt: skip
        """Staff move a visit without asking anybody; `wished` by the customer it counts as the customer's move."""
        view = await self._orders.view(order_id=order_id)
        by = By(Actor.STAFF, staff_id)
        if "reschedule" not in allowed(order=view.order, actor=by.actor):
            raise NotAllowedNow(verb="reschedule", state=view.order.state)
        await self._times.check(view=view, start=start, now=now)
        changes = await self._times.exchange(
            view=view, by=by, start=start, now=now, facts={"reason": reason[:200]},
            bp=rate(order=view.order, now=now)[0] if wished else 0,
        )  # fmt: skip
        return await self._times.apply(view=view, start=start, changes=changes, now=now)

    async def _check(self, view: OrderView, by: By, start: datetime, now: datetime) -> None:
        if view.order.starts_at <= now:
            raise TooLate
        if not self.may(order=view.order, actor=by.actor, now=now):
            raise NotAllowedNow(verb="reschedule", state=view.order.state)
        await self._times.check(view=view, start=start, now=now)

    async def _propose(
        self, view: OrderView, by: By, plan: MovePlan, now: datetime, *, away: bool = False
    ) -> OrderView:
        order, until = view.order, plan.until
        assert until is not None
        changes = advance(
            order=order, verb="propose", by=by, now=now, new_id=self._new_id, people=view.people,
            facts={"from": order.starts_at.isoformat(), "to": plan.start.isoformat(),
                   "until": until.isoformat(), "by": by.actor.value},
            proposed_by=by.actor.value, proposed_start=plan.start, proposed_until=until,
            proposed_bp=plan.bp, away=away,
        )  # fmt: skip
        key = f"order.proposal_over:{order.id}:{order.version}"
        changes.add(
            Release(order.id, holds=True),
            self._times.claim(view=view, start=plan.start, now=now, until=until),
            Timer("order.proposal_over", order.id, until, key),
        )
        return await self._times.apply(view=view, start=plan.start, changes=changes, now=now)

    # --- the ends of a question

    @decided_anew
    async def agree(self, *, order_id: int, by: By, start: datetime, now: datetime) -> OrderView:
        """The other side says yes to the start that was shown. Raises NotAllowedNow where that is no question (now)."""
        view, proposal = await self._asked(order_id, by, start, now)
        changes = await self._times.exchange(
            view=view, by=by, start=start, bp=proposal.bp, now=now, held=True,
            facts={"agreed": proposal.by},
        )  # fmt: skip
        return await self._times.apply(view=view, start=start, changes=changes, now=now)

    @decided_anew
    async def refuse(self, *, order_id: int, by: By, start: datetime, now: datetime) -> OrderView:
        """The other side keeps the old time. Raises as `agree`."""
        view, _ = await self._asked(order_id, by, start, now)
        return await self._over(view, "refuse_move", by, now)

    @decided_anew
    async def withdraw(self, *, order_id: int, by: By, now: datetime) -> OrderView:
        """Whoever asked takes it back: the old time stays."""
        view = await self._orders.view(order_id=order_id)
        _party(view, by)
        proposal = view.order.proposal
        if proposal is None or proposal.by != by.actor:
            raise NotAllowedNow(verb="withdraw", state=view.order.state)
        return await self._over(view, "withdraw_move", by, now)

    @decided_anew
    async def lapse(self, *, order_id: int, now: datetime) -> None:
        """Nobody answered in time: the old time stays. Does nothing where the question is over, or a newer one."""
        view = await self._orders.view(order_id=order_id)
        proposal = view.order.proposal
        if proposal is not None and proposal.until <= now:
            await self._over(view, "lapse_move", By(Actor.CLOCK), now)

    async def _asked(
        self, order_id: int, by: By, start: datetime, now: datetime
    ) -> tuple[OrderView, Proposal]:
        """The open question that is for `by` to answer, and still the one that was shown."""
        view = await self._orders.view(order_id=order_id)
        _party(view, by)
        proposal = view.order.proposal
        mine = proposal is not None and ANSWERS[Actor(proposal.by)] is by.actor
        if proposal is None or not mine or proposal.start != start or proposal.until <= now:
            raise NotAllowedNow(verb="agree", state=view.order.state)
        return view, proposal

    async def _over(self, view: OrderView, verb: str, by: By, now: datetime) -> OrderView:
        proposal = view.order.proposal
        assert proposal is not None
        goes_on = view.order.away and by.actor is not Actor.PROVIDER
        changes = note(
            order=view.order, verb=verb, by=by, now=now, new_id=self._new_id, people=view.people,
            facts={"asked": proposal.by, "to": proposal.start.isoformat(), "how": verb,
                   "away": goes_on},
            **NO_PROPOSAL,
        )  # fmt: skip
        if goes_on:
            key = f"order.away_pass:{view.order.id}:{view.order.version}"
            changes.add(Timer("order.away_pass", view.order.id, now, key))
        await self._store.apply(changes.add(Release(view.order.id, holds=True)))
        return view


def _party(view: OrderView, by: By) -> None:
    """Raises Unknown for whoever is neither the customer nor the present provider."""
    own = {Actor.CUSTOMER: view.order.customer_id, Actor.PROVIDER: view.provider.id}
    if own.get(by.actor) != by.id:
        raise Unknown("order")
