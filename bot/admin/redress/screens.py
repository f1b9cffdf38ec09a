"""How much goes back and who bears it. Pure."""

from collections.abc import Callable

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import back, lines
from bot.i18n import Words
from bot.screen import Button, Screen, grid
from core.orders.model import Order
from core.redress.bearing import Borne, Stake

To = Callable[[int], str]
"""The press of a button from an amount in minor units, or from whether the provider bears it."""


def amounts(most: int) -> list[int]:
    """About a quarter, about half, and all of it."""
    step = 500 if most >= 4000 else 100
    parts = [most // 4 // step * step, most // 2 // step * step, most]
    return list(dict.fromkeys(part for part in parts if part > 0))


def how_much(
    words: Words, head: Markup, *told: Markup | None, offered: list[int], currency: str, to: To,
    away: str,
) -> Screen:  # fmt: skip
    text = lines(head, *told, Markup(""), words("How much? Tap it, or type the amount."))
    buttons = [Button(words.money(one, currency), to(one)) for one in offered]
    return Screen(text, [*grid(buttons), back(words, away)])


def who_bears(
    words: Words, head: Markup, borne: Borne, currency: str, name: str, to: To, away: str
) -> Screen:
    """`borne` is how it would be if the provider bore it."""
    text = lines(
        head,
        Markup(""),
        words("<b>Who bears it?</b>"),
        words("{name} gives up {money} of what this visit brought.", name=name,
              money=words.money(borne.by_provider, currency)),
        words("The platform gives up {money} of its commission with it.",
              money=words.money(borne.commission, currency)) if borne.commission else None,
    )  # fmt: skip
    provider = Button(words.plain("👷 The provider"), to(1))
    platform = Button(words.plain("🏠 The platform"), to(0))
    return Screen(text, [[provider, platform], back(words, away)])


def lowers(
    words: Words, head: Markup, amount: int, currency: str, *, onward: str, away: str
) -> Screen:
    """Before the visit is over nobody has earned anything of it yet."""
    text = lines(
        head, Markup(""),
        words("The price falls by {money}: what is still to be paid stays the same.",
              money=words.money(amount, currency)),
        words("The platform pays it; the provider earns what was promised."),
    )  # fmt: skip
    return Screen(
        text, [[Button(words.plain("Go on ▶"), onward, style="primary"), *back(words, away)]]
    )


def paid(words: Words, order: Order, stake: Stake) -> Markup:
    """What there is to give back, and by which way."""
    return words(
        "Paid {paid} by {method}, {left} can still go back.",
        paid=words.money(order.paid, order.currency), method=names.method(order.method, words),
        left=words.money(stake.left, order.currency),
    )  # fmt: skip


def effect(words: Words, order: Order, borne: Borne, name: str) -> Markup:
    """Before it is done: what goes where, to the fen."""
    return lines(
        words("{money} goes back to the customer by {method}, at once.",
              money=words.money(borne.amount, order.currency),
              method=names.method(order.method, words)),
        bears(words, order.currency, borne.by_provider, name),
        words("The platform gives up {money} of its commission.",
              money=words.money(borne.commission, order.currency)) if borne.commission else None,
        words("The platform pays {money}.", money=words.money(borne.by_platform, order.currency))
        if borne.by_platform else None,
    )  # fmt: skip


def bears(words: Words, currency: str, amount: int, name: str) -> Markup | None:
    if not amount:
        return None
    return words("{name} bears {money}.", name=name, money=words.money(amount, currency))
