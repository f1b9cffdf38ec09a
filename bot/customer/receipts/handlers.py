"""The lists, and a paper sent as a document above the list it was asked for on."""

import asyncio
from dataclasses import replace

from bot.conversation import Talk
from bot.customer.receipts import screens
from bot.i18n import Words
from bot.screen import File, Screen
from core.receipts.service import Paper


async def command(talk: Talk) -> Screen:
    return await months(talk, 0)


async def months(talk: Talk, page: int) -> Screen:
    return await _months(talk, page, screens.FROM_ME)


async def months_of_orders(talk: Talk, page: int) -> Screen:
    """The same, reached from my orders."""
    return await _months(talk, page, screens.FROM_ORDERS)


async def _months(talk: Talk, page: int, way: screens.Way) -> Screen:
    talk.rest()
    found = await talk.core.receipts.months(customer_id=talk.person.id)
    moves = [moved for month in found for moved in month.moves]
    orders = await talk.core.receipts.names(moves=moves)
    return screens.months(found, orders, page, way, talk.words)


async def open_(talk: Talk, transaction_id: int, page: int) -> Screen:
    paper = await _paper(talk, transaction_id)
    return replace(await months(talk, page), files=(paper,))


async def open_from_orders(talk: Talk, transaction_id: int, page: int) -> Screen:
    paper = await _paper(talk, transaction_id)
    return replace(await months_of_orders(talk, page), files=(paper,))


async def of_order(talk: Talk, order_id: int) -> Screen:
    talk.rest()
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    moves = await talk.core.receipts.of_order(order_id=order_id, customer_id=talk.person.id)
    return screens.of_order(view.order, moves, talk.words)


async def open_of_order(talk: Talk, order_id: int, transaction_id: int) -> Screen:
    paper = await _paper(talk, transaction_id)
    return replace(await of_order(talk, order_id), files=(paper,))


async def _paper(talk: Talk, transaction_id: int) -> File:
    paper = await talk.core.receipts.open(
        transaction_id=transaction_id, customer_id=talk.person.id, now=talk.now
    )
    return await asyncio.to_thread(_pdf, paper, talk.words)


def _pdf(paper: Paper, words: Words) -> File:
    """What makes PDFs takes fifteen megabytes and a moment, so it is read on the first paper's own thread."""
    from bot.adapters.receipt_pdf import receipt_file

    return receipt_file(paper, words)
