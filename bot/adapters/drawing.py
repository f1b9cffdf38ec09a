"""A sheet to draw on: boxes, lines and words in the one font, each word cut where it would leave its place."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.fonts import FONT, drawable

Colour = tuple[int, int, int]
WHITE: Final = (255, 255, 255)
INK: Final = (33, 37, 41)
FAINT: Final = (134, 142, 150)
PAPER: Final = (233, 236, 239)
RULE: Final = (222, 226, 230)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


class Sheet:
    """Points and lengths are pixels from the upper left corner."""

    def __init__(self, width: int, height: int, colour: Colour = WHITE) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width, height), colour)
        self._draw = ImageDraw.Draw(self._image)

    def box(
        self, left: int, top: int, right: int, bottom: int, fill: Colour, *,
        edge: Colour | None = None, round_: int = 0,
    ) -> None:  # fmt: skip
        place = (left, top, max(right, left + 1), max(bottom, top + 1))
        self._draw.rounded_rectangle(place, radius=round_, fill=fill, outline=edge)

    def rule(self, left: int, top: int, right: int, bottom: int, colour: Colour = RULE) -> None:
        self._draw.line((left, top, right, bottom), fill=colour, width=2)

    def line(self, points: Sequence[tuple[int, int]], colour: Colour, *, width: int = 4) -> None:
        self._draw.line(list(points), fill=colour, width=width, joint="curve")

    def dot(self, x: int, y: int, radius: int, fill: Colour, *, edge: Colour = WHITE) -> None:
        place = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(place, fill=fill, outline=edge, width=2)

    def words(
        self, left: int, top: int, text: str, size: int, colour: Colour = INK, *,
        within: int = 0, to_right: bool = False,
    ) -> int:  # fmt: skip
        """Writes one line, at most `within` wide, and says how wide it became; `left` is the right end `to_right`."""
        shown = _cut(drawable(text), size, within or self.width)
        wide = int(_font(size).getlength(shown))
        at = left - wide if to_right else left
        self._draw.text((at, top), shown, font=_font(size), fill=colour)
        return wide

    @staticmethod
    def width_of(text: str, size: int) -> int:
        return int(_font(size).getlength(drawable(text)))

    def png(self) -> bytes:
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=True)
        return out.getvalue()


def _cut(text: str, size: int, within: int) -> str:
    font = _font(size)
    if font.getlength(text) <= within:
        return text
    while text and font.getlength(text + "…") > within:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""
