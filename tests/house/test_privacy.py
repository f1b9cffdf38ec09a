"""Every table and column is on the map of personal data, so nothing is kept without knowing what becomes of it."""

import pytest
from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every row)
from core.privacy.map import FILES, HOLDINGS, NOBODYS, STAFFS
from core.privacy.model import End, Holding

TABLES = SQLModel.metadata.tables
HELP = "add it to core/privacy/map.py: whose are its rows, and what is left of them when that person is erased?"


def test_every_table_is_on_the_map_once() -> None:
    held = {holding.table for holding in HOLDINGS}
    groups = [held, FILES, NOBODYS, STAFFS]
    assert sorted(set(TABLES) - set().union(*groups)) == [], HELP
    assert sum(map(len, groups)) == len(set().union(*groups)), "a table stands in two places"
    assert sorted(set().union(*groups) - set(TABLES)) == [], "no such table any more"


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda h: f"{h.table}.{h.column}")
def test_every_column_of_what_is_kept_is_on_the_map(holding: Holding) -> None:
    columns = {column.name for column in TABLES[holding.table].columns}
    named = {holding.column, *holding.blank, *holding.plain}
    assert {holding.column, *holding.files, *holding.secret} <= columns
    if holding.end is End.REMOVED:
        return
    assert sorted(columns - named) == [], HELP
    assert sorted(named - columns) == [], "no such column any more"
    assert not {*holding.blank} & {*holding.plain}, "either blanked or kept"
    assert bool(holding.blank) is (holding.end is End.BLANKED)
