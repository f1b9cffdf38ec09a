"""How an announcement and the list of the latest look."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.screen import Button, Card, File, Page, Screen, press
from bot.sides import home_row
from core.announcements.model import Announcement
from core.people.choices import Kind

LINE = Markup("\n")
TITLES = {
    Kind.NEWS: mark("📣 <b>News</b>"),
    Kind.OFFERS: mark("🎁 <b>An offer for you</b>"),
    Kind.WORK_NEWS: mark("📣 <b>News</b>"),
}
NO_MORE = {
    Kind.NEWS: mark("🔕 No more news"),
    Kind.OFFERS: mark("🔕 No more offers"),
    Kind.WORK_NEWS: mark("🔕 No more news"),
}
SILENCED = {
    Kind.NEWS: mark("🔕 You won't get news any more. Your orders still reach you."),
    Kind.OFFERS: mark("🔕 You won't get offers any more. Your orders still reach you."),
    Kind.WORK_NEWS: mark("🔕 You won't get news and tips any more. Your orders still reach you."),
}
SIZE, SHOWN = 3, 600


def kind(one: Announcement, side: str) -> Kind:
    """What it is to people of this bot, as they choose by."""
    return Kind.WORK_NEWS if side == "provider" else one.kind


def body(words: Words, one: Announcement) -> Markup:
    """Its text in this language, or in the one there is."""
    return Markup(words.pick(one.texts))


def announcement(words: Words, one: Announcement, *, side: str, off: bool = False) -> Screen:
    """`off`: its kind was just switched off, and can be switched on again."""
    what = kind(one, side)
    parts = [words(TITLES[what]), Markup(""), body(words, one)]
    change = Button(words.plain(NO_MORE[what]), press("annoff", one.id))
    if off:
        parts += [Markup(""), words(SILENCED[what])]
        change = Button(words.plain("↩️ Undo"), press("annon", one.id))
    photo = File("photo.jpg", file_id=one.photo_id) if one.photo_id else None
    return Screen(
        LINE.join(parts), [*opens(words, one, side), [change]], photo=photo,
        card=Card("announcement", one.id),
    )  # fmt: skip


def leads(one: Announcement) -> str:
    """Where its button leads inside the customers' bot; nowhere for an address or none."""
    if one.coupon_id is not None:
        return press("deal", one.coupon_id, 0)
    if one.service_id is not None:
        return press("s", one.service_id)
    return press("deals", 0) if one.kind is Kind.OFFERS else ""


def opens(words: Words, one: Announcement, side: str) -> list[list[Button]]:
    """The button it has; what customers can book is nothing for providers."""
    if one.url:
        return [[Button(one.label or words.plain("🔗 Learn more"), url=one.url)]]
    if side == "provider" or not leads(one):
        return []
    label = mark("🎁 See the offer") if one.coupon_id else mark("🎁 See my offers")
    if one.service_id is not None:
        label = mark("✨ Book now")
    return [[Button(one.label or words.plain(label), press("annopen", one.id), style="primary")]]


def news(words: Words, found: Sequence[Announcement], number: int, *, side: str) -> Screen:
    page = Page.of(found, number, SIZE)
    told = [_told(words, one) for one in page.items]
    if not told:
        told = [words("Nothing yet. News will show up here.")]
    choose = Button(words.plain("🔔 What reaches me"), press("notices"))
    text = LINE.join([words("📣 <b>Latest news</b>"), *told])
    before = [Button(words.plain("‹ Me"), press("me"))] if side == "customer" else []
    return Screen(text, [*page.turns("news"), [choose], [*before, *home_row(words, side)]])


def _told(words: Words, one: Announcement) -> Markup:
    when = words.date(words.local(one.starts_at or one.created_at).date())
    head = Markup("\n{} <b>{}</b>\n").format("🎁" if one.kind is Kind.OFFERS else "📣", when)
    text = body(words, one)
    seen = text.striptags()
    return head + (text if len(seen) <= SHOWN else Markup.escape(seen[: SHOWN - 1].rstrip() + "…"))
