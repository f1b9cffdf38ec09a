"""What customer and provider wrote to each other about an order: the staff's evidence, page by page."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.orders.whole import Whole, whole
from bot.admin.parts import back, dotted, files_of, lines, short
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import File, Page, Screen, press
from core.ids import spell_order_number
from core.relay.model import Relayed, Sort

PAGE, QUOTE = 10, 350
SORTS = {
    Sort.TEXT: "", Sort.DETAILS: mark("👋 with one tap"), Sort.PHOTO: mark("📷 photo"),
    Sort.VOICE: mark("🎤 voice message"),
    Sort.VIDEO: mark("🎬 video"), Sort.PLACE: mark("📍 place"),
}  # fmt: skip


async def show(talk: Talk, order_id: int, number: int) -> Screen:
    """The files of the page come before it."""
    said = await talk.core.relay.evidence(order_id=order_id)
    page = Page.of(said, number, PAGE)
    files = await files_of(talk.core, [one.file_id for one in page.items])
    order = await whole(talk.core, order_id=order_id, now=talk.now)
    return conversation(talk.words, order, page, files, now=talk.now)


def conversation(
    words: Words, order: Whole, page: Page, files: Sequence[File], *, now: datetime
) -> Screen:
    told = [said(words, order, one, now=now) for one in page.items]
    text = lines(
        words("💬 <b>Conversation</b> · <code>{number}</code>",
              number=spell_order_number(order.order.number)),
        words("Customer: <b>{name}</b>", name=order.view.customer.name), Markup(""),
        *(told or [words("Nothing was written.")]),
    )  # fmt: skip
    turns = page.turns("orlp", order.order.id)
    return Screen(text, [*turns, back(words, press("ov", order.order.id))], files=tuple(files))


def said(words: Words, order: Whole, one: Relayed, *, now: datetime) -> Markup:
    """Who, when, what; what was hidden, corrected or not delivered."""
    customer = words.plain("Customer")
    who = customer if one.from_customer else order.names.get(one.provider_id, "")
    text = short(names.relayed(one, words), QUOTE)
    if one.lat is not None:
        text = f"{one.lat:.5f}, {one.lon:.5f} {text}".strip()
    return dotted(
        words.moment(one.at, now=now), Markup("<b>{}</b>").format(who),
        words.plain(SORTS[one.sort]) if SORTS[one.sort] else None,
        words.plain("(removed)") if one.erased else text,
        words("🙈 contact data hidden") if one.hidden else None,
        words("✏️ before: “{text}”", text=one.former[-1][:200]) if one.former else None,
        words("⚠️ not delivered") if one.lost else None,
    )  # fmt: skip
