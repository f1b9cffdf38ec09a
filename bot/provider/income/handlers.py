"""Income as the book has it."""

from bot.conversation import Talk
from bot.provider.income import screens
from bot.screen import Screen

PER_PAGE = 3


async def command(talk: Talk) -> Screen:
    return await money(talk)


async def money(talk: Talk) -> Screen:
    talk.rest()
    balances = await talk.core.income.balances(
        person_id=talk.person.id, currency=talk.words.currency
    )
    return screens.money(talk.words, balances)


async def income(talk: Talk, page: int) -> Screen:
    talk.rest()
    shown = await talk.core.income.page(person_id=talk.person.id, page=page, size=PER_PAGE)
    return screens.income(talk.words, shown)


async def detail(talk: Talk, order_id: int) -> Screen:
    line = await talk.core.income.of_order(person_id=talk.person.id, order_id=order_id)
    return screens.detail(talk.words, line)
