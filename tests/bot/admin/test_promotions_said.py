"""Terms of a coupon as people type them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.admin.promotions.said import ANYBODY, read

pytestmark = pytest.mark.feature("A13")
NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)  # a Friday afternoon in Shanghai
GONE = {"percent_bp": 0, "cap": 0}


def day(year: int, month: int, number: int) -> datetime:
    """The midnight in Shanghai with which this day begins."""
    return datetime(year, month, number, tzinfo=UTC).replace(hour=0) - (
        datetime(2026, 1, 1, 8) - datetime(2026, 1, 1)
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8折", {"percent_bp": 2000, "amount": 0}),
        ("八折", {"percent_bp": 2000, "amount": 0}),
        ("打八五折", {"percent_bp": 1500, "amount": 0}),
        ("85折", {"percent_bp": 1500, "amount": 0}),
        ("8.5 折，最多减30", {"percent_bp": 1500, "amount": 0, "cap": 3000}),
        ("20 %", {"percent_bp": 2000, "amount": 0}),
        ("20% off up to ¥30", {"percent_bp": 2000, "amount": 0, "cap": 3000}),
        ("15 percent, max 25", {"percent_bp": 1500, "amount": 0, "cap": 2500}),
        ("百分之十五", {"percent_bp": 1500, "amount": 0}),
        ("满100减20", {"amount": 2000, "minimum": 10000, **GONE}),
        ("满一百减二十", {"amount": 2000, "minimum": 10000, **GONE}),
        ("满 ¥99.5 立减 ¥10", {"amount": 1000, "minimum": 9950, **GONE}),
        ("¥20 off from ¥100", {"amount": 2000, "minimum": 10000, **GONE}),
        ("20 off orders over 100", {"amount": 2000, "minimum": 10000, **GONE}),
        ("¥20", {"amount": 2000, **GONE}),
        ("立减20元", {"amount": 2000, **GONE}),
        ("20块", {"amount": 2000, **GONE}),
        ("满200打9折", {"percent_bp": 1000, "amount": 0, "minimum": 20000}),
        ("每人一次", {"per_person": 1}),
        ("每人限两次", {"per_person": 2}),
        ("2次/人", {"per_person": 2}),
        ("once per person", {"per_person": 1}),
        ("3 times per customer", {"per_person": 3}),
        ("每人不限", {"per_person": ANYBODY}),
        ("限50张", {"uses": 50}),
        ("共一百次，每人2次", {"uses": 100, "per_person": 2}),
        ("first 50 customers, twice each", {"uses": 50, "per_person": 2}),
        ("200 in total", {"uses": 200}),
        ("新客专享", {"newcomers": True}),
        ("first order", {"newcomers": True}),
        ("凭码使用", {"public": False}),
        ("到月底", {"ends_at": day(2026, 12, 1)}),
        ("until Dec 31", {"ends_at": day(2027, 1, 1)}),
        ("到12月31日", {"ends_at": day(2027, 1, 1)}),
        ("两周", {"ends_at": day(2026, 12, 11)}),
        ("7天", {"ends_at": day(2026, 12, 4)}),
        ("for 1 month", {"ends_at": day(2026, 12, 27)}),
        ("到年底", {"ends_at": day(2027, 1, 1)}),
        ("12月1日到12月12日", {"starts_at": day(2026, 12, 1), "ends_at": day(2026, 12, 13)}),
        ("from Dec 1 to Dec 12", {"starts_at": day(2026, 12, 1), "ends_at": day(2026, 12, 13)}),
        ("12月1日起", {"starts_at": day(2026, 12, 1)}),
        ("满100减20，每人一次，限50张，到月底",
         {"amount": 2000, "minimum": 10000, **GONE, "per_person": 1, "uses": 50,
          "ends_at": day(2026, 12, 1)}),
        ("20% off up to ¥30 from ¥80, new customers, 500 uses, until Dec 31",
         {"percent_bp": 2000, "amount": 0, "cap": 3000, "minimum": 8000, "newcomers": True,
          "uses": 500, "ends_at": day(2027, 1, 1)}),
        ("hello there", {}),
        ("好的", {}),
    ],
)  # fmt: skip
def test_terms_are_understood_as_people_write_them(typed: str, meant: dict[str, Any]) -> None:
    assert read(typed, currency="CNY", now=NOW, zone="Asia/Shanghai") == meant


def test_a_bare_number_is_meant_for_what_was_asked() -> None:
    how: dict[str, Any] = {"currency": "CNY", "now": NOW, "zone": "Asia/Shanghai"}
    assert read("20", field="g", **how) == {"amount": 2000, **GONE}
    assert read("五十", field="u", **how) == {"uses": 50}
    assert read("20", **how) == {}
