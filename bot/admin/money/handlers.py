"""The list of what differs, the days, a statement by file, yesterday's asked for once more."""

import asyncio
from datetime import date
from itertools import groupby

from bot.admin.money import screens
from bot.admin.money.files import LARGEST, differences_file, read_statement
from bot.admin.parts import acting, me
from bot.conversation import Talk
from bot.errors import sentence
from bot.screen import Screen
from core.errors import Invalid
from core.payments.method import NoAnswer
from core.permissions import may
from core.reconciling.model import Line

ACT = "money.decide"


async def money(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    waiting, days = await talk.core.reconciling.waiting(), await talk.core.reconciling.days()
    decides = may(role=(await me(talk)).role, action=ACT)
    return screens.money(
        talk.words, days, waiting, number, decides=decides, by_file=bool(_codes(talk))
    )


def _codes(talk: Talk) -> list[str]:
    return list(talk.core.payments.online)


async def days(talk: Talk) -> Screen:
    return screens.days(talk.words, await talk.core.reconciling.days())


async def table(talk: Talk) -> Screen:
    found = await talk.core.reconciling.found()
    return screens.table(talk.words, await asyncio.to_thread(differences_file, found, talk.words))


async def compare_now(talk: Talk) -> Screen:
    """Whatever the gateways have by now; compared twice, it is as it was."""
    day = talk.core.daily_money.yesterday(now=talk.now)
    try:
        for code in _codes(talk):
            await talk.core.daily_money.ask(method=code, day=day, now=talk.now)
    except NoAnswer:
        talk.toast(
            talk.words.plain("The gateway doesn't answer. Please try again later."), alert=True
        )
    return await page(talk, 0)


async def ask_file(talk: Talk) -> Screen:
    talk.expect("money_file")
    return screens.ask_file(talk.words, _codes(talk))


def _day(line: Line) -> date:
    return line.day


async def file_came(talk: Talk) -> Screen:
    """One statement, whose name says of whom it is; each day in it is compared by itself."""
    sent = talk.incoming.attachments
    code = next((one for one in _codes(talk) if sent and sent[0].name.lower().startswith(one)), "")
    if not code or sent[0].size > LARGEST:
        hint = talk.words.plain("Please send a CSV file whose name begins with the way of paying.")
        return screens.ask_file(
            talk.words, _codes(talk), wrong=hint if talk.incoming.text or sent else ""
        )
    content = await talk.messenger.download(sent[0].telegram_id)
    try:
        lines = await asyncio.to_thread(read_statement, content, talk.words.zone)
    except Invalid as wrong:
        return screens.ask_file(talk.words, _codes(talk), wrong=sentence(wrong, talk.words))
    compared = []
    async with acting(talk, ACT, subject=code, reason=sent[0].name[:100]):
        for day, ofday in groupby(sorted(lines, key=_day), key=_day):
            outcome = await talk.core.reconciling.compare(
                method=code, day=day, lines=list(ofday), now=talk.now
            )
            compared.append(outcome.compared)
    talk.rest()
    return screens.taken(talk.words, compared)
