"""Reporting a review to the staff: a reason, a few words if wanted, sent with a tap."""

from bot.conversation import Talk
from bot.provider.parts import saying
from bot.provider.reviews import report_screens as screens
from bot.provider.reviews.handlers import opened, review, way_of
from bot.screen import Screen
from core.errors import AlreadyDone
from core.reviews.model import Reason
from core.reviews.reporting import LONGEST

STEP = "review.report"


async def ask(talk: Talk, review_id: int, which: str, page: int) -> Screen:
    one = await opened(talk, review_id)
    talk.rest()
    if not one.reportable:
        talk.toast(screens.closed(one, talk.words), alert=True)
        return await review(talk, review_id, which, page)
    return screens.reasons(one, (which, page), talk.words)


async def why(talk: Talk, review_id: int, reason: str, which: str, page: int) -> Screen:
    """The reason was tapped; words may be added."""
    one = await opened(talk, review_id)
    if not one.reportable or reason not in list(Reason):
        return await ask(talk, review_id, which, page)
    talk.expect(STEP, review=review_id, reason=reason, way=[which, page])
    return screens.confirm(one, Reason(reason), "", (which, page), talk.words)


async def said(talk: Talk) -> Screen:
    """Words beside the reason; typing again begins anew."""
    one = await opened(talk, int(talk.memory.get("review", 0)))
    reason, words = Reason(talk.memory["reason"]), talk.incoming.text.strip()
    before = str(talk.memory.get("words") or "")
    fits = 0 < len(words) <= LONGEST
    kept = words if fits else before
    way = way_of(talk)
    talk.expect(STEP, review=one.review.id, reason=reason, words=kept, way=list(way))
    screen = screens.confirm(one, reason, kept, way, talk.words)
    return screen if fits else saying(screen, screens.only_words(talk.words, LONGEST))


async def tell(talk: Talk, review_id: int, reason: str, which: str, page: int) -> Screen:
    mine = talk.step == STEP and talk.memory.get("review") == review_id
    words = str(talk.memory.get("words") or "") if mine else ""
    if reason not in list(Reason) or (reason == Reason.OTHER and not words):
        return await why(talk, review_id, reason, which, page)
    try:
        await talk.core.reporting.report(
            person_id=talk.person.id, review_id=review_id, reason=Reason(reason), words=words,
            now=talk.now,
        )  # fmt: skip
    except AlreadyDone:
        return await ask(talk, review_id, which, page)
    talk.toast(talk.words.plain("Our staff are told. You'll hear from us."))
    return await review(talk, review_id, which, page)
