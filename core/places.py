"""Finds a place by what a person typed, without asking anyone: the offline gazetteer."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.search.pinyin import glued, spellings

SHORTEST_GUESS = 2


@dataclass(frozen=True)
class Place:
    """A known spot of a city; coordinates are WGS-84. What has no `…_en` is spelt from its Chinese name."""

    name: str
    name_en: str
    lat: float
    lon: float
    district: str
    aliases: tuple[str, ...] = ()
    city: str = ""
    district_en: str = ""
    city_en: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A district, a whole city, or everywhere."""

    city: str = ""
    district: str = ""


def in_city(*, district: str, city: str) -> str:
    """What a district is called whose name another city has, too: 杭州·西湖区."""
    return f"{_stem(city)}{_IN_CITY}{district}"


def find_places(*, text: str, places: Iterable[Place], limit: int = 5) -> list[Place]:
    """Best first: the exact name, a name inside a longer address, then names that hold the text."""
    wanted = _fold(text)
    if not wanted:
        return []
    ranked = []
    for order, place in enumerate(places):
        names = (place.name, place.name_en, *place.aliases)
        rank = min(_rank(wanted, _fold(name)) for name in names)
        if rank < _NO_MATCH:
            ranked.append((rank, order, place))
    ranked.sort(key=lambda found: found[:2])
    return [place for _, _, place in ranked[:limit]]


def mentioned(*, text: str, places: Iterable[Place]) -> Place | None:
    """The one place a sentence names for certain; of names inside each other the longer, of two places none."""
    said = _fold(text)
    found = [
        (name, place)
        for place in places
        for name in map(_fold, (place.name, place.name_en, *place.aliases))
        if len(name) >= (_SHORTEST_LATIN if name.isascii() else SHORTEST_GUESS)
        and _holds(said, name)
    ]
    written = _written(said)
    found += [(one, place) for place in places for one in written & _letters(place.name)]
    longest = [
        place for name, place in found
        if not any(name in other and name != other for other, _ in found)
    ]  # fmt: skip
    return longest[0] if longest and all(place == longest[0] for place in longest) else None


def district(*, text: str, places: Iterable[Place]) -> str | None:
    """The district a sentence names: 浦东, 浦东新区, 徐汇区, Pudong, xuhui qu; one of two cities, with its city."""
    names = sorted({place.district for place in places if place.district})
    return next((name for name in names if _named(_fold(text), name.split(_IN_CITY))), None)


def city(*, text: str, places: Iterable[Place]) -> str | None:
    """The city a sentence names: 杭州, 杭州市, Hangzhou."""
    names = sorted({place.city for place in places if place.city})
    return next((name for name in names if _named(_fold(text), [name])), None)


def _named(said: str, parts: Iterable[str]) -> bool:
    words = _written(said)
    return all(
        _holds(said, _fold(_stem(part))) or words & (_letters(_stem(part)) | _letters(part))
        for part in parts
    )


def district_alone(*, text: str, places: Iterable[Place]) -> str | None:
    """The same where nothing else is said: 浦东新区, 上海浦东, Pudong district."""
    named = district(text=text, places=places)
    if named is None:
        return None
    parts, said = named.split(_IN_CITY), _fold(text)
    for part in parts:
        said = said.replace(_stem(part), f" {_stem(part)} ")
    about = _ABOUT_DISTRICTS | {name for place in places for name in _spoken(place.city)}
    left = "".join(word for word in said.split() if word not in about)
    return named if left in _spoken(parts[-1]) else None


def called(district: str) -> tuple[str, ...]:
    """Every way to say a district, to be found in a sentence."""
    return (district, *sorted({way for part in district.split(_IN_CITY) for way in _spoken(part)}))


@lru_cache(maxsize=4096)
def _spoken(name: str) -> frozenset[str]:
    return frozenset({name, _stem(name)}) | _letters(_stem(name)) | _letters(name)


def written(district: str) -> str:
    """Every way to write a district, for words to be looked for in: 徐汇区 Xuhui Qu, Xuhui district."""
    letters = sorted({one for part in district.split(_IN_CITY) for one in _letters(part)})
    return " ".join([district, *letters, "district"]) if district else ""


def in_letters(name: str) -> str:
    """浦东新区 as people write it who don't read Chinese: Pudong; 杭州·西湖区: Xihu, Hangzhou."""
    parts = [(one, _stem(one)) for one in reversed(name.split(_IN_CITY))]
    return ", ".join(min(spellings(han=stem), default=one).title() for one, stem in parts)


def _stem(name: str) -> str:
    return name.removesuffix("区").removesuffix("新").removesuffix("市")


def _written(said: str) -> set[str]:
    return glued(words=[word for word in said.split() if word.isascii()])


@lru_cache(maxsize=4096)
def _letters(name: str) -> frozenset[str]:
    """The pinyin of a Chinese name; of very short ones none, they may be anything."""
    found = spellings(han=name) if not name.isascii() else ()
    return frozenset(one for one in found if len(one) >= _SHORTEST_LATIN)


_SHORTEST_LATIN = 5
# What is said around the name of a district without saying anything more.
_ABOUT_DISTRICTS = frozenset(
    {"市", "区", "新区", "district", "city", "new", "area", "qu", "xinqu", "in"}
)
_IN_CITY = "·"
_NO_MATCH = (9, 0)


def _rank(wanted: str, name: str) -> tuple[int, int]:
    """How well a name answers: the smaller the better; within a kind the closest length wins."""
    if wanted == name:
        return (0, 0)
    if len(name) >= SHORTEST_GUESS and _holds(wanted, name):
        return (1, -len(name))
    if len(wanted) >= SHORTEST_GUESS and name.startswith(wanted):
        return (2, len(name))
    if len(wanted) >= SHORTEST_GUESS and wanted in name:
        return (3, len(name))
    return _NO_MATCH


def _holds(address: str, name: str) -> bool:
    """Latin names must match whole words ("SHA" is not in "Shanghai"); Chinese has no word gaps."""
    return f" {name} " in f" {address} " if name.isascii() else name in address


def _fold(text: str) -> str:
    """One spelling for width, case, punctuation and gaps: "People\u2019s Square" equals "peoples square"."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("\u2019", "")
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
