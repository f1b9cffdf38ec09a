"""The one font of papers and pictures: Noto Sans SC, cut down to the characters people here write (bot/assets)."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont
from pypinyin import lazy_pinyin

FONT: Final = Path(__file__).parent / "assets" / "NotoSansSC-Regular.ttf"
"""Latin, the Chinese of GB 2312 and the common traditional characters; its licence lies beside it."""


@cache
def _covered() -> frozenset[int]:
    with TTFont(FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())


def drawable(text: str) -> str:
    """The same words with nothing in them that the font lacks: no empty boxes on paper.

    A rare Chinese character is spelled in pinyin, an accent it does not know is dropped, and so is a picture.
    """
    if all(ord(c) in _covered() for c in text):
        return text
    spelled = "".join(c if ord(c) in _covered() else _otherwise(c) for c in text)
    return " ".join(spelled.split())


def _otherwise(character: str) -> str:
    bare = [c for c in unicodedata.normalize("NFKD", character) if ord(c) in _covered()]
    if bare:
        return "".join(bare)
    spelled = "".join(lazy_pinyin(character))
    if spelled != character and spelled.isascii():
        return spelled.capitalize()
    return "?" if unicodedata.category(character)[0] in "LN" else ""
