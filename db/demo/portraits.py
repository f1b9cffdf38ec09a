"""Draws friendly portraits, the same for the same seed: nobody's real face is needed."""

import random
from dataclasses import dataclass
from functools import cache

from db.demo.brush import Brush, Colour, colour, darker, lighter, mix
from db.demo.hair import CAPPED, MEN, WOMEN, YOUNG, Head

SKINS = tuple(map(colour, ("#fde0c8", "#f9d2b4", "#f3c6a3", "#eab98f", "#dfa97d", "#fbdcc6")))
HAIRS = tuple(map(colour, ("#1f1b24", "#2b2320", "#3a2a22", "#4a3428", "#26262e")))
DYED = tuple(map(colour, ("#6b4028", "#7d4a35", "#8a5a3c", "#5c3347")))
GREY = colour("#9a9aa3")
BACKGROUNDS = tuple(
    map(
        colour,
        ("#bfe3f2", "#ffe1b8", "#d5ecd0", "#f9cfd4", "#dcd6f5", "#fdecc0", "#c9e9e3", "#ffd9c4", "#d3dff7"),
    )
)  # fmt: skip
UNIFORMS = {
    "appliance": "#2f6fd6", "housekeeping": "#e58fa3", "cleaning": "#2aa198", "beauty": "#3c3a4a",
    "plumbing": "#f08a24", "locks": "#3f4c6b", "moving": "#d9482b", "furniture": "#a8693a",
    "pets": "#6fb04a", "baby": "#f2a7b8", "digital": "#5b5bd6", "pest": "#3d8a5f",
}  # fmt: skip
CASUAL = ("#e8b84a", "#7aa5c9", "#b88ac2", "#8fb08c", "#d98c6a", "#6c7a94")
CAPS = {"appliance": 0.35, "plumbing": 0.35, "moving": 0.5, "pest": 0.4, "locks": 0.2}
APRONS = ("housekeeping", "cleaning", "pets", "baby", "beauty", "furniture")
WHITE: Colour = (255, 255, 255)
INK = colour("#33272a")
LIPS = colour("#c2564f")


@dataclass(frozen=True)
class Look:
    skin: Colour
    hair: Colour
    uniform: Colour
    background: Colour
    woman: bool
    old: bool


def draw(*, seed: int, gender: str, trade: str = "", years: int = 8) -> bytes:
    """A 512 × 512 JPEG; without a trade the person wears everyday clothes."""
    rng = random.Random(f"portrait {seed}")
    look = _look(rng, woman=gender == "f", trade=trade, years=years)
    head = Head(256, 226, rng.uniform(92, 101), rng.uniform(108, 116))
    brush = Brush(look.background)
    _backdrop(brush, look, rng)
    capped = not look.woman and rng.random() < CAPS.get(trade, 0)
    style = CAPPED if capped else rng.choice(WOMEN if look.woman else MEN if look.old else YOUNG)
    style.behind(brush, head, look.hair)
    _body(brush, head, look, trade, rng)
    _skull(brush, head, look)
    style.front(brush, head, look.hair, look.skin)
    _features(brush, head, look, rng)
    if capped:
        _cap(brush, head, look)
    return brush.jpeg()


drawn = cache(draw)
"""The same, remembered while a start puts each portrait in two places."""


def _look(rng: random.Random, *, woman: bool, trade: str, years: int) -> Look:
    old = years > 17
    natural = rng.choice(DYED if woman and rng.random() < 0.35 else HAIRS)
    cloth = colour(UNIFORMS.get(trade) or rng.choice(CASUAL))
    return Look(
        skin=rng.choice(SKINS),
        hair=mix(natural, GREY, rng.uniform(0.35, 0.75)) if old else natural,
        uniform=mix(cloth, WHITE, rng.uniform(0, 0.16)),
        background=rng.choice(BACKGROUNDS),
        woman=woman,
        old=old,
    )


def _backdrop(brush: Brush, look: Look, rng: random.Random) -> None:
    """One large disc and a few dots, a little lighter than the wall."""
    x, y = rng.uniform(180, 330), rng.uniform(200, 300)
    brush.circle(x, y, rng.uniform(205, 250), lighter(look.background, 0.38))
    for _ in range(rng.randrange(2, 6)):
        dot = (rng.uniform(20, 490), rng.uniform(20, 240))
        brush.circle(*dot, rng.uniform(5, 13), lighter(look.background, 0.65))


def _body(brush: Brush, head: Head, look: Look, trade: str, rng: random.Random) -> None:
    width = rng.uniform(150, 164) if look.woman else rng.uniform(172, 190)
    top = head.y + head.ry + 22
    brush.ellipse((256 - width, top, 256 + width, top + 330), look.uniform)
    brush.box((256 - width, top + 150, 256 + width, 560), look.uniform)
    neck = 33 if look.woman else 40
    brush.box((256 - neck, head.y + 60, 256 + neck, top + 34), darker(look.skin, 0.13), radius=30)
    brush.chord((256 - neck, top - 2, 256 + neck, top + 62), 0, 180, look.skin)
    _COLLARS[rng.randrange(len(_COLLARS))](brush, top, look)
    if trade in APRONS and rng.random() < 0.75:
        _apron(brush, top, look)
    elif trade:
        _badge(brush, top, look)


def _polo(brush: Brush, top: float, look: Look) -> None:
    shade = darker(look.uniform, 0.22)
    brush.shape([(205, top + 6), (256, top + 66), (228, top + 88), (188, top + 26)], shade)
    brush.shape([(307, top + 6), (256, top + 66), (284, top + 88), (324, top + 26)], shade)
    brush.line([(256, top + 70), (256, 520)], darker(look.uniform, 0.14), 4)
    for y in (top + 96, top + 130):
        brush.circle(256, y, 5, lighter(look.uniform, 0.6))


def _round_neck(brush: Brush, top: float, look: Look) -> None:
    brush.arc((206, top - 30, 306, top + 64), 20, 160, lighter(look.uniform, 0.35), 9)


def _shirt_below(brush: Brush, top: float, look: Look) -> None:
    brush.shape([(216, top + 15), (296, top + 15), (256, top + 96)], WHITE)
    brush.chord((222, top - 22, 290, top + 46), 0, 180, look.skin)
    brush.line([(208, top + 8), (256, top + 98), (304, top + 8)], darker(look.uniform, 0.2), 10)


_COLLARS = (_polo, _round_neck, _shirt_below)


def _apron(brush: Brush, top: float, look: Look) -> None:
    cloth = mix(look.uniform, WHITE, 0.72)
    for side in (-1, 1):
        brush.line([(256 + side * 62, top + 110), (256 + side * 84, top + 24)], cloth, 15)
    brush.box((178, top + 98, 334, 560), cloth, radius=22)
    brush.box((216, top + 132, 296, top + 138), mix(look.uniform, WHITE, 0.4), radius=3)


def _badge(brush: Brush, top: float, look: Look) -> None:
    brush.box((312, top + 98, 362, top + 128), WHITE, radius=6)
    brush.box((319, top + 106, 342, top + 110), darker(look.uniform, 0.1), radius=2)
    brush.box((319, top + 116, 354, top + 120), mix(look.uniform, WHITE, 0.45), radius=2)


def _skull(brush: Brush, head: Head, look: Look) -> None:
    for side in (-1, 1):
        x = head.x + side * (head.rx - 1)
        brush.ellipse((x - 17, head.y - 14, x + 17, head.y + 36), look.skin)
        brush.ellipse((x - 8, head.y - 2, x + 8, head.y + 24), darker(look.skin, 0.12))
    brush.ellipse(head.box(), look.skin)
    if not look.woman:
        jaw = (head.x - head.rx + 12, head.y, head.x + head.rx - 12, head.y + head.ry - 3)
        brush.box(jaw, look.skin, radius=62)


def _features(brush: Brush, head: Head, look: Look, rng: random.Random) -> None:
    gap, level = rng.uniform(35, 41), head.y + rng.uniform(2, 8)
    _eyes(brush, head.x, level, gap, look, rng)
    blush = mix(look.skin, colour("#f2777a"), 0.3 if look.woman else 0.17)
    for side in (-1, 1):
        brush.ellipse(_around(head.x + side * (gap + 17), level + 32, 18, 11), blush)
    nose = darker(look.skin, 0.22)
    brush.arc(_around(head.x, level + 24, 10, 9), 20, 160, nose, 4.5)
    _mouth(brush, head.x, level + 52, look, rng)
    if rng.random() < (0.25 if look.woman else 0.33):
        _glasses(brush, head.x, level, gap, rng)


def _eyes(brush: Brush, x: float, level: float, gap: float, look: Look, rng: random.Random) -> None:
    smiling, brow = rng.random() < 0.25, rng.uniform(-2, 2.5)
    brows = mix(look.hair, INK, 0.4)
    for side in (-1, 1):
        eye = x + side * gap
        if smiling:
            brush.arc(_around(eye, level + 5, 13, 11), 195, 345, INK, 6)
        else:
            brush.ellipse(_around(eye, level, 8.5, 10.5), INK)
            brush.circle(eye + 3, level - 4, 3.2, WHITE)
        if look.woman and not smiling:
            brush.line([(eye + side * 7, level - 7), (eye + side * 14, level - 12)], INK, 4)
        ends = [(eye - side * 13, level - 26 - brow / 2), (eye + side * 15, level - 24 + brow / 3)]
        brush.line(ends, brows, 5 if look.woman else 8)
        if look.old:
            crease = darker(look.skin, 0.16)
            brush.line([(eye + side * 23, level), (eye + side * 31, level - 4)], crease, 2.5)
            brush.line([(eye + side * 23, level + 6), (eye + side * 31, level + 9)], crease, 2.5)


def _mouth(brush: Brush, x: float, y: float, look: Look, rng: random.Random) -> None:
    width = rng.uniform(21, 29)
    lips = LIPS if look.woman else mix(LIPS, look.skin, 0.25)
    if rng.random() < 0.5:
        brush.chord(_around(x, y, width, 21), 0, 180, darker(LIPS, 0.3))
        brush.chord(_around(x, y, width - 5, 10), 0, 180, WHITE)
        return
    brush.arc(_around(x, y - 8, width, 18), 25, 155, lips, 6)
    if not look.woman and rng.random() < (0.35 if look.old else 0.1):
        brush.chord(_around(x, y - 2, 27, 12), 180, 360, mix(look.hair, look.skin, 0.2))


def _glasses(brush: Brush, x: float, level: float, gap: float, rng: random.Random) -> None:
    frame = rng.choice((INK, colour("#7a4a2b"), colour("#5a6b8c"), colour("#8c3b4a")))
    for side in (-1, 1):
        brush.arc(_around(x + side * gap, level, 27, 24), 0, 360, frame, 4.5)
        brush.line(
            [(x + side * (gap + 27), level - 3), (x + side * (gap + 48), level - 8)], frame, 4
        )
    brush.arc(_around(x, level + 3, gap - 26, 7), 190, 350, frame, 4.5)


def _cap(brush: Brush, head: Head, look: Look) -> None:
    cloth, top = darker(look.uniform, 0.06), head.y - head.ry
    brush.chord(
        (head.x - head.rx - 8, top - 26, head.x + head.rx + 8, head.y + 44), 180, 360, cloth
    )
    brush.ellipse(_around(head.x, head.y - 44, head.rx + 12, 17), darker(look.uniform, 0.28))
    brush.ellipse(_around(head.x, head.y - 50, head.rx - 2, 11), cloth)
    brush.circle(head.x, top + 22, 13, lighter(look.uniform, 0.75))
    brush.circle(head.x, top - 24, 6, darker(look.uniform, 0.2))


def _around(x: float, y: float, rx: float, ry: float) -> tuple[float, float, float, float]:
    return x - rx, y - ry, x + rx, y + ry
