"""How reporting a review looks. Pure."""

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, short
from bot.provider.reviews.screens import Way, about
from bot.screen import Button, Screen, press
from bot.words import REPORTS
from core.reviews.model import Reason, Verdict
from core.reviews.received import Received


def reasons(one: Received, way: Way, words: Words) -> Screen:
    text = lines(
        *about(one, words), GAP, words("🚩 <b>What is wrong with it?</b>"),
        words("Our staff look at it. A review that is only unkind or strict stays."),
    )  # fmt: skip
    rows = [
        [Button(words.plain(name), press("revwhy", one.review.id, reason, *way))]
        for reason, name in REPORTS.items()
    ]
    away = [back(words, press("review", one.review.id, *way)), *home_row(words)]
    return Screen(text, [*rows, away])


def confirm(one: Received, reason: Reason, typed: str, way: Way, words: Words) -> Screen:
    """Sent with a tap; in one's own words there must be some."""
    ready = bool(typed) or reason is not Reason.OTHER
    text = lines(
        *about(one, words), GAP,
        words("🚩 <b>{reason}</b>", reason=words(REPORTS[reason])),
        Markup("“{}”").format(short(typed, 500)) if typed else None,
        words("You can type a few words for our staff; nobody else reads them.")
        if ready else words("Please type in a few words what is wrong."),
    )  # fmt: skip
    send = Button(
        words.plain("🚩 Send report"),
        press("revtell", one.review.id, reason, *way),
        style="primary",
    )
    away = [back(words, press("revflag", one.review.id, *way)), *home_row(words)]
    return Screen(text, [*([[send]] if ready else []), away])


def only_words(words: Words, most: int) -> Markup:
    return words("Only words here, please, {most} characters at most.", most=words.number(most))


def closed(one: Received, words: Words) -> str:
    """Why it is not to be reported now."""
    if one.report and one.report.verdict is Verdict.OPEN:
        return words.plain("You have reported it. Our staff are looking into it.")
    return words.plain("Our staff have looked at it. It stays.")
