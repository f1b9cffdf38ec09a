"""Turns an event with its figures into a balanced transaction: pure; the database seals it and keeps the balances."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.ledger.postings import PAPERS, POSTINGS
from core.money import share


@dataclass(frozen=True, slots=True)
class Leg:
    """One line: a debit if positive, a credit if negative."""

    account: str
    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """What one event did to the book. `key` makes it once and for all; `actor` is who caused it.

    `bill` is what the order cost then, where the event has a paper: sealed with it, whatever becomes of the order.
    `order_id` is what it is about: an order, or a payout where the event is one's.
    """

    id: int
    key: str
    kind: str
    order_id: int
    at: datetime
    actor: str
    legs: tuple[Leg, ...]
    bill: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an order (or a payout) the accounts are named after, and what it costs now."""

    order_id: int
    currency: str
    provider_id: int | None = None
    method: str | None = None
    bill: dict[str, Any] = field(default_factory=dict)


class Unbalanced(Exception):
    """Figures that cannot be booked: negative, unknown, missing, or nothing at all. A fault of ours."""


def post(
    *,
    id: int,
    event: str,
    facts: Facts,
    figures: Mapping[str, int],
    at: datetime,
    actor: str,
    part: str = "",
) -> Transaction:
    """The transaction of `event`, with `figures` in minor units under the names that the table of postings uses.

    `part` tells apart what may happen several times to one order: the number of the payment or refund.
    """
    rows = POSTINGS[event]
    _check(event, figures, {row.amount for row in rows})
    names = {"order": facts.order_id, "provider": facts.provider_id, "method": facts.method}
    legs = [
        Leg(_account(template, names), facts.currency, sign * figures[row.amount])
        for row in rows
        if figures[row.amount]
        for template, sign in ((row.debit, 1), (row.credit, -1))
    ]
    key = ":".join(filter(None, (event, str(facts.order_id), part)))
    bill = facts.bill if event in PAPERS else None
    return Transaction(id, key, event, facts.order_id, at, actor, tuple(legs), bill)


def _check(event: str, figures: Mapping[str, int], wanted: set[str]) -> None:
    if figures.keys() != wanted:
        raise Unbalanced(f"{event} wants {sorted(wanted)}, got {sorted(figures)}")
    if min(figures.values()) < 0 or not any(figures.values()):
        raise Unbalanced(f"{event} cannot move {dict(figures)}")


def _account(template: str, names: Mapping[str, int | str | None]) -> str:
    for name, value in names.items():
        if value is None and "{" + name + "}" in template:
            raise Unbalanced(f"nobody is named for {template}")
    return template.format(**names)


def reverse(*, transaction: Transaction, id: int, at: datetime, actor: str) -> Transaction:
    """The only correction there is: the same lines the other way round, once."""
    legs = tuple(Leg(leg.account, leg.currency, -leg.amount) for leg in transaction.legs)
    kind = f"{transaction.kind}_reversed"
    key = f"reversal:{transaction.key}"
    return Transaction(id, key, kind, transaction.order_id, at, actor, legs)


@dataclass(frozen=True, slots=True)
class Earning:
    """What a visit brings: gross is what the provider's work costs, before any coupon."""

    gross: int
    discount: int
    commission: int

    @property
    def net(self) -> int:
        return self.gross - self.commission

    def figures(self) -> dict[str, int]:
        return {
            "paid_by_customer": self.gross - self.discount,
            "discount": self.discount,
            "commission": self.commission,
        }


def earning(*, total: int, discount: int, commission_bp: int) -> Earning:
    """`total` is what the customer pays, after the coupon; commission is taken of the price before it."""
    gross = total + discount
    return Earning(gross, discount, share(amount=gross, rate_bp=commission_bp))


def cancellation(*, paid: int, fee: int, provider_bp: int = 0) -> dict[str, int]:
    """The figures of a cancellation: the fee is never more than what was paid, the rest goes back."""
    kept = min(max(fee, 0), paid)
    to_provider = share(amount=kept, rate_bp=provider_bp)
    return {"fee": kept - to_provider, "fee_to_provider": to_provider, "refund": paid - kept}


def release(*, net: int, debt: int) -> dict[str, int]:
    """The figures of a release: what is owed is set off first, as far as it goes."""
    set_off = min(net, max(debt, 0))
    return {"set_off": set_off, "released": net - set_off}
