"""Reporting a review to the staff: a reason, a few words if wanted, sent with a tap."""

from bot.conversation import Talk
from bot.provider.parts import saying
from bot.provider.reviews import report_screens as screens
from bot.provider.reviews.handlers import opened, review
from bot.screen import Screen
from core.errors import AlreadyDone
from core.reviews.model import Reason
from core.reviews.received import Received, Which
from core.reviews.reporting import LONGEST

STEP = "review.report"


async def ask(talk: Talk, review_id: int) -> Screen:
    one = await opened(talk, review_id)
    talk.rest()
    if not one.reportable:
        return await _as_it_is(talk, one)
    return screens.reasons(one, talk.words)


async def _as_it_is(talk: Talk, one: Received) -> Screen:
    talk.toast(screens.closed(one, talk.words), alert=True)
    return await review(talk, one.review.id, Which.ALL, 0)


async def why(talk: Talk, review_id: int, reason: str) -> Screen:
    """The reason was tapped; words may be added."""
    one = await opened(talk, review_id)
    if not one.reportable or reason not in list(Reason):
        return await ask(talk, review_id)
    talk.expect(STEP, review=review_id, reason=reason)
    return screens.confirm(one, Reason(reason), "", talk.words)


async def said(talk: Talk) -> Screen:
    """Words beside the reason; typing again begins anew."""
    one = await opened(talk, int(talk.memory.get("review", 0)))
    reason, words = Reason(talk.memory["reason"]), talk.incoming.text.strip()
    before = str(talk.memory.get("words") or "")
    kept = words if 0 < len(words) <= LONGEST else before
    talk.expect(STEP, review=one.review.id, reason=reason, words=kept)
    screen = screens.confirm(one, reason, kept, talk.words)
    return screen if kept == words else saying(screen, screens.only_words(talk.words, LONGEST))


async def tell(talk: Talk, review_id: int, reason: str) -> Screen:
    mine = talk.step == STEP and talk.memory.get("review") == review_id
    words = str(talk.memory.get("words") or "") if mine else ""
    if reason not in list(Reason) or (reason == Reason.OTHER and not words):
        return await why(talk, review_id, reason)
    try:
        await talk.core.reporting.report(
            person_id=talk.person.id, review_id=review_id, reason=Reason(reason), words=words,
            now=talk.now,
        )  # fmt: skip
    except AlreadyDone:
        return await ask(talk, review_id)
    talk.toast(talk.words.plain("Our staff are told. You'll hear from us."))
    return await review(talk, review_id, Which.ALL, 0)
