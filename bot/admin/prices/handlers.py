"""The list of prices to decide on."""

from bot.admin.prices import screens
from bot.conversation import Talk
from bot.screen import Screen
from core.taking.model import Matter


async def prices(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting = await talk.core.price_desk.waiting()
    taken = await talk.core.takings.among(
        matter=Matter.PRICE, subjects=[one.request.id for one in waiting]
    )
    return screens.prices(talk.words, waiting, taken, number, now=talk.now)
