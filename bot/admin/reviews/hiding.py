"""Hidden reviews listed and shown again; any review taken down with a reason. Both ask again."""

from bot.admin.parts import me
from bot.admin.reviews import hiding_screens as screens
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import AlreadyDone
from core.reviews.hiding import Seen

OWN_WORDS = 99


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    every = await talk.core.hiding.hidden()
    at = screens.part(every, number)
    seen = [await _look(talk, review.order_id) for review in at.items]
    return screens.hidden(talk.words, seen, at, len(every), now=talk.now)


async def _look(talk: Talk, order_id: int) -> Seen:
    return await talk.core.hiding.look(order_id=order_id)


async def show(talk: Talk, order_id: int) -> Screen:
    talk.rest()
    return screens.one(talk.words, await _look(talk, order_id))


async def why(talk: Talk, order_id: int) -> Screen:
    """One screen for both: a review that is shown is taken down, one that is not is shown again."""
    seen = await _look(talk, order_id)
    talk.expect("review_why", order=order_id)
    return screens.why(talk.words, seen)


async def said(talk: Talk) -> Screen:
    order_id, reason = int(talk.memory["order"]), " ".join(talk.incoming.text.split())[:200]
    if not reason:
        return await why(talk, order_id)
    talk.expect("review_why", order=order_id, reason=reason)
    hide = not (await _look(talk, order_id)).review.hidden
    return await sure(talk, order_id, int(hide), OWN_WORDS)


async def sure(talk: Talk, order_id: int, hide: int, number: int) -> Screen:
    reason = _reason(talk, order_id, hide, number)
    if not reason:
        return await why(talk, order_id)
    return screens.sure(talk.words, await _look(talk, order_id), hide, number, reason)


async def done(talk: Talk, order_id: int, hide: int, number: int) -> Screen:
    reason = _reason(talk, order_id, hide, number)
    if not reason:
        return await why(talk, order_id)
    turn = talk.core.hiding.hide if hide else talk.core.hiding.restore
    try:
        await turn(order_id=order_id, member=await me(talk), reason=reason, now=talk.now)
        talk.toast(talk.words.plain("Done."))
    except AlreadyDone:
        said = talk.words.plain("A colleague did it a moment ago. Please look again.")
        talk.toast(said, alert=True)
    return await show(talk, order_id)


def _reason(talk: Talk, order_id: int, hide: int, number: int) -> str:
    usual = screens.USUAL[bool(hide)]
    if 0 <= number < len(usual):
        return usual[number]
    mine = talk.memory.get("order") == order_id
    return str(talk.memory.get("reason") or "") if mine else ""
