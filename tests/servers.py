"""The PostgreSQL server of the tests: where databases are made and dropped."""

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.engine import make_url

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1/test")


async def made(*, like: str = "") -> str:
    """The address of a new database: empty, or a copy of the one at `like`, which nobody may have open."""
    name = f"doorstep_{uuid.uuid4().hex[:12]}"
    template = f" TEMPLATE {make_url(like).database}" if like else ""
    async with _server() as server:
        await server.execute(f"CREATE DATABASE {name}{template}")
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


async def drop(url: str) -> None:
    """Takes a database away, whoever is still in it."""
    async with _server() as server:
        await server.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _server() -> AsyncIterator[asyncpg.Connection]:
    """Where databases are made; without a server the test is skipped, unless services are required."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(connected(SERVER))
        except (OSError, asyncpg.PostgresError) as error:
            if os.environ.get("REQUIRE_SERVICES") == "1":
                raise
            pytest.skip(f"no PostgreSQL server at {make_url(SERVER).host}: {error}")
        yield connection


async def redis_url() -> str:
    """A Redis for this test; without one it is skipped, unless services are required."""
    async with Redis.from_url(REDIS) as redis:
        try:
            await redis.ping()
        except (OSError, RedisError) as error:
            if os.environ.get("REQUIRE_SERVICES") == "1":
                raise
            pytest.skip(f"no Redis server: {error}")
    return REDIS
