"""Money back from the order's screen: how much, who bears it; then the act asks why and once more."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.admin.orders.whole import Whole, whole
from bot.admin.redress import screens
from bot.amounts import read_amount
from bot.conversation import Talk
from bot.i18n import Words
from bot.screen import Screen, press
from core.errors import Invalid, NotAllowedNow
from core.ids import spell_order_number
from core.orders.lifecycle import FINAL

STEP = "refund_amount"
_MOST = 1 << 32


@dataclass(frozen=True, slots=True)
class Back:
    """What a button carries: an amount, who bears it, and what was promised back when it was looked at."""

    amount: int
    by_provider: bool = False
    before: int = 0

    def packed(self) -> int:
        return (self.before * _MOST + self.amount) * 2 + self.by_provider

    @classmethod
    def of(cls, choice: int) -> "Back":
        rest, his = divmod(max(0, choice), 2)
        before, amount = divmod(rest, _MOST)
        return cls(amount, bool(his), before)


def _head(words: Words, one: Whole) -> Markup:
    return words("↩️ <b>Money back for {number}</b>", number=spell_order_number(one.order.number))


async def _open(talk: Talk, order_id: int) -> Whole:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    if one.stake.left <= 0:
        raise NotAllowedNow(verb="give_back", state=one.order.state)
    return one


async def how_much(talk: Talk, order_id: int) -> Screen:
    one = await _open(talk, order_id)
    talk.expect(STEP, order=order_id)
    return screens.how_much(
        talk.words, _head(talk.words, one), screens.paid(talk.words, one.order, one.stake),
        offered=screens.amounts(one.stake.left), currency=one.order.currency,
        to=lambda amount: press("obw", order_id, amount), away=press("ov", order_id),
    )  # fmt: skip


async def said(talk: Talk) -> Screen:
    order_id = int(talk.memory["order"])
    one = await _open(talk, order_id)
    amount = read_amount(talk.incoming.text, one.order.currency)
    return await how_much(talk, order_id) if amount is None else await who(talk, order_id, amount)


async def who(talk: Talk, order_id: int, amount: int) -> Screen:
    """Where the provider has something of the visit, who of the two bears it."""
    one = await _open(talk, order_id)
    if not 0 < amount <= one.stake.left:
        raise Invalid("amount", "bounds", {"most": one.stake.left})
    talk.rest()
    before = one.order.refund_due
    if one.order.state not in FINAL:
        return screens.lowers(
            talk.words, _head(talk.words, one), amount, one.order.currency,
            onward=press("xbr", order_id, Back(amount, before=before).packed()),
            away=press("ob", order_id),
        )  # fmt: skip
    return screens.who_bears(
        talk.words, _head(talk.words, one), one.stake.borne(amount=amount, by_provider=True),
        one.order.currency, one.view.provider.name,
        to=lambda his: press("xbr", order_id, Back(amount, bool(his), before).packed()),
        away=press("ob", order_id),
    )  # fmt: skip
