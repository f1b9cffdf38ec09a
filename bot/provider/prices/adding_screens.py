"""How adding a service and sending its certificate looks. Pure."""

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, short
from bot.provider.prices.screens import named
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category, Service


def _head(words: Words) -> Markup:
    return words("➕ <b>One more service</b>")


def categories(words: Words, found: Sequence[Category], number: int) -> Screen:
    page = Page.of(found, number)
    tiles = [
        Button(f"{c.emoji} {short(words.pick(c.names), 20)}".strip(), press("prcat", c.id, 0))
        for c in page.items
    ]
    text = lines(_head(words), words("Choose below, or type what you do, for example “AC repair”."))
    away = [back(words, press("prices", 0)), *home_row(words)]
    return Screen(text, [*grid(tiles), *page.turns("pradd"), away])


def services(
    words: Words, category: Category, below: Sequence[Service], have: Collection[int], number: int
) -> Screen:
    page = Page.of(below, number, 6)
    text = lines(
        Markup("<b>{}</b>").format(words.pick(category.names)), words("Tap what you do."),
        _papers(words, page.items),
    )  # fmt: skip
    away = [back(words, press("pradd", 0)), *home_row(words)]
    return Screen(text, [*_list(words, page.items, have), *page.turns("prcat", category.id), away])


def found(words: Words, services_: Sequence[Service], have: Collection[int]) -> Screen:
    text = lines(words("<b>Is it one of these?</b>"), _papers(words, services_))
    away = [back(words, press("pradd", 0)), *home_row(words)]
    return Screen(text, [*_list(words, services_, have), away])


def _papers(words: Words, services_: Sequence[Service]) -> Markup | None:
    some = any(service.certificate for service in services_)
    return words("📄 needs a certificate") if some else None


def _list(words: Words, services_: Sequence[Service], have: Collection[int]) -> list[list[Button]]:
    return [
        [
            Button(
                ("✅ " if s.id in have else "") + short(words.pick(s.names), 34)
                + (" 📄" if s.certificate else ""),
                press("prnew", s.id),
            )
        ]
        for s in services_
    ]  # fmt: skip


def none_found(words: Words) -> Markup:
    return words("I don't know a service by that name. Have a look at the list.")


def price(words: Words, service: Service) -> Screen:
    low, high = service.price_low, service.price_high
    text = lines(
        Markup("<b>{}</b>").format(named(service, words)),
        words("About {time}. Prices go from {low} to {high}.",
              time=words.minutes(service.minutes), low=words.money(low), high=words.money(high)),
        words("📄 Needs: {paper}", paper=names.certificate(service.certificate, words))
        if service.certificate else None,
        GAP, words("<b>What do you charge?</b> Tap, or type your price."),
    )  # fmt: skip
    usual = sorted({low, (low + high) // 2 // 500 * 500, high} - {0})
    buttons = [
        Button(words.money(p), press("prnewgo", service.id, p)) for p in usual if low <= p <= high
    ]
    return Screen(text, [buttons, [back(words, press("pradd", 0)), *home_row(words)]])


def outside(words: Words, service: Service) -> Markup:
    return words(
        "Begin between {low} and {high}. Once it is added you can ask for another price.",
        low=words.money(service.price_low), high=words.money(service.price_high),
    )  # fmt: skip


def no_amount(words: Words) -> Markup:
    return words("Please type a price, for example 120.")


def _paper(words: Words, service: Service, *said: Markup | None) -> Markup:
    kind = names.certificate(service.certificate or "", words)
    return lines(
        Markup("📄 <b>{}</b> · {}").format(kind, named(service, words)), GAP, *said
    )  # fmt: skip


def _away(words: Words, service: Service) -> list[Button]:
    return [back(words, press("pr", service.id)), *home_row(words)]


def number(words: Words, service: Service) -> Screen:
    text = _paper(
        words, service,
        words("No orders of it come before our staff have seen your certificate."),
        words("<b>What is its number?</b> Type it."),
    )  # fmt: skip
    return Screen(text, [_away(words, service)])


def expiry(words: Words, service: Service) -> Screen:
    text = _paper(
        words, service,
        words("<b>Until when is it valid?</b> Type the day, for example 2028-05-31."),
    )  # fmt: skip
    ever = Button(words.plain("♾ No end date"), press("prever", service.id))
    return Screen(text, [[ever], _away(words, service)])


def picture(words: Words, service: Service, until: date | None) -> Screen:
    text = _paper(
        words, service,
        words("Valid until: {day}", day=words.date(until)) if until else None,
        words("<b>Send a photo or a PDF of it.</b> Only our staff see it."),
    )  # fmt: skip
    return Screen(text, [_away(words, service)])
