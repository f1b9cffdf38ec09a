"""How a question about the application and the answer to it look. Pure."""

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, home_row, lines
from bot.screen import Button, Screen, press
from core.inquiries.model import Inquiry

QUOTED = 1200


def question(words: Words, one: Inquiry) -> Screen:
    """As a letter: the application stays with the staff meanwhile."""
    text = lines(
        words("❓ <b>Our staff have a question about your application</b>"), _quote(words.known(one.text)),
        words("Your application stays with us. Answer in words, with a photo or a PDF."),
    )  # fmt: skip
    return Screen(text, [[answer(words, one)], home_row(words)])


def answer(words: Words, one: Inquiry) -> Button:
    return Button(words.plain("✍️ Answer"), press("iqa", one.id), style="primary")


def answered(words: Words, one: Inquiry) -> Markup:
    return words("✅ You answered: {question}", question=_cut(words.known(one.text), 200))


def answering(words: Words, one: Inquiry) -> Screen:
    files = len(one.files)
    text = lines(
        words("❓ <b>Our staff ask:</b>"), _quote(words.known(one.text)),
        words("<b>Your answer so far:</b>") if one.answered_at else None,
        _quote(one.answer) if one.answer else None,
        words.plural("📎 {n} file", "📎 {n} files", files) if files else None, GAP,
        words("You can add to it: just send it.") if one.answered_at
        else words("Just send your answer: words, a photo or a PDF."),
    )  # fmt: skip
    return Screen(text, [home_row(words)])


def _quote(text: str) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(_cut(text, QUOTED))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def thanks(words: Words) -> Markup:
    return words("✅ Thank you! Our staff have it.")


def over(words: Words) -> Markup:
    return words("This question needs no answer any more.")


def unreadable(words: Words) -> Markup:
    return words("I can only take words, photos, videos, voice messages and documents here.")
