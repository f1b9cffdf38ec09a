"""What a run costs: CPU and memory of the processes, bytes of the database, and how its tables grew."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.databases import asked

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
SIZES = (
    "SELECT relname, pg_total_relation_size(relid) FROM pg_catalog.pg_statio_user_tables",
    "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name",
)
WHOLE = (
    "SELECT pg_database_size(current_database())",
    "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
)


def cpu_of(pid: int) -> float:
    """Seconds of CPU of all threads of a process."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / _TICK


def cpu_of_main(pid: int) -> float:
    parts = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / _TICK


def memory_of(pid: int) -> int:
    """Bytes in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE


@dataclass(slots=True)
class Servers:
    """CPU of the PostgreSQL server's processes on this machine; they come and go, so it is looked at now and then."""

    _last: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0

    def look(self) -> None:
        for path in Path("/proc").glob("[0-9]*/comm"):
            try:
                if path.read_text().strip() == "postgres":
                    pid = int(path.parent.name)
                    now = cpu_of(pid)
                    self.seconds += now - self._last.get(pid, now)
                    self._last[pid] = now
            except OSError:
                continue


def bytes_of(url: str) -> int:
    """All of the database; of SQLite without what waits beside it to be put in its place."""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    return int(asked(url, WHOLE[sqlite])[0][0])


def tables_of(url: str) -> Counter[str]:
    """Bytes of each table with its indexes; none where SQLite can't tell."""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    try:
        return Counter({name: int(size) for name, size in asked(url, SIZES[sqlite])})
    except Exception:
        return Counter()


def share(values: Sequence[float], of: float) -> float:
    """The value below which so many lie, in order of size."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * of), len(ordered) - 1)] if ordered else 0.0
