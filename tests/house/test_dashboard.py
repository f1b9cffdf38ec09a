"""Each picture of the dashboard asks for numbers that exist, by labels they have."""

import json
import re
from pathlib import Path
from typing import Any

from bot import meters
from bot.wiring.meters import KNOWN

FILE = Path(__file__).parent.parent.parent / "docs" / "grafana" / "doorstep.json"
_NAME = re.compile(r"\b(?:doorstep|process)_[a-z_]+\b")
_LABELS = re.compile(r"(\w+)(?:=~|!=|!~|=)\"")


def panels() -> list[dict[str, Any]]:
    dashboard = json.loads(FILE.read_text("utf-8"))
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel["targets"]]


def known() -> dict[str, set[str]]:
    """Every name that `/metrics` may tell, and its labels."""
    found: dict[str, set[str]] = {}
    for collector, names in meters.REGISTRY._collector_to_names.items():
        for name in names:
            found[name] = set(getattr(collector, "_labelnames", ()))
    of_the_process = (each.name for each in meters.REGISTRY.collect())
    return found | {name: set() for name in of_the_process if name.startswith("process_")}


def test_every_query_names_what_is_told() -> None:
    names = known()
    asked = {name for expression in expressions() for name in _NAME.findall(expression)}
    assert asked
    assert asked <= names.keys()


def test_every_label_of_a_query_is_one_of_its_name() -> None:
    names = known()
    for expression in expressions():
        for name, inside in re.findall(r"((?:doorstep|process)_[a-z_]+)\{([^}]*)\}", expression):
            assert set(_LABELS.findall(inside)) - {"job"} <= names[name], expression


def test_every_number_of_ours_has_its_picture() -> None:
    asked = {name for expression in expressions() for name in _NAME.findall(expression)}
    for collector, names in meters.REGISTRY._collector_to_names.items():
        if names:
            assert set(names) & asked, collector


def test_the_events_of_the_picture_happen() -> None:
    [named] = re.findall(r'event=~"order\.\(([a-z|]+)\)"', " ".join(expressions()))
    assert {f"order.{verb}" for verb in named.split("|")} <= KNOWN


def test_no_two_pictures_lie_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        at = panel["gridPos"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not cells & taken
        assert at["x"] + at["w"] <= 24
        taken |= cells
