"""A use case that is outrun by a rival decides anew on what is there then, and gives up in the end."""

import pytest

from core.anew import TRIES, decided_anew
from core.errors import OutOfDate


class Shelf:
    """Has one thing; rivals change it so many times between reading and writing."""

    def __init__(self, rivals: int) -> None:
        self.rivals, self.version, self.tried = rivals, 0, 0

    @decided_anew
    async def take(self, *, wanted: str) -> str:
        """What was taken, and in which version."""
        seen, self.tried = self.version, self.tried + 1
        if self.rivals:
            self.rivals -= 1
            self.version += 1
        if seen != self.version:
            raise OutOfDate
        return f"{wanted} {seen}"


async def test_it_reads_again_what_the_rival_left() -> None:
    assert await Shelf(TRIES - 1).take(wanted="vase") == f"vase {TRIES - 1}"


async def test_whom_rivals_outrun_every_time_is_told() -> None:
    shelf = Shelf(TRIES)
    with pytest.raises(OutOfDate):
        await shelf.take(wanted="vase")
    assert shelf.tried == TRIES
