"""Puts names and self-introductions together from the word lists."""

import random
from dataclasses import dataclass

from core.places import Place
from db.demo.model import Text
from db.demo.reading import districts, read

LANGUAGES = ("zh_CN", "en")


@dataclass(frozen=True)
class Name:
    surname: str
    chinese: str
    pinyin: str
    gender: str


def names(rng: random.Random) -> dict[str, list[Name]]:
    """All names that can be made, shuffled, by gender; common surnames come up more often."""
    lists = read("words")
    drawn: dict[str, list[Name]] = {}
    for gender, given in lists["given"].items():
        pairs = [
            (rng.random() * (position + 12), surname, first)
            for position, surname in enumerate(lists["surnames"])
            for first in given
        ]
        pairs.sort(reverse=True)
        drawn[gender] = [_name(surname, first, gender) for _, surname, first in pairs]
    return drawn


def _name(surname: str, first: str, gender: str) -> Name:
    (family, family_en), (given, given_en) = surname.split(), first.split()
    return Name(family, family + given, f"{given_en} {family_en}", gender)


def bio(*, name: Name, trade: str, home: Place, years: int, rng: random.Random) -> Text:
    """An introduction, what they are good at, a habit or two, sometimes a goodbye; the same in each language."""
    pool, about = read("words")["bio"], read("words")["trades"][trade]
    habits = [habit for habit in pool["habit"] if habit.get("gender", name.gender) == name.gender]
    intros = [intro for intro in pool["intro"] if years >= intro.get("min_years", 0)]
    parts = [rng.choice(intros), rng.choice(about["strengths"])]
    parts += rng.sample(habits, k=rng.choice((1, 1, 2)))
    parts += rng.sample(pool["closing"], k=rng.choice((0, 0, 1)))
    facts = _facts(name, about["name"], home, years)
    return {
        language: ("" if language == "zh_CN" else " ")
        .join(part[language] for part in parts)
        .format(**facts[language])
        for language in LANGUAGES
    }


def _facts(name: Name, trade: Text, home: Place, years: int) -> dict[str, dict[str, object]]:
    surname_en = name.pinyin.split()[1]
    mr_or_ms = "Mr" if name.gender == "m" else "Ms"
    call = name.surname + ("师傅" if name.gender == "m" else "姐")
    return {
        "zh_CN": {
            "district": home.district, "place": home.name, "trade": trade["zh_CN"],
            "years": years, "call": call,
        },
        "en": {
            "district": districts()[home.district], "place": home.name_en, "trade": trade["en"],
            "years": years, "call_en": f"{mr_or_ms} {surname_en}",
        },
    }  # fmt: skip
