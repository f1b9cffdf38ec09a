"""The report of a day or a week that comes by itself, with its picture."""

import asyncio
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.admin.parts import lines
from bot.admin.stats import screens
from bot.admin.stats.pictures import chart
from bot.i18n import Words
from bot.screen import Screen
from core.figures.spans import Unit
from core.services import Core


async def report(core: Core, due: Any, words: Words, now: datetime) -> Screen:
    first, last = (date.fromordinal(int(due.facts[name])) for name in ("first", "last"))
    span = core.platform.span(first=first, last=last, now=now)
    look = await core.platform.look(span=span, now=now)
    drawn = await asyncio.to_thread(chart, look, words)
    title = words("🗞 <b>The day</b>") if span.unit is Unit.DAY else words("🗞 <b>The week</b>")
    screen = screens.overview(look, words, photo=drawn)
    return replace(screen, text=lines(title, screen.text))


LETTERS = {"report": report}
