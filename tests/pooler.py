"""PgBouncer in front of the PostgreSQL server of the tests."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.platforms import free_port

SET = """
[databases]
* = host={host} port={server} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
"""


@asynccontextmanager
async def pooled(url: str, mode: str) -> AsyncIterator[str]:
    """The address of that database by way of a pooler of this mode; without the program the test is skipped."""
    program = shutil.which("pgbouncer")
    if program is None:
        pytest.skip("no PgBouncer on this machine")
    address, port = make_url(url), free_port()
    words = SET.format(
        host=address.host, server=address.port or 5432, user=address.username, port=port, mode=mode
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pgbouncer.ini"
        path.write_text(words, encoding="utf-8")
        os.chmod(folder, 0o755)
        as_somebody = ("--user", "nobody") if os.geteuid() == 0 else ()
        process = await asyncio.create_subprocess_exec(
            program, "--quiet", *as_somebody, str(path), stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await _answers(port)
            yield address.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        finally:
            process.terminate()
            await process.wait()


async def _answers(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return
