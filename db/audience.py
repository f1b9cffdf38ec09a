"""Who gets an announcement: customers who can be reached and did not switch its kind off."""

from core.people.choices import Kind
from db.engine import Database

# Whoever was only ever a provider or staff has never finished the customers' welcome.
_WHO = (
    " FROM person p WHERE p.onboarded AND p.telegram_id > 0 AND NOT EXISTS (SELECT 1 FROM unreachable u"
    " WHERE u.bot = 'customer' AND u.chat_id = p.telegram_id) AND COALESCE({chosen}, '') <> 'off'"
)
_CHOSEN = {
    "sqlite": "json_extract(p.choices, '$.' || ?)",
    "postgresql": "p.choices ->> CAST(? AS TEXT)",
}


class AudienceTable:
    """Implements core.announcements.service.Audience."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._who = _WHO.format(chosen=_CHOSEN[database.dialect])

    async def after(self, *, person_id: int, kind: Kind, limit: int) -> list[int]:
        sql = f"SELECT p.id{self._who} AND p.id > ? ORDER BY p.id LIMIT ?"
        return [row[0] for row in await self._db.fetch(sql, [kind, person_id, limit])]

    async def count(self, *, kind: Kind) -> int:
        rows = await self._db.fetch(f"SELECT COUNT(*){self._who}", [kind])
        return int(rows[0][0])
