"""The catalogue as a file: written as it is read, short values on one line."""

import re
from decimal import Decimal
from typing import Any, Final

import yaml

from core.catalog.model import Category, Service
from core.catalog.sheet.reading import USUAL_OF_SERVICE
from core.catalog.tree import Tree
from core.money import exponent

_HAN: Final = re.compile(r"[\u3400-\u9fff]")


class Flow(dict[str, Any]):
    """Written in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    Flow,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True),
)
_Dumper.add_representer(
    tuple,
    lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True),
)


def written(*, tree: Tree, currency: str, head: str = "") -> str:
    """The whole catalogue, hidden things too, below the comments of `head`."""
    content = {"currency": currency, "categories": _below(tree, None, exponent(currency=currency))}
    body = yaml.dump(
        content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000,
        default_flow_style=False,
    )  # fmt: skip
    return head + body


def _below(tree: Tree, parent_id: int | None, places: int) -> list[dict[str, Any]]:
    categories, _ = tree.everything_in(category_id=parent_id)
    return [_category(tree, one, places) for one in categories]


def _category(tree: Tree, one: Category, places: int) -> dict[str, Any]:
    children = _below(tree, one.id, places)
    services = [_service(each, places) for each in tree.everything_in(category_id=one.id)[1]]
    inside = {"children": children} if children else {}
    return _both(one) | inside | ({"services": services} if services else {})


def _both(one: Category | Service) -> dict[str, Any]:
    told: dict[str, Any] = {"code": one.code, "emoji": one.emoji, "name": Flow(one.names)}
    if one.descriptions:
        told["description"] = Flow(one.descriptions)
    return told | ({"hidden": True} if one.hidden else {})


def _number(value: int, places: int) -> int | float:
    exact = Decimal(value).scaleb(-places)
    return int(exact) if exact == int(exact) else float(exact)


def _service(one: Service, places: int) -> dict[str, Any]:
    payment = {"rule": one.payment}
    if one.deposit_bp:
        payment["deposit"] = _number(one.deposit_bp, 2)  # type: ignore[assignment]
    payment["on_site"] = one.on_site  # type: ignore[assignment]
    told = _both(one) | {
        "band": (_number(one.price_low, places), _number(one.price_high, places)),
        "unit": one.unit, "minutes": one.minutes, "commission": _number(one.commission_bp, 2),
        "payment": Flow(payment), "certificate": one.certificate, "photos": one.photos,
        "work_photos": str(one.work_photos),
        "options": [_option(row, places) for row in one.options],
        "questions": [_question(row) for row in one.questions],
        "keywords": _keywords(one),
    }  # fmt: skip
    usual = {**USUAL_OF_SERVICE, "keywords": {}}
    return {
        name: value
        for name, value in told.items()
        if name == "emoji" or usual.get(name, ...) != value
    }


def _option(row: dict[str, Any], places: int) -> Flow:
    told = Flow(code=row["code"], name=Flow(row["names"]), price=_number(row["price"], places))
    told["minutes"] = row.get("minutes", 0)
    return Flow(told | ({"max": row["max"]} if row.get("max", 1) > 1 else {}))


def _question(row: dict[str, Any]) -> Flow:
    told = Flow(code=row["code"], text=Flow(row["names"]))
    if row.get("choices"):
        told["choices"] = tuple(Flow(choice) for choice in row["choices"])
    return Flow(told | ({"required": True} if row.get("required") else {}))


def _keywords(one: Service) -> dict[str, Any]:
    """By the signs they are written in."""
    han = tuple(word for word in one.keywords if _HAN.search(word))
    other = tuple(word for word in one.keywords if not _HAN.search(word))
    return ({"zh_CN": han} if han else {}) | ({"en": other} if other else {})
