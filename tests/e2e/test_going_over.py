"""`python -m bot move`: an order in the middle of its life goes on behind it, by the buttons from before."""

import asyncio
import os
import subprocess
import sys

import pytest

from tests import servers
from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, its_provider, on_site, welcomed
from tests.e2e.watching import watched
from tests.platforms import Platform as Process
from tests.starting import ROOT, Fork


def moved(platform: Platform, url: str) -> "subprocess.CompletedProcess[str]":
    settings = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(platform.data), "DATABASE_URL": url,
        "HTTP_PORT": str(platform.port),
    }  # fmt: skip
    command = [sys.executable, "-m", "bot", "move"]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.feature("X3")
async def test_an_order_goes_on_by_its_old_buttons(
    own_platform: Platform, own_people: People
) -> None:
    url = await servers.made()
    after = Process(own_platform.data, database=url, begin=Fork)
    after.port, after.url = own_platform.port, own_platform.url
    try:
        async with watched(own_platform, own_people, log=False) as watch:
            customer = await welcomed(own_people, "Moving")
            await booking(customer)
            await on_site(customer)
            await customer.press("bconfirm", then="omore")
            order = int(watch.rows("SELECT max(id) FROM orders")[0][0])
            provider = await its_provider(own_people, watch, order)
            await provider.offered("accept")
        own_platform.stop()
        said = await asyncio.to_thread(moved, own_platform, url)
        assert said.returncode == 0, said.stderr
        assert "Moved" in said.stdout
        assert "100 %" in said.stderr
        after.start()
        await after.ready()
        await provider.press("accept", then="depart")
        assert after.rows("SELECT state FROM orders WHERE id = ?", order) == [("accepted",)]
        again = await asyncio.to_thread(moved, own_platform, url)
        assert again.returncode == 3
        assert "Another Doorstep already runs" in again.stderr
    finally:
        after.stop()
        await servers.drop(url)
