"""How many provider-days the slot pipeline works out in a second."""

import time
from datetime import timedelta

from bench.rounds import Series, interleaved
from core.availability.slots import Need, Shift, Week, starts
from tests.reliability.town import NOON

DAYS = 500


async def measure() -> Series:
    """Seconds per provider-day with two shifts and a dozen claims."""
    shifts = [Shift(day, *span) for day in range(7) for span in ((480, 720), (780, 1200))]
    week = Week(zone="Asia/Shanghai", hours=tuple(shifts))
    base = int(NOON.timestamp()) // 300
    claimed = {base + 12 * hour + cell for hour in range(0, 400, 30) for cell in range(15)}
    first = (NOON + timedelta(days=1)).date()

    async def days() -> float:
        began = time.perf_counter()
        for number in range(DAYS):
            starts(
                week=week, need=Need(90, 30), day=first + timedelta(days=number % 50),
                claimed=claimed, now=NOON, notice=timedelta(hours=1),
            )  # fmt: skip
        return (time.perf_counter() - began) / DAYS

    return (await interleaved({"days": days}))["days"]
