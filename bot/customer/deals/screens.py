"""How promotions look: what each gives in words, until when, for what."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import back, dotted, home_row, lines, me_row, near, onward, short
from bot.giving import gives, scope, until
from bot.i18n import Words
from bot.screen import Button, Page, Screen, press
from core.catalog.model import Category, Service
from core.people.model import Person
from core.promotions.deals import Deal, Reduced

DEALS = 4
SERVICES = 5


def deals(words: Words, person: Person, found: Sequence[Deal], number: int) -> Screen:
    page = Page.of(found, number, size=DEALS)
    if not found:
        text = lines(
            words("🎁 <b>Deals for you</b>"), near(words, person),
            words("Nothing you could use right now. New ones come now and then."),
        )  # fmt: skip
        return Screen(text, [me_row(words)])
    text = lines(
        words("🎁 <b>Deals for you</b>"),
        near(words, person),
        *(_card(words, d) for d in page.items),
    )
    rows = [
        [Button(short(f"🎁 {words.pick(d.coupon.names)}", 24), press("deal", d.coupon.id, 0))]
        for d in page.items
    ]
    return Screen(text, [*rows, [*me_row(words), *onward(words, page, "deals")]])


def _card(words: Words, deal: Deal) -> Markup:
    head = words("<b>{name}</b>", name=words.pick(deal.coupon.names))
    given = dotted([gives(words, deal.coupon), _where(words, deal)])
    return lines(Markup("\n") + head, given, until(words, deal.coupon))


def _where(words: Words, deal: Deal) -> str:
    if not deal.coupon.service_ids:
        return words.plain("all services")
    return words.plain_plural("{n} service", "{n} services", len(deal.services))


def deal(
    words: Words, person: Person, found: Deal, categories: Sequence[Category | Service],
    number: int, *, share: Button,
) -> Screen:  # fmt: skip
    coupon, page = found.coupon, Page.of(found.services, number, size=SERVICES)
    text = lines(
        words("🎁 <b>{name}</b>", name=words.pick(coupon.names)),
        Markup("<b>{}</b>").format(gives(words, coupon)),
        dotted([until(words, coupon), _left(words, found)]),
        words("For: {what}", what=scope(words, coupon, categories)),
        near(words, person),
        Markup(""),
        words("Choose a service. The coupon is already taken off:"),
    )
    rows = [
        [Button(_reduced(words, r), press("dealat", coupon.id, r.service.id))] for r in page.items
    ]
    turn = onward(words, page, "deal", coupon.id)
    last = [back(words, press("deals", 0)), share]
    return Screen(text, [*rows, *([turn] if turn else []), last])


def _left(words: Words, found: Deal) -> Markup:
    if found.coupon.newcomers:
        return words("for your first order")
    return words.plural("you can use it once", "you can use it {n} times", found.left)


def _reduced(words: Words, reduced: Reduced) -> str:
    name = short(words.pick(reduced.service.names), 24)
    return words.plain("{name} · from {price}", name=name, price=words.money(reduced.price))


def not_for_you(words: Words, why: str) -> Screen:
    other = Button(words.plain("🎁 Other deals"), press("deals", 0))
    return Screen(Markup.escape(why), [[other], home_row(words)])
