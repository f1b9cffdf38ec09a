"""The one answer to a review: typed, shown back as everybody will read it, published."""

from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.parts import saying
from bot.provider.reviews import answer_screens as screens
from bot.provider.reviews.handlers import opened, review, way_of
from bot.provider.reviews.screens import Way
from bot.screen import Screen
from core.errors import AlreadyDone, Invalid
from core.reviews.received import Received

STEP = "review.answer"


async def ask(talk: Talk, review_id: int, which: str, page: int) -> Screen:
    return await _ask(talk, await opened(talk, review_id), (which, page))


async def _ask(talk: Talk, one: Received, way: Way) -> Screen:
    if not one.answerable:
        return await _as_it_is(talk, one, way)
    talk.expect(STEP, review=one.review.id, way=list(way))
    most = talk.core.rules.number("review_reply_letters")
    return screens.ask(one, most, way, talk.words)


async def _as_it_is(talk: Talk, one: Received, way: Way) -> Screen:
    """There is an answer already, or nobody who could read one."""
    talk.toast(screens.closed(one, talk.words), alert=True)
    return await review(talk, one.review.id, *way)


async def said(talk: Talk) -> Screen:
    """Shown back; typing again begins anew."""
    one = await opened(talk, int(talk.memory.get("review", 0)))
    way, typed = way_of(talk), talk.incoming.text.strip()
    try:
        text = talk.core.answering.worded(text=typed)
    except Invalid as error:
        return saying(await _ask(talk, one, way), sentence(error, talk.words))
    if not one.answerable:
        return await _as_it_is(talk, one, way)
    talk.expect(STEP, review=one.review.id, way=list(way), text=text)
    return screens.preview(one, text, text != typed, way, talk.words)


async def publish(talk: Talk, review_id: int, which: str, page: int) -> Screen:
    """A second tap shows what the first one did; where the words are forgotten they are asked for again."""
    mine = talk.step == STEP and talk.memory.get("review") == review_id
    text = str(talk.memory.get("text") or "") if mine else ""
    if not text:
        return await ask(talk, review_id, which, page)
    try:
        await talk.core.answering.answer(
            person_id=talk.person.id, review_id=review_id, text=text, now=talk.now
        )
    except AlreadyDone:
        return await ask(talk, review_id, which, page)
    talk.toast(talk.words.plain("Published. The customer is told."))
    return await review(talk, review_id, which, page)
