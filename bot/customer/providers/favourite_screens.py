"""How the favourites look: when each can come next, and one tap to book just that."""

from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import dotted, lines, me_row, near, onward, short, stars
from bot.i18n import Words
from bot.screen import Button, Page, Screen, press
from core.people.model import Person
from core.recommend.favourites import Dear, DearPage

# Names this list where a button says from which one somebody came.
ORIGIN = "favs0"


def favourites(words: Words, person: Person, found: DearPage, *, now: datetime) -> Screen:
    if not found.items:
        text = lines(
            words("❤️ <b>Favourites</b>"),
            words("Nobody yet. Tap 🤍 on a provider's page to keep them here."),
        )
        return Screen(text, [me_row(words)])
    told = [_told(words, dear, now) for dear in found.items]
    text = lines(words("❤️ <b>Favourites</b>"), near(words, person), Markup(""), *told)
    turn = onward(words, Page(found.number, found.pages), "favs")
    last = [*me_row(words)[: 1 if turn else 2], *turn]  # three of them fill the page
    return Screen(text, [*(_row(words, dear, now) for dear in found.items), last])


def _told(words: Words, dear: Dear, now: datetime) -> Markup:
    of = dear.provider
    head = dotted([words("<b>{name}</b>", name=of.name), stars(of, words)])
    indent = Markup("    ")
    if dear.offer is None or dear.service is None:
        return lines(head, indent + words("Can't come here in the next two weeks"))
    facts = dotted([words.pick(dear.service.names), words.money(dear.offer.price)])
    soonest = words("⚡ {time}", time=words.moment(dear.offer.earliest, now=now))
    return lines(head, indent + facts, indent + soonest)


def _row(words: Words, dear: Dear, now: datetime) -> list[Button]:
    of, service, offer = dear.provider, dear.service, dear.offer
    page = press("p", of.id, service.id if service else 0, ORIGIN, 0)
    row = [Button(short(f"♥ {of.name}", 22), page)]
    if service and offer:
        minute = int(offer.earliest.timestamp()) // 60
        label = f"⚡ {words.brief_moment(offer.earliest, now=now)}"
        row.append(Button(label, press("bookat", service.id, of.id, minute)))
    return row
