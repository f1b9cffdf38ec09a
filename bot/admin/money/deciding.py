"""The ways of a difference: the payment is booked after all, or somebody says why it is all right."""

from collections.abc import Mapping

from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Usual, Way
from bot.admin.money import screens
from bot.admin.parts import me
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.errors import AlreadyDone
from core.ids import spell_order_number
from core.orders.model import Order
from core.payouts.model import Payout
from core.reconciling.model import Difference, Kind
from core.taking.model import Matter, Taking

EXPLAINED = (
    mark("Done by hand at the gateway"), mark("Belongs to another day"), mark("Cleared up with the gateway"),
    mark("Not ours: another shop on the same account"),
)  # fmt: skip

ASTRAY = (
    mark("Nobody of us asked for this payment"), mark("Paid to the wrong shop"),
    mark("The order it was for can't be found"),
)  # fmt: skip


async def look(talk: Talk, difference_id: int) -> Difference:
    return await talk.core.reconciling.look(difference_id=difference_id)


async def _card(talk: Talk, one: Difference, taking: Taking | None) -> Screen:
    order = await talk.core.store.get(Order, id=one.order_id) if one.order_id else None
    number = spell_order_number(order.number) if order else ""
    text = screens.difference(talk.words, one, number, taking)
    money = talk.core.reconciling
    open_ = {"b": await money.can_book(one=one), "g": await money.can_give_back(one=one)}
    about = await _about(talk, one, order)
    return Screen(text, rows(talk.words, one, about, taking, open_))


async def _about(talk: Talk, one: Difference, order: Order | None) -> Button | None:
    """To the order, or to the withdrawal that a transfer was for."""
    if order:
        return Button(talk.words.plain("📦 The order"), press("on", order.id))
    if one.kind not in (Kind.TRANSFER, Kind.CAME_BACK):
        return None
    payout = await talk.core.store.get(Payout, number=one.number)
    if payout is None:
        return None
    return Button(talk.words.plain("💸 The withdrawal"), press("wv", payout.id))


def rows(
    words: Words,
    one: Difference,
    about: Button | None,
    taking: Taking | None,
    ways: Mapping[str, bool],
) -> list[list[Button]]:
    leave = [Button(words.plain("‹ Back"), press("ml", 0))]
    other = [about] if about else []
    if not one.open:
        return [other, leave] if other else [leave]
    labels = {"b": words.plain("💳 Book it"), "g": words.plain("↩️ Give it back")}
    moves = [
        Button(label, DIFFERENCES.begins(code, one.id, one), style="primary")
        for code, label in labels.items() if ways[code]
    ]  # fmt: skip
    explain = Button(words.plain("✅ It's explained"), DIFFERENCES.begins("e", one.id, one))
    return [
        [*moves, explain],
        [*other, *DIFFERENCES.hand(words, one.id, taking)], leave,
    ]  # fmt: skip


async def _open(talk: Talk, one: Difference) -> None:
    if not one.open:
        raise AlreadyDone()


async def _book(talk: Talk, one: Difference, chosen: Chosen) -> None:
    await talk.core.reconciling.book(
        difference_id=one.id, by=(await me(talk)).telegram_id, reason=chosen.reason, now=talk.now
    )


async def _explain(talk: Talk, one: Difference, chosen: Chosen) -> None:
    await talk.core.reconciling.explain(
        difference_id=one.id, by=(await me(talk)).telegram_id, reason=chosen.reason, now=talk.now
    )


async def _give_back(talk: Talk, one: Difference, chosen: Chosen) -> None:
    await talk.core.reconciling.give_back(
        difference_id=one.id, by=(await me(talk)).telegram_id, reason=chosen.reason, now=talk.now
    )


DIFFERENCES: Deciding[Difference] = Deciding(
    matter=Matter.DIFFERENCE, prefix="d", action="money.decide", opens="mv",
    look=look, card=_card, check=_open, ended=screens.ended,
    subject=lambda one: one.number or one.reference, grave=True,
    ways=(
        Way("b", _book, "💳", screens.ask_book, mark("Yes, book it"), seen=lambda one: one.version),
        Way("g", _give_back, "↩️", screens.ask_give_back, mark("Yes, give it back"),
            whether=screens.give_back, why=Usual(ASTRAY, says=mark("Tap it, or type it in your own words.")),
            private=True, seen=lambda one: one.version),
        Way("e", _explain, "✅", screens.ask_explain, mark("Yes, it's explained"),
            why=Usual(EXPLAINED, says=mark("Tap it, or type it in your own words.")), private=True),
    ),
)  # fmt: skip
