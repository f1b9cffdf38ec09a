"""What a restored copy must not do again: it waited when the backup was taken, and was surely done since."""

from datetime import datetime

from db.ops import Op

REASON = "restored"


def no_more_waits(now: datetime) -> list[Op]:
    """Letters are closed, updates set down as done, announcements stopped half-way, works on backups forgotten."""
    at = int(now.timestamp() * 1000)
    return [
        Op(
            "UPDATE outbox SET state = 'closed', error = ?, lease_until = 0 WHERE state = 'waiting'",
            [REASON],
        ),
        Op("UPDATE inbox SET done_at = ?, error = ? WHERE done_at IS NULL AND parked_at IS NULL",
           [at, REASON]),
        Op("UPDATE announcement SET state = 'stopped' WHERE state IN ('going', 'paused')"
           " OR (state = 'scheduled' AND starts_at <= ?)", [now]),
        Op("UPDATE timer SET lease_until = 0"),
        Op("DELETE FROM backup_run WHERE state IN ('asked', 'running')"),
        Op("UPDATE quarantine SET lifted_at = began_at WHERE lifted_at IS NULL"),
    ]  # fmt: skip
