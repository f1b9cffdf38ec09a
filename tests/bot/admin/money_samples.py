"""Every screen of statements and what differs from the book, with names meant to break them."""

from datetime import datetime
from typing import Any

from bot.admin.money import screens
from bot.admin.money.deciding import DIFFERENCES, rows
from bot.i18n import Words
from bot.screen import Button, File, Screen, press
from core.reconciling.model import Compared, Difference
from core.taking.model import Taking

BIG = 9_000_000_000_000_000_000


def money_screens(words: Words, name: str, now: datetime, taking: Taking) -> list[Screen]:
    found = [
        Difference(
            id=BIG - n, key=str(n), method="stripe", day=now.date(), kind=kind, why=why,
            reference=name, number=name, stated=7700, booked=n * 100, currency="CNY", other="USD",
            open=n % 3 > 0, ended_by=n % 2 or None, reason=name, found_at=now,
        )
        for n, (kind, why) in enumerate(screens.SAYS)
    ]  # fmt: skip
    days = [
        Compared(id=n, method=code, day=now.date(), lines=500, differing=bad, at=now)
        for n, (code, bad) in enumerate((("stripe", 0), ("card", 12)))
    ]
    shown = screens.money(words, days, found, 1, decides=True, by_file=True)
    about = Button(words.plain("📦 The order"), press("on", BIG))
    ways: list[Any] = [way.head(words, found[0]) for way in DIFFERENCES.ways]
    return [
        shown, screens.morning(words, shown, now), screens.days(words, days),
        screens.money(words, [], [], 0, decides=False, by_file=False), screens.days(words, []),
        *(Screen(screens.difference(words, one, name, taking), rows(words, one, about, taking, {"b": True, "g": True}))
          for one in found),
        *(Screen(head) for head in ways), screens.ask_file(words, ["stripe"], wrong=name),
        screens.taken(words, days), screens.table(words, File("x")),
    ]  # fmt: skip
