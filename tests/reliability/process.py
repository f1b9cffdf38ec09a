"""The product's own process against a world outside that survives it, and its data, readable while it lies dead."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from aiohttp import ClientError, ClientSession
from sqlalchemy.engine import make_url

from bot.sandbox import BOTS, STAFF_CHAT
from bot.wiring.sandbox import STRIPE_KEY, STRIPE_SECRET
from tests.db.invariants import Rows, questions
from tests.platforms import ROOMY

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def outside(folder: Path, bots_port: int) -> Iterator[str]:
    """The world that survives."""
    notify = f"http://127.0.0.1:{bots_port}/pay/stripe/notify"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.outside", str(folder), notify], cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()


class Bots:
    """A running Doorstep, to be stopped or killed and started again on the same data."""

    def __init__(
        self, folder: Path, world: str, port: int, database: str, *, group_limit: str = ROOMY,
        more: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        self._database = make_url(database)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        names = ("CUSTOMER", "PROVIDER", "ADMIN")
        tokens = {f"{n}_BOT_TOKEN": bot.token for n, bot in zip(names, BOTS, strict=True)}
        self._env = keep | tokens | {
            "BOT_API_URL": world, "STAFF_CHAT_ID": str(STAFF_CHAT), "HTTP_PORT": str(port),
            "DATA_DIR": str(folder), "DATABASE_URL": database, "GROUP_LIMIT": group_limit,
            "STRIPE_SECRET_KEY": STRIPE_KEY, "STRIPE_WEBHOOK_SECRET": STRIPE_SECRET,
            "STRIPE_API_BASE": f"{world}/sandbox/stripe", **(more or {}),
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def dialect(self) -> str:
        return self._database.get_backend_name()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        with (self.folder / "log.jsonl").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot"], cwd=ROOT, env=self._env, stdout=log, stderr=log
            )

    async def ready(self) -> float:
        """Seconds until it answers."""
        began = time.monotonic()
        async with ClientSession() as session:
            while time.monotonic() < began + 90:
                assert self._process is not None
                assert self._process.poll() is None, self.log()
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return time.monotonic() - began
                except ClientError:
                    pass
                await asyncio.to_thread(self._wait, 0.05)
        raise AssertionError(self.log())

    def _wait(self, seconds: float) -> None:
        try:
            assert self._process is not None
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass

    def kill(self) -> None:
        """As a power cut stops it."""
        self._end(signal.SIGKILL)

    def terminate(self) -> float:
        """As an administrator stops it; seconds until it is gone."""
        began = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - began

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait()

    def log(self) -> str:
        return (self.folder / "log.jsonl").read_text("utf-8", "replace")[-3000:]

    async def ask(self, *sql: str) -> list[Rows]:
        """All answers as of one moment, whether the process lives or not."""
        if self.dialect == "sqlite":
            return self._ask_file(sql)
        dsn = self._database.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(dsn)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                return [[tuple(r) for r in await connection.fetch(each)] for each in sql]
        finally:
            await connection.close()

    def _ask_file(self, sql: Sequence[str]) -> list[Rows]:
        file = str(self._database.database)
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            return [connection.execute(each).fetchall() for each in sql]

    async def broken(self, *, quiet: bool = False) -> dict[str, Rows]:
        """The invariants that do not hold, with the rows that break them."""
        asked = questions(dialect=self.dialect, now=datetime.now(UTC), quiet=quiet)
        answers = await self.ask(*asked.values())
        return {name: rows for name, rows in zip(asked, answers, strict=True) if rows}
