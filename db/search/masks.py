"""Day masks in the database: written beside the claims they follow from, asked by AND and shift."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.availability.masks import QUARTERS, loaded, starting_between, stored
from core.search.nearby import When
from db.ops import Op, inserts
from db.search.sql import Rows, marks

_HIGH = (1 << 63) - 1


def put(*, provider_id: int, masks: Mapping[int, int]) -> list[Op]:
    """Write the masks of some days (ordinal → mask) as they are now; most are so already."""
    rows = [(provider_id, day, stored(mask)) for day, mask in sorted(masks.items())]
    anew = (
        " ON CONFLICT (provider_id, day) DO UPDATE SET mask = excluded.mask"
        " WHERE day_mask.mask <> excluded.mask"
    )
    return list(inserts("day_mask (provider_id, day, mask)", rows, anew))


def drop_before(day: int) -> Op:
    """Days that are over need no masks."""
    return Op("DELETE FROM day_mask WHERE day < ?", (day,))


async def load(
    rows: Rows, *, provider_ids: Sequence[int], day: int, days: int
) -> dict[int, dict[int, int]]:
    """provider → day → mask, for the providers on a page."""
    found: dict[int, dict[int, int]] = {provider_id: {} for provider_id in provider_ids}
    if found:
        sql = (
            "SELECT provider_id, day, mask FROM day_mask WHERE provider_id IN "
            f"({marks(len(found))}) AND day >= ? AND day < ?"
        )
        for provider_id, number, mask in await rows.fetch(sql, (*found, day, day + days)):
            found[provider_id][number] = loaded(mask)
    return found


def runs_sql(mask: str, quarters: int) -> str:
    """The bits at which so many free quarters begin.

    `>>` fills with the sign, so starts beyond 64 − quarters are wrong until `allowed` cuts them.
    """
    have = 1
    while have < quarters:
        step = min(have, quarters - have)
        mask = f"({mask} & ({mask} >> {step}))"
        have += step
    return mask


def allowed(when: When, *, day: int) -> int:
    """The starts that count on a day, in the form the databases keep."""
    first = when.first if day == when.day else 0
    return stored(starting_between(first=first, last=min(when.last, QUARTERS - when.quarters)))


def can_come(when: When) -> tuple[str, list[Any]]:
    """A condition on `c.provider_id`: a start exists on one of the days."""
    runs = runs_sql("m.mask", when.quarters)
    sql = (
        "EXISTS (SELECT 1 FROM day_mask m WHERE m.provider_id = c.provider_id"
        f" AND m.day >= ? AND m.day < ? AND {runs}"
        " & (CASE WHEN m.day = ? THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END) <> 0)"
    )
    today, later = allowed(when, day=when.day), allowed(when, day=when.day + 1)
    return sql, [when.day, when.day + when.days, when.day, today, later]


def lowest_sql(bits: str) -> str:
    """The lowest bit alone, growing with the quarter; 2^63 - 1 stands for quarter 63."""
    low = f"({bits} & {_HIGH})"
    return f"CASE WHEN {low} = 0 THEN {_HIGH} ELSE {low} & -{low} END"


def quarter_of(lowest: int) -> int:
    """The quarter that `lowest_sql` stands for."""
    return QUARTERS - 1 if lowest == _HIGH else lowest.bit_length() - 1
