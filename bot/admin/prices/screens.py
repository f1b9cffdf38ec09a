"""How prices outside the band look in the staff chat. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.deciding.screens import in_hand, queue
from bot.admin.parts import dotted, lines, named, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from core.people.model import ProviderState
from core.prices.deciding import Whole
from core.prices.model import PriceRequest, RequestState
from core.prices.service import within
from core.taking.model import Taking

STATES = {
    RequestState.ASKED: ("🟡", mark("to be decided")),
    RequestState.APPROVED: ("🟢", mark("approved")),
    RequestState.REJECTED: ("⚪", mark("rejected")),
    RequestState.WITHDRAWN: ("⚪", mark("taken back")),
}

EMPTY = mark("All done. 🎉")


def _state(words: Words, request: PriceRequest) -> str:
    sign, name = STATES[request.state]
    return f"{sign} {words.plain(name)}"


def whole(words: Words, one: Whole, taking: Taking | None) -> Markup:
    """The text of its card."""
    request, service = one.request, one.service
    return lines(
        dotted(Markup("🏷 <b>{}</b>").format(named(service, words)), _state(words, request)),
        words("Provider: <b>{name}</b>", name=one.provider.name),
        words("⛔ This provider is frozen.") if one.provider.state is ProviderState.FROZEN else None,
        words("{former} → <b>{price}</b>", former=words.money(request.former),
              price=words.money(request.price)),
        words("Band: {low} to {high}", low=words.money(service.price_low),
              high=words.money(service.price_high)),
        words("It lies in the band by now.") if _open(request) and within(
            service=service, price=request.price) else None,
        _nearby(words, one),
        words("They say: {note}", note=short(request.note, 300)) if request.note else None,
        words("Asked for: {when}", when=words.lasting(request.asked_at)),
        in_hand(words, taking),
        words("Reason: {reason}", reason=short(words.known(request.reason), 300))
        if request.reason else None,
    )  # fmt: skip


def _open(request: PriceRequest) -> bool:
    return request.state is RequestState.ASKED


def _nearby(words: Words, one: Whole) -> Markup:
    """The tenth and the ninetieth of a hundred, with how many that are."""
    if one.market is None:
        return words("Nearby: too few others to compare")
    return words.plural(
        "Nearby: {low} to {high} ({n} provider)", "Nearby: {low} to {high} ({n} providers)",
        one.market.count, low=words.money(one.market.low), high=words.money(one.market.high),
    )  # fmt: skip


def ask_why(words: Words, one: Whole) -> Markup:
    return words(
        "✖ <b>Reject {price} for {service}: why?</b>", price=words.money(one.request.price),
        service=named(one.service, words),
    )  # fmt: skip


def ended(words: Words, one: Whole) -> Markup:
    return dotted(
        _state(words, one.request), named(one.service, words), one.provider.name,
        words.money(one.request.price),
    )  # fmt: skip


def prices(
    words: Words, waiting: Sequence[Whole], taken: Mapping[int, Taking], number: int, *,
    now: datetime,
) -> Screen:  # fmt: skip
    page = Page.of(waiting, number, 6)
    told = [
        dotted(
            Markup("<b>{}</b>").format(named(one.service, words)), one.provider.name,
            words("{former} → <b>{price}</b>", former=words.money(one.request.former),
                  price=words.money(one.request.price)),
            in_hand(words, taken.get(one.request.id)), words.moment(one.request.asked_at, now=now),
        )
        for one in page.items
    ]  # fmt: skip
    buttons = [
        Button(short(f"🏷 {one.provider.name} · {named(one.service, words)}", 40),
               press("pqv", one.request.id))
        for one in page.items
    ]  # fmt: skip
    head = words("🏷 <b>Prices to decide on: {n}</b>", n=len(waiting))
    return queue(words, head, EMPTY, page, told, buttons, "pql")
