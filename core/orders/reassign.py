"""Staff hand an order to another provider, of their choice or the next suitable one."""

from datetime import datetime, timedelta

from core.anew import decided_anew
from core.errors import NotAllowedNow, SlotTaken
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.matching import Matching
from core.orders.model import State
from core.orders.passing import Passing
from core.orders.service import Orders, OrderView

# Should the process end between taking away and handing over, the search goes on by itself.
_SAFETY = timedelta(minutes=1)


class Reassigning:
    def __init__(self, *, orders: Orders, passing: Passing, matching: Matching) -> None:
        self._orders = orders
        self._passing = passing
        self._matching = matching

    @decided_anew
    async def automatically(
        self, *, order_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """The next suitable provider is asked, as when one declines. Raises NotAllowedNow, Unknown."""
        await self._passing.reassign(order_id=order_id, staff_id=staff_id, reason=reason, now=now)
        return await self._orders.view(order_id=order_id)

    async def did_not_come(
        self, *, order_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """The provider stayed away: he loses the visit, which counts as his, and all that was paid goes back.

        Raises Unknown, NotAllowedNow before the start or where he has come.
        """
        view = await self._orders.view(order_id=order_id)
        missed = view.order.state in (State.ACCEPTED, State.ON_THE_WAY)
        if not missed or now < view.order.starts_at:
            raise NotAllowedNow(verb="did_not_come", state=view.order.state)
        await self._passing.reassign(
            order_id=order_id, staff_id=staff_id, reason=reason, now=now, search_after=_SAFETY,
            missed=True,
        )  # fmt: skip
        by = By(Actor.STAFF, staff_id)
        return await self._orders.cancel(order_id=order_id, by=by, now=now, reason=reason, fee=0)

    @decided_anew
    async def to(
        self, *, order_id: int, provider_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """Raises SlotTaken when the chosen one has no time any more (nothing is taken away then), NotAllowedNow."""
        able = await self._matching.suitable(order_id=order_id, now=now)
        view = await self._orders.view(order_id=order_id)
        if provider_id not in [provider.id for provider in able]:
            raise SlotTaken(provider_id, view.order.starts_at)
        if view.order.state not in (State.SEARCHING, State.CHOOSING):
            await self._passing.reassign(
                order_id=order_id, staff_id=staff_id, reason=reason, now=now, search_after=_SAFETY
            )
        if not await self._matching.offer_to(
            order_id=order_id, provider_id=provider_id, staff_id=staff_id, now=now
        ):
            await self._matching.rematch(order_id=order_id, now=now)
        return await self._orders.view(order_id=order_id)
