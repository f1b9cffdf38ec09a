"""How prices outside the band look in the staff chat. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import dotted, lines, named, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, Page, Screen, press
from bot.words import PRICE_REASONS
from core.people.model import ProviderState
from core.prices.deciding import Whole
from core.prices.model import PriceRequest, RequestState
from core.prices.service import within

STATES = {
    RequestState.ASKED: ("🟡", mark("to be decided")),
    RequestState.APPROVED: ("🟢", mark("approved")),
    RequestState.REJECTED: ("⚪", mark("rejected")),
    RequestState.WITHDRAWN: ("⚪", mark("taken back")),
}


def _state(words: Words, request: PriceRequest) -> str:
    sign, name = STATES[request.state]
    return f"{sign} {words.plain(name)}"


def card(words: Words, one: Whole, *, now: datetime) -> Screen:
    """One card per request, edited as it goes along."""
    request, service = one.request, one.service
    text = lines(
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
        words("Asked for: {when}", when=words.moment(request.asked_at, now=now)),
        words("taken by {name}", name=request.taken_by) if request.taken_by else None,
        words("Reason: {reason}", reason=short(words.known(request.reason), 300))
        if request.reason else None,
    )  # fmt: skip
    return Screen(text, _rows(words, request), card=Card("price", request.id))


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


def _rows(words: Words, request: PriceRequest) -> list[list[Button]]:
    if not _open(request):
        return []
    yes = words.plain("✅ Approve {price}", price=words.money(request.price))
    decide = [
        Button(yes, press("pqa", request.id, request.price), style="success"),
        Button(words.plain("✖ Reject"), press("pqr", request.id), style="danger"),
    ]
    take = Button(words.plain("🙋 I'll take it"), press("pqt", request.id))
    return [decide] if request.taken_by else [decide, [take]]


def ask_why(words: Words, one: Whole) -> Screen:
    text = lines(
        words("✖ <b>Reject {price} for {service}: why?</b>",
              price=words.money(one.request.price), service=named(one.service, words)),
        words("Tap it, or type it in your own words. The provider will read it."),
    )  # fmt: skip
    rows = [
        [Button(words.plain(reason), press("pqy", one.request.id, number))]
        for number, reason in enumerate(PRICE_REASONS)
    ]
    return Screen(text, [*rows, [Button(words.plain("‹ Back"), press("pqx", one.request.id))]])


def ended(words: Words, one: Whole) -> Screen:
    return Screen(
        dotted(_state(words, one.request), named(one.service, words), one.provider.name,
               words.money(one.request.price))
    )  # fmt: skip


def prices(words: Words, waiting: Sequence[Whole], number: int, *, now: datetime) -> Screen:
    page = Page.of(waiting, number, 6)
    told = [
        dotted(
            Markup("<b>{}</b>").format(named(one.service, words)), one.provider.name,
            words("{former} → <b>{price}</b>", former=words.money(one.request.former),
                  price=words.money(one.request.price)),
            words("taken by {name}", name=one.request.taken_by) if one.request.taken_by else None,
            words.moment(one.request.asked_at, now=now),
        )
        for one in page.items
    ]  # fmt: skip
    rows = [
        [Button(short(f"🏷 {one.provider.name} · {named(one.service, words)}", 40),
                press("pqv", one.request.id))]
        for one in page.items
    ]  # fmt: skip
    text = lines(
        words("🏷 <b>Prices to decide on: {n}</b>", n=len(waiting)), Markup(""),
        *(told or [words("All done. 🎉")]),
    )  # fmt: skip
    return Screen(text, [*rows, *page.turns("pql")])
