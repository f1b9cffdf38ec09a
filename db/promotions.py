"""What coupons have cost so far, out of the orders and out of the book."""

from typing import Any

from core.ledger.postings import DISCOUNTS
from db.engine import Database
from db.shapes import places

_GRANTED = (
    "SELECT u.coupon_id, SUM(o.discount) FROM coupon_use u JOIN orders o ON o.id = u.order_id"
    " WHERE u.coupon_id IN ({marks}) GROUP BY u.coupon_id"
)
_BORNE = (
    "SELECT u.coupon_id, SUM(l.amount) FROM coupon_use u"
    " JOIN ledger_transaction t ON t.order_id = u.order_id"
    " JOIN ledger_leg l ON l.transaction_id = t.id AND l.account = ?"
    " WHERE u.coupon_id IN ({marks}) GROUP BY u.coupon_id"
)


class CouponReads:
    """Implements core.promotions.model.Spending."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def granted(self, *, coupon_ids: list[int]) -> dict[int, int]:
        return await self._sums(_GRANTED, [], coupon_ids)

    async def borne(self, *, coupon_ids: list[int]) -> dict[int, int]:
        return await self._sums(_BORNE, [DISCOUNTS], coupon_ids)

    async def _sums(self, sql: str, params: list[Any], coupon_ids: list[int]) -> dict[int, int]:
        if not coupon_ids:
            return {}
        marks, members = places(coupon_ids)
        rows = await self._db.fetch(sql.format(marks=marks), [*params, *members])
        return {int(coupon_id): int(amount) for coupon_id, amount in rows}
