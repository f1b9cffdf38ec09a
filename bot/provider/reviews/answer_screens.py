"""How answering a review looks: what everybody will read, and that it is for good. Pure."""

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines
from bot.provider.reviews.screens import about
from bot.screen import Button, Screen, press
from core.reviews.received import Received, Which


def _away(one: Received, words: Words) -> list[Button]:
    return [back(words, press("review", one.review.id, Which.ALL, 0)), *home_row(words)]


def ask(one: Received, most: int, words: Words) -> Screen:
    text = lines(
        *about(one, words), GAP,
        words("💬 <b>Type your answer.</b> {most} characters at most.", most=words.number(most)),
        words("Everybody reads it below the review. There is one answer, and it can't be changed later: "
              "you see it once more before it is published."),
    )  # fmt: skip
    return Screen(text, [_away(one, words)])


def preview(one: Received, text: str, masked: bool, words: Words) -> Screen:
    shown = lines(
        *about(one, words), Markup("↳ <i>{}</i>").format(text), GAP,
        words("🙈 Contact data is left out: others can't reach you past the platform.")
        if masked else None,
        words("<b>Publish this?</b> It can't be changed later. Or type it anew."),
    )  # fmt: skip
    yes = Button(words.plain("✅ Publish"), press("revsend", one.review.id), style="success")
    return Screen(shown, [[yes], _away(one, words)])


def closed(one: Received, words: Words) -> str:
    """Why there is nothing to answer."""
    if one.review.reply:
        return words.plain("You have answered this review. It stays as you wrote it.")
    return words.plain("This review can't be answered any more.")
