"""PostgreSQL servers of a test's own, which may be restarted, and a standby that may take over."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.platforms import free_port

CONF = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
max_connections = 60
wal_level = replica
hot_standby = on
synchronous_commit = on
log_min_messages = fatal
"""


def programs() -> Path:
    """Where the server's programs lie; without them the test is skipped, unless services are required."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"))
    if not found and (on_path := shutil.which("pg_basebackup")):
        found = [Path(on_path).resolve()]
    if not found:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            raise AssertionError("no PostgreSQL programs on this machine")
        pytest.skip("no PostgreSQL programs on this machine")
    return found[-1].parent


@dataclass
class Server:
    """One server with its data."""

    data: Path
    port: int

    async def run(self, program: str, *words: str) -> None:
        """One of the server's programs, as somebody who is not root."""
        asked = [str(programs() / program), *words]
        if os.geteuid() == 0:
            asked = ["runuser", "-u", "postgres", "--", *asked]
        process = await asyncio.create_subprocess_exec(
            *asked, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, cwd="/"
        )
        _, said = await process.communicate()
        assert process.returncode == 0, said.decode(errors="replace")

    async def control(self, verb: str, *more: str) -> None:
        log = str(self.data.with_suffix(".log"))
        await self.run("pg_ctl", verb, "-D", str(self.data), "-w", "-t", "30", "-l", log, *more)

    async def make(self) -> None:
        auth = ("-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        await self.run("initdb", "-D", str(self.data), *auth)
        (self.data / "postgresql.auto.conf").write_text(CONF + f"port = {self.port}\n")
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write("host replication all 127.0.0.1/32 trust\n")

    async def follow(self, other: "Server") -> None:
        """Its data, and from now on whatever the other one writes; the other waits for it with each commit."""
        source = f"host=127.0.0.1 port={other.port} user=postgres application_name=standby"
        await self.run("pg_basebackup", "-D", str(self.data), "-d", source, "-R", "-X", "stream",
                       "-c", "fast", "--no-sync")  # fmt: skip
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.write(f"port = {self.port}\nsynchronous_standby_names = ''\n")


@asynccontextmanager
async def servers(count: int) -> AsyncIterator[list[Server]]:
    """So many places for servers; only the first is made and runs."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    found = [Server(folder / f"server{n}", free_port()) for n in range(count)]
    try:
        await found[0].make()
        await found[0].control("start")
        yield found
    finally:
        for one in found:
            if (one.data / "postmaster.pid").exists():
                await one.control("stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)
