"""What moves money or bars somebody asks again and is written down: walked through every row of the registry."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from typing import Any

import pytest

from bot import admin
from bot.admin.appeals.deciding import APPEALS
from bot.admin.applications.decide import APPLICATIONS
from bot.admin.money.deciding import DIFFERENCES
from bot.admin.orders.acts import ACTS as ORDER_ACTS
from bot.admin.payouts.deciding import PAYOUTS
from bot.admin.people.acts import ACTS as PERSON_ACTS
from bot.admin.prices.deciding import PRICES
from bot.admin.registry import Command, Row, Say, Tap
from bot.admin.tickets.closing import TICKETS
from bot.i18n import Words
from bot.screen import Button, Screen
from tests.bot.admin.test_screens import every

pytestmark = pytest.mark.feature("A1")
# core's verbs that move money or take away what somebody may do (and those that give it back).
GRAVE = {
    ("orders", "cancel"), ("cash", "settle"), ("deciding", "approve"), ("deciding", "paid"),
    ("deciding", "returned"), ("freezing", "freeze"), ("freezing", "unfreeze"),
    ("freezing_customers", "freeze"), ("freezing_customers", "unfreeze"), ("privacy", "forget"),
    ("promotions", "create"), ("promotions", "change"), ("promotions", "more_codes"),
    ("promotions", "stop"), ("reconciling", "book"),
    ("appeals", "decide"), ("staff", "dismiss"), ("hiding", "hide"), ("hiding", "restore"),
    ("publishing", "publish"), ("absent", "override"), ("reassigning", "did_not_come"),
    ("releasing", "early"),
    ("refunds", "refund"), ("closing", "close"),
    ("sending", "send"), ("steering", "correct"), ("steering", "withdraw"),
}  # fmt: skip
# Verbs of core that write their own line of the log, with name and reason.
LOG_THEMSELVES = {"freezing_customers", "hiding"}
WRITTEN = {"acting", "_acting"}
# Acts and decisions share the steps of their table; what each of them runs is looked up there.
DECISIONS = (DIFFERENCES, PAYOUTS, APPEALS, PRICES, APPLICATIONS, TICKETS)
RUNS = {f"{act.code}y": [act.run] for act in (*ORDER_ACTS, *PERSON_ACTS)} | {
    f"{one.prefix}y": [way.act for way in one.ways] for one in DECISIONS
}
YES = ("Yes", "✅ Yes")

Function = Callable[..., Any]


def tree(function: Function) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def called(function: Function) -> Iterator[Function]:
    """Functions of the staff chat that this one names."""
    plain = inspect.unwrap(function)
    scope = plain.__globals__ | inspect.getclosurevars(plain).nonlocals
    for node in ast.walk(tree(plain)):
        found = scope.get(node.id) if isinstance(node, ast.Name) else None
        if inspect.isfunction(found) and found.__module__.startswith("bot.admin"):
            yield inspect.unwrap(found)


def reached(function: Function) -> set[Function]:
    """All functions of the staff chat that may run with it."""
    seen: set[Function] = set()
    waiting = [inspect.unwrap(function)]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += called(one)
    return seen


def verbs(function: Function) -> set[tuple[str, str]]:
    """`core.orders.cancel` and the like, wherever they are named."""
    chains = (
        (node.value.attr, node.attr)
        for node in ast.walk(tree(function))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    )
    return {chain for chain in chains if chain in GRAVE}


def handlers(row: Row) -> list[Function]:
    """The row's own, and what its act runs."""
    return [row.handler, *(RUNS.get(row.verb, []) if isinstance(row, Tap) else [])]


def does(row: Row) -> set[tuple[str, str]]:
    every = set().union(*(reached(one) for one in handlers(row)))
    return set().union(*(verbs(one) for one in every))


def name(row: Any) -> str:
    return getattr(row, "name", "") or getattr(row, "verb", "") or getattr(row, "step", str(row))


ROWS = admin.REGISTRY.rows
GRAVE_ROWS = [row for row in ROWS if isinstance(row, Tap) and row.grave]
SCREENS = every(Words("en", "Asia/Shanghai"))


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_whatever_moves_money_or_bars_somebody_is_marked_and_is_a_button(row: Row) -> None:
    if isinstance(row, Command | Say) or not row.grave:
        assert does(row) == set(), f"{name(row)} acts without asking again"


def test_every_such_verb_of_core_has_its_row() -> None:
    assert set().union(*(does(row) for row in GRAVE_ROWS)) == GRAVE


DECIDED = {f"{one.prefix}y" for one in DECISIONS}


@pytest.mark.parametrize("one", [one for one in DECISIONS if one.grave], ids=lambda one: one.prefix)
def test_every_way_of_a_grave_decision_asks_again(one: Any) -> None:
    for way in one.ways:
        assert way.sure, way.code
        begin = one.begins(way.code, 1, None)
        assert begin.split(":")[0] != f"{one.prefix}y", "the card itself would do it"
        assert way.yes.startswith(YES), way.yes


@pytest.mark.parametrize("row", [r for r in GRAVE_ROWS if r.verb not in DECIDED], ids=name)
def test_it_stands_only_on_a_screen_that_asks(row: Tap) -> None:
    asking = [(screen, one) for screen in SCREENS for one in buttons(screen, row.verb)]
    assert asking, f"no screen of test_screens shows {row.verb}"
    for screen, button in asking:
        assert button.label.startswith(YES), button
        assert "?" in str(screen.text)
        assert screen.card is None, "a card is no question"
        assert sum(map(len, screen.rows)) == 2, "yes, or back"


def buttons(screen: Screen, verb: str) -> list[Button]:
    return [one for row in screen.rows for one in row if one.press.split(":")[0] == verb]


@pytest.mark.parametrize("row", GRAVE_ROWS, ids=name)
def test_it_is_written_down(row: Tap) -> None:
    every = set().union(*(reached(one) for one in handlers(row)))
    named = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for one in every
        for node in ast.walk(tree(one))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    by_core = {service for service, _ in does(row)} <= LOG_THEMSELVES
    assert by_core or named & WRITTEN, f"{row.verb} leaves no line in the log"


def test_acts_are_what_their_tables_run() -> None:
    assert all(is_dataclass(act) and inspect.isfunction(act.run) for act in PERSON_ACTS)
    assert RUNS.keys() <= {row.verb for row in ROWS if isinstance(row, Tap)}
