"""Statistics as a picture: income, jobs and stars of several spans side by side, the last one in strong colours."""

from bot.adapters.drawing import FAINT, INK, Sheet
from bot.adapters.plot import Plot, Scale, band, names_below, scale
from bot.i18n import Words
from bot.screen import File
from bot.spans import short_name, span_name
from core.figures.counting import Figures
from core.figures.service import Review
from core.money import exponent

_WIDTH, _HEIGHT = 880, 920
_INCOME, _JOBS, _STARS = (214, 366), (478, 616), (728, 846)
_HEAD = 84
"""How far above its plot a heading stands."""
_GREEN, _PALE_GREEN = (47, 158, 68), (163, 218, 172)
_BLUE, _PALE_BLUE = (28, 126, 214), (165, 206, 242)
_RED, _PALE_RED = (224, 49, 49), (247, 190, 190)
_GOLD = (240, 140, 0)


def chart(review: Review, words: Words) -> File:
    sheet = Sheet(_WIDTH, _HEIGHT)
    now = review.now
    jobs = words.plain_plural("{n} job", "{n} jobs", now.done)
    told = sheet.words(
        840, 38, f"{words.money(now.earned.net)} · {jobs}", 30, FAINT, within=430, to_right=True
    )
    sheet.words(40, 24, span_name(now.span, words), 44, within=780 - told)
    band(sheet, len(review.row), _INCOME[0] - 36, _HEIGHT - 16)
    _income(sheet, review.row, words)
    _jobs(sheet, review.row, words)
    _stars(sheet, review.row, words)
    names = [short_name(figures.span, words) for figures in review.row]
    names_below(sheet, names, _STARS[1] + 20)
    return File(name=f"{now.span.first}.png", mime="image/png", content=sheet.png())


def _plot(sheet: Sheet, where: tuple[int, int], row: tuple[Figures, ...], by: Scale) -> Plot:
    return Plot(sheet, *where, len(row), by)


def _income(sheet: Sheet, row: tuple[Figures, ...], words: Words) -> None:
    sheet.words(40, _INCOME[0] - _HEAD, words.plain("Yours, after commission"), 30, INK, within=800)
    nets = [figures.earned.net for figures in row]
    unit = 10 ** exponent(currency=words.currency)
    plot = _plot(sheet, _INCOME, row, scale(nets, least=10 * unit))
    plot.marks(words.money)
    for slot, net in enumerate(nets):
        plot.bar(slot, 0, net, _GREEN if slot == len(row) - 1 else _PALE_GREEN)
    plot.over(len(row) - 1, nets[-1], words.money(nets[-1]))


def _jobs(sheet: Sheet, row: tuple[Figures, ...], words: Words) -> None:
    top = _JOBS[0] - _HEAD
    at = 40
    for colour, name in ((_BLUE, words.plain("Jobs done")), (_RED, words.plain("Cancelled"))):
        sheet.box(at, top + 11, at + 24, top + 35, colour, round_=5)
        at += 36 + sheet.words(at + 34, top, name, 30, INK, within=340) + 30
    plot = _plot(sheet, _JOBS, row, scale([f.done + f.lost.total() for f in row], least=1))
    plot.marks(words.number)
    for slot, figures in enumerate(row):
        last, lost = slot == len(row) - 1, figures.lost.total()
        plot.bar(slot, 0, figures.done, _BLUE if last else _PALE_BLUE)
        plot.bar(slot, figures.done, figures.done + lost, _RED if last else _PALE_RED)
    now = row[-1]
    plot.over(len(row) - 1, now.done + now.lost.total(), words.number(now.done))


def _stars(sheet: Sheet, row: tuple[Figures, ...], words: Words) -> None:
    sheet.words(40, _STARS[0] - _HEAD, words.plain("Stars"), 30, INK, within=800)
    plot = _plot(sheet, _STARS, row, Scale(1, 5, 2))
    plot.marks(words.number)
    means = [(slot, f.stars.mean) for slot, f in enumerate(row) if f.stars]
    points = [(plot.x(slot), plot.y(mean)) for slot, mean in means]
    if len(points) > 1:
        sheet.line(points, _GOLD)
    for x, y in points:
        sheet.dot(x, y, 9, _GOLD)
    for slot, mean in means:
        if slot == len(row) - 1:
            plot.over(slot, mean, words.rating(mean))
