"""How the steps of an act look: with what, why, sure?"""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.orders import screens
from bot.admin.orders.back import Back
from bot.admin.orders.timeline import why as quoted
from bot.admin.orders.whole import NOBODYS, Whole
from bot.admin.parts import back, dotted, lines, short
from bot.admin.redress import screens as redress
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from bot.when import instant
from core.ids import spell_order_number
from core.orders.model import Stage
from core.orders.terms import absent_terms
from core.people.model import Provider


def _number(whole: Whole) -> str:
    return spell_order_number(whole.order.number)


def _money(words: Words, whole: Whole, amount: int) -> str:
    return words.money(amount, whole.order.currency)


def fee(words: Words, whole: Whole) -> Screen:
    terms, order = whole.terms, whole.order
    held = order.paid - order.refund_due
    text = lines(
        words("✖️ <b>Cancel {number}</b>", number=_number(whole)),
        words("Paid so far: {money}", money=_money(words, whole, held)),
        words("The customer gets the rest back the way it was paid.") if held else None,
    )
    label = (
        words.plain("Free: {money} back", money=_money(words, whole, held)) if held
        else words.plain("Free of charge")
    )  # fmt: skip
    free = Button(label, press("xcr", order.id, 0))
    charged = Button(
        words.plain(
            "Fee {fee}: {money} back",
            fee=_money(words, whole, terms.fee), money=_money(words, whole, terms.refund),
        ),
        press("xcr", order.id, 1),
    )  # fmt: skip
    rows = [[free], [charged]] if terms.fee else [[free]]
    return Screen(text, [*rows, back(words, press("ov", order.id))])


def provider(
    words: Words, whole: Whole, able: Sequence[Provider], number: int, *, now: datetime
) -> Screen:
    order, page = whole.order, Page.of(able, number, 5)
    told = [
        dotted(
            Markup("<b>{}</b>").format(one.name),
            words("★ {rating}", rating=words.rating(one.rating)) if one.rating_count else None,
            words.plural("{n} job", "{n} jobs", one.jobs_done),
        )
        for one in page.items
    ]
    text = lines(
        words("🔁 <b>Who takes over {number}?</b>", number=_number(whole)),
        dotted(screens.service(words, order), words.moment(order.starts_at, now=now)),
        Markup(""),
        *(told or [words("Nobody suitable is free at this time.")]),
    )
    rows = [[Button(short(one.name, 30), press("xgr", order.id, one.id))] for one in page.items]
    if order.state not in NOBODYS:
        rows.append(
            [Button(words.plain("🎲 Automatically"), press("xgr", order.id, 0), style="primary")]
        )
    return Screen(text, [*rows, *page.turns("og", order.id), back(words, press("ov", order.id))])


def amount(words: Words, whole: Whole) -> Screen:
    order = whole.order
    offered = dict.fromkeys(
        value for value in (order.cash_stated, order.cash_confirmed, 0) if value is not None
    )
    text = lines(
        words("⚖️ <b>Settle {number}</b>", number=_number(whole)),
        screens.cash(words, order),
        words("To pay at the door: {money}", money=_money(words, whole, order.to_pay_on_site)),
        Markup(""),
        words("How much was really paid? Tap, or type the amount."),
    )
    buttons = [
        Button(_money(words, whole, value), press("xmr", order.id, value)) for value in offered
    ]
    return Screen(text, [*grid(buttons), back(words, press("ov", order.id))])


def settle_at(words: Words, whole: Whole, value: int) -> Screen:
    text = words(
        "Settle {number} at <b>{money}</b>?", number=_number(whole),
        money=_money(words, whole, value),
    )  # fmt: skip
    on = Button(words.plain("Yes, go on"), press("xmr", whole.order.id, value), style="primary")
    return Screen(text, [[on], back(words, press("os", whole.order.id))])


def why(
    words: Words, code: str, says: tuple[str, str], reasons: Sequence[str], order_id: int,
    choice: int,
) -> Screen:  # fmt: skip
    """`says`: what it is about, and what is asked."""
    title, ask = says
    rows = [
        [Button(words.plain(reason), press(f"{code}s", order_id, choice, number))]
        for number, reason in enumerate(reasons)
    ]
    text = lines(
        Markup("<b>{}</b>").format(words(title)),
        words(ask),
    )
    return Screen(text, [*rows, back(words, press("ov", order_id))])


def sure(
    words: Words, code: str, title: str, whole: Whole, choice: int, number: int, reason: str,
    name: str, *, now: datetime,
) -> Screen:  # fmt: skip
    """Who, what, when, how much, why, before anything happens."""
    text = lines(
        words("<b>{title}?</b>", title=words(title)),
        Markup(""),
        screens.line(words, whole.view, now=now),
        Markup(""),
        _effect(words, code, whole, choice, name, now),
        words("Reason: {reason}", reason=quoted(words, reason)),
    )
    yes = Button(
        words.plain(YES[code]), press(f"{code}y", whole.order.id, choice, number),
        style="danger" if code in ("xc", "xz") else "primary",
    )  # fmt: skip
    return Screen(text, [[yes], back(words, press("ov", whole.order.id))])


YES = {
    "xc": mark("Yes, cancel"),
    "xg": mark("Yes, hand on"),
    "xt": mark("Yes, move"),
    "xh": mark("Yes, the customer has it"),
    "xz": mark("Yes, freeze"),
    "xu": mark("Yes, unfreeze"),
    "xs": mark("Yes, start"),
    "xa": mark("Yes, arrived"),
    "xf": mark("Yes, finish"),
    "xe": mark("Yes, allow"),
    "xm": mark("Yes, settle"),
    "xb": mark("Yes, money back"),
    "xo": mark("Yes, not there"),
    "xn": mark("Yes, everything back"),
    "xl": mark("Yes, free it"),
}


def _effect(words: Words, code: str, whole: Whole, choice: int, name: str, now: datetime) -> Markup:
    order, terms = whole.order, whole.terms
    if code == "xc":
        held = order.paid - order.refund_due
        kept = terms.fee if choice else 0
        if not held:
            return words("Nothing was paid, so nothing goes back.")
        return words(
            "Fee {fee}, {back} goes back to the customer.", fee=_money(words, whole, kept),
            back=_money(words, whole, held - kept),
        )  # fmt: skip
    if code == "xt":
        span = words.span(instant(choice), order.minutes, now=now)
        return words("New time: <b>{time}</b>. Nobody is asked, both are told.", time=span)
    if code == "xg":
        former = whole.view.provider.name
        if order.state in NOBODYS:
            return words("{name} is asked.", name=name)
        if not name:
            return words("{former} loses it; the next suitable one is asked.", former=former)
        return words("{former} loses it; {name} is asked.", former=former, name=name)
    if code == "xh":
        refund = next((one for one in whole.refunds if one.id == choice), None)
        amount = _money(words, whole, refund.amount if refund else 0)
        return words("{money} counts as back with the customer, who is told.", money=amount)
    if code == "xz":
        return words(
            "{name} gets no new orders and hears the reason. Every open order goes to somebody else.",
            name=name,
        )  # fmt: skip
    if code == "xu":
        return words("{name} is found again and may take orders.", name=name)
    if code == "xs":
        bare = words("Work begins without the customer's code and without the photos before.")
        unseen = whole.view.lacks(Stage.BEFORE)
        return bare if unseen else words("Work begins without the customer's code.")
    if code == "xa":
        return words("The provider counts as being at the door from now on.")
    if code == "xf":
        bare = words("The work counts as done without the photos after it.")
        return bare if whole.view.lacks(Stage.AFTER) else words("The work counts as done.")
    if code == "xb":
        back_ = Back.of(choice)
        parts = whole.stake.borne(amount=back_.amount, by_provider=back_.by_provider)
        return redress.effect(words, order, parts, whole.view.provider.name)
    if code == "xo":
        fee, held = absent_terms(order=order).fee, order.paid - order.refund_due
        if not held:
            return words("Nothing was paid, so the visit ends without a fee.")
        return words(
            "The call-out fee of {fee} is kept, {back} goes back to the customer.",
            fee=_money(words, whole, fee), back=_money(words, whole, held - fee),
        )  # fmt: skip
    if code == "xn":
        paid = _money(words, whole, order.paid - order.refund_due)
        former = whole.view.provider.name
        return words("It counts as missed by {name}. {money} goes back to the customer.",
                     name=former, money=paid)  # fmt: skip
    if code == "xl":
        return words("{name} can withdraw {money} at once.", name=whole.view.provider.name,
                     money=_money(words, whole, whole.held))  # fmt: skip
    if code == "xe":
        return words("The provider may propose more than the rule says; the customer decides.")
    return words("{money} counts as paid at the door.", money=_money(words, whole, choice))
