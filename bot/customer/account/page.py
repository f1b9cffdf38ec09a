"""The copy for people: one page in their language that needs nothing but itself."""

from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import Markup

from bot import words as names
from bot.customer.orders import screens as orders
from bot.customer.orders.shown import order_screen
from bot.customer.parts import lines, name_of
from bot.i18n import Words
from bot.notices.screens import KINDS, MANNERS
from bot.relay.screens import SIGNS
from bot.reviewed import told
from bot.support import tickets
from bot.words import method
from core.orders.model import Order
from core.people.choices import Choices, kinds_of
from core.privacy.service import MANY, Copied
from core.relay.model import Sort
from core.reviews.model import Review
from core.services import Core
from core.support.model import Said, Ticket

Section = tuple[Markup, list[Markup]]
# A page is read later: no Today and no Tomorrow.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "h2{margin:2em 0 .5em}div{white-space:pre-wrap;border-left:3px solid #bbb;padding:0 1em;"
    "margin:0 0 1.2em}"
)


async def page(core: Core, copied: Copied, words: Words, now: datetime) -> str:
    sections: list[Section] = [
        (words("Your profile"), [_profile(copied, words)]),
        (words("Addresses"), await _addresses(core, copied, words)),
        (words("Orders"), await _orders(core, copied, words, now)),
        (words("Messages with support"), await _messages(core, copied, words)),
        (words("Favourite providers"), await _favourites(core, copied)),
    ]
    title = words("{platform}: your data, {date}", platform=core.rules.text("platform_name"),
                  date=words.date(words.local(now).date()))  # fmt: skip
    told_ = Markup("").join(_section(head, blocks) for head, blocks in sections if blocks)
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{}</title><style>{}</style><h1>{}</h1>{}</html>"
    ).format(words.language.replace("_", "-"), title, Markup(STYLE), title, told_)


def _section(head: Markup, blocks: Iterable[Markup]) -> Markup:
    shown = Markup("").join(Markup("<div>{}</div>").format(block) for block in blocks)
    return Markup("<h2>{}</h2>{}").format(head, shown)


def _profile(copied: Copied, words: Words) -> Markup:
    person, choices = copied.person, Choices(copied.person.choices)
    chosen = [
        words("{kind}: {manner}", kind=words(KINDS[kind][1]),
              manner=words(MANNERS[choices.manner(kind)][1]))
        for kind in kinds_of(side="customer")
    ]  # fmt: skip
    return lines(
        words("Name: {name}", name=person.name),
        words("Telegram number: {number}", number=person.telegram_id),
        words("Phone: {phone}", phone=person.phone or words("not set")),
        words("Location: {place}", place=words.place(person.place) or words("not set")),
        words("Here since {date}", date=words.date(words.local(person.created_at).date())),
        *chosen,
    )


async def _addresses(core: Core, copied: Copied, words: Words) -> list[Markup]:
    kept = await core.people.addresses(person_id=copied.person.id)
    return [
        lines(name_of(one, words), names.spot(words.place(one.place), one.detail)) for one in kept
    ]


async def _orders(core: Core, copied: Copied, words: Words, now: datetime) -> list[Markup]:
    mine = await core.store.find(
        Order, customer_id=copied.person.id, order="-starts_at", limit=MANY
    )
    return [await _order(core, one.id, words, now) for one in mine]


async def _order(core: Core, order_id: int, words: Words, now: datetime) -> Markup:
    """The card, the timeline, the money and the review of one visit."""
    view = await core.orders.view(order_id=order_id)
    steps = await core.orders.timeline(order_id=order_id)
    payments = await core.payments.of_order(order_id=order_id)
    money = [
        Markup("💳 {} · {} · {}").format(
            words.money(one.amount, one.currency), method(one.method, words), one.number
        )
        for one in payments
    ]
    return lines(
        order_screen(core, view, words, now).text, "",
        orders.timeline(view.order, steps, LONG_AGO, words).text, *money,
        *await _review(core, order_id, words), *await _talk(core, view.order, words),
    )  # fmt: skip


async def _review(core: Core, order_id: int, words: Words) -> list[Markup]:
    found: Review | None = await core.reviews.of_order(order_id=order_id)
    if found is None:
        return []
    return [Markup(""), *told(found, await core.reviews.files(ids=found.files), words)]


async def _talk(core: Core, order: Order, words: Words) -> list[Markup]:
    """What was said between the two sides."""
    names = {True: words("You"), False: words("Provider")}
    return [
        Markup("💬 ") + _line(one.at, names[one.from_customer], one.text, one.sort, words)
        for one in await core.relay.said(order=order)
    ]


async def _messages(core: Core, copied: Copied, words: Words) -> list[Markup]:
    mine = await core.store.find(Ticket, person_id=copied.person.id, limit=MANY)
    blocks = []
    for ticket in mine:
        said = await core.support.said(ticket_id=ticket.id)
        rows = [_said(one, words) for one in said]
        order = await core.support.order_of(ticket=ticket)
        ends = tickets.came_of(ticket, order, words)
        blocks.append(lines(tickets.head(ticket, "", words), *ends, *rows))
    return blocks


def _said(one: Said, words: Words) -> Markup:
    who = words("Support") if one.from_staff else words("You")
    return _line(one.at, who, one.text, Sort.PHOTO if one.files else Sort.TEXT, words)


def _line(at: datetime, who: Markup, text: str, sort: Sort, words: Words) -> Markup:
    return words("{time} · {name}: {text}", time=words.moment(at, now=LONG_AGO), name=who,
                 text=f"{SIGNS[sort]} {text}".strip())  # fmt: skip


async def _favourites(core: Core, copied: Copied) -> list[Markup]:
    found = await core.providers.favourites(person_id=copied.person.id)
    return [Markup("{}").format(one.name) for one in found]
