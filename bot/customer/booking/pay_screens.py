"""How to pay: what is paid when, and by which of the methods that are on."""

from collections.abc import Sequence
from typing import Final

from bot import words as names
from bot.conversation import Talk
from bot.customer.booking.flow import tag
from bot.customer.booking.screens import ends, page
from bot.customer.parts import short
from bot.i18n import Words
from bot.screen import Button, Screen, press
from core.orders.booking import Booking
from core.orders.model import Pay

# So many fit on one page beside the coupon, Back and Cancel.
ROOM: Final = 5
# Who reads Chinese has these at hand; elsewhere cards come first.
AT_HAND: Final = {"zh": ("wechat", "alipay")}
CARDS: Final = ("stripe", "invoice")


def online_methods(talk: Talk) -> list[str]:
    """The methods that are on, those first that people of this language use daily."""
    daily = AT_HAND.get(talk.words.language[:2], CARDS)
    return sorted(talk.core.payments.online, key=lambda code: code not in daily)


def choices(booking: Booking, online: Sequence[str]) -> list[tuple[Pay, str]]:
    """(way, method) pairs the customer may take, the usual one first."""
    found: list[tuple[Pay, str]] = []
    for pay in booking.quote.ways if booking.quote else ():
        methods = ["on_site"] if pay is Pay.ON_SITE else online
        found += [(pay, method) for method in methods]
    return found


def ways(booking: Booking, online: Sequence[str], words: Words) -> Screen:
    """Each way the service allows with each method that is on; many methods have a page of their own."""
    draft, mark = booking.draft, tag(booking)
    offered = choices(booking, online)
    many = len(offered) > ROOM
    method = _method(booking, online) if many else ""
    rows = [
        [_choice(booking, pay, by, words)]
        for pay, by in offered
        if not many or by in (method, "on_site")
    ]
    if many:
        rows.append([Button(words.plain("Another method ›"), press("bmeans", mark))])
    lines = [words("<b>How would you like to pay?</b>")]
    if Pay.DEPOSIT in (booking.quote.ways if booking.quote else ()):
        lines.append(words("A deposit is part of the price; the rest is paid on site."))
    label = (
        words.plain("🎟 Coupon: {code}", code=short(draft.coupon, 20))
        if draft.coupon
        else words.plain("🎟 Coupon")
    )
    rows.append([Button(label, press("bgo", mark, "coupon"))])
    return Screen(page(booking, words, *lines), [*rows, ends(booking, "pay", words)])


def means(booking: Booking, online: Sequence[str], words: Words) -> Screen:
    """By what to pay; what is paid when stays as it was chosen."""
    draft, mark = booking.draft, tag(booking)
    kinds = [pay for pay, by in choices(booking, online) if by != "on_site"]
    pay = draft.pay if draft.pay in kinds else kinds[0]
    rows = [
        [Button(("• " if code == draft.method else "") + f"💳 {names.begun(names.method(code, words))}",
                press("bpay", mark, pay.value, code))]
        for code in online
    ]  # fmt: skip
    lines = words("<b>What would you like to pay with?</b>")
    way_back = ends(booking, "pay", words, to=press("bgo", mark, "pay"))
    return Screen(page(booking, words, lines), [*rows, way_back])


def _method(booking: Booking, online: Sequence[str]) -> str:
    """The method that is chosen, or the first."""
    chosen = booking.draft.method or ""
    return chosen if chosen in online else online[0]


def _choice(booking: Booking, pay: Pay, method: str, words: Words) -> Button:
    draft = booking.draft
    chosen = "• " if (pay, method) == (draft.pay, draft.method) else ""
    way = press("bpay", tag(booking), pay.value, method)
    return Button(chosen + way_label(booking, pay, method, words), way)


def now_to_pay(booking: Booking, pay: Pay | None) -> int:
    if booking.quote is None or pay is None:
        return 0
    return booking.quote.due(pay)


def way_label(booking: Booking, pay: Pay, method: str, words: Words) -> str:
    total = booking.quote.total if booking.quote else 0
    amount = words.money(now_to_pay(booking, pay) or total)
    if pay is Pay.ON_SITE:
        return f"🏠 {names.pay(pay, words)} {amount}"
    return f"💳 {names.pay(pay, words)} {amount} · {names.method(method, words)}"
