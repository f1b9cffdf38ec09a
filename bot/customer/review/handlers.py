"""Stars, words, photos and videos until it is published; an album is one answer."""

from dataclasses import replace

from bot.album import same_album
from bot.conversation import Attachment, Talk
from bot.customer.orders.shown import order_screen, refused
from bot.customer.review import screens
from bot.customer.review.opinion import DIMENSIONS, Opinion
from bot.errors import sentence
from bot.reviewed import album
from bot.screen import Page, Screen
from core.errors import DomainError, Invalid
from core.orders.service import OrderView
from core.reviews.service import LONGEST, MOST_FILES, reviewable


async def _mine(talk: Talk, order_id: int) -> OrderView:
    return await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)


async def _form(
    talk: Talk, view: OrderView, opinion: Opinion, *, album: str = "", wrong: str = ""
) -> Screen:
    opinion.remember(talk, view.order.id, album=album, wrong=wrong)
    files = await talk.core.reviews.files(ids=opinion.files)
    return screens.form(view, opinion, files, wrong, talk.words)


async def review(talk: Talk, order_id: int) -> Screen:
    """The form, or what was published."""
    view = await _mine(talk, order_id)
    if await talk.core.reviews.of_order(order_id=order_id) is not None:
        talk.rest()
        return await _shown(talk, view)
    if not reviewable(view.order):
        return order_screen(talk.core, view, talk.words, talk.now)
    return await _form(talk, view, Opinion.of(talk, order_id))


async def _shown(talk: Talk, view: OrderView) -> Screen:
    known = await talk.core.reviews.of_order(order_id=view.order.id)
    if known is None:
        return order_screen(talk.core, view, talk.words, talk.now)
    files = await talk.core.reviews.files(ids=known.files)
    until = talk.core.reviews.editable_until(review=known)
    editable = talk.core.reviews.editable(review=known, now=talk.now)
    return screens.shown(view, known, files, until if editable else None, talk.now, talk.words)


async def edit(talk: Talk, order_id: int) -> Screen:
    view = await _mine(talk, order_id)
    known = await talk.core.reviews.of_order(order_id=order_id)
    if known is None:
        return await review(talk, order_id)
    if not talk.core.reviews.editable(review=known, now=talk.now):
        talk.toast(screens.settled(talk.words), alert=True)
        return await review(talk, order_id)
    return await _form(talk, view, Opinion.changing(known))


async def _open(talk: Talk, order_id: int) -> tuple[OrderView, Opinion] | None:
    """The form a button belongs to, unless it was published or the order is not (or no longer) to be reviewed."""
    view = await _mine(talk, order_id)
    changing = talk.step == "review" and talk.memory.get("order") == order_id
    if not reviewable(view.order) or (view.order.reviewed and not changing):
        return None
    return view, Opinion.of(talk, order_id)


async def star(talk: Talk, order_id: int, dimension: str, score: int) -> Screen:
    found = await _open(talk, order_id)
    if found is None:
        return await review(talk, order_id)
    view, opinion = found
    if dimension in DIMENSIONS and 1 <= score <= 5:
        opinion.give(dimension, score)
    return await _form(talk, view, opinion, album=str(talk.memory.get("album", "")))


async def dimension(talk: Talk, order_id: int, name: str) -> Screen:
    """Stars that were given are given anew."""
    found = await _open(talk, order_id)
    if found is None:
        return await review(talk, order_id)
    view, opinion = found
    opinion.asked = name if name in DIMENSIONS else opinion.asked
    return await _form(talk, view, opinion)


async def form(talk: Talk, order_id: int) -> Screen:
    """Back to what was given so far."""
    found = await _open(talk, order_id)
    return await (_form(talk, *found) if found else review(talk, order_id))


async def pictures(talk: Talk, order_id: int, page: int) -> Screen:
    """One picture or film at a time, each to be taken out; the form once none is left."""
    found = await _open(talk, order_id)
    if found is None:
        return await review(talk, order_id)
    view, opinion = found
    files = await talk.core.reviews.files(ids=opinion.files)
    if not files:
        return await form(talk, order_id)
    return screens.pictures(view.order, Page.of(files, page, size=1), talk.words)


async def drop(talk: Talk, order_id: int, picture: int) -> Screen:
    """The one that was shown; the next one takes its place."""
    found = await _open(talk, order_id)
    if found is None or picture not in found[1].files:
        return await pictures(talk, order_id, 0)
    view, opinion = found
    place = opinion.files.index(picture)
    opinion.files = [one for one in opinion.files if one != picture]
    opinion.remember(talk, view.order.id)
    return await pictures(talk, order_id, place)


async def clear(talk: Talk, order_id: int) -> Screen:
    """Photos and videos begin anew."""
    found = await _open(talk, order_id)
    if found is None:
        return await review(talk, order_id)
    view, opinion = found
    await talk.core.reviews.take_out(customer_id=talk.person.id, files=opinion.files, now=talk.now)
    opinion.files = []
    return await _form(talk, view, opinion)


async def said(talk: Talk) -> Screen | None:
    """Words replace the text, photos and videos are added; what can't be kept is said, and loses nothing else."""
    view = await _mine(talk, int(talk.memory.get("order", 0)))
    opinion = Opinion.of(talk, view.order.id)
    together = same_album(talk)
    album = talk.incoming.album
    before = (
        str(talk.memory.get("wrong", "")) if album and album == talk.memory.get("album") else ""
    )
    wrong = await _keep(talk, opinion) or before
    opinion.text = talk.incoming.text.strip()[:LONGEST] or opinion.text
    return await together(await _form(talk, view, opinion, album=album, wrong=wrong))


async def _keep(talk: Talk, opinion: Opinion) -> str:
    """Why something was not kept, if so."""
    sent = [one for one in talk.incoming.attachments if _shows(one)]
    if not sent:
        return "" if talk.incoming.text.strip() else screens.neither(talk.words)
    before, wrong = len(opinion.files), ""
    try:
        for one in sent:
            if opinion.room <= 0:  # not worth a download
                raise Invalid("photos", "too_many", {"most": MOST_FILES})
            opinion.files = [*opinion.files, (await talk.store(one)).file_id]
    except Invalid as error:
        wrong = sentence(error, talk.words)
    came = opinion.files[before:]
    await talk.core.reviews.came(customer_id=talk.person.id, files=came, now=talk.now)
    return wrong


def _shows(one: Attachment) -> bool:
    """A photo or a video, or one that was sent as a file to keep its size."""
    seen = one.kind in ("photo", "video", "animation", "video_note")
    return seen or (one.kind == "document" and one.mime.startswith(("image/", "video/")))


async def see(talk: Talk, order_id: int) -> Screen:
    """The published photos and videos, and the review below them."""
    screen = await review(talk, order_id)
    known = await talk.core.reviews.of_order(order_id=order_id)
    if known is None:
        return screen
    files = await talk.core.reviews.files(ids=known.files)
    return replace(screen, files=album(files))


async def publish(talk: Talk, order_id: int) -> Screen:
    """Publishes; a repeated tap shows what the first one did."""
    opinion = Opinion.of(talk, order_id)
    if not opinion.whole:
        return await review(talk, order_id)
    known = await talk.core.reviews.of_order(order_id=order_id)
    if known is not None and not talk.core.reviews.editable(review=known, now=talk.now):
        return await edit(talk, order_id)
    try:
        await talk.core.reviews.write(
            order_id=order_id, customer_id=talk.person.id, scores=opinion.given(), text=opinion.text,
            files=opinion.files, now=talk.now,
        )  # fmt: skip
    except DomainError as error:
        return await refused(talk, order_id, error)
    talk.rest()
    talk.toast(talk.words.plain("Thank you! Your review is published."))
    return await review(talk, order_id)
