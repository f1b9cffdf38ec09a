"""Answers an offer; whoever comes too late sees how things stand."""

from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.jobs.present import present
from bot.screen import Screen
from core.errors import DomainError


async def show(talk: Talk, order_id: int) -> Screen:
    return await present(talk, order_id)


async def accept(talk: Talk, order_id: int) -> Screen:
    try:
        await talk.core.jobs.accept(order_id=order_id, person_id=talk.person.id, now=talk.now)
        talk.toast(talk.words.plain("It's yours. Thank you!"))
    except DomainError as error:
        talk.toast(sentence(error, talk.words), alert=True)
    return await present(talk, order_id)


async def decline(talk: Talk, order_id: int) -> Screen:
    try:
        await talk.core.jobs.decline(order_id=order_id, person_id=talk.person.id, now=talk.now)
        talk.toast(talk.words.plain("Declined. We'll ask somebody else."))
    except DomainError as error:
        talk.toast(sentence(error, talk.words), alert=True)
    return await present(talk, order_id)
