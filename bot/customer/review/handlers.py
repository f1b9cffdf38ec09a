"""Stars, words and pictures until it is published; what is given so far is in the talk's memory."""

from typing import Any

from bot.album import same_album
from bot.conversation import Talk
from bot.customer.orders.handlers import refused
from bot.customer.orders.shown import order_screen
from bot.customer.review import screens
from bot.screen import Screen
from core.errors import DomainError
from core.orders.service import OrderView
from core.reviews.service import LONGEST, MOST_FILES, REVIEWABLE, Scores

KINDS = ("photo", "video")


async def _mine(talk: Talk, order_id: int) -> OrderView:
    return await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)


def _draft(talk: Talk, order_id: int) -> dict[str, Any]:
    """What was given so far for this order; another order begins anew."""
    if talk.step == "review" and talk.memory.get("order") == order_id:
        return {name: talk.memory.get(name) for name in ("scores", "text", "files")}
    return {"scores": {}, "text": "", "files": []}


async def _form(talk: Talk, view: OrderView, draft: dict[str, Any], album: str = "") -> Screen:
    talk.expect("review", order=view.order.id, album=album, **draft)
    return screens.form(view, draft, talk.words)


async def review(talk: Talk, order_id: int) -> Screen:
    """The form, or what was published."""
    view = await _mine(talk, order_id)
    known = await talk.core.reviews.of_order(order_id=order_id)
    if known is not None:
        talk.rest()
        editable = talk.core.reviews.editable(review=known, now=talk.now)
        return screens.shown(view, known, editable, talk.words)
    if view.order.state not in REVIEWABLE:
        return order_screen(talk.core, view, talk.words, talk.now)
    return await _form(talk, view, _draft(talk, order_id))


async def edit(talk: Talk, order_id: int) -> Screen:
    view = await _mine(talk, order_id)
    known = await talk.core.reviews.of_order(order_id=order_id)
    if known is None or not talk.core.reviews.editable(review=known, now=talk.now):
        return await review(talk, order_id)
    scores = {name: getattr(known, name) for name in screens.DIMENSIONS}
    draft = {"scores": scores, "text": known.text, "files": list(known.files)}
    return await _form(talk, view, draft)


async def star(talk: Talk, order_id: int, dimension: str, score: int) -> Screen:
    view, draft = await _mine(talk, order_id), _draft(talk, order_id)
    if view.order.state not in REVIEWABLE or (view.order.reviewed and talk.step != "review"):
        return await review(talk, order_id)
    if dimension in screens.DIMENSIONS and 1 <= score <= 5:
        draft["scores"] = draft["scores"] | {dimension: score}
    return await _form(talk, view, draft)


async def said(talk: Talk) -> Screen | None:
    """Words replace the text, pictures are added; an album is one answer."""
    view = await _mine(talk, int(talk.memory.get("order", 0)))
    draft = _draft(talk, view.order.id)
    together = same_album(talk)
    room = MOST_FILES - len(draft["files"])
    sent = [a for a in talk.incoming.attachments if a.kind in KINDS]
    kept = [(await talk.store(a)).file_id for a in sent[:room]]
    draft["files"] = [*draft["files"], *kept]
    draft["text"] = talk.incoming.text.strip()[:LONGEST] or draft["text"]
    return await together(await _form(talk, view, draft, talk.incoming.album))


async def publish(talk: Talk, order_id: int) -> Screen:
    """Publishes; a repeated tap shows what the first one did."""
    draft = _draft(talk, order_id)
    if len(draft["scores"]) < len(screens.DIMENSIONS):
        return await review(talk, order_id)
    try:
        await talk.core.reviews.write(
            order_id=order_id, customer_id=talk.person.id, scores=Scores(**draft["scores"]),
            text=draft["text"], files=draft["files"], now=talk.now,
        )  # fmt: skip
    except DomainError as error:
        return await refused(talk, order_id, error)
    talk.rest()
    talk.toast(talk.words.plain("Thank you! Your review is published."))
    return await review(talk, order_id)
