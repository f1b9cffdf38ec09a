"""Backups and their trials from the staff chat, and the standstill after a real restore, as people meet them."""

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.rules import RULES
from tests.chat import Message, People, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import SHANGHAI
from tests.e2e.staff import DESK, OWNER, SUPPORT, act, desk_of, group, in_topic, told
from tests.e2e.test_booking import ordered
from tests.e2e.watching import until

ROOT = Path(__file__).parent.parent.parent
REPORTS, ALERTS = "📊", "🚨"


@pytest.mark.feature("A14")
async def test_a_backup_is_made_and_tried_out_at_a_tap(
    own_people: People, own_platform: Platform
) -> None:
    owner = await desk_of(own_people, OWNER)
    await owner.writes("/backup")
    await owner.sees("none yet")
    await act(
        owner, ("💾 Back up now", "Make a backup now?"), ("‹ Back", "Backups"),
        ("💾 Back up now", "Make a backup now?"), ("✅ Yes, begin", "Backup"),
    )  # fmt: skip
    staff = await group(own_people, OWNER)
    done = await staff.sees_where(lambda m: "备份完成" in words_of(m), what="the backup is made")
    assert done["message_thread_id"] == in_topic(staff, REPORTS)
    assert re.search(r"[\d.]+ MB · [\d,]+ 条记录 · [\d,]+ 个文件", words_of(done)), words_of(done)
    await act(owner, ("↻ Refresh", "The backup is made"), ("‹ Back", "🧪 Restore on trial"))
    await act(owner, ("🧪 Restore on trial", "on trial?"), ("✅ Yes, begin", "Restore on trial"))
    await staff.sees_where(lambda m: "试恢复成功" in words_of(m), timeout=30, what="all is well")
    await act(owner, ("↻ Refresh", "all is well"), ("‹ Back", "Last restored on trial: Today"))
    acts = own_platform.rows("SELECT name, reason FROM staff_act WHERE action = 'backups'")
    assert [reason for _, reason in acts] == ["made", "restored on trial"]
    assert all(name for name, _ in acts)
    [file] = (own_platform.data / "backups").glob("*.backup")
    key = (own_platform.data / "backup.key").read_bytes()
    assert key not in file.read_bytes()


@pytest.mark.feature("A14", "A1")
async def test_support_makes_no_backups(people: People) -> None:
    support = await desk_of(people, SUPPORT)
    await support.writes("/backup", answered=False)
    await support.sees("Your role doesn't include this.")


@pytest.mark.feature("A14")
async def test_a_damaged_backup_is_told_with_what_to_do(
    own_people: People, own_platform: Platform
) -> None:
    owner = await desk_of(own_people, OWNER)
    staff = await group(own_people, OWNER)
    await owner.writes("/backup")
    await act(owner, ("💾 Back up now", "now?"), ("✅ Yes, begin", "Backup"))
    await staff.sees_where(lambda m: "备份完成" in words_of(m), what="the backup is made")
    [file] = (own_platform.data / "backups").glob("*.backup")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    await owner.writes("/backup")
    await act(owner, ("🧪 Restore on trial", "on trial?"), ("✅ Yes, begin", "Restore on trial"))
    await staff.sees_where(lambda m: "这份备份靠不住" in words_of(m), what="what is wrong")
    await act(owner, ("↻ Refresh", "was damaged"))


@pytest.mark.feature("A14")
async def test_a_restored_platform_can_be_read_and_goes_on_when_staff_say_so(
    own_people: People, own_platform: Platform
) -> None:
    customer, number = await ordered(own_people)
    staff = await group(own_people, OWNER)
    owner = await desk_of(own_people, OWNER)
    await owner.writes("/backup")
    await act(owner, ("💾 Back up now", "now?"), ("✅ Yes, begin", "Backup"))
    await staff.sees_where(lambda m: "备份完成" in words_of(m), what="the backup is made")
    [file] = (own_platform.data / "backups").glob("*.backup")
    own_platform.stop()
    refused = restored(own_platform, file)
    assert "There is a platform already" in refused.stderr
    assert restored(own_platform, file, "--overwrite").returncode == 0
    own_platform.start()
    await own_platform.ready()

    alert = await staff.sees_where(lambda m: "🧊" in words_of(m), what="the standstill")
    assert alert["message_thread_id"] == in_topic(staff, ALERTS)
    await customer.writes(number)
    await customer.sees(number)
    owner = await desk_of(own_people, OWNER)
    await owner.writes("/quarantine")
    await act(
        owner, ("It's compared: go on", "Let everything go on?"), ("Not yet", "stays as it is")
    )
    await owner.writes("/quarantine")
    await act(owner, ("It's compared: go on", "Let everything go on?"),
              ("Yes, go on", "Everything goes on"))  # fmt: skip
    await staff.sees_where(_over, what="the end of the standstill")
    acts = own_platform.rows("SELECT name FROM staff_act WHERE action = 'quarantine.lift'")
    assert len(acts) == 1


def _over(message: Message) -> bool:
    return "暂停已结束" in told(message)


def restored(platform: Platform, file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The command, as an administrator types it."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    place = {"DATA_DIR": str(platform.data), "DATABASE_URL": platform.database}
    return subprocess.run(
        [sys.executable, "-m", "bot", "restore", str(file), *more], cwd=ROOT, env=keep | place,
        text=True, capture_output=True, check=False,
    )  # fmt: skip


async def at_the_look(people: People) -> None:
    """Skips to just after the next look by the clock: a day later in the night, yesterday's attempts are too old."""
    now = (await people.call("POST", "/clock", json={"shift_seconds": 0}))["now"]
    local = datetime.fromtimestamp(now, SHANGHAI)
    look = local.replace(hour=int(RULES["security_clock"].default), minute=1)
    look += timedelta(days=look <= local)
    await people.later(look.timestamp() - now)


@pytest.mark.feature("A14", "A1")
async def test_safety_is_looked_at_in_the_chat_and_what_is_wrong_is_a_tap_away(
    own_people: People, own_platform: Platform
) -> None:
    stranger = (await own_people.person("Eve", roles=["staff"])).with_bot(DESK)
    for _ in range(21):
        await stranger.writes("/payouts", answered=False)
    times = "SELECT COALESCE(SUM(times), 0) FROM refusal"
    await until(lambda: own_platform.rows(times) == [(21,)], lambda: times, own_people)
    own_platform.data.chmod(0o700)
    owner = await desk_of(own_people, OWNER)
    await owner.writes("/security")
    await owner.sees("There is no backup yet")
    await owner.sees("21 refused attempts since yesterday, senders: 1")
    await act(owner, ("🛡 Refused", "Eve"))
    own_platform.data.chmod(0o755)
    await owner.writes("/security")
    await act(owner, ("🔧 Close the files", "🛡 Safety"))
    assert own_platform.data.stat().st_mode & 0o777 == 0o700
    assert "Others on the machine" not in words_of(owner.last)
    staff = await group(own_people, OWNER)
    await at_the_look(own_people)
    line = await staff.sees_where(lambda m: "🛡 查看" in told(m), timeout=60, what="the daily line")
    assert line["message_thread_id"] == in_topic(staff, ALERTS)
