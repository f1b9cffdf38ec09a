"""What an order takes of a coupon, and gives back once it is cancelled."""

from core.changes import Change, Count, Insert, Remove, Update
from core.entity import NewId
from core.errors import CouponGone, OutOfDate
from core.orders.model import Order
from core.ports import Store
from core.promotions.model import Coupon, CouponCode, CouponUse


async def use(*, store: Store, coupon: Coupon, order: Order, new_id: NewId) -> list[Change]:
    """One use, at the terms that were read. Raises CouponGone; so does writing it for whoever comes too late."""
    uses = await store.find(CouponUse, coupon_id=coupon.id, person_id=order.customer_id)
    gone = CouponGone(coupon.code)
    # A use given back leaves its turn free for the next one.
    free = set(range(1, coupon.per_person + 1)) - {use.turn for use in uses}
    if not free:
        raise gone
    version = {"version": coupon.version}
    made = CouponUse(
        id=new_id(), coupon_id=coupon.id, person_id=order.customer_id, turn=min(free),
        order_id=order.id,
    )  # fmt: skip
    return [
        Update(Coupon, coupon.id, dict(version), version, OutOfDate()),
        Count(Coupon, coupon.id, "used", 1, limit="uses", otherwise=gone),
        Insert(made, otherwise=gone),
        *(await _single(store, coupon, order) if coupon.singly else []),
    ]


async def _single(store: Store, coupon: Coupon, order: Order) -> list[Change]:
    """The code that is good once is spent."""
    gone = CouponGone(coupon.code, "spent")
    single = await store.get(CouponCode, code=coupon.code)
    if single is None or single.order_id is not None:
        raise gone
    if single.holder_id not in (None, order.customer_id):
        raise CouponGone(coupon.code, "taken")
    spent = {"order_id": order.id, "holder_id": order.customer_id}
    now = {"order_id": None, "holder_id": single.holder_id}
    return [Update(CouponCode, single.id, spent, now, gone)]


async def give_back(*, store: Store, order: Order) -> list[Change]:
    """The use of an order that is cancelled: once, with the order's own step."""
    used = await store.get(CouponUse, order_id=order.id) if order.coupon else None
    if used is None:
        return []
    single = await store.get(CouponCode, order_id=order.id)
    again = (
        [Update(CouponCode, single.id, {"order_id": None}, {"order_id": order.id})]
        if single
        else []
    )
    return [
        Count(Coupon, used.coupon_id, "used", -1), Remove(CouponUse, {"id": used.id}), *again,
    ]  # fmt: skip
