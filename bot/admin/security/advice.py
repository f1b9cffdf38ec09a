"""Each finding in words: what is wrong, and what to do next. No secret is ever part of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.admin.backups.screens import size, why
from bot.i18n import Words, mark
from bot.screen import Button, press
from core.backups.model import Work
from core.security.findings import Finding, Level

SIGNS = {Level.DANGER: "🔴", Level.CARE: "🟠", Level.HINT: "⚪"}


@dataclass(frozen=True, slots=True)
class Advice:
    """`label` and `press`: the button that puts it right or leads to where that is done."""

    what: str
    do: str
    label: str = ""
    press: str = ""


_BACK_UP = mark("💾 Back up now"), press("bkn", Work.BACKUP.value)
_TRY = mark("🧪 Restore on trial"), press("bkn", Work.DRILL.value)
_STAFF = mark("👥 Staff"), press("st", 0)

ADVICE: dict[str, Advice] = {
    "standstill": Advice(
        mark("Restored from a backup, and standing still"),
        mark("Compare the money, then let it go on."), mark("🧊 What to compare"), press("qv"),
    ),
    "weak": Advice(
        mark("{name} can be guessed"),
        mark("Make a long one by chance and put it into .env."),
    ),
    "half": Advice(
        mark("{method} lacks {names}: what is paid there would not be heard of"),
        mark("Copy it from the gateway's pages into .env, or take all its keys out."),
    ),
    "same_keys": Advice(
        mark("PAYOUT_KEY and BACKUP_KEY are the same"),
        mark("Make another BACKUP_KEY and put it before the old one: a backup must not be opened by a key in use."),
    ),
    "no_payout_key": Advice(
        mark("No PAYOUT_KEY: providers can't withdraw"),
        mark("Make one as .env.example says."),
    ),
    "no_wechat_app": Advice(
        mark("No WECHATPAY_APP_SECRET: providers can't be paid to WeChat"),
        mark("If they shall be, copy it from the official account's pages into .env."),
    ),
    "on_trial": Advice(
        mark("{name} is one for trying out: nobody really pays"),
        mark("Put the real one into .env before you open."),
    ),
    "plain": Advice(
        mark("{name} leads over a line that others can read"),
        mark("Let it begin with https://."),
    ),
    "open_sandbox": Advice(
        mark("The sandbox is open to the network: whoever finds it plays your staff"),
        mark("Set HTTP_HOST=127.0.0.1."),
    ),
    "open_door": Advice(
        mark("The server is open to the network without encryption"),
        mark("Set HTTP_HOST=127.0.0.1 and put a web server with https in front of it, PUBLIC_URL its address."),
    ),
    "exposed": Advice(
        mark("Others on the machine can read: {names}"),
        mark("One tap closes it."), mark("🔧 Close the files"), press("sef"),
    ),
    "debugging": Advice(
        mark("The program runs for developers"),
        mark("Start it without PYTHONDEVMODE and PYTHONASYNCIODEBUG."),
    ),
    "demo": Advice(
        mark("DEMO_DATA is on: the demo city's providers stand among yours"),
        mark("Turn it off, and reject or hide them once you are done."),
    ),
    "stale_staff": Advice(
        mark("Not seen for {days}: {names}"),
        mark("Take their rights if they have left."), *_STAFF,
    ),
    "one_owner": Advice(
        mark("There is only one owner"),
        mark("Make somebody you trust a second one, in case you can't get in."), *_STAFF,
    ),
    "refused": Advice(
        mark("{n} refused attempts since yesterday, senders: {senders}"),
        mark("Look who tries what; block or remove whom you don't know."),
        mark("🛡 Refused"), press("lr", 0),
    ),
    "parked": Advice(
        mark("{n} messages of the last week could not be worked"),
        mark("People were told so; the alerts name them and the log says why."),
    ),
    "no_backup_key": Advice(
        mark("There are no backups: BACKUP_KEY is missing"),
        mark("Make one as .env.example says, keep it somewhere else, and start again."),
    ),
    "no_backup": Advice(mark("There is no backup yet"), mark("Make one now."), *_BACK_UP),
    "old_backup": Advice(
        mark("The last backup is of {at}: too old"),
        mark("Make one now, and look why none came by itself."), *_BACK_UP,
    ),
    "untried": Advice(
        mark("No backup was restored on trial yet"),
        mark("A backup counts once it was restored: try the last one."), *_TRY,
    ),
    "old_trial": Advice(
        mark("The last backup that was restored on trial is of {at}"),
        mark("Try the last one."), *_TRY,
    ),
    "backup_failed": Advice(mark("The last backup failed"), "{why}", *_BACK_UP),
    "trial_failed": Advice(mark("The last restore on trial failed"), "{why}", *_BACK_UP),
    "disk": Advice(
        mark("Only {bytes} are left on the disk"),
        mark("Make room, or let BACKUP_DIR lie on another disk."),
    ),
    "old_sqlite": Advice(
        mark("{name} has a fault that may, rarely, spoil a file"),
        mark("A newer Python or system brings SQLite 3.51.3 or later."),
    ),
}  # fmt: skip

_FACTS: dict[str, Callable[[Words, Finding], object]] = {
    "days": lambda w, f: w.plain_plural("{n} day", "{n} days", f.facts["days"]),
    "at": lambda w, f: w.lasting(f.facts["at"]),
    "bytes": lambda w, f: size(w, f.facts["bytes"]),
    "why": lambda w, f: why(w, f.facts["why"]),
}


def told(words: Words, one: Finding) -> tuple[str, str]:
    """(what, what to do), plain."""
    facts = {
        name: _FACTS[name](words, one) if name in _FACTS else value
        for name, value in one.facts.items()
    }
    advice = ADVICE[one.code]
    do = words.plain(advice.do, **facts) if advice.do != "{why}" else str(facts["why"])
    return words.plain(advice.what, **facts), do


def buttons(words: Words, found: list[Finding], *, but: frozenset[str]) -> list[Button]:
    """Each way to put something right once, the worst first."""
    ways = {ADVICE[one.code].press: ADVICE[one.code].label for one in found}
    return [
        Button(words.plain(label), data) for data, label in ways.items() if data and data not in but
    ]
