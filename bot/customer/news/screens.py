"""How an announcement and the list of the latest look."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import lines, me_row, onward, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from core.announcements.model import Announcement
from core.people.choices import Kind

TITLES = {
    Kind.NEWS: mark("📣 <b>News</b>"),
    Kind.OFFERS: mark("🎁 <b>An offer for you</b>"),
}
NO_MORE = {Kind.NEWS: mark("🔕 No more news"), Kind.OFFERS: mark("🔕 No more offers")}
SILENCED = {
    Kind.NEWS: mark("🔕 You won't get news any more. Your orders still reach you."),
    Kind.OFFERS: mark("🔕 You won't get offers any more. Your orders still reach you."),
}
SIZE = 3


def announcement(words: Words, one: Announcement, *, off: bool = False) -> Screen:
    """`off`: its kind was just switched off, and can be switched on again."""
    text = lines(
        words(TITLES[one.kind]), "", Markup("{}").format(one.texts.get(words.language, "")),
        Markup("\n") + words(SILENCED[one.kind]) if off else None,
    )  # fmt: skip
    if off:
        change = Button(words.plain("↩️ Undo"), press("annon", one.id))
    else:
        change = Button(words.plain(NO_MORE[one.kind]), press("annoff", one.id))
    return Screen(text, [*_offer(words, one), [change]])


def _offer(words: Words, one: Announcement) -> list[list[Button]]:
    if one.kind is not Kind.OFFERS:
        return []
    if one.coupon_id is not None:
        opens = press("deal", one.coupon_id, 0)
        return [[Button(words.plain("🎁 See the offer"), opens, style="primary")]]
    return [[Button(words.plain("🎁 See my offers"), press("deals", 0), style="primary")]]


def news(words: Words, found: Sequence[Announcement], number: int) -> Screen:
    page = Page.of(found, number, SIZE)
    told = [_told(words, one) for one in page.items]
    if not told:
        told = [words("Nothing yet. News will show up here.")]
    choose = Button(words.plain("🔔 What reaches me"), press("notices"))
    text = lines(words("📣 <b>Latest news</b>"), *told)
    return Screen(text, [[choose], [*me_row(words), *onward(words, page, "news")]])


def _told(words: Words, one: Announcement) -> Markup:
    when = words.date(words.local(one.created_at).date())
    head = Markup("\n{} <b>{}</b>\n").format("🎁" if one.kind is Kind.OFFERS else "📣", when)
    return head + Markup("{}").format(short(one.texts[words.language], 600))
