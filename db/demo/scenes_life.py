"""Work photos of water, doors, meals, hands and pets."""

import random

from db.demo.brush import Brush, Colour, colour, darker, lighter, mix
from db.demo.palette import HEIGHT, INK, SLATE, SNOW, STEEL, WATER, WHITE, WOODS


def dish(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((0, 96, 512, HEIGHT), colour("#c9986b"))
    brush.box((30, 120, 482, 364), mix(accent, WHITE, 0.72), 16)
    foods = ("#7fb24f", "#c9513b", "#e8b54a", "#a35f37", "#f0e4c8")
    spots = ((118, 186), (256, 172), (394, 188), (178, 300), (330, 302))
    for (x, y), food in zip(spots, rng.sample(foods, k=5), strict=True):
        brush.ellipse((x - 62, y - 46, x + 62, y + 50), colour("#dfe5e8"))
        brush.ellipse((x - 62, y - 50, x + 62, y + 44), WHITE)
        brush.ellipse((x - 42, y - 34, x + 42, y + 28), colour(food))
        for _ in range(6):
            bit = (x + rng.uniform(-26, 26), y - 4 + rng.uniform(-18, 18))
            brush.circle(*bit, rng.uniform(4, 9), mix(colour(food), WHITE, 0.35))


def nails(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((0, 0, 512, HEIGHT), mix(accent, WHITE, 0.72))
    skin = rng.choice(tuple(map(colour, ("#f9d2b4", "#f3c6a3", "#eab98f"))))
    brush.box((150, 216, 362, 420), skin, 66)
    for finger, (x, top) in enumerate(((150, 130), (205, 84), (260, 78), (315, 116))):
        brush.box((x, top, x + 47, 290), mix(skin, darker(skin), 0.12 * (finger % 2)), 23)
        brush.box((x + 9, top + 7, x + 38, top + 52), accent, 13)
        brush.line([(x + 17, top + 16), (x + 17, top + 34)], lighter(accent, 0.55), 4)
        brush.circle(x + 27, top + 38, 3.4, WHITE)
    brush.line([(352, 318), (420, 226)], skin, 50)
    brush.ellipse((402, 200, 438, 244), accent)


def pipe(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((110, 40, 402, 116), SNOW, 30)
    brush.box((94, 34, 418, 58), colour("#dfe7ec"), 12)
    for points in ([(256, 112), (256, 214)], [(256, 214), (344, 214)], [(344, 214), (344, 150)]):
        brush.line(points, STEEL, 34)
    brush.line([(344, 150), (470, 150)], STEEL, 34)
    for x, y in ((256, 140), (256, 204), (344, 204), (430, 150)):
        brush.box((x - 23, y - 12, x + 23, y + 12), darker(STEEL, 0.25), 5)
    brush.box((146, 296, 234, 360), accent, 12)
    brush.arc((150, 256, 230, 336), 180, 360, INK, 5)
    brush.line([(330, 340), (430, 300)], colour("#d9482b"), 17)
    brush.arc((414, 268, 462, 316), 20, 290, SLATE, 12)
    for drop in range(rng.randrange(1, 4)):
        brush.circle(190 + drop * 12, 322, 5, WATER)


def tap(brush: Brush, accent: Colour, rng: random.Random) -> None:
    brush.box((60, 262, 452, 360), WHITE, 34)
    brush.ellipse((90, 270, 422, 330), colour("#d7e4ec"))
    brush.box((226, 120, 262, 284), STEEL, 12)
    brush.arc((226, 76, 352, 202), 180, 360, STEEL, 32)
    brush.box((320, 136, 352, 178), STEEL, 8)
    brush.box((214, 270, 274, 290), darker(STEEL, 0.2), 8)
    brush.box((164, 128, 236, 148), accent, 10)
    brush.box((329, 178, 343, 302), mix(WATER, WHITE, 0.2), 7)
    brush.ellipse((300, 292, 372, 314), mix(WATER, WHITE, 0.4))
    for _ in range(6):
        drop = (336 + rng.uniform(-46, 46), 286 + rng.uniform(-22, 10))
        brush.circle(*drop, 4, WATER)


def lock(brush: Brush, accent: Colour, rng: random.Random) -> None:
    wood = rng.choice(WOODS[:4])
    brush.box((120, 0, 400, 340), darker(wood, 0.25))
    brush.box((134, 12, 386, 340), wood)
    for panel in (34, 190):
        brush.box((160, panel, 290, panel + 122), darker(wood, 0.1), 6)
    brush.box((310, 96, 364, 250), INK, 14)
    for key in range(9):
        brush.circle(324 + key % 3 * 13, 120 + key // 3 * 17, 4.4, mix(accent, WHITE, 0.5))
    brush.circle(337, 184, 11, accent)
    brush.line([(337, 222), (278, 222)], STEEL, 17)
    brush.circle(62, 196, 27, colour("#f2c94c"))
    brush.circle(62, 190, 10, WHITE)
    brush.line([(62, 220), (62, 290)], colour("#f2c94c"), 13)
    brush.line([(64, 262), (84, 262)], colour("#f2c94c"), 11)


def cat(brush: Brush, accent: Colour, rng: random.Random) -> None:
    fur = rng.choice(tuple(map(colour, ("#e8a45c", "#6d6a75", "#f1e4d3", "#3c3a42"))))
    brush.ellipse((120, 276, 392, 352), mix(accent, WHITE, 0.5))
    brush.line([(330, 300), (402, 262), (396, 196)], darker(fur, 0.1), 26)
    brush.ellipse((176, 178, 342, 330), fur)
    brush.shape([(190, 120), (202, 46), (252, 92)], fur)
    brush.shape([(322, 120), (310, 46), (260, 92)], fur)
    brush.ellipse((178, 74, 334, 208), fur)
    _face(brush, 256, 142, fur)
    brush.ellipse((214, 214, 298, 322), lighter(fur, 0.4))
    for paw in (212, 266):
        brush.ellipse((paw, 304, paw + 44, 334), lighter(fur, 0.45))
    brush.ellipse((392, 312, 474, 350), accent)
    brush.ellipse((402, 308, 464, 328), colour("#8a5a3c"))


def dog(brush: Brush, accent: Colour, rng: random.Random) -> None:
    fur = rng.choice(tuple(map(colour, ("#d9a066", "#f0dfc4", "#8a5a3c", "#e7c08a"))))
    brush.line([(332, 284), (392, 222)], fur, 25)
    brush.ellipse((172, 182, 344, 338), fur)
    brush.ellipse((176, 66, 336, 216), fur)
    for side in (-1, 1):
        x = 256 + side * 82
        brush.ellipse((x - 29, 84, x + 29, 196), darker(fur, 0.28))
    brush.ellipse((214, 132, 298, 208), lighter(fur, 0.5))
    _face(brush, 256, 146, fur)
    brush.ellipse((243, 184, 269, 208), colour("#ef7f8a"))
    brush.box((204, 208, 308, 226), accent, 9)
    brush.circle(256, 232, 10, colour("#f2c94c"))
    for paw in (204, 264):
        brush.ellipse((paw, 306, paw + 46, 342), lighter(fur, 0.35))


def _face(brush: Brush, x: float, y: float, fur: Colour) -> None:
    light_eyes = sum(fur) < 300
    for side in (-1, 1):
        eye = x + side * 34
        brush.circle(eye, y - 8, 11, colour("#f2d96b") if light_eyes else INK)
        brush.circle(eye + 3, y - 12, 4, INK if light_eyes else WHITE)
    brush.ellipse((x - 9, y + 14, x + 9, y + 27), darker(colour("#e58fa3"), 0.1))
    for side in (-1, 1):
        brush.arc((x + side * 11 - 11, y + 18, x + side * 11 + 11, y + 38), 10, 170, INK, 4)
