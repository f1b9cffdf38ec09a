"""Draws the work photos customers attach to reviews: small stylised scenes, the same for the same seed."""

import random
from collections.abc import Callable
from math import cos, pi, sin

from db.demo import scenes_appliances, scenes_home, scenes_life
from db.demo.brush import Brush, Colour, darker, lighter
from db.demo.palette import ACCENTS, FLOOR, HEIGHT, WALLS, WHITE, WOODS


def draw(*, motif: str, seed: int) -> bytes:
    """A 512 × 384 JPEG of one of MOTIFS."""
    rng = random.Random(f"{motif} {seed}")
    wall, accent = rng.choice(WALLS), rng.choice(ACCENTS)
    brush = Brush(wall, HEIGHT)
    _room(brush, wall, rng)
    MOTIFS[motif](brush, accent, rng)
    _sparkle(brush, rng)
    return brush.jpeg()


def _room(brush: Brush, wall: Colour, rng: random.Random) -> None:
    """Wall, floor with boards, a patch of light from a window."""
    wood = rng.choice(WOODS)
    light = lighter(wall, 0.45)
    x = rng.uniform(20, 260)
    brush.shape([(x, 0), (x + 150, 0), (x + 240, FLOOR), (x + 90, FLOOR)], light)
    brush.box((0, FLOOR, 512, HEIGHT), wood)
    brush.box((0, FLOOR - 9, 512, FLOOR), WHITE)
    for board in range(0, 620, 88):
        brush.line([(board, FLOOR + 2), (board * 1.35 - 90, HEIGHT)], darker(wood, 0.12), 2)


def _sparkle(brush: Brush, rng: random.Random) -> None:
    """Four-pointed stars: it's clean, it works."""
    for _ in range(rng.randrange(2, 5)):
        x, y, size = rng.uniform(40, 470), rng.uniform(30, 250), rng.uniform(8, 17)
        star = [
            (x + cos(i * pi / 4) * r, y + sin(i * pi / 4) * r)
            for i, r in enumerate((size, size / 4) * 4)
        ]
        brush.shape(star, WHITE)


Scene = Callable[[Brush, Colour, random.Random], None]
MOTIFS: dict[str, Scene] = {
    "ac": scenes_appliances.ac,
    "fridge": scenes_appliances.fridge,
    "washer": scenes_appliances.washer,
    "tools": scenes_appliances.tools,
    "lamp": scenes_appliances.lamp,
    "kitchen": scenes_home.kitchen,
    "room": scenes_home.room_done,
    "wardrobe": scenes_home.wardrobe,
    "dish": scenes_life.dish,
    "window": scenes_home.window,
    "sofa": scenes_home.sofa,
    "nails": scenes_life.nails,
    "pipe": scenes_life.pipe,
    "tap": scenes_life.tap,
    "lock": scenes_life.lock,
    "boxes": scenes_home.boxes,
    "cat": scenes_life.cat,
    "dog": scenes_life.dog,
    "phone": scenes_appliances.phone,
    "laptop": scenes_appliances.laptop,
}
