"""What may be written of a topic or a question: short enough to be read, and each language whole. Pure."""

from typing import Final

from core.errors import Invalid
from core.faq.model import TEXTS, Texts, Thing

LONGEST: Final = {"names": 40, "question": 150, "answer": 1500}


def checked(*, thing: Thing) -> Thing:
    """Tidied. Raises Invalid("faq", ...): "length" with the most, "half" with the language, "nothing"."""
    texts = {name: _tidy(name, getattr(thing, name)) for name in TEXTS[type(thing)]}
    spoken = {code for one in texts.values() for code in one}
    if not spoken:
        raise Invalid("faq", "nothing")
    for code in sorted(spoken):
        if not all(code in one for one in texts.values()):
            raise Invalid("faq", "half", {"language": code})
    return thing.model_copy(update=texts)


def _tidy(name: str, texts: Texts) -> Texts:
    """Lines stay lines in an answer; a heading is one line."""
    said = {code: _lines(text) if name == "answer" else " ".join(text.split())
            for code, text in texts.items()}  # fmt: skip
    if any(len(one) > LONGEST[name] for one in said.values()):
        raise Invalid("faq", "length", {"most": LONGEST[name]})
    return {code: one for code, one in said.items() if one}


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
