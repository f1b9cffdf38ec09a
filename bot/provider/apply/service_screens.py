"""How choosing services and naming prices looks. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.provider.apply.screens import ends, page
from bot.provider.parts import back, short
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.people.dossier import Application

ROUND = 500
PER_PAGE = 4


def chosen(words: Words, application: Application, catalog: Catalog, number: int = 0) -> Screen:
    """What was chosen so far; each can be opened again."""
    skills = application.skills
    shown = Page.of(skills, number, PER_PAGE)
    text = page(
        "services", words, application, words("<b>What do you offer, and for how much?</b>"),
        words("Tap to change a price, or add another.") if skills
        else words("Choose below, or type what you do, for example “AC repair”."),
    )  # fmt: skip
    rows = [
        [_offered(catalog.service(service_id=s.service_id), s.price, words)] for s in shown.items
    ]
    add = [Button(words.plain("➕ Add a service"), press("acats", 0))]
    done = [Button(words.plain("Done ▶"), press("apply"), style="primary")]
    below = [add, done] if skills else [add]
    turns = shown.turns("achosen")
    return Screen(text, [*rows, *turns, *below, ends("services", application, words)])


def _offered(service: Service, price: int, words: Words) -> Button:
    name = short(words.pick(service.names), 24)
    return Button(
        f"{service.emoji} {name} · {words.money(price)}".strip(), press("asv", service.id)
    )


def categories(
    words: Words, application: Application, found: Sequence[Category], number: int
) -> Screen:
    shown = Page.of(found, number)
    tiles = [
        Button(f"{c.emoji} {short(words.pick(c.names), 20)}".strip(), press("acat", c.id, 0))
        for c in shown.items
    ]
    text = page("services", words, application, words("<b>Which kind of work?</b>"))
    ends_ = [back(words, press("apart", "services"))]
    return Screen(text, [*grid(tiles), *shown.turns("acats"), ends_])


def services(
    words: Words, application: Application, category: Category, found: Sequence[Service],
    number: int,
) -> Screen:  # fmt: skip
    shown = Page.of(found, number, size=7)
    text = page("services", words, application, Markup("<b>{}</b>").format(words.pick(category.names)),
                words("Tap what you do."), _papers(words, shown.items))  # fmt: skip
    rows = _list(words, application, shown.items)
    ends_ = [back(words, press("acats", 0))]
    return Screen(text, [*rows, *shown.turns("acat", category.id), ends_])


def found(words: Words, application: Application, services_: Sequence[Service]) -> Screen:
    asked = words("<b>Is it one of these?</b>")
    text = page("services", words, application, asked, _papers(words, services_))
    rows = _list(words, application, services_)
    return Screen(text, [*rows, [back(words, press("apart", "services"))]])


def _papers(words: Words, services_: Sequence[Service]) -> Markup | None:
    some = any(service.certificate for service in services_)
    return words("📄 needs a certificate") if some else None


def _list(
    words: Words, application: Application, services_: Sequence[Service]
) -> list[list[Button]]:
    have = {skill.service_id for skill in application.skills}
    return [
        [
            Button(
                ("✅ " if s.id in have else "")
                + short(words.pick(s.names), 34)
                + (" 📄" if s.certificate else ""),
                press("asv", s.id),
            )
        ]
        for s in services_
    ]


def none_found(words: Words) -> Markup:
    return words("I don't know a service by that name. Have a look at the list.")


def price(words: Words, application: Application, service: Service) -> Screen:
    """The band, three usual prices in it, and room for one's own."""
    low, high = service.price_low, service.price_high
    middle = (low + high) // 2 // ROUND * ROUND
    now = next((s.price for s in application.skills if s.service_id == service.id), None)
    text = page(
        "services", words, application,
        Markup("<b>{} {}</b>").format(service.emoji, words.pick(service.names)),
        words("About {time}. Prices go from {low} to {high}.",
              time=words.minutes(service.minutes), low=words.money(low), high=words.money(high)),
        words("📄 Needs: {paper}", paper=names.certificate(service.certificate, words))
        if service.certificate else None,
        words("Now: {value}", value=words.money(now)) if now is not None else None,
        words("<b>What do you charge?</b> Tap, or type your price."),
    )  # fmt: skip
    usual = sorted({low, max(low, min(middle, high)), high})
    buttons = [Button(words.money(p), press("aprice", service.id, p)) for p in usual]
    rows = [buttons]
    if now is not None:
        drop = Button(words.plain("🗑 Don't offer it"), press("adrop", service.id), style="danger")
        rows.append([drop])
    return Screen(text, [*rows, [back(words, press("apart", "services"))]])


def outside(words: Words, service: Service) -> Markup:
    return words(
        "For now it must be between {low} and {high}. Once you're approved you can ask for another price.",
        low=words.money(service.price_low), high=words.money(service.price_high),
    )  # fmt: skip


def no_amount(words: Words) -> Markup:
    return words("Please send a price, for example 120.")
