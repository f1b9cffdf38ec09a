"""What is asked for a service by those who come to a place, from the rows by which they are found."""

from db.search.conditions import in_cells, reaches
from db.search.geometry import point, point_cells
from db.search.sql import Rows


class MarketPrices:
    """Implements core.ports.MarketReads."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def around(self, *, service_id: int, lat: float, lon: float, but: int) -> list[int]:
        near, cells = reaches(point(lat=lat, lon=lon)), in_cells(point_cells(lat=lat, lon=lon))
        sql = (
            "SELECT c.provider_id, MIN(c.price) FROM cover c"
            f" WHERE c.service_id = ? AND {cells.sql} AND {near.sql} AND c.provider_id <> ?"
            " GROUP BY c.provider_id"
        )
        rows = await self._rows.fetch(sql, [service_id, *cells.params, *near.params, but])
        return [int(price) for _, price in rows]
