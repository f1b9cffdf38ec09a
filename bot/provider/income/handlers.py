"""Income as the book has it."""

import asyncio
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date

from bot.conversation import Talk
from bot.provider.income import screens
from bot.provider.income.statement import statement_file
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


async def months(talk: Talk, page: int) -> Screen:
    talk.rest()
    found = await talk.core.statements.months(person_id=talk.person.id, now=talk.now)
    return screens.months(talk.words, found, page)


async def statement(talk: Talk, month: int, page: int) -> Screen:
    """The file above the list it was asked for on; `month` counts from the year 0."""
    year, number = divmod(month, 12)
    if not MINYEAR <= year < MAXYEAR:
        return await months(talk, page)
    paper = await talk.core.statements.of_month(
        person_id=talk.person.id, month=date(year, number + 1, 1)
    )
    file = await asyncio.to_thread(statement_file, paper, talk.words)
    return replace(await months(talk, page), files=(file,))


async def detail(talk: Talk, order_id: int) -> Screen:
    line = await talk.core.income.of_order(person_id=talk.person.id, order_id=order_id)
    return screens.detail(talk.words, line)
