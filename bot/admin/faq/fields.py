"""What is written of a topic and of a question: how each text is called and asked for; the two bots. Pure."""

from collections.abc import Sequence

from bot.i18n import Words, mark
from bot.words import spoken
from core.faq.model import Chapter, Question, Texts, Thing, Topic, untold

SIDES = {"customer": mark("👤 Customers"), "provider": mark("🧑‍🔧 Providers")}
READERS = {
    "customer": mark("👁 <i>Preview: customers read it like this in {language}.</i>"),
    "provider": mark("👁 <i>Preview: providers read it like this in {language}.</i>"),
}
SORTS: dict[str, type[Topic] | type[Question]] = {"t": Topic, "q": Question}
LABELS = {
    "names": mark("🏷 Name"), "question": mark("❓ Question"), "answer": mark("💬 The answer"),
}  # fmt: skip
ASKS = {
    "names": mark("Send the topic’s name in {language}."),
    "question": mark("Send the question in {language}, as people would ask it."),
    "answer": mark("Send the answer in {language}; several lines are fine."),
}
NOTHING = "-"


def sort_of(thing: Thing) -> str:
    return "q" if isinstance(thing, Question) else "t"


def title(thing: Thing) -> Texts:
    """What it is known by."""
    return thing.question if isinstance(thing, Question) else thing.names


def missing(words: Words, thing: Thing, codes: Sequence[str]) -> str:
    """The languages whose readers get the words of another one, or nothing."""
    return words.plain(", ").join(
        spoken(one, words) for one in untold(thing=thing, languages=codes)
    )


def whole(chapter: Chapter, codes: Sequence[str]) -> bool:
    """Whether all of it can be read in each language."""
    things: list[Thing] = [chapter.topic, *chapter.questions]
    return not any(untold(thing=one, languages=codes) for one in things)
