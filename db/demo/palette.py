"""The colours and the floor line all work photos share."""

from db.demo.brush import Colour, colour

HEIGHT = 384
FLOOR = 300
WALLS = tuple(map(colour, ("#dfeaf2", "#f3e9dc", "#e4efe2", "#f4e3e3", "#e8e4f3", "#f6efd8")))
WOODS = tuple(map(colour, ("#d2a679", "#c1916a", "#b98b62", "#dcb88c", "#a9b3ba")))
ACCENTS = tuple(map(colour, ("#4f8fd0", "#e0785a", "#5aa77b", "#d9a441", "#8d79c7", "#d4728f")))
WHITE: Colour = (255, 255, 255)
SNOW = colour("#f7f9fb")
STEEL = colour("#b9c4cc")
SLATE = colour("#4a5560")
INK = colour("#2f3540")
WATER = colour("#7cc4ec")
