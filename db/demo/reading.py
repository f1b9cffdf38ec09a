"""Reads the demo city's YAML files into plain facts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.places import Place
from db.demo.model import Category, Coupon, Faq, Service

HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """One file's content; shared, so nobody changes it."""
    return yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), Loader=_Loader)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def categories() -> tuple[Category, ...]:
    """Parents before children."""
    return tuple(_category(node, parent) for node, parent, _ in _nodes())


def services() -> tuple[Service, ...]:
    return tuple(
        _service(raw, node, trade)
        for node, _, trade in _nodes()
        for raw in node.get("services", ())
    )


def places() -> tuple[Place, ...]:
    return tuple(
        Place(name, name_en, lat, lon, district, tuple(aliases))
        for district, content in read("places").items()
        for name, name_en, lat, lon, *aliases in content["places"]
    )


def districts() -> dict[str, str]:
    """Chinese name → English name."""
    return {name: content["name_en"] for name, content in read("places").items()}


def faq() -> tuple[Faq, ...]:
    return tuple(
        Faq(side, topic["topic"], entry["question"], entry["answer"])
        for side, topics in (("customer", "topics"), ("provider", "work"))
        for topic in read("faq")[topics]
        for entry in topic["questions"]
    )


def coupons(*, now: datetime) -> tuple[Coupon, ...]:
    return tuple(_coupon(raw, now) for raw in read("faq")["coupons"])


def _nodes() -> Iterator[tuple[dict[str, Any], str | None, str]]:
    """Every category with its parent's code and its trade, depth first."""

    def walk(
        nodes: list[dict[str, Any]], parent: str | None, trade: str
    ) -> Iterator[tuple[dict[str, Any], str | None, str]]:
        for node in nodes:
            own = node.get("trade", trade)
            yield node, parent, own
            yield from walk(node.get("children", []), node["code"], own)

    return walk(read("catalogue")["categories"], None, "")


def _category(node: dict[str, Any], parent: str | None) -> Category:
    return Category(node["code"], parent, node["emoji"], node["name"], node["description"])


def _service(raw: dict[str, Any], node: dict[str, Any], trade: str) -> Service:
    return Service(
        code=raw["code"],
        category=node["code"],
        trade=trade,
        emoji=raw.get("emoji", node["emoji"]),
        names=raw["name"],
        descriptions=raw["description"],
        keywords=tuple(word for words in raw["keywords"].values() for word in words),
        price=raw["price"],
        price_low=raw["band"][0],
        price_high=raw["band"][1],
        unit=raw["unit"],
        units=raw.get("units", 1),
        minutes=raw["minutes"],
        commission_bp=raw["commission"],
        payment=raw["payment"]["rule"],
        deposit_bp=raw["payment"].get("deposit", 0),
        on_site=raw["payment"]["on_site"],
        certificate=raw["certificate"],
        photos=raw["photos"],
        work_photos=raw.get("work_photos", "none"),
        options=tuple(_option(option) for option in raw["options"]),
        questions=tuple(_question(question) for question in raw["questions"]),
    )


def _option(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": raw["code"],
        "names": raw["name"],
        "price": raw["price"],
        "minutes": raw["minutes"],
        "max": raw.get("max", 1),
    }


def _question(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": raw["code"],
        "names": raw["text"],
        "choices": raw.get("choices", []),
        "required": raw.get("required", False),
    }


def _coupon(raw: dict[str, Any], now: datetime) -> Coupon:
    return Coupon(
        code=raw["code"],
        names=raw["names"],
        amount=raw.get("amount", 0),
        percent_bp=raw.get("percent_bp", 0),
        minimum=raw["minimum"],
        services=tuple(s.code for s in services() if s.trade in raw.get("trades", ())),
        newcomers=raw.get("newcomers", False),
        uses=raw["uses"],
        per_person=raw["per_person"],
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=raw["days"]),
    )
