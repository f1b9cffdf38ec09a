"""Makes the people of the demo city from a seed: professionals who could be real, customers to play, staff."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from core.places import Place
from db.demo import reviews, words
from db.demo.model import Address, Certificate, Customer, Hours, Provider, Service, Staff

CENTRE = (31.2304, 121.4737)
CENTRE_REACH_KM = 6.5
COUNT = {
    "appliance": 38, "housekeeping": 22, "cleaning": 26, "beauty": 20, "plumbing": 18, "locks": 10,
    "moving": 10, "furniture": 13, "pets": 12, "baby": 10, "digital": 12, "pest": 9,
}  # fmt: skip
WOMEN = {
    "appliance": 0.04, "housekeeping": 0.88, "cleaning": 0.55, "beauty": 0.7, "plumbing": 0.03,
    "locks": 0.05, "moving": 0.04, "furniture": 0.08, "pets": 0.65, "baby": 1.0, "digital": 0.15,
    "pest": 0.15,
}  # fmt: skip
DENSITY = {
    "浦东新区": 20, "闵行区": 12, "徐汇区": 9, "静安区": 8, "杨浦区": 8, "普陀区": 8, "宝山区": 8,
    "长宁区": 6, "虹口区": 5, "黄浦区": 4, "松江区": 6, "嘉定区": 6, "青浦区": 3, "奉贤区": 3,
    "金山区": 2, "崇明区": 2,
}  # fmt: skip
H = 60
SHIFTS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((9 * H, 12 * H), (13 * H, 18 * H)),
    ((8 * H, 12 * H), (13 * H, 20 * H)),
    ((8 * H + 30, 11 * H + 30), (12 * H + 30, 18 * H + 30)),
    ((9 * H, 12 * H + 30), (13 * H + 30, 21 * H)),
    ((10 * H, 14 * H), (15 * H, 22 * H)),
    ((7 * H, 11 * H + 30), (13 * H, 17 * H + 30)),
    ((9 * H + 30, 12 * H), (12 * H + 45, 19 * H + 15)),
    ((6 * H, 11 * H), (12 * H, 16 * H)),
    ((12 * H, 17 * H), (18 * H, 22 * H)),
    ((8 * H, 18 * H),),
    ((9 * H, 19 * H),),
    ((8 * H, 20 * H),),
)
DAYS_OFF = ((), (), (6,), (6,), (0,), (2,), (3,), (5, 6))


def providers(
    *, services: Sequence[Service], places: Sequence[Place], now: datetime, rng: random.Random
) -> tuple[Provider, ...]:
    """Two hundred professionals. Half of each trade live near the centre and keep their papers in
    order, so that every service can be had there."""
    people: list[Provider] = []
    names = words.names(rng)
    for trade, count in COUNT.items():
        offered = [service for service in services if service.trade == trade]
        for turn in range(count):
            number = 2001 + len(people)
            gender = "f" if rng.random() < WOMEN[trade] else "m"
            home = _home(places, central=turn * 2 < count, rng=rng)
            people.append(_provider(number, turn, count, offered, home, names[gender], now, rng))
    return tuple(people)


def _provider(
    number: int, turn: int, count: int, offered: list[Service], home: Place,
    names: list[words.Name], now: datetime, rng: random.Random,
) -> Provider:  # fmt: skip
    central = turn * 2 < count
    name = names.pop()
    years = max(2, min(30, round(rng.gauss(9, 6))))
    known = _known(turn, offered, rng)
    talent = min(0.98, max(0.35, rng.gauss(0.82, 0.13)))
    said = reviews.reviews(services=known, talent=talent, gender=name.gender, now=now, rng=rng)
    lat, lon = home.lat + rng.uniform(-0.006, 0.006), home.lon + rng.uniform(-0.007, 0.007)
    longest = max(service.minutes for service in known)
    return Provider(
        telegram_id=number,
        username=f"{name.pinyin.split()[0].lower().replace('ü', 'u')}_{number}",
        language_code="en" if rng.random() < 0.05 else "zh-hans",
        phone=f"+861990000{number}",
        name=name.chinese,
        name_en=name.pinyin,
        gender=name.gender,
        trade=offered[0].trade,
        bio=words.bio(name=name, trade=offered[0].trade, home=home, years=years, rng=rng),
        years=years,
        district=home.district,
        place=home.name,
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_m=rng.randrange(9, 16) * 1000 if central else rng.randrange(3, 16) * 1000,
        skills={service.code: _price(service, years, talent, rng) for service in known},
        hours=_hours(longest, seven_days=central and turn % 3 == 0, rng=rng),
        daily_max=2 if longest >= 300 else rng.choice((4, 5, 6, 6, 8)),
        buffer_min=rng.choice((15, 30, 30, 45)),
        certificates=_certificates(known, now, rng, sure=central),
        jobs_done=round(len(said) * rng.uniform(2, 6) + years * rng.uniform(10, 60)),
        reviews=said,
        joined_at=now - timedelta(days=rng.randrange(420, 1500)),
    )


def distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle distance; good enough to choose homes."""
    a = (
        sin(radians(to_lat - lat) / 2) ** 2
        + cos(radians(lat)) * cos(radians(to_lat)) * sin(radians(to_lon - lon) / 2) ** 2
    )
    return 12742 * asin(sqrt(a))


def _home(places: Sequence[Place], *, central: bool, rng: random.Random) -> Place:
    """A place near which somebody lives: in the centre, or in a district by its density."""
    if central:
        places = [p for p in places if distance_km(p.lat, p.lon, *CENTRE) < CENTRE_REACH_KM]
    known = {place.district for place in places}
    weights = {district: weight for district, weight in DENSITY.items() if district in known}
    district = rng.choices(list(weights), weights=list(weights.values()))[0]
    return rng.choice([place for place in places if place.district == district])


def _known(turn: int, offered: list[Service], rng: random.Random) -> list[Service]:
    """Two to six neighbouring services; the start moves on with each person so that all are covered."""
    count = min(len(offered), max(2, min(6, round(rng.gauss(4, 1.2)))))
    start = turn * 2 % len(offered)
    return [offered[(start + step) % len(offered)] for step in range(count)]


def _price(service: Service, years: int, talent: float, rng: random.Random) -> int:
    """Within the band, in steps of five yuan; the experienced and the gifted ask for more."""
    factor = rng.gauss(0.94 + years * 0.006 + (talent - 0.8) * 0.25, 0.08)
    low, high = -(-service.price_low // 500) * 500, service.price_high // 500 * 500
    return max(low, min(high, round(service.price * factor / 500) * 500))


def _hours(longest: int, *, seven_days: bool, rng: random.Random) -> tuple[Hours, ...]:
    """A weekly pattern in which the longest job fits; some Saturdays and Sundays are shorter."""
    fitting = [s for s in SHIFTS if max(end - start for start, end in s) >= longest]
    shift = rng.choice(fitting)
    weekend = shift if rng.random() < 0.7 else rng.choice(fitting)
    off = () if seven_days else rng.choice(DAYS_OFF)
    return tuple(
        Hours(day, start, end)
        for day in range(7)
        if day not in off
        for start, end in (weekend if day >= 5 else shift)
    )


def _certificates(
    known: list[Service], now: datetime, rng: random.Random, *, sure: bool
) -> tuple[Certificate, ...]:
    """One per kind the services need; away from the centre a few have run out or wait to be checked."""
    kinds = dict.fromkeys(service.certificate for service in known if service.certificate)
    return tuple(_certificate(kind, now, rng, sure=sure) for kind in kinds)


def _certificate(kind: str, now: datetime, rng: random.Random, *, sure: bool) -> Certificate:
    luck = rng.random()
    days = rng.randrange(60, 1400)
    if luck < 0.08:
        days = rng.randrange(5, 28)
    elif luck < 0.2 and not sure:
        days = -rng.randrange(3, 120)
    number = f"SH{rng.randrange(2016, 2025)}{rng.randrange(10**7):07d}"
    return Certificate(
        kind, number, (now + timedelta(days=days)).date(), verified=sure or rng.random() > 0.07
    )


CUSTOMERS = (
    (1001, "xiaoyu_chen", "zh-hans", "陈晓雨", "f", ("静安寺", "愚园路 68 号 3 号楼 1502 室")),
    (1002, "lixiang88", "zh-hans", "李想", "m", None),
    (1003, "emma_wilson", "en", "Emma Wilson", "f", ("武康路", "Lane 376, house 12")),
    (1004, "james_carter", "en", "James Carter", "m", None),
)
STAFF = (
    (3001, "zhoumin_owner", "zh-hans", "周敏", "f", "owner"),
    (3002, "wulei_ops", "zh-hans", "吴磊", "m", "operator"),
    (3003, "sophie_support", "en", "Sophie Zhang", "f", "support"),
)


def customers(*, places: Sequence[Place]) -> tuple[Customer, ...]:
    """Four people to play; two have a saved address."""
    by_name = {place.name: place for place in places}
    return tuple(
        Customer(
            number,
            username,
            language,
            f"+861990000{number}",
            name,
            () if home is None else (_address(by_name[home[0]], home[1]),),
            gender,
        )
        for number, username, language, name, gender, home in CUSTOMERS
    )


def _address(place: Place, detail: str) -> Address:
    return Address(place.name, detail, place.lat, place.lon)


def staff() -> tuple[Staff, ...]:
    return tuple(
        Staff(number, username, language, f"+861990000{number}", name, role, gender)
        for number, username, language, name, gender, role in STAFF
    )
