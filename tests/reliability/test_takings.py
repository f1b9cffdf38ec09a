"""Of several colleagues who take a matter in the same moment one has it, on either database."""

import asyncio

import pytest

from core.errors import Taken
from core.taking.model import Matter
from tests.reliability.town import Town


@pytest.mark.feature("A1")
async def test_of_those_who_take_it_at_once_one_has_it(here: Town) -> None:
    async def takes(subject: int, staff_id: int) -> bool:
        try:
            await here.core.takings.take(
                matter=Matter.PAYOUT, subject=subject, staff_id=staff_id, name=str(staff_id),
                now=here.now,
            )  # fmt: skip
        except Taken:
            return False
        return True

    for subject in range(30):
        had = await asyncio.gather(*(takes(subject, staff_id) for staff_id in range(4)))
        assert sum(had) == 1, subject
