"""Of every table somebody has thought how long its rows last: docs/what-is-kept.md says it, as the rules do."""

import re
from pathlib import Path

from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every row)
from core.rules import RULES
from core.tidying.heaps import LASTS

PAGE = (Path(__file__).parent.parent.parent / "docs" / "what-is-kept.md").read_text("utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| `")]


def test_every_table_is_on_the_page() -> None:
    named = {name for row in ROWS for name in re.findall(r"`([a-z_]+)`", row[0])}
    assert sorted(named ^ set(SQLModel.metadata.tables)) == []


def test_the_page_says_what_the_rules_say() -> None:
    told = {row[3].strip().strip("`"): row[2] for row in ROWS if len(row) == 4}
    for rule in told.keys() & RULES.keys():
        assert f"{RULES[rule].default} days" in told[rule], rule
    assert {rule for rule in LASTS.values() if isinstance(rule, str)} <= told.keys()
