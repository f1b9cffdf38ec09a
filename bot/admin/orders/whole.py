"""Everything staff see of one order, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.orders.lifecycle import Actor
from core.orders.model import Order, State, Step
from core.orders.service import OrderView
from core.orders.terms import CancelTerms, cancel_terms
from core.payments.model import Charge, Payment, Refund, RefundState
from core.people.model import Provider, Staff
from core.redress.bearing import Stake
from core.services import Core

NOBODYS: Final = frozenset({State.SEARCHING, State.CHOOSING})
"""Nobody has the visit: staff may name somebody, and nobody loses it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """`names` maps the id of whoever acted (staff or provider) to a name; `said` counts what the two sides wrote;
    `held` is what the provider has earned of it and can't withdraw yet.
    """

    view: OrderView
    steps: Sequence[Step]
    payments: Sequence[Payment]
    refunds: Sequence[Refund]
    names: dict[int, str]
    terms: CancelTerms
    stake: Stake
    provider_phone: str | None = None
    said: int = 0
    held: int = 0
    charges: Sequence[Charge] = ()

    @property
    def order(self) -> Order:
        return self.view.order

    @property
    def refused(self) -> list[Refund]:
        """What is owed to the customer and the payment company would not send, the oldest first."""
        owed = self.order.refund_due - self.order.refunded
        failed = [one for one in self.refunds if one.state is RefundState.FAILED]
        return [one for one in reversed(failed) if one.amount <= owed]

    def charge_of(self, refund: Refund) -> str:
        """How the payment company, and whoever works for it, call the money that it came from."""
        also = next((c.also for c in self.charges if c.key.endswith(f":{refund.charge}")), "")
        return " · ".join(filter(None, (refund.charge, also)))


async def whole(core: Core, *, order_id: int, now: datetime) -> Whole:
    """Raises Unknown."""
    view = await core.orders.view(order_id=order_id)
    steps = await core.orders.timeline(order_id=order_id)
    payments = await core.payments.of_order(order_id=order_id)
    return Whole(
        view=view, steps=steps,
        payments=payments,
        charges=await core.store.find(Charge, payment_id=[one.id for one in payments]),
        refunds=await core.payments.refunds_of(order_id=order_id),
        names=await _names(core, view, steps),
        terms=cancel_terms(order=view.order, now=now),
        stake=await core.refunds.stake(view=view),
        said=await core.relay.count(order_id=order_id),
        held=await core.releasing.held(order_id=order_id),
        provider_phone=(await core.people.get(person_id=view.provider.person_id)).phone,
    )  # fmt: skip


async def _names(core: Core, view: OrderView, steps: Sequence[Step]) -> dict[int, str]:
    acting = {step.actor_id for step in steps if step.actor == Actor.STAFF}
    firms = {view.order.provider_id, *view.order.refused_by}
    firms |= {int(step.facts["provider"]) for step in steps if "provider" in step.facts}
    firms |= {step.actor_id for step in steps if step.actor == Actor.PROVIDER}
    staff = await core.store.find(Staff, id=acting)
    providers = await core.store.find(Provider, id=firms)
    known = {one.id: one.name for one in staff} | {one.id: one.name for one in providers}
    return known | {view.customer.id: view.customer.name}
