"""The places a platform serves, as people write them down: cities, their districts, and the spots that people name."""

from collections import Counter
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from core.errors import Invalid
from core.places import Place, in_city

_FEWEST = 4  # of what stands in a row: both names and the point


def _row(row: Any) -> Any:
    if not isinstance(row, list) or len(row) < _FEWEST:
        return row
    name, name_en, lat, lon, *aliases = row
    names = [str(one) for one in (name, name_en or name, *aliases)]
    return {"name": names[0], "name_en": names[1], "lat": lat, "lon": lon, "aliases": names[2:]}


class _Spot(BaseModel):
    name: str = Field(min_length=1)
    name_en: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    aliases: tuple[str, ...] = ()


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name_en: str = ""


class _District(_Named):
    places: list[Annotated[_Spot, BeforeValidator(_row)]]


class _City(_Named):
    districts: dict[str, _District]


_CITIES = TypeAdapter(dict[str, _City])
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_places(*, text: str) -> tuple[Place, ...]:
    """All of a file, in its order. Raises Invalid("places", "format") with where it is wrong."""
    try:
        cities = _CITIES.validate_python(yaml.load(text, Loader=_Loader))
    except ValidationError as error:
        wrong = " › ".join(map(str, error.errors()[0]["loc"]))
        raise Invalid("places", "format", {"at": wrong}) from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Invalid("places", "format", {"at": str(line)}) from error
    having = Counter(district for city in cities.values() for district in city.districts)
    return tuple(
        _place(spot, city, cities[city], district, shared=having[district] > 1)
        for city in cities
        for district, inside in cities[city].districts.items()
        for spot in inside.places
    )


def _place(spot: _Spot, city: str, about: _City, district: str, *, shared: bool) -> Place:
    """A district that two cities have by the same name goes by its city, too."""
    named = about.districts[district].name_en
    if shared:
        named = f"{named}, {about.name_en}" if named and about.name_en else ""
        district = in_city(district=district, city=city)
    return Place(
        spot.name, spot.name_en, spot.lat, spot.lon, district, spot.aliases, city=city,
        district_en=named, city_en=about.name_en,
    )  # fmt: skip
