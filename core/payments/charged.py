"""What becomes of money once it is here: whoever tells of it may know the charge and nothing else."""

from collections.abc import Mapping

from core.entity import NewId
from core.errors import Unknown
from core.orders.service import Orders
from core.payments.absorbing import charge_key
from core.payments.method import Method
from core.payments.model import Charge, Payment
from core.ports import Store


class Charged:
    def __init__(
        self, *, store: Store, orders: Orders, methods: Mapping[str, Method], new_id: NewId
    ) -> None:
        self._store = store
        self._orders = orders
        self._methods = methods
        self._new_id = new_id

    async def _payment_of(self, *, charge: str) -> Payment:
        """By whichever way it was paid: one company may tell of another's. Raises Unknown."""
        for code in self._methods:
            mine = await self._store.get(Charge, key=charge_key(method=code, charge=charge))
            payment = await self._store.get(Payment, id=mine.payment_id) if mine else None
            if payment is not None:
                return payment
        raise Unknown("payment")
