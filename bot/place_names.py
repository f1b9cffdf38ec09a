"""A known place is called as its reader calls it, whatever language it was saved in."""

from collections.abc import Mapping, Sequence

from core.places import Place, in_letters

_KNOWN: dict[str, Mapping[str, str]] = {}
_ENGLISH: dict[str, str] = {}


def know(places: Sequence[Place]) -> None:
    """From now on these have their names in each language; a name that two places share says nothing."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for place in places:
        called = {"zh_CN": place.name, "en": place.name_en or place.name}
        for name in set(called.values()):
            found.setdefault(name, []).append(called)
    _KNOWN.clear()
    _KNOWN.update({name: called[0] for name, called in found.items() if len(called) == 1})
    _ENGLISH.clear()
    for place in places:
        _ENGLISH[place.city] = place.city_en or in_letters(place.city)
        _ENGLISH[place.district] = place.district_en or in_letters(place.district)


def names_of(name: str) -> Mapping[str, str]:
    """By language; nothing for what isn't known."""
    return _KNOWN.get(name, {})


def names_of_area(name: str) -> Mapping[str, str]:
    """A district's or a city's."""
    return {"zh_CN": name, "en": _ENGLISH.get(name) or in_letters(name)}
