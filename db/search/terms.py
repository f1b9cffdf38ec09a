"""The plain table of weighted tokens: the same rows and the same ranking on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.search.query import Vocabulary
from db.ops import Op, inserts
from db.search.sql import Rows
from db.shapes import places

_LONGEST = 120


def replace_terms(*, kind: str, ref: int, weights: Mapping[str, float]) -> list[Op]:
    """Put the tokens of one thing in place of those it had, within the caller's unit."""
    rows = [
        (kind, token, ref, weight) for token, weight in weights.items() if len(token) <= _LONGEST
    ]
    return [
        Op("DELETE FROM search_term WHERE kind = ? AND ref = ?", (kind, ref)),
        *inserts("search_term (kind, token, ref, weight)", rows),
    ]


async def known(rows: Rows, *, kind: str, refs: Sequence[int]) -> dict[int, dict[str, float]]:
    """ref → the tokens there are of it, with their weights."""
    found: dict[int, dict[str, float]] = {each: {} for each in refs}
    marks, params = places(refs)
    sql = f"SELECT ref, token, weight FROM search_term WHERE kind = ? AND ref IN ({marks})"
    for ref, token, weight in await rows.fetch(sql, (kind, *params)):
        found[ref][token] = weight
    return found


async def vocabulary(rows: Rows, *, kind: str) -> Vocabulary:
    """What the index of one kind knows; small enough to be kept until something is edited."""
    counted = await rows.fetch(
        "SELECT token, COUNT(*) FROM search_term WHERE kind = ? GROUP BY token", (kind,)
    )
    ((documents,),) = await rows.fetch(
        "SELECT COUNT(DISTINCT ref) FROM search_term WHERE kind = ?", (kind,)
    )
    return Vocabulary(documents=documents, frequency=dict(counted))


async def best(
    rows: Rows, *, kind: str, worth: Mapping[str, float], limit: int = 10
) -> list[tuple[int, float]]:
    """(ref, score) of the things that match best; `worth` comes from core's `query_terms`."""
    if not worth:
        return []
    values = ", ".join(["(CAST(? AS VARCHAR(120)), CAST(? AS DOUBLE PRECISION))"] * len(worth))
    params: list[Any] = [part for pair in worth.items() for part in pair]
    sql = (
        f"WITH q(token, worth) AS (VALUES {values})"
        " SELECT t.ref, SUM(t.weight * q.worth) AS score FROM q"
        " JOIN search_term t ON t.kind = ? AND t.token = q.token"
        " GROUP BY t.ref ORDER BY score DESC, t.ref LIMIT ?"
    )
    return [(ref, score) for ref, score in await rows.fetch(sql, (*params, kind, limit))]
