"""How income looks. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.home.screens import statistics
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.records.coded import opened
from bot.screen import Button, Page, Screen, press
from bot.spans import month_name
from core.ids import spell_order_number
from core.income import IncomePage, Line
from core.ledger.balances import Balances, Booked


def money(words: Words, balances: Balances) -> Screen:
    """What there is, and the ways to it."""
    text = lines(
        words("💰 <b>Income</b>"),
        words("Available: <b>{amount}</b>", amount=words.money(balances.available)),
        words("On hold: {amount}", amount=words.money(balances.pending)),
        words("Owed for cash you took: {amount}", amount=words.money(balances.debt))
        if balances.debt else None,
        words("On its way to you: {amount}", amount=words.money(balances.paying))
        if balances.paying else None,
        words("Withdrawn so far: {amount}", amount=words.money(balances.withdrawn)),
    )  # fmt: skip
    withdraw = Button(words.plain("💸 Withdraw"), press("wd"), style="primary")
    orders = Button(words.plain("📄 By order"), press("income", 0))
    months = Button(words.plain("📥 By month"), press("months", 0))
    records = Button(words.plain("📒 Records"), opened())
    prices = Button(words.plain("🏷 Prices"), press("prices", 0))
    ways = [[orders, months], [records, prices], [statistics(words)]]
    return Screen(text, [[withdraw], *ways, home_row(words)])


def months(words: Words, found: Sequence[date], number: int) -> Screen:
    """Each month is a file: one tap sends it."""
    page = Page.of(found, number, 4)
    text = lines(
        words("📥 <b>Statements by month</b>"),
        words("Tap a month to get it as a table with every order, every payout and the balance.")
        if found else words("Nothing yet. Your first settled job will show up here."),
    )  # fmt: skip
    rows = [
        [Button(f"📥 {month_name(month, words)}",
                press("statement", month.year * 12 + month.month - 1, page.number))]
        for month in page.items
    ]  # fmt: skip
    away = [back(words, press("money")), *home_row(words)]
    return Screen(text, [*rows, *page.turns("months"), away])


def income(words: Words, page: IncomePage) -> Screen:
    """Every order with all its figures."""
    text = lines(
        words("📄 <b>Income by order</b>"),
        *(_figures(line, words) for line in page.lines),
        *([] if page.lines else [words("Nothing yet. Your first settled job will show up here.")]),
    )
    rows = [[_row(line, words)] for line in page.lines]
    return Screen(text, [*rows, *_turns(page), [back(words, press("money")), *home_row(words)]])


def _figures(line: Line, words: Words) -> Markup:
    """¥200 − ¥30 commission = ¥170, with what else there was."""
    booked, currency = line.booked, line.booked.currency

    def said(message: str, amount: int) -> Markup | None:
        return words(message, amount=words.money(amount, currency)) if amount else None

    parts = (
        said(mark("price {amount}"), booked.gross),
        said(mark("commission −{amount}"), booked.commission),
        said(mark("penalties −{amount}"), booked.penalties),
        said(mark("tips and fees +{amount}"), booked.extra),
    )  # fmt: skip
    return Markup("\n<b>{}</b> · {} · <b>{}</b>\n{}").format(
        words.month_day(words.local(booked.at).date()), short(title(line.order, words), 40),
        words.money(booked.net, currency), Markup(" · ").join(filter(None, parts)),
    )  # fmt: skip


def _row(line: Line, words: Words) -> Button:
    booked = line.booked
    day = words.month_day(words.local(booked.at).date())
    net = words.money(booked.net, booked.currency)
    label = f"{day} · {short(title(line.order, words), 16)} · {net}"
    return Button(label, press("earned", line.order.id))


def _turns(page: IncomePage) -> list[list[Button]]:
    if page.pages == 1:
        return []
    here = f"{page.number + 1}/{page.pages}"
    return [[
        Button("◀", press("income", (page.number - 1) % page.pages)),
        Button(here, press("income", page.number)),
        Button("▶", press("income", (page.number + 1) % page.pages)),
    ]]  # fmt: skip


def detail(words: Words, line: Line) -> Screen:
    """Every figure of one order; they add up to the last line."""
    order, booked = line.order, line.booked
    text = lines(
        Markup("<b>{}</b> · <code>{}</code>").format(
            title(order, words), spell_order_number(order.number)
        ),
        words.date(words.local(order.starts_at).date()), GAP, *figures(booked, words),
    )  # fmt: skip
    job = Button(words.plain("📋 See job"), press("job", order.id))
    return Screen(text, [[job], [back(words, press("income", 0)), *home_row(words)]])


def figures(booked: Booked, words: Words) -> Iterator[Markup]:
    """Every figure of one order; they add up to what is the provider's."""
    parts = (
        (words("Price"), booked.gross), (words("Commission −"), booked.commission),
        (words("Penalties −"), booked.penalties), (words("Tips and fees +"), booked.extra),
    )  # fmt: skip
    for name, amount in parts:
        if amount:
            yield Markup("{} {}").format(name, words.money(amount, booked.currency))
    yield words("<b>Yours {net}</b>", net=words.money(booked.net, booked.currency))
    if booked.cash:
        cash = words.money(booked.cash, booked.currency)
        yield Markup("{} {}").format(words("of it in cash on site"), cash)
