"""Which certificates near their end, for the daily look at them."""

from datetime import date

from core.people.model import Certificate, CertificateState, ProviderState
from db.engine import Database
from db.rows import shape


class PaperReads:
    """Implements core.people.expiry.Endings."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def ending(
        self, *, today: date, first: date, second: date, limit: int
    ) -> list[Certificate]:
        of = shape(Certificate)
        sql = (
            f"{of.select} WHERE state = ? AND expires_on <= ? AND ((expires_on < ? AND warned < 3)"
            " OR (expires_on >= ? AND expires_on <= ? AND warned < 2) OR (expires_on > ? AND warned < 1))"
            " AND provider_id IN (SELECT id FROM provider WHERE state = ?)"
            " ORDER BY expires_on, id LIMIT ?"
        )
        params = [
            CertificateState.VERIFIED, first, today, today, second, second, ProviderState.APPROVED,
            limit,
        ]  # fmt: skip
        return [of.read(row) for row in await self._db.fetch(sql, params)]
