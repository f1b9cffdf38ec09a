"""How backups look in the staff chat: how old, how large, how far, and what to do where one went wrong. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, press
from core.backups.model import Run, RunState, Work
from core.backups.service import Overview
from core.people.model import Staff

BAR, SHOWN = 10, 5
ASKED = {Work.BACKUP: mark("made"), Work.DRILL: mark("restored on trial")}
TITLES = {
    Work.BACKUP: ("💾", mark("Backup")),
    Work.DRILL: ("🧪", mark("Restore on trial")),
}
STEPS = {
    "": mark("about to begin"),
    "database": mark("copying the records"),
    "files": mark("locking it all up, photos and papers too"),
    "open": mark("unlocking the backup"),
    "check": mark("looking at everything"),
}
NO_KEY = mark("There is no key for backups. Put BACKUP_KEY into .env as .env.example says.")
WHY = {
    "no_key": NO_KEY,
    "no_file": mark("There is no backup yet. Please make one first."),
    "wrong_key": mark("It was locked with another key. Put that one behind the new one in BACKUP_KEY."),
    "foreign": mark("The file is no backup of ours. Please make a new one."),
    "cut": mark("The end of the file is missing or damaged. Please make a new one."),
    "damaged": mark("The file was damaged. Please make a new one, and have the disk looked at."),
    "newer": mark("It was made by a later version. Please update this one."),
    "other_database": mark("It is of another kind of database. Please make a new one."),
    "unsound": mark("What is in it doesn't add up. Please make a new one; if that is no better, look for help."),
    "disk": mark("The disk refused. Is it full, and may we write there (BACKUP_DIR)?"),
    "crash": mark("Something unexpected happened; the log says more. Please try once more."),
    "broken_off": mark("It was broken off, as by a power cut. Please try once more."),
}  # fmt: skip
FOUND = {
    "integrity": mark("parts of the records can't be read"),
    "references": mark("records lead to others that aren't there"),
    "revision": mark("the records are of another version than the label says"),
    "files": mark("photos or papers are missing, or not as they were"),
    "rows": mark("rows are missing or too many: {what}"),
}


def overview(words: Words, found: Overview, *, now: datetime) -> Screen:
    made, tried = found.last(Work.BACKUP), found.last(Work.DRILL)
    off = None if found.able else words("🔴 Backups are off. {why}", why=words(NO_KEY))
    text = lines(
        words("💾 <b>Backups</b>"), Markup(""), off,
        words("Last one: {what}", what=_told(words, made, now)),
        words("Last restored on trial: {what}", what=_told(words, tried, now)),
        *(_under_way(words, run) for run in found.under_way),
    )  # fmt: skip
    if not found.able:
        return Screen(text)
    now_ = Button(words.plain("💾 Back up now"), press("bkn", Work.BACKUP.value), style="primary")
    trial = [Button(words.plain("🧪 Restore on trial"), press("bkn", Work.DRILL.value))]
    return Screen(text, [[now_], *([trial] if made else [])])


def _told(words: Words, run: Run | None, now: datetime) -> Markup:
    if run is None or run.taken_at is None:
        return words("none yet")
    of_what = run.taken_at if run.work is Work.BACKUP else run.ended_at or run.asked_at
    return dotted(Markup("<b>{}</b>").format(words.moment(of_what, now=now)), _measures(words, run))


def _measures(words: Words, run: Run) -> Markup:
    return dotted(
        size(words, run.size),
        words.plain_plural("{many} row", "{many} rows", run.rows, many=words.number(run.rows)),
        words.plain_plural("{many} file", "{many} files", run.files, many=words.number(run.files)),
        words.plain_plural("{n} second", "{n} seconds", run.seconds),
    )


def size(words: Words, count: int) -> str:
    return words.plain("{n} MB", n=words.number(max(0.1, round(count / 1e6, 1))))


def _under_way(words: Words, run: Run) -> Markup:
    sign, name = TITLES[run.work]
    return words("{sign} {name}: under way, {done} %", sign=sign, name=words(name), done=run.done)


def ask(words: Words, work: Work, last: Run | None) -> Screen:
    question = {
        Work.BACKUP: words("💾 <b>Make a backup now?</b>"),
        Work.DRILL: words("🧪 <b>Restore the last backup on trial?</b>"),
    }[work]
    meaning = {
        Work.BACKUP: words("Everything goes on meanwhile; it may be a little slower."),
        Work.DRILL: words(
            "It is opened and looked at beside the platform, which goes on as it is."
        ),
    }[work]
    long = last and words.plain_plural("{n} second", "{n} seconds", last.seconds)
    took = words("The last time it took {long}.", long=long) if long else None
    label = words.plain("✅ Yes, begin")
    yes = Button(label, press("bky", work.value), style="primary")
    return Screen(lines(question, meaning, took), [[yes], back(words, press("bk"))])


def card(words: Words, run: Run, staff: Sequence[Staff], *, now: datetime) -> Screen:
    """One message per run, edited as it goes along."""
    names = {member.telegram_id: member.name for member in staff}
    by = names.get(run.by) or str(run.by) if run.by is not None else ""
    asked = words("Asked for by {name}", name=by) if by else None
    whole = {
        RunState.ASKED: _going, RunState.RUNNING: _going, RunState.DONE: _done,
        RunState.FAILED: _failed,
    }[run.state]  # fmt: skip
    text = lines(*whole(words, run, now), asked)
    rows = [back(words, press("bk"))]
    if not run.over:
        rows.insert(0, [Button(words.plain("↻ Refresh"), press("bkv", run.id))])
    return Screen(text, rows, card=Card("backup_run", run.id))


def _going(words: Words, run: Run, now: datetime) -> list[Markup]:
    sign, name = TITLES[run.work]
    done = run.done * BAR // 100
    return [
        Markup("{} <b>{}</b> · {}").format(sign, words(name), words(STEPS.get(run.step, ""))),
        Markup("{}{}").format("▰" * done, "▱" * (BAR - done)),
    ]


def _done(words: Words, run: Run, now: datetime) -> list[Markup]:
    at = words.moment(run.taken_at or run.asked_at, now=now)
    if run.work is Work.BACKUP:
        return [
            words("✅ <b>The backup is made</b>, as of {when}", when=at), _measures(words, run),
            words("It lies as {name}", name=Markup("<code>{}</code>").format(run.name)),
        ]  # fmt: skip
    return [
        words("✅ <b>Restored on trial: all is well</b>"),
        words("The backup of {when}: every record and every file is there, and the books add up.",
              when=at),
        _measures(words, run),
    ]  # fmt: skip


def _failed(words: Words, run: Run, now: datetime) -> list[Markup]:
    heads = {
        Work.BACKUP: words("❌ <b>There is no backup</b>"),
        Work.DRILL: words("❌ <b>The backup can't be relied on</b>"),
    }
    name = Markup("<code>{}</code>").format(run.name) if run.name else None
    more = len(run.found) - SHOWN
    told = [Markup("• {}").format(_found(words, one)) for one in run.found[:SHOWN]]
    rest = words("… and {n} more", n=more) if more > 0 else None
    parts = [heads[run.work], Markup("{}").format(why(words, run.why)), *told, rest, name]
    return [part for part in parts if part is not None]


def why(words: Words, code: str) -> str:
    """What went wrong, and what to do."""
    return words.plain(WHY[code])


def _found(words: Words, code: str) -> Markup:
    kind, _, what = code.partition(":")
    if kind in FOUND:
        return words(FOUND[kind], what=what)
    return words("figures contradict each other: {what}", what=code)


def failed(words: Words, run: Run, *, now: datetime) -> Screen:
    """What the clock began and nobody watched."""
    again = Button(words.plain("↻ Try once more"), press("bkn", run.work.value), style="primary")
    return Screen(lines(*_failed(words, run, now)), [[again]])
