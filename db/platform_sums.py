"""The statements that add up what happened on the platform in each of several spans, one for each kind of fact."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from core.platform.facts import Kind, Moments

# Whether somebody was at the door before he is called late. An arrival is text as Python writes it: what lies behind
# its seconds is not compared, only that there is something.
_ON_TIME: Final = {
    "postgresql": "(reached ->> 'arrived')::timestamptz <= starts_at + make_interval(mins => {late})",
    "sqlite": (
        "datetime(substr(reached ->> 'arrived', 1, 19) || substr(reached ->> 'arrived', -6))"
        " || CASE WHEN substr(reached ->> 'arrived', 20, 1) = '.' THEN '.' ELSE '' END"
        " <= datetime(starts_at, '+{late} minutes')"
    ),
}
_KNOWN: Final = "reached ->> 'arrived' IS NOT NULL"
_AMOUNTS: Final = frozenset(Kind) - {Kind.JOINED}
_PARTS: Final = frozenset({Kind.SETTLED, Kind.WAIVED})


def total(
    kind: Kind, sql: str, params: Sequence[Any], spans: Sequence[Moments], dialect: str,
    late_minutes: int,
) -> tuple[str, list[Any]]:  # fmt: skip
    """(place of the span, and the values of Sums)."""
    place, moments = _place(spans)
    amount = "COALESCE(SUM(amount), 0)" if kind in _AMOUNTS else "0"
    part = "COALESCE(SUM(part), 0)" if kind in _PARTS else "0"
    orders = "COUNT(DISTINCT CASE WHEN amount > 0 THEN order_id END)" if kind in _AMOUNTS else "0"
    known, on_time = "0", "0"
    if kind is Kind.DONE:
        known = f"COUNT(CASE WHEN {_KNOWN} THEN 1 END)"
        on_time = f"COUNT(CASE WHEN {_ON_TIME[dialect].format(late=int(late_minutes))} THEN 1 END)"
    return (
        f"SELECT place, COUNT(*), {amount}, {part}, COUNT(DISTINCT person_id), {orders}, {known}, {on_time}"
        f" FROM (SELECT f.*, {place} AS place FROM ({sql}) f) g WHERE place IS NOT NULL GROUP BY place",
        [*moments, *params],
    )


def traces(spans: Sequence[Moments]) -> tuple[str, list[Any]]:
    """(place of the span, kind, how many) of what visitors did."""
    place, moments = _place(spans)
    sql = (
        f"SELECT place, kind, COUNT(*) FROM (SELECT f.kind, {place} AS place FROM trace f"
        " WHERE f.at >= ? AND f.at < ?) g WHERE place IS NOT NULL GROUP BY place, kind"
    )
    return sql, [*moments, min(one for one, _ in spans), max(one for _, one in spans)]


def _place(spans: Sequence[Moments]) -> tuple[str, list[datetime]]:
    each = " ".join(f"WHEN f.at >= ? AND f.at < ? THEN {n}" for n in range(len(spans)))
    return f"CASE {each} END", [moment for span in spans for moment in span]
