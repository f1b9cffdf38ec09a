"""A provider with money to withdraw, and an account to have it sent to."""

from datetime import timedelta

from core.changes import Changes
from core.ledger.postings import CAPTURED, EARNED
from core.ledger.service import Facts, earning, post
from core.orders.earned import release_due
from core.payouts.model import AccountKind, Payout
from core.people.model import Provider
from tests.reliability.town import Town

CARD = "6222 0212 3456 7894"
HELD = timedelta(days=3)


async def earns(
    here: Town, provider: Provider, amount: int, *, commission_bp: int = 0, came: str = CAPTURED
) -> int:
    """A visit somewhere else in the past, paid by card unless it came another way; the order's id."""
    order_id = here.new_id()
    facts = Facts(order_id, "CNY", provider.id, "card")
    made = earning(total=amount, discount=0, commission_bp=commission_bp)
    changes = Changes().add(release_due(order_id=order_id, now=here.now))
    for event, figures in ((came, {"amount": amount}), (EARNED, made.figures())):
        changes.post(
            post(id=here.new_id(), event=event, facts=facts, figures=figures, at=here.now,
                 actor="demo")
        )  # fmt: skip
    await here.built.store.apply(changes)
    return order_id


async def banked(here: Town, provider: Provider, number: str = CARD) -> None:
    """The provider names an account."""
    me = provider.person_id
    accounts = here.core.accounts
    begun = await accounts.begin(person_id=me, kind=AccountKind.BANK, number=number)
    sealed, _ = await accounts.complete(person_id=me, sealed=begun, holder="Wang Wei")
    await accounts.save(person_id=me, sealed=sealed, now=here.now)


async def rich(here: Town, amount: int) -> Provider:
    """An approved provider with so much free to withdraw and an account to have it sent to."""
    await here.service()
    provider = await here.provider()
    await earns(here, provider, amount)
    here.now += HELD
    await here.sweep.run()
    await banked(here, provider)
    return provider


async def withdraws(here: Town, provider: Provider, amount: int, wish: int = 0) -> Payout:
    return await here.core.payouts.withdraw(
        person_id=provider.person_id, wish_id=wish or here.new_id(), amount=amount, now=here.now
    )
