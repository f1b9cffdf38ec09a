"""Work photos of rooms and furniture."""

import random
from math import cos, pi, sin

from db.demo.brush import Brush, Colour, colour, darker, lighter, mix
from db.demo.palette import ACCENTS, HEIGHT, INK, SLATE, SNOW, STEEL, WATER, WHITE, WOODS


def kitchen(brush: Brush, accent: Colour, rng: random.Random) -> None:
    for row in range(3):
        for tile in range(9):
            shade = mix(WHITE, accent, 0.08 + 0.06 * ((row + tile) % 2))
            brush.box((tile * 58, 110 + row * 42, tile * 58 + 55, 149 + row * 42), shade, 3)
    brush.shape([(196, 20), (316, 20), (352, 92), (160, 92)], STEEL)
    brush.box((150, 90, 362, 112), darker(STEEL, 0.2), 6)
    for light in (206, 306):
        brush.ellipse((light - 16, 102, light + 16, 112), colour("#ffe9a8"))
    brush.box((0, 232, 512, 252), colour("#f4f4f2"))
    brush.box((0, 250, 512, HEIGHT), mix(accent, WHITE, 0.35))
    for door in (8, 134, 260, 386):
        brush.box((door, 266, door + 118, HEIGHT), mix(accent, WHITE, 0.22), 8)
        brush.box((door + 44, 278, door + 74, 284), WHITE, 3)
    brush.box((168, 224, 344, 234), INK, 4)
    pot = rng.choice((190, 262))
    brush.box((pot, 186, pot + 66, 224), rng.choice(ACCENTS), 10)
    brush.box((pot - 4, 182, pot + 70, 191), SLATE, 4)


def room_done(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((310, 44, 452, 178), WHITE, 6)
    brush.box((318, 52, 444, 170), colour("#bfe4f7"), 3)
    brush.circle(rng.uniform(350, 410), 92, 17, colour("#ffe38a"))
    brush.line([(381, 52), (381, 170)], WHITE, 5)
    _couch(brush, accent, 60, 176)
    brush.ellipse((90, 326, 420, 376), mix(accent, WHITE, 0.6))
    _plant(brush, 440, 300, rng)
    brush.box((90, 60, 156, 112), mix(accent, WHITE, 0.4), 4)
    brush.box((172, 76, 214, 112), colour("#f2c94c"), 4)


def _couch(brush: Brush, accent: Colour, x: float, y: float) -> None:
    brush.box((x + 20, y, x + 270, y + 116), accent, 26)
    brush.box((x, y + 42, x + 56, y + 134), darker(accent, 0.12), 22)
    brush.box((x + 234, y + 42, x + 290, y + 134), darker(accent, 0.12), 22)
    for seat in (46, 146):
        brush.box((x + seat, y + 66, x + seat + 98, y + 126), lighter(accent, 0.18), 14)
    for leg in (26, 250):
        brush.box((x + leg, y + 130, x + leg + 14, y + 152), INK, 4)


def _plant(brush: Brush, x: float, y: float, rng: random.Random) -> None:
    green = colour("#5aa77b")
    for turn in range(7):
        angle = pi * (0.12 + 0.127 * turn)
        reach = rng.uniform(56, 92)
        tip = (x + cos(angle) * reach, y - 34 - sin(angle) * reach)
        brush.line([(x, y - 30), tip], darker(green, 0.1 * (turn % 3)), 15)
    brush.shape([(x - 27, y - 40), (x + 27, y - 40), (x + 19, y + 18), (x - 19, y + 18)], SNOW)


def wardrobe(brush: Brush, accent: Colour, rng: random.Random) -> None:
    wood = rng.choice(WOODS[:4])
    brush.box((96, 30, 416, 330), darker(wood, 0.2), 8)
    brush.box((106, 40, 406, 320), lighter(wood, 0.35), 4)
    brush.box((250, 40, 260, 320), darker(wood, 0.1))
    brush.line([(112, 64), (246, 64)], STEEL, 6)
    for shirt in range(6):
        left, cloth = 114 + shirt * 21, rng.choice(ACCENTS)
        brush.shape(
            [(left + 9, 66), (left + 20, 82), (left + 20, 196), (left, 196), (left, 82)], cloth
        )
    for y in (104, 168, 232):
        brush.box((260, y, 406, y + 8), darker(wood, 0.1))
        for pile in range(3):
            cloth = mix(rng.choice(ACCENTS), WHITE, 0.3)
            brush.box((270, y - 14 - pile * 12, 324, y - 3 - pile * 12), cloth, 4)
        brush.box((342, y - 38, 396, y), mix(accent, WHITE, 0.45), 5)
    for box in (112, 180):
        brush.box((box, 250, box + 60, 314), colour("#e6d3b3"), 6)


def window(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((90, 22, 422, 286), WHITE, 8)
    brush.box((104, 36, 408, 272), colour("#b5e0f8"), 3)
    for tower in range(6):
        left, top = 110 + tower * 50, rng.uniform(120, 210)
        brush.box((left, top, left + 38, 272), mix(colour("#7fa5c4"), WHITE, rng.uniform(0, 0.4)))
    brush.circle(rng.uniform(140, 360), 84, 20, colour("#ffe38a"))
    for shine in (0, 70):
        brush.line([(150 + shine, 212), (236 + shine, 66)], colour("#e6f6ff"), 12)
    brush.box((251, 36, 261, 272), WHITE)
    brush.box((70, 284, 442, 302), SNOW, 5)
    brush.line([(440, 330), (372, 190)], INK, 9)
    brush.line([(340, 206), (404, 172)], accent, 15)


def sofa(brush: Brush, accent: Colour, rng: random.Random) -> None:
    _couch(brush, accent, 110, 168)
    for cushion in (166, 296):
        brush.box((cushion, 196, cushion + 58, 248), rng.choice(ACCENTS), 14)
    _plant(brush, 60, 304, rng)
    for bubble in range(14):
        spot = (rng.uniform(120, 400), rng.uniform(110, 310))
        brush.circle(*spot, 4 + bubble % 4 * 3, mix(WATER, WHITE, 0.72))


def boxes(brush: Brush, accent: Colour, rng: random.Random) -> None:
    card = colour("#cf9f68")
    for x, y, size in ((80, 208, 124), (212, 190, 142), (362, 226, 106), (128, 108, 100)):
        shade = mix(card, WHITE, rng.uniform(0, 0.22))
        brush.box((x, y, x + size, y + size), shade, 5)
        brush.box((x, y, x + size, y + size * 0.2), darker(shade, 0.1), 4)
        middle = x + size / 2
        brush.box((middle - 9, y, middle + 9, y + size * 0.45), mix(accent, WHITE, 0.4))
        brush.box((x + 10, y + size * 0.7, x + size * 0.36, y + size * 0.84), WHITE, 3)
    _plant(brush, 280, 174, rng)
