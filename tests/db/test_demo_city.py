"""The demo city is whole: enough of everything, in both languages, plausible, and the same every time."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image

from core.places import find_places
from db.demo import load_city, pictures, portraits
from db.demo.model import City, Customer, Provider, Service, Staff
from db.demo.people import CENTRE, distance_km

NOW = datetime(2025, 5, 20, 4, 0, tzinfo=UTC)
LANGUAGES = {"zh_CN", "en"}


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(NOW)


def texts(thing: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every {language: words} anywhere inside."""
    if isinstance(thing, dict) and thing and set(thing) & LANGUAGES:
        yield path, thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from texts(value, f"{path}/{key}")
    elif isinstance(thing, (list, tuple)):
        for index, value in enumerate(thing):
            yield from texts(value, f"{path}/{index}")


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def valid_for(provider: Provider, service: Service) -> bool:
    return service.certificate is None or any(
        held.kind == service.certificate and held.verified and held.expires_on >= NOW.date()
        for held in provider.certificates
    )


def test_there_is_enough_of_everything(city: City) -> None:
    assert len(city.providers) == 200
    assert 45 <= len(city.services) <= 60
    assert len(city.places) >= 200
    assert len([category for category in city.categories if category.parent is None]) == 5
    assert (len(city.customers), len(city.staff), len(city.coupons)) == (4, 3, 3)
    assert len(city.districts) == 16
    names = {category.names["zh_CN"] for category in city.categories}
    assert {"家电维修", "家政服务", "美容美发", "管道疏通"} <= names


def test_every_text_is_there_in_both_languages(city: City) -> None:
    facts = asdict(city)
    facts.pop("places")
    found = list(texts(facts))
    assert len(found) > 700
    for path, text in found:
        assert set(text) == LANGUAGES, path
        assert all(words.strip() for words in text.values()), path
        assert not has_chinese(text["en"]), (path, text["en"])
        assert "{" not in "".join(text.values()), path


def test_chinese_texts_use_chinese_punctuation(city: City) -> None:
    for path, text in texts(asdict(city)):
        chinese = text["zh_CN"]
        assert not any(
            mark in ",?!;:" and has_chinese(before) for before, mark in pairwise(chinese)
        ), (path, chinese)


def test_services_are_priced_and_timed_sensibly(city: City) -> None:
    assert len({service.code for service in city.services}) == len(city.services)
    known = {category.code for category in city.categories}
    for service in city.services:
        assert service.category in known
        assert 0 < service.price_low <= service.price <= service.price_high, service.code
        assert service.minutes > 0
        assert service.minutes % 15 == 0, service.code
        assert all(option["minutes"] % 15 == 0 for option in service.options), service.code
        assert all(option["price"] >= 0 and option["max"] >= 1 for option in service.options)
        assert len(service.questions) <= 3
        assert service.unit in {"visit", "unit", "hour", "sqm"}
        assert service.payment in {"full", "deposit"}
        assert (service.deposit_bp > 0) == (service.payment == "deposit"), service.code
        assert 0 < service.commission_bp < 3000
        assert service.certificate is None or service.certificate in city.certificates
        assert any(map(has_chinese, service.keywords))
        assert not all(map(has_chinese, service.keywords))


def test_providers_keep_to_the_bands_and_to_the_clock(city: City) -> None:
    services = {service.code: service for service in city.services}
    for provider in city.providers:
        assert 2 <= len(provider.skills) <= 6
        for code, price in provider.skills.items():
            assert services[code].price_low <= price <= services[code].price_high, code
            longest = max(hours.end_min - hours.start_min for hours in provider.hours)
            assert longest >= services[code].minutes, (provider.name, code)
        assert 3000 <= provider.radius_m <= 15000
        assert provider.buffer_min % 15 == 0
        for hours in provider.hours:
            assert 6 * 60 <= hours.start_min < hours.end_min <= 22 * 60
            assert hours.start_min % 15 == hours.end_min % 15 == 0
            assert 0 <= hours.weekday <= 6
        spans = sorted((h.weekday, h.start_min, h.end_min) for h in provider.hours)
        for (day, _, end), (next_day, start, _) in pairwise(spans):
            assert next_day > day or start >= end, provider.name


def test_providers_are_different_people(city: City) -> None:
    people: list[Provider | Customer | Staff] = [*city.providers, *city.customers, *city.staff]
    assert len({person.telegram_id for person in people}) == len(people)
    assert len({person.phone for person in people}) == len(people)
    assert len({person.username for person in people}) == len(people)
    assert len({provider.name for provider in city.providers}) >= 195
    assert len({provider.bio["zh_CN"] for provider in city.providers}) == 200
    assert city.providers[0].telegram_id == 2001


def test_most_marks_are_good_but_not_all(city: City) -> None:
    means = [
        (p.quality_sum + p.attitude_sum + p.skill_sum) / (3 * p.rating_count)
        for p in city.providers
    ]
    assert 4.3 < sum(means) / len(means) < 4.8
    assert min(means) < 4.0
    reviews = [review for provider in city.providers for review in provider.reviews]
    assert all(3 <= provider.rating_count <= 12 for provider in city.providers)
    assert all(provider.jobs_done >= provider.rating_count for provider in city.providers)
    assert all(review.created_at < NOW for review in reviews)
    assert all("*" in review.author for review in reviews)
    assert {review.language for review in reviews} == LANGUAGES
    assert any(review.reply for review in reviews)
    drawn = {picture.motif for review in reviews for picture in review.pictures}
    assert drawn <= set(pictures.MOTIFS)
    assert len(drawn) >= 12


def test_nobody_is_praised_twice_in_the_same_words(city: City) -> None:
    for provider in city.providers:
        counted = Counter(review.text for review in provider.reviews if review.text)
        assert not counted or max(counted.values()) == 1, provider.name


def test_some_certificates_ran_out_and_some_are_about_to(city: City) -> None:
    days = [(c.expires_on - NOW.date()).days for p in city.providers for c in p.certificates]
    assert 3 <= sum(left < 0 for left in days) < len(days) // 5
    assert sum(0 <= left < 30 for left in days) >= 3


def test_a_newcomer_on_peoples_square_finds_three_for_every_service(city: City) -> None:
    for service in city.services:
        coming = [
            provider
            for provider in city.providers
            if service.code in provider.skills
            and valid_for(provider, service)
            and distance_km(provider.lat, provider.lon, *CENTRE) * 1000 <= provider.radius_m
        ]
        assert len(coming) >= 3, service.code


def test_the_gazetteer_knows_its_places_by_name(city: City) -> None:
    square = find_places(text="人民广场5号楼302", places=city.places)[0]
    assert (square.lat, square.lon) == CENTRE
    for place in city.places:
        assert find_places(text=place.name, places=city.places)[0] == place
        assert find_places(text=place.name_en, places=city.places)[0].name_en == place.name_en
        assert 30.6 < place.lat < 31.9
        assert 120.8 < place.lon < 122.1
        assert place.district in city.districts


def test_the_same_seed_makes_the_same_city_and_another_seed_another(city: City) -> None:
    assert load_city(NOW) == city
    assert load_city(NOW, seed=7).providers != city.providers


def test_portraits_are_pictures_all_different_and_the_same_when_drawn_again(city: City) -> None:
    drawn = {}
    for provider in city.providers[::4]:
        facts: dict[str, Any] = {
            "seed": provider.telegram_id,
            "gender": provider.gender,
            "trade": provider.trade,
            "years": provider.years,
        }
        drawn[provider.telegram_id] = portraits.draw(**facts)
    assert portraits.draw(**facts) == drawn[facts["seed"]]
    assert len(set(drawn.values())) == len(drawn)
    for jpeg in drawn.values():
        picture = Image.open(io.BytesIO(jpeg))
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", (512, 512))


@pytest.mark.parametrize("motif", pictures.MOTIFS)
def test_every_work_photo_can_be_drawn(motif: str) -> None:
    one, other = (pictures.draw(motif=motif, seed=seed) for seed in (1, 2))
    assert one == pictures.draw(motif=motif, seed=1)
    assert one != other
    picture = Image.open(io.BytesIO(one))
    picture.load()
    assert (picture.format, picture.size) == ("JPEG", (512, 384))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_keep_the_newcomers_promise(seed: int) -> None:
    test_a_newcomer_on_peoples_square_finds_three_for_every_service(load_city(NOW, seed=seed))
