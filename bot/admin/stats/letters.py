"""The report of a day or a week that comes by itself, with its picture."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from markupsafe import Markup

from bot.admin.parts import lines
from bot.admin.stats import screens
from bot.admin.stats.pictures import chart
from bot.i18n import Words
from bot.screen import Screen
from core.figures.spans import Span, Unit
from core.services import Core


async def report(core: Core, due: Any, words: Words, now: datetime) -> Screen:
    first, last = (date.fromordinal(int(due.facts[name])) for name in ("first", "last"))
    span = core.platform.span(first=first, last=last, now=now)
    look = await core.platform.look(span=span, now=now)
    drawn = await asyncio.to_thread(chart, look, words)
    title = words("🗞 <b>The day</b>") if span.unit is Unit.DAY else words("🗞 <b>The week</b>")
    screen = screens.overview(look, words, photo=drawn)
    return replace(screen, text=lines(title, screen.text, await _alerts(core, span, words)))


async def _alerts(core: Core, span: Span, words: Words) -> Markup:
    """What was raised in these days, and what still waits for the staff."""
    first, end = (
        datetime.combine(day, time(), words.zone) for day in (span.first, span.end)
    )  # fmt: skip
    found = await core.alerts.found(first=first, end=end)
    return words(
        "🚨 Alerts <b>{n}</b>, now open {open}", n=words.number(sum(found.values())),
        open=words.number((await core.alerts.counts()).total()),
    )  # fmt: skip


LETTERS = {"report": report}
