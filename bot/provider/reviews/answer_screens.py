"""How answering a review looks: what everybody will read, and that it is for good. Pure."""

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines
from bot.provider.reviews.screens import Way, about
from bot.screen import Button, Screen, press
from core.reviews.received import Received


def _away(one: Received, way: Way, words: Words) -> list[Button]:
    return [back(words, press("review", one.review.id, *way)), *home_row(words)]


def ask(one: Received, most: int, way: Way, words: Words) -> Screen:
    text = lines(
        *about(one, words), GAP,
        words("💬 <b>Type your answer.</b> {most} characters at most.", most=words.number(most)),
        words("Everybody reads it below the review. There is one answer, and it can't be changed later: "
              "you see it once more before it is published."),
    )  # fmt: skip
    return Screen(text, [_away(one, way, words)])


def preview(one: Received, text: str, masked: bool, way: Way, words: Words) -> Screen:
    shown = lines(
        *about(one, words), Markup("↳ <i>{}</i>").format(text), GAP,
        words("🙈 Contact data was left out: customers reach you through us.")
        if masked else None,
        words("<b>Publish this?</b> It can't be changed later. Or type it anew."),
    )  # fmt: skip
    yes = Button(words.plain("✅ Publish"), press("revsend", one.review.id, *way), style="success")
    return Screen(shown, [[yes], _away(one, way, words)])


def closed(one: Received, words: Words) -> str:
    """Why there is nothing to answer."""
    if one.review.reply:
        return words.plain("You have answered this review. It stays as you wrote it.")
    return words.plain("This review can't be answered any more.")
