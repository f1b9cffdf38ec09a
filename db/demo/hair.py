"""Hair for the drawn portraits: each style paints what is behind the head and what frames the face."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin

from db.demo.brush import Box, Brush, Colour, darker, mix


@dataclass(frozen=True)
class Head:
    """Centre and half axes of the skull."""

    x: float
    y: float
    rx: float
    ry: float

    def box(self, grow: float = 0) -> Box:
        return (
            self.x - self.rx - grow, self.y - self.ry - grow,
            self.x + self.rx + grow, self.y + self.ry + grow,
        )  # fmt: skip


Behind = Callable[[Brush, Head, Colour], None]
Front = Callable[[Brush, Head, Colour, Colour], None]


@dataclass(frozen=True)
class Style:
    behind: Behind
    front: Front


def _nothing(brush: Brush, head: Head, hair: Colour) -> None:
    """Short hair leaves nothing behind the head."""


def _mop(brush: Brush, head: Head, hair: Colour, *, rise: float, low: float) -> None:
    """Hair over the top of the head, down to `low` above the middle at the sides."""
    box = (
        head.x - head.rx - 7, head.y - head.ry - rise,
        head.x + head.rx + 7, head.y + head.ry - 2 * low,
    )  # fmt: skip
    brush.chord(box, 180, 360, hair)


def _forehead(
    brush: Brush,
    head: Head,
    skin: Colour,
    *,
    shift: float = 0,
    drop: float = 44,
    narrow: float = 13,
) -> None:
    """Cuts the face out of the hair; a shift makes a parting."""
    left, right = head.x - head.rx + narrow, head.x + head.rx - narrow
    brush.ellipse(
        (left + shift, head.y - head.ry + drop, right + shift, head.y + head.ry - 20), skin
    )
    brush.ellipse((left + 2, head.y - 34, right - 2, head.y + head.ry - 10), skin)


def _crop(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    _mop(brush, head, hair, rise=12, low=6)
    _forehead(brush, head, skin, drop=40)


def _buzz(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    _mop(brush, head, mix(hair, skin, 0.28), rise=3, low=22)
    _forehead(brush, head, skin, drop=36, narrow=6)


def _parted(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    _mop(brush, head, hair, rise=20, low=4)
    _forehead(brush, head, skin, shift=-13, drop=46, narrow=20)
    brush.arc(
        (head.x - 70, head.y - head.ry - 4, head.x + 60, head.y - 20), 200, 285, darker(hair), 4
    )


def _quiff(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    _mop(brush, head, hair, rise=14, low=4)
    _forehead(brush, head, skin, drop=42)
    top = head.y - head.ry
    brush.ellipse((head.x - 66, top - 34, head.x + 62, top + 40), hair)
    brush.ellipse((head.x - 6, top - 24, head.x + 82, top + 46), hair)
    brush.arc((head.x - 52, top - 22, head.x + 50, top + 40), 195, 300, mix(hair, skin, 0.16), 4)


def _spikes(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    _mop(brush, head, hair, rise=10, low=6)
    _forehead(brush, head, skin, drop=40)
    for angle in range(204, 340, 17):
        x, y = _rim(head, angle, 0)
        tip = _rim(head, angle + 9, 24)
        brush.shape([(x - 19, y + 13), (x + 19, y + 13), tip], hair)


def _curls(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    _mop(brush, head, hair, rise=10, low=8)
    _forehead(brush, head, skin, drop=46)
    for angle in range(186, 360, 15):
        brush.circle(*_rim(head, angle, -4), 22, hair)
    for x in range(-56, 57, 28):
        brush.circle(head.x + x, head.y - head.ry + 36 + abs(x) / 9, 18, hair)


def _receding(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    for side, start in ((-1, 130), (1, 290)):
        x = head.x + side * 5
        brush.chord((x - head.rx, head.y - 70, x + head.rx, head.y + 34), start, start + 100, hair)
    brush.ellipse(
        (head.x - head.rx + 12, head.y - head.ry, head.x + head.rx - 12, head.y + 90), skin
    )


def _fall(length: float, flare: float) -> Behind:
    """Loose hair down to `length` below the middle of the head."""

    def behind(brush: Brush, head: Head, hair: Colour) -> None:
        width = head.rx + flare
        brush.ellipse((head.x - width, head.y - head.ry - 20, head.x + width, head.y + 90), hair)
        brush.box(
            (head.x - width, head.y - 20, head.x + width, head.y + length), darker(hair, 0.1), 46
        )
        brush.box((head.x - width, head.y - 30, head.x + width, head.y + 40), hair, 30)

    return behind


def _bun(brush: Brush, head: Head, hair: Colour) -> None:
    brush.circle(head.x, head.y - head.ry - 26, 40, hair)
    brush.arc(
        (head.x - 24, head.y - head.ry - 50, head.x + 26, head.y - head.ry - 4),
        190, 330, mix(hair, (255, 255, 255), 0.14), 4,
    )  # fmt: skip


def _tail(brush: Brush, head: Head, hair: Colour) -> None:
    brush.ellipse(
        (head.x + head.rx - 34, head.y - 92, head.x + head.rx + 54, head.y + 150),
        darker(hair, 0.08),
    )
    brush.circle(head.x + head.rx + 2, head.y - 66, 30, hair)


def _bunches(brush: Brush, head: Head, hair: Colour) -> None:
    for side in (-1, 1):
        x = head.x + side * (head.rx + 22)
        brush.ellipse((x - 27, head.y + 18, x + 27, head.y + 158), hair)
        brush.circle(x - side * 8, head.y + 26, 9, (236, 108, 122))


def _waves(brush: Brush, head: Head, hair: Colour) -> None:
    for side in (-1, 1):
        for step in range(6):
            x = head.x + side * (head.rx + 4 + (step % 2) * 9)
            brush.circle(x, head.y - 50 + step * 34, 33, hair)
    brush.ellipse(head.box(16), hair)


def _open_face(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    """Hair parted in the middle, falling to both sides."""
    _mop(brush, head, hair, rise=17, low=-14)
    _forehead(brush, head, skin, drop=54, narrow=16)
    for side in (-1, 1):
        x = head.x + side * 30
        brush.ellipse((x - 33, head.y - head.ry + 38, x + 33, head.y - 14), skin)


def _swept(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    """A long side fringe."""
    _mop(brush, head, hair, rise=18, low=-10)
    _forehead(brush, head, skin, shift=16, drop=52, narrow=24)


def _bangs(brush: Brush, head: Head, hair: Colour, skin: Colour) -> None:
    """A straight fringe down to the brows."""
    _mop(brush, head, hair, rise=17, low=-12)
    left, right = head.x - head.rx + 15, head.x + head.rx - 15
    brush.box((left, head.y - 36, right, head.y + 66), skin, 26)
    brush.ellipse((left, head.y - 40, right, head.y + head.ry - 8), skin)
    brush.box((left - 2, head.y - 76, right + 2, head.y - 31), hair, 16)


def _rim(head: Head, angle: float, out: float) -> tuple[float, float]:
    return (
        head.x + (head.rx + out) * cos(radians(angle)),
        head.y + (head.ry + out) * sin(radians(angle)),
    )


MEN = (
    Style(_nothing, _crop), Style(_nothing, _parted), Style(_nothing, _quiff),
    Style(_nothing, _spikes), Style(_nothing, _curls), Style(_nothing, _buzz),
    Style(_nothing, _receding),
)  # fmt: skip
YOUNG = MEN[:-1]
CAPPED = MEN[0]
WOMEN = (
    Style(_fall(190, 16), _open_face), Style(_fall(190, 16), _bangs), Style(_fall(96, 20), _bangs),
    Style(_fall(104, 18), _swept), Style(_bun, _swept), Style(_bun, _open_face),
    Style(_tail, _swept), Style(_tail, _bangs), Style(_bunches, _open_face),
    Style(_waves, _swept), Style(_waves, _open_face),
)  # fmt: skip
