"""Small pieces that several of the provider's screens share."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.i18n import Words
from bot.screen import Button, Screen, press
from bot.words import WORK_PHOTOS
from core.catalog.model import WorkPhotos
from core.orders.answers import answered
from core.orders.model import Order
from core.orders.tasks import Task

LINE = Markup("\n")
GAP = Markup("")


def lines(*parts: str | Markup | None) -> Markup:
    """The parts that say something, one below the other; bare text is escaped."""
    return LINE.join(part for part in parts if part is not None)


def short(text: str, most: int) -> str:
    """One line, cut where it would get too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def back(words: Words, data: str) -> Button:
    return Button(words.plain("‹ Back"), data)


def home_row(words: Words) -> list[Button]:
    return [Button(words.plain("🏠 Home"), press("home"))]


def titled(tasks: Sequence[Task], words: Words) -> str:
    """❄️ AC repair, as it was called when it was booked; further services of the visit as a number."""
    main = f"{tasks[0].emoji} {short(words.pick(tasks[0].names), 60)}".strip()
    return f"{main} +{len(tasks) - 1}" if len(tasks) > 1 else main


def title(order: Order, words: Words) -> str:
    return titled(order.tasks, words)


def saying(screen: Screen, text: str | Markup) -> Screen:
    """The same screen with a word in front: how typed answers are answered."""
    return replace(screen, text=lines(text, GAP, screen.text))


def map_link(point: tuple[float, float], words: Words) -> str:
    """A map that works where the reader probably is; points are WGS-84."""
    lat, lon = point
    if words.language.startswith("zh"):
        return f"https://uri.amap.com/marker?position={lon:.6f},{lat:.6f}&coordinate=wgs84"
    return (
        f"https://www.openstreetmap.org/?mlat={lat:.6f}&mlon={lon:.6f}#map=17/{lat:.6f}/{lon:.6f}"
    )


def photos_asked(asked: str, words: Words) -> Markup | None:
    """Which photos of the work the service wants, said before anybody takes the job."""
    if asked == WorkPhotos.NONE:
        return None
    return words("📸 Photos needed: {when}", when=words.plain(WORK_PHOTOS[WorkPhotos(asked)]))


def work(tasks: Sequence[Task], words: Words) -> Iterator[Markup]:
    """What is to be done: each service of the visit with its options and what the customer answered."""
    for task in tasks:
        if len(tasks) > 1:
            yield Markup("{} <b>{}</b>").format(task.emoji, short(words.pick(task.names), 60))
        for line in task.more:
            times = f" ×{line['count']}" if line["count"] > 1 else ""
            yield Markup("➕ {}{}").format(short(words.pick(line["names"]), 60), times)
        for question, answer in answered(questions=task.questions, answers=task.answers):
            yield Markup("• {} <b>{}</b>").format(
                short(words.pick(question), 80), short(words.pick(answer), 80)
            )
