"""A topic or a question being written: all its texts, one question per text, the preview it is published from. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.faq.fields import ASKS, LABELS, sort_of
from bot.admin.faq.screens import other_language, read_as, texts
from bot.admin.parts import back, lines
from bot.i18n import Words
from bot.screen import Button, Screen, grid, press
from bot.words import language, spoken
from core.faq.model import TEXTS, Question, Thing


def _head(words: Words, thing: Thing) -> Markup:
    if isinstance(thing, Question):
        return words("✏️ <b>The question</b>") if thing.id else words("✏️ <b>A new question</b>")
    return words("✏️ <b>The topic</b>") if thing.id else words("✏️ <b>A new topic</b>")


def _leave(thing: Thing) -> str:
    """Where it was begun."""
    if thing.id:
        return press("fqc", sort_of(thing), thing.id)
    return (
        press("fqt", thing.topic_id, 0)
        if isinstance(thing, Question)
        else press("fqs", thing.side, 0)
    )


def draft(words: Words, thing: Thing, codes: Sequence[str], *, news: str = "") -> Screen:
    text = lines(
        words("⚠️ {said}", said=news) if news else None,
        _head(words, thing),
        words("Readers see nothing of it until you publish."),
        *texts(words, thing, codes),
    )
    buttons = [
        Button(f"{words.plain(LABELS[name])} · {language(code)}", press("fqf", name, code))
        for code in codes for name in TEXTS[type(thing)]
    ]  # fmt: skip
    end = [Button(words.plain("Cancel"), _leave(thing)),
           Button(words.plain("Preview ▶"), press("fqp", codes.index(words.language)),
                  style="primary")]  # fmt: skip
    return Screen(text, [*grid(buttons), end])


def ask(words: Words, thing: Thing, name: str, code: str, *, news: str = "") -> Screen:
    now = getattr(thing, name).get(code, "")
    text = lines(
        words("⚠️ {said}", said=news) if news else None,
        _head(words, thing),
        words(ASKS[name], language=spoken(code, words)),
        words("“-” takes it out.") if now else None,
        Markup("\n<code>{}</code>").format(now) if now else None,
    )
    away = (
        press("fqd")
        if thing.id or any(getattr(thing, one) for one in TEXTS[type(thing)])
        else _leave(thing)
    )
    return Screen(text, [back(words, away)])


def preview(
    words: Words, theirs: Words, thing: Thing, side: str, below: Sequence[Question], number: int
) -> Screen:
    publish = Button(words.plain("✅ Publish"), press("fqy"), style="success")
    return Screen(
        read_as(words, theirs, thing, side, below),
        [[publish], [*back(words, press("fqd")), other_language("fqp", number=number)]],
    )
