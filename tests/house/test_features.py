"""Every behaviour the product claims is shown by a test that presses buttons as a person would."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| ([CPAX]\d+) \|", re.MULTILINE)
MARK = re.compile(r"feature\(([^)]*)\)")
ID = re.compile(r'"([CPAX]\d+)"')


def claimed() -> list[str]:
    return ROW.findall((ROOT / "docs" / "features.md").read_text("utf-8"))


def shown() -> set[str]:
    """Ids named by a mark anywhere in the tests."""
    files = (ROOT / "tests").rglob("test_*.py")
    marks = (mark for file in files for mark in MARK.findall(file.read_text("utf-8")))
    return {found for mark in marks for found in ID.findall(mark)}


def test_every_claimed_feature_has_a_test() -> None:
    assert sorted(set(claimed()) - shown()) == []


def test_no_feature_is_claimed_twice() -> None:
    assert len(claimed()) == len(set(claimed()))
