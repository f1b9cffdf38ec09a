"""What staff do and its line in the log are one transaction: nobody writes such a line beside an act."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.feature("A1")
ROOT = Path(__file__).parents[2]
# They change nothing: an account was read, money or accounts were handed out as a file.
LOOKED = {
    ("bot/admin/payouts/handlers.py", "account"),
    ("bot/admin/payouts/handlers.py", "batch"),
    ("bot/admin/promotions/handlers.py", "codes"),
}


def calls(name: str) -> Iterator[tuple[str, str]]:
    """(file, function) in which something of this name is called."""
    for ring in ("core", "bot", "db"):
        for file in sorted((ROOT / ring).rglob("*.py")):
            path = str(file.relative_to(ROOT))
            for outer in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from (
                        (path, outer.name) for node in ast.walk(outer) if _calls(node, name)
                    )


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and f".{ast.unparse(node.func)}".endswith(f".{name}")


def test_a_line_comes_from_the_staff_room_alone() -> None:
    assert set(calls("StaffAct")) == {("core/people/staff.py", "_line")}


def test_a_line_without_an_act_is_written_only_where_something_was_looked_at() -> None:
    assert set(calls("staff.log")) == {("bot/admin/parts.py", "looked")}
    assert {one for one in calls("looked") if one[0].startswith("bot/admin/")} == LOOKED
