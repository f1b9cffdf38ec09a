"""What a category or a service still lacks, in words. Pure."""

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.words import spoken
from core.catalog.model import Thing
from core.catalog.values import lacks, untold

LACKS = {
    "price": mark("a price band, the lowest below the highest"),
    "minutes": mark("a duration"),
    "commission_bp": mark("a commission within its bounds"),
    "deposit_bp": mark("the share of the deposit"),
    "options": mark("an option’s name in both languages"),
    "questions": mark("a question’s words in both languages"),
    "category": mark("a category to stand in"),
}
_TEXTS = {"names": mark("its name in {language}"), "descriptions": mark("its text in {language}")}


def lack(words: Words, thing: Thing, name: str) -> list[str]:
    """The phrases for one value that is missing or wrong."""
    if name not in _TEXTS:
        return [words.plain(LACKS[name])]
    return [
        words.plain(_TEXTS[name], language=spoken(code, words))
        for code in untold(thing=thing, name=name)
    ]


def lacking(words: Words, thing: Thing) -> list[Markup]:
    """Lines: what keeps it from being published, and the descriptions that would be nice to have."""
    hard = [phrase for name in lacks(thing=thing) for phrase in lack(words, thing, name)]
    soft = lack(words, thing, "descriptions")
    comma = words.plain(", ")
    told = []
    if hard:
        told.append(words("⚠️ Not bookable yet, missing: {what}", what=comma.join(hard)))
    if soft:
        told.append(words("Still to be written: {what}", what=comma.join(soft)))
    return told
