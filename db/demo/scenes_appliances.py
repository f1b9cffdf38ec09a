"""Work photos of machines, tools and gadgets."""

import random
from math import sin

from db.demo.brush import Brush, Colour, colour, darker, lighter, mix
from db.demo.palette import ACCENTS, FLOOR, HEIGHT, INK, SLATE, SNOW, STEEL, WATER, WHITE


def ac(brush: Brush, accent: Colour, rng: random.Random) -> None:
    x, y = rng.uniform(80, 130), rng.uniform(56, 84)
    brush.box((x, y + 6, x + 290, y + 102), colour("#c7d2da"), 20)
    brush.box((x, y, x + 290, y + 94), SNOW, 20)
    brush.box((x + 18, y + 68, x + 272, y + 80), colour("#d5dee5"), 6)
    brush.box((x + 214, y + 24, x + 262, y + 44), INK, 6)
    brush.box((x + 222, y + 31, x + 236, y + 37), colour("#7fe3c0"), 2)
    for stream in range(5):
        left = x + 44 + stream * 48
        waves = [(left + 8 * sin(step / 1.6), y + 116 + step * 13) for step in range(8)]
        brush.line(waves, mix(WATER, WHITE, 0.25), 6)
    brush.box((x + 60, FLOOR - 40, x + 230, FLOOR), accent, 14)
    brush.box((x + 40, FLOOR - 22, x + 250, FLOOR + 26), lighter(accent, 0.2), 16)


def fridge(brush: Brush, accent: Colour, rng: random.Random) -> None:
    x = rng.uniform(90, 140)
    brush.box((x, 34, x + 150, 322), darker(STEEL, 0.15), 14)
    brush.box((x + 6, 40, x + 144, 316), colour("#eaf4fa"), 10)
    for row, y in enumerate((100, 168, 236)):
        brush.box((x + 8, y, x + 142, y + 7), colour("#b7d3e2"))
        for item in range(4):
            left, high = x + 18 + item * 31, rng.uniform(18, 42)
            brush.box((left, y - high, left + 22, y), ACCENTS[(item + row) % len(ACCENTS)], 6)
    brush.shape([(x + 150, 34), (x + 262, 60), (x + 262, 340), (x + 150, 322)], STEEL)
    brush.shape([(x + 158, 46), (x + 252, 70), (x + 252, 322), (x + 158, 308)], SNOW)
    for y in (110, 180, 250):
        brush.box((x + 168, y, x + 244, y + 26), mix(accent, WHITE, 0.55), 6)


def washer(brush: Brush, accent: Colour, rng: random.Random) -> None:
    x = rng.uniform(120, 190)
    brush.box((x, 72, x + 210, 330), darker(STEEL, 0.12), 16)
    brush.box((x, 66, x + 210, 324), SNOW, 16)
    brush.box((x + 16, 82, x + 92, 112), colour("#d5dee5"), 6)
    brush.circle(x + 132, 98, 15, STEEL)
    brush.box((x + 156, 86, x + 194, 110), INK, 5)
    brush.circle(x + 105, 214, 84, STEEL)
    brush.circle(x + 105, 214, 68, colour("#3d5a72"))
    brush.chord((x + 40, 149, x + 170, 279), rng.uniform(-8, 8), 180, WATER)
    for _ in range(9):
        spot = (x + 105 + rng.uniform(-44, 44), 228 + rng.uniform(-14, 34))
        brush.circle(*spot, rng.uniform(4, 11), mix(WATER, WHITE, 0.7))
    brush.ellipse((x + 74, 222, x + 132, 252), accent)
    brush.arc((x + 50, 158, x + 160, 268), 200, 250, WHITE, 6)


def tools(brush: Brush, accent: Colour, rng: random.Random) -> None:
    x = rng.uniform(120, 170)
    brush.box((x + 76, 148, x + 174, 214), INK, 24)
    brush.box((x + 94, 166, x + 156, 220), colour("#e9eef2"), 14)
    brush.box((x, 196, x + 250, 326), accent, 16)
    brush.box((x, 196, x + 250, 226), darker(accent, 0.16), 14)
    brush.box((x + 104, 216, x + 146, 244), colour("#f2c94c"), 6)
    for turn, tool in enumerate((STEEL, colour("#f2c94c"), SLATE)):
        left = 60 + turn * 26
        brush.line([(left, 300), (left + 20, 150)], tool, 11)
        brush.circle(left + 21, 144, 15, darker(tool, 0.1))
    brush.arc((404, 150, 452, 198), 120, 60, SLATE, 13)
    brush.line([(428, 196), (428, 318)], SLATE, 15)


def lamp(brush: Brush, accent: Colour, rng: random.Random) -> None:
    glow = colour("#fff3c4")
    brush.shape([(176, 128), (336, 128), (430, FLOOR), (82, FLOOR)], glow)
    brush.line([(256, 0), (256, 74)], INK, 5)
    brush.chord((166, 66, 346, 190), 180, 360, accent)
    brush.circle(256, 134, 25, colour("#ffe38a"))
    brush.box((136, 252, 376, 268), colour("#9c6d48"), 6)
    for leg in (152, 346):
        brush.box((leg, 266, leg + 12, 340), colour("#85593a"))
    brush.ellipse((220, 234, 292, 256), WHITE)
    brush.circle(rng.uniform(240, 270), 234, 14, colour("#e8744f"))


def phone(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((0, 0, 512, HEIGHT), mix(accent, WHITE, 0.78))
    brush.box((60, 60, 452, 350), colour("#4b8a7c"), 18)
    for line in range(80, 350, 30):
        brush.line([(76, line), (436, line)], colour("#549688"), 2)
    brush.box((186, 36, 326, 336), INK, 26)
    brush.box((195, 46, 317, 326), accent, 18)
    brush.circle(256, 62, 6, INK)
    for app in range(12):
        x, y = 208 + app % 3 * 35, 96 + app // 3 * 42
        brush.box((x, y, x + 26, y + 26), mix(rng.choice(ACCENTS), WHITE, 0.35), 7)
    brush.box((204, 280, 308, 314), lighter(accent, 0.4), 12)
    brush.line([(100, 100), (140, 300)], STEEL, 9)
    brush.line([(96, 84), (102, 116)], colour("#d9482b"), 19)
    for screw in range(5):
        brush.circle(364 + screw % 2 * 34, 120 + screw * 34, 6, STEEL)


def laptop(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((0, 272, 512, HEIGHT), colour("#c9986b"))
    brush.box((122, 74, 390, 258), INK, 14)
    brush.box((134, 86, 378, 246), accent, 6)
    brush.box((152, 104, 280, 116), lighter(accent, 0.6), 5)
    for row in range(5):
        width = rng.uniform(70, 190)
        brush.box((152, 130 + row * 20, 152 + width, 139 + row * 20), lighter(accent, 0.3), 4)
    brush.circle(344, 204, 22, WHITE)
    brush.line([(333, 204), (341, 213), (356, 195)], colour("#4fae72"), 6)
    brush.shape([(122, 258), (390, 258), (440, 312), (72, 312)], STEEL)
    brush.shape([(140, 266), (372, 266), (398, 292), (114, 292)], SLATE)
    brush.box((70, 310, 442, 320), darker(STEEL, 0.2), 5)
    brush.box((424, 226, 476, 290), WHITE, 10)
    brush.arc((462, 238, 494, 274), 270, 90, WHITE, 8)
