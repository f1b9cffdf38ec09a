"""Staff decide on reported reviews, once; who comes second is told by whom it was done."""

from bot.admin.parts import acting, files_of, me
from bot.admin.reviews import screens
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.errors import AlreadyDone
from core.ids import spell_order_number

KEPT, HIDDEN = mark("kept the review"), mark("hid the review")


async def reports(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    waiting = await talk.core.reporting.waiting()
    cases = [await talk.core.reporting.case(order_id=one.order_id) for one in waiting]
    return screens.reports(talk.words, cases, number, now=talk.now)


async def show(talk: Talk, order_id: int) -> Screen:
    case = await talk.core.reporting.case(order_id=order_id)
    return screens.card(talk.words, case, await talk.core.staff.members())


async def pictures(talk: Talk, order_id: int) -> Screen:
    case = await talk.core.reporting.case(order_id=order_id)
    return screens.pictures(talk.words, case, await files_of(talk.core, case.review.files))


async def keep(talk: Talk, order_id: int) -> Screen:
    return await _decide(talk, order_id, hide=False)


async def hide(talk: Talk, order_id: int) -> Screen:
    return await _decide(talk, order_id, hide=True)


async def _decide(talk: Talk, order_id: int, *, hide: bool) -> Screen:
    member = await me(talk)
    try:
        case = await talk.core.reporting.case(order_id=order_id)
        number = spell_order_number(case.view.order.number)
        async with acting(talk, "reviews.decide", subject=number, reason=HIDDEN if hide else KEPT):
            await talk.core.reporting.decide(
                order_id=order_id, hide=hide, by=member.telegram_id, now=talk.now
            )
    except AlreadyDone:
        case = await talk.core.reporting.case(order_id=order_id)
        by = screens.decider(case, await talk.core.staff.members())
        talk.toast(screens.decided_already(talk.words, case, by), alert=True)
        return await show(talk, order_id)
    talk.toast(talk.words.plain("Done."))
    return await show(talk, order_id)
