"""A wire to the PostgreSQL server that counts round trips, takes its time, and breaks when it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto

from sqlalchemy.engine import make_url

from tests.platforms import free_port

UNIT = b"EXECUTE unit_"
"""What a call that writes a unit carries."""


class Loss(Enum):
    """What becomes of the next unit: its call never arrives, its answer never does, or the call arrives late."""

    CALL = auto()
    ANSWER = auto()
    LATE = auto()


class Wire:
    """`trips`: how often a client spoke and had to wait; `one_way`: seconds for each direction."""

    def __init__(self) -> None:
        self.trips = 0
        self.one_way = 0.0
        self.breaks: Loss | None = None
        self._let_through = asyncio.Event()
        self._arrived = asyncio.Event()

    async def late_arrives(self) -> None:
        """What was held back reaches the server, and the server is done with it."""
        self._let_through.set()
        await asyncio.wait_for(self._arrived.wait(), 30)

    @asynccontextmanager
    async def to(self, url: str) -> AsyncIterator[str]:
        """The address by which `url` is reached over this wire; unencrypted (PGSSLMODE), or nothing is seen of it."""
        address, port = make_url(url), free_port()
        self._server = address.host or "127.0.0.1", address.port or 5432
        server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        try:
            yield address.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        finally:
            server.close()

    async def _serve(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, on = await asyncio.open_connection(*self._server)
        answers = asyncio.create_task(self._answers(far, back))
        try:
            await self._calls(near, back, far, on, answers)
        except ConnectionError:
            pass  # one of the two went away
        finally:
            answers.cancel()
            on.close()
            back.close()

    async def _calls(
        self, near: asyncio.StreamReader, back: asyncio.StreamWriter, far: asyncio.StreamReader,
        on: asyncio.StreamWriter, answers: "asyncio.Task[None]",
    ) -> None:  # fmt: skip
        while chunk := await near.read(1 << 20):
            self.trips += 1
            await asyncio.sleep(self.one_way)
            if self.breaks is None or UNIT not in chunk:
                on.write(chunk)
                continue
            loss, self.breaks = self.breaks, None
            answers.cancel()
            if loss is Loss.LATE:
                back.transport.abort()
                await self._let_through.wait()
            if loss is not Loss.CALL:
                on.write(chunk)
                await far.read(1)
            self._arrived.set()
            return

    async def _answers(self, far: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        while chunk := await far.read(1 << 20):
            await asyncio.sleep(self.one_way)
            back.write(chunk)
        back.close()
