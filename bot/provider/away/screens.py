"""How time off is chosen, and what can become of the visits in it. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.schedule.coded import coded
from bot.screen import Button, Screen, grid, press
from core.availability.slots import DAY, QUARTER
from core.orders.model import Order
from core.people.absence import Care
from core.people.amending import Amendment, Stretch

ALREADY = "now"
NOON, AFTERNOON_ENDS = 12 * 60, 18 * 60
_MOST = 6


def choose(words: Words, *, now: datetime) -> Screen:
    text = lines(
        words("🤒 <b>Can't work? For how long?</b>"),
        words("Customers can't book that time. If you have visits then, I ask what to do."), GAP,
        words("💬 Or type it: tomorrow 2 to 4pm, Wed off"),
    )  # fmt: skip
    buttons = [
        Button(words.plain(label), press("awayat", coded(Amendment(off=(stretch,)))))
        for label, stretch in _stretches(words, now)
    ]
    buttons.append(Button(words.plain("📅 Other days"), press("off", 0)))
    return Screen(text, [*grid(buttons), [back(words, press("sched")), *home_row(words)]])


def _stretches(words: Words, now: datetime) -> list[tuple[str, Stretch]]:
    """What can be had with one tap."""
    local = words.local(now)
    today, tomorrow = local.date(), local.date() + timedelta(days=1)
    minute = (local.hour * 60 + local.minute) // QUARTER * QUARTER
    return [
        (mark("⏸ Next 2 hours"), Stretch(today, today, minute, min(minute + 120, DAY))),
        (mark("🌴 Rest of today"), Stretch(today, today, minute, DAY)),
        (mark("🌅 Tomorrow morning"), Stretch(tomorrow, tomorrow, 0, NOON)),
        (mark("🌇 Tomorrow afternoon"), Stretch(tomorrow, tomorrow, NOON, AFTERNOON_ENDS)),
        (mark("🌴 Tomorrow"), Stretch(tomorrow, tomorrow)),
        (mark("🌴 3 days from today"), Stretch(today, today + timedelta(days=2))),
        (mark("🌴 A week from today"), Stretch(today, today + timedelta(days=6))),
    ]


def cares(words: Words, code: str) -> list[list[Button]]:
    """What becomes of all the visits that were listed."""
    return [
        [Button(words.plain("🤝 Somebody else"), press("care", code, Care.PASS), style="primary"),
         Button(words.plain("🗓 Ask to move"), press("care", code, Care.MOVE))],
        [Button(words.plain("☝️ One by one"), press("missed", code)),
         Button(words.plain("✋ I still come"), press("care", code, Care.KEEP))],
    ]  # fmt: skip


def cared(words: Words, care: Care, count: int) -> Markup | None:
    if not count:
        return None
    if care is Care.PASS:
        return words.plural(
            "🤝 {n} visit goes to somebody else. The customer hears it now.",
            "🤝 {n} visits go to somebody else. The customers hear it now.", count,
        )  # fmt: skip
    if care is Care.MOVE:
        return words.plural(
            "🗓 {n} customer is asked for another time. Without a yes somebody else comes.",
            "🗓 {n} customers are asked for another time. Without a yes somebody else comes.", count,
        )  # fmt: skip
    return words.plural("✋ {n} visit stays yours.", "✋ {n} visits stay yours.", count)


_TOASTS = {
    Care.PASS: mark("It goes to somebody else. The customer hears it now."),
    Care.MOVE: mark("The customer is asked. Without a yes somebody else comes."),
    Care.KEEP: mark("It stays yours."),
}


def cared_one(words: Words, care: Care) -> str:
    return words.plain(_TOASTS[care])


def missed(words: Words, orders: Sequence[Order], *, now: datetime) -> Screen:
    """The visits outside the plan, each a button."""
    text = lines(
        words("☝️ <b>Visits in your time off</b>"),
        words("Tap one. Until you decide it stays yours.") if orders
        else words("All is settled. No visit lies in your time off."),
    )  # fmt: skip
    rows = [[Button(f"{words.moment(order.starts_at, now=now)} {short(title(order, words), 24)}",
                    press("missing", order.id))] for order in orders[:_MOST]]  # fmt: skip
    return Screen(text, [*rows, [back(words, press("sched")), *home_row(words)]])


def one(words: Words, order: Order, *, now: datetime) -> Screen:
    text = lines(
        Markup("<b>{}</b>").format(title(order, words)),
        Markup("🕒 {}").format(words.span(order.starts_at, order.minutes, now=now)),
        Markup("📍 {}").format(short(words.place(order.place), 60)), GAP,
        words("What becomes of this visit?"),
    )  # fmt: skip
    rows = [
        [Button(words.plain("🤝 Somebody else"), press("careone", order.id, Care.PASS))],
        [Button(words.plain("🗓 Ask to move"), press("careone", order.id, Care.MOVE))],
        [Button(words.plain("✋ I still come"), press("careone", order.id, Care.KEEP))],
        [back(words, press("missed", ALREADY)), *home_row(words)],
    ]
    return Screen(text, rows)
