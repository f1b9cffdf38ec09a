"""What each order behind a figure has to do with it, and how the piles of them are called. Pure."""

from collections.abc import Callable

from bot.i18n import Words, mark
from core.figures.counting import Figures, Group
from core.figures.model import Cause, Fate

PILES = {
    Group.DONE: mark("✅ Done"),
    Group.AGAIN: mark("🔁 Came back"), Group.LOST: mark("✖️ Cancelled"),
    Group.ASKED: mark("🔔 Offers"),
    Group.EARNED: mark("💰 Income"), Group.RATED: mark("⭐ Reviewed"),
}  # fmt: skip
WHOSE = {
    Cause.CUSTOMER: mark("by the customer"), Cause.MINE: mark("by you"),
    Cause.ABSENT: mark("nobody opened"), Cause.STAFF: mark("by us"),
}  # fmt: skip
ANSWERS = {
    Fate.ACCEPTED: mark("accepted"), Fate.DECLINED: mark("declined"),
    Fate.SILENT: mark("no answer"), Fate.OPEN: mark("open"), Fate.GONE: mark("gone to others"),
    Fate.UNSEEN: mark("never reached you"),
}  # fmt: skip
PARTS: dict[Group, dict[str, str]] = {
    Group.LOST: {cause.value: said for cause, said in WHOSE.items()},
    Group.ASKED: {fate.value: said for fate, said in ANSWERS.items()},
}


def _worked(figures: Figures, words: Words) -> dict[int, str]:
    """The hours it took, which add up to those worked, and whether he was late."""
    said = {}
    for one in figures.past.visits:
        took = words.minutes(round(one.worked.total_seconds() / 60))
        said[one.order_id] = (
            words.plain("{time}, not on time", time=took) if one.on_time is False else took
        )
    return said


def _cause(figures: Figures, words: Words) -> dict[int, str]:
    return {one.order_id: words.plain(WHOSE[one.cause]) for one in figures.past.lost}


def _fate(figures: Figures, words: Words) -> dict[int, str]:
    return {one.order_id: words.plain(ANSWERS[one.fate]) for one in figures.past.questions}


def _net(figures: Figures, words: Words) -> dict[int, str]:
    return {one.order_id: words.money(one.net, one.currency) for one in figures.earned.booked}


def _stars(figures: Figures, words: Words) -> dict[int, str]:
    return {
        one.order_id: f"⭐ {words.rating((one.quality + one.attitude + one.skill) / 3)}"
        for one in figures.past.reviews
    }


NOTES: dict[Group, Callable[[Figures, Words], dict[int, str]]] = {
    Group.DONE: _worked, Group.AGAIN: lambda figures, words: {}, Group.LOST: _cause,
    Group.ASKED: _fate, Group.EARNED: _net, Group.RATED: _stars,
}  # fmt: skip
