"""A proposal that is with the customer: taken back, and questions about it answered."""

from bot.conversation import Talk
from bot.provider.extras.handlers import editing, shown
from bot.provider.extras.waiting import asking
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.provider.parts import saying
from bot.screen import Screen
from core.extras.proposals import Proposal


async def _mine(talk: Talk, extra_id: int) -> Proposal:
    return await talk.core.extras.for_provider(extra_id=extra_id, person_id=talk.person.id)


async def withdraw(talk: Talk, extra_id: int) -> Screen | None:
    """Back to the draft, to be changed and sent anew."""
    one = await _mine(talk, extra_id)
    return await _withdraw(talk, one.order.id, extra_id)


@editing
async def _withdraw(talk: Talk, order_id: int, extra_id: int) -> Screen:
    await talk.core.extras.withdraw(extra_id=extra_id, person_id=talk.person.id, now=talk.now)
    talk.toast(talk.words.plain("Taken back. Change it, and send it again."))
    return await shown(talk, order_id)


async def ask_reply(talk: Talk, extra_id: int) -> Screen:
    one = await _mine(talk, extra_id)
    if not one.open(now=talk.now):
        talk.toast(talk.words.plain("This proposal is no longer open."), alert=True)
        return await present(talk, one.order.id)
    talk.expect("extra.reply", extra_id=extra_id)
    return asking(one, talk.words)


async def reply_said(talk: Talk) -> Screen | None:
    extra_id = int(talk.memory.get("extra_id", 0))
    one = await _mine(talk, extra_id)
    if not talk.incoming.text.strip():
        return saying(asking(one, talk.words), talk.words("Please answer in words."))
    return await _reply(talk, one.order.id, extra_id)


@up_to_date
async def _reply(talk: Talk, order_id: int, extra_id: int) -> Screen:
    await talk.core.extras.answer(
        extra_id=extra_id, person_id=talk.person.id, text=talk.incoming.text, now=talk.now
    )
    return saying(await shown(talk, order_id), talk.words("Your answer is with the customer."))
