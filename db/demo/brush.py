"""A brush for flat drawings: coordinates on a 512 canvas, painted twice as large and halved for smooth edges."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Point = tuple[float, float]
SCALE = 2
CANVAS = 512
QUALITY = 88


def colour(code: str) -> Colour:
    """From "#rrggbb"."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def darker(one: Colour, share: float = 0.18) -> Colour:
    return mix(one, (30, 20, 40), share)


def lighter(one: Colour, share: float = 0.3) -> Colour:
    return mix(one, (255, 255, 255), share)


class Brush:
    def __init__(self, background: Colour, height: int = CANVAS) -> None:
        self._image = Image.new("RGB", (CANVAS * SCALE, height * SCALE), background)
        self._draw = ImageDraw.Draw(self._image)

    def ellipse(self, box: Box, fill: Colour) -> None:
        self._draw.ellipse(_scaled(box), fill=fill)

    def circle(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.ellipse((x - radius, y - radius, x + radius, y + radius), fill)

    def box(self, box: Box, fill: Colour, radius: float = 0) -> None:
        self._draw.rounded_rectangle(_scaled(box), radius=radius * SCALE, fill=fill)

    def chord(self, box: Box, start: float, end: float, fill: Colour) -> None:
        self._draw.chord(_scaled(box), start, end, fill=fill)

    def arc(self, box: Box, start: float, end: float, fill: Colour, width: float) -> None:
        self._draw.arc(_scaled(box), start, end, fill=fill, width=round(width * SCALE))

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A stroke with round ends."""
        flat = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(flat, fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.circle(x, y, width / 2 - 0.5, fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self._image.reduce(SCALE).save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


def _scaled(box: Box) -> Box:
    left, top, right, bottom = box
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE
