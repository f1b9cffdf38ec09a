"""What a process of the product holds in memory once people have tapped, against a bare aiogram echo."""

from dataclasses import dataclass
from pathlib import Path

from bench.beside import Beside, beside
from bench.updates import PEOPLE, SECRET, message, tap
from bot.screen import press
from tests.platforms import free_port
from tests.reliability.process import Bots

WARM = PEOPLE[:100]


@dataclass(frozen=True, slots=True)
class Found:
    """Bytes that are this process's own share (PSS), and all it sees (RSS)."""

    pss: int
    rss: int


async def measure(folder: Path) -> tuple[Found, Found]:
    """Ours, with the demo city in SQLite, and the echo."""
    with beside("bench.stub") as stub:
        with beside("bench.echo", f"http://127.0.0.1:{stub.first}", "webhook") as echo:
            await stub.hand_out([message(who) for who in WARM], url=echo.first)
            other = held(echo.process.pid)
        return await _ours(folder, stub), other


async def _ours(folder: Path, stub: Beside) -> Found:
    port = free_port()
    more = {
        "UPDATES": "webhook", "PUBLIC_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": SECRET,
        "DEMO_DATA": "1",
    }  # fmt: skip
    url = f"sqlite+aiosqlite:///{folder}/doorstep.db"
    bots = Bots(folder, f"http://127.0.0.1:{stub.first}", port, url, more=more)
    for _ in range(2):  # what the first start makes, the second one finds
        bots.start()
        await bots.ready()
        await stub.hand_out(
            [tap(who, press("home")) for who in WARM], url=f"{bots.url}/telegram/customer"
        )
        found = held(bots.pid)
        bots.terminate()
    return found


def held(pid: int) -> Found:
    """As the kernel counts it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    told = {name: int(value) for name, value, *_ in map(str.split, lines)}
    return Found(told["Pss:"] * 1024, told["Rss:"] * 1024)
