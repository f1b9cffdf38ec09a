"""Reads the demo city's YAML files into plain facts."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.catalog.sheet.reading import Reader, Row
from core.gazetteer import read_places
from core.places import Place
from db.demo.model import Category, Coupon, Service

HERE = Path(__file__).parent
CURRENCY = "CNY"


@cache
def read(name: str) -> Any:
    """One file's content; shared, so nobody changes it."""
    return yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), Loader=_Loader)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _rows() -> tuple[Row, ...]:
    """The catalogue as staff would import it, parents before children."""
    content = (HERE / "catalogue.yaml").read_text("utf-8")
    sheet = Reader(currency=CURRENCY).read(content)
    if sheet.mistakes:
        raise ValueError(sheet.mistakes)
    return tuple(sheet.rows)


def categories() -> tuple[Category, ...]:
    """Parents before children."""
    return tuple(
        Category(
            row.code, row.parent, row.values["emoji"], row.values["names"],
            row.values["descriptions"],
        )
        for row in _rows() if not row.service
    )  # fmt: skip


def services() -> tuple[Service, ...]:
    market, parents = read("market"), {row.code: row.parent for row in _rows()}

    def trade(code: str) -> str:
        """Of the nearest category that has one."""
        return market["trades"].get(code) or trade(str(parents[code]))

    return tuple(
        Service(
            code=row.code, category=str(row.parent), trade=trade(row.code),
            price=market["prices"][row.code],
            **{name: row.values[name] for name in Service.__dataclass_fields__ if name in row.values},
        )
        for row in _rows() if row.service
    )  # fmt: skip


@cache
def places() -> tuple[Place, ...]:
    return read_places(text=(HERE / "places.yaml").read_text("utf-8"))


def districts() -> dict[str, str]:
    """Chinese name → English name."""
    return {place.district: place.district_en for place in places()}


def coupons(*, now: datetime) -> tuple[Coupon, ...]:
    return tuple(_coupon(raw, now) for raw in read("coupons")["coupons"])


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
