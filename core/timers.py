"""What is done when a timer is due: one row per kind. Each looks at the subject's state and may safely run twice."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from core.alerts.raising import LOOK
from core.backups.model import Work
from core.orders.reminders import REMINDERS
from core.services import Core

Act = Callable[[Core, int, int, datetime], Awaitable[datetime | None]]


async def _expire(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.orders.expire(order_id=order_id, now=now)


async def _time_out(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.passing.time_out(order_id=order_id, now=now)


async def _remind(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.jobs.remind(order_id=order_id, now=now)


async def _rematch(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.matching.rematch(order_id=order_id, now=now)


async def _give_up(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.choosing.give_up(order_id=order_id, now=now)


async def _contact(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.contact.watch(order_id=order_id, now=now)


async def _late(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.lateness.watch(order_id=order_id, now=now)


async def _pass_on(core: Core, provider_id: int, tries: int, now: datetime) -> None:
    await core.freezing.pass_on(provider_id=provider_id, now=now)


async def _look(core: Core, provider_id: int, tries: int, now: datetime) -> None:
    await core.line.look(provider_id=provider_id, now=now)


async def _wait_over(core: Core, waiting_id: int, tries: int, now: datetime) -> None:
    await core.waitlist.over(waiting_id=waiting_id, now=now)


async def _wait_end(core: Core, waiting_id: int, tries: int, now: datetime) -> None:
    await core.waitlist.end(waiting_id=waiting_id, now=now)


async def _roll(core: Core, series_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.repeating.roll(series_id=series_id, now=now)


async def _series_lapse(core: Core, date_id: int, tries: int, now: datetime) -> None:
    await core.open_dates.lapse(date_id=date_id, now=now)


async def _series_pay(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.collecting.ask(order_id=order_id, now=now)


async def _series_last_call(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.collecting.remind(order_id=order_id, now=now)


async def _cash_silence(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.cash.silence(order_id=order_id, now=now)


async def _refund(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.payments.give_back(order_id=order_id, tries=tries, now=now)


async def _ask(core: Core, payment_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.payments.ask(payment_id=payment_id, tries=tries, now=now)


async def _notice(core: Core, notice_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.payments.work_notice(notice_id=notice_id, now=now, tries=tries)


async def _extra_late(core: Core, extra_id: int, tries: int, now: datetime) -> None:
    await core.extras.expire(extra_id=extra_id, now=now)


async def _spread(core: Core, announcement_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.sending.spread(announcement_id=announcement_id, now=now)


async def _wipe(core: Core, erasure_id: int, tries: int, now: datetime) -> None:
    await core.privacy.wipe(erasure_id=erasure_id)


async def _leave(core: Core, file_id: int, tries: int, now: datetime) -> None:
    await core.leaving.leave(file_id=file_id)


async def _level(core: Core, provider_id: int, tries: int, now: datetime) -> None:
    await core.levels.look(provider_id=provider_id, now=now)


async def _levels(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.levels.every_day(now=now)


async def _findings(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.findings.every_week(now=now)


async def _prune_refusals(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.refusals.prune(now=now)


async def _papers(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.expiry.every_day(now=now)


async def _report_day(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.reports.every_day(now=now)


async def _money(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.daily_money.every_day(now=now)


async def _report_week(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.reports.every_week(now=now)


async def _reindex(core: Core, provider_id: int, tries: int, now: datetime) -> None:
    await core.index.provider(provider_id=provider_id, now=now)


async def _band(core: Core, service_id: int, tries: int, now: datetime) -> None:
    await core.price_desk.follow_band(service_id=service_id, now=now)


async def _proposal_over(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.moving.lapse(order_id=order_id, now=now)


async def _release(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.releasing.release(order_id=order_id, now=now)


async def _payout_send(core: Core, payout_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.payout_sending.send(payout_id=payout_id, tries=tries, now=now)


async def _stray_send(core: Core, stray_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.strays.send(stray_id=stray_id, tries=tries, now=now)


async def _payout_nudge(core: Core, payout_id: int, tries: int, now: datetime) -> None:
    await core.deciding.nudge(payout_id=payout_id)


async def _payout_waits(core: Core, payout_id: int, tries: int, now: datetime) -> None:
    await core.deciding.remind(payout_id=payout_id)


async def _ticket_waits(core: Core, ticket_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.waiting.watch(ticket_id=ticket_id, now=now)


async def _away_pass(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.absence.pass_on(order_id=order_id, now=now)


async def _away_move(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.absence.ask_to_move(order_id=order_id, now=now)


async def _backup(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.backups.due(work=Work.BACKUP, now=now)


async def _drill(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.backups.due(work=Work.DRILL, now=now)


async def _security(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.checking.every_day(now=now)


def _reminds(verb: str) -> Act:
    async def act(core: Core, order_id: int, tries: int, now: datetime) -> datetime | None:
        return await core.reminding.remind(order_id=order_id, verb=verb, now=now)

    return act


async def _alerts(core: Core, _: int, tries: int, now: datetime) -> datetime:
    return await core.watching.look(now=now)


async def _alert_after(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.patterns.after(order_id=order_id, now=now)


async def _alert_again(core: Core, alert_id: int, tries: int, now: datetime) -> datetime | None:
    return await core.patterns.again(alert_id=alert_id, now=now)


async def _prune_talk(core: Core, order_id: int, tries: int, now: datetime) -> None:
    await core.relay.prune(order_id=order_id, now=now)


TIMERS: dict[str, Act] = {
    "order.expire": _expire,
    "order.time_out": _time_out,
    "order.remind": _remind,
    "order.rematch": _rematch,
    "order.give_up": _give_up,
    "order.late": _late,
    "order.contact": _contact,
    "order.cash_silence": _cash_silence,
    "order.refund": _refund,
    "payment.ask": _ask,
    "notice.work": _notice,
    "payout.remind": _payout_waits,
    "payout.send": _payout_send,
    "payout.nudge": _payout_nudge,
    "stray.send": _stray_send,
    "ticket.wait": _ticket_waits,
    "provider.reindex": _reindex,
    "service.band": _band,
    "provider.level": _level,
    "level.day": _levels,
    "finding.week": _findings,
    "paper.day": _papers,
    "report.day": _report_day,
    "report.week": _report_week,
    "money.day": _money,
    "person.wipe": _wipe,
    "file.leave": _leave,
    "announcement.spread": _spread,
    "extra.expire": _extra_late,
    "order.proposal_over": _proposal_over,
    **{f"order.{verb}": _reminds(verb) for verb in REMINDERS},
    "order.away_pass": _away_pass,
    "order.away_move": _away_move,
    "relay.prune": _prune_talk,
    "refusal.prune": _prune_refusals,
    "provider.pass_on": _pass_on,
    "waitlist.look": _look,
    "waitlist.over": _wait_over,
    "waitlist.end": _wait_end,
    "series.roll": _roll,
    "series.lapse": _series_lapse,
    "series.pay": _series_pay,
    "series.last_call": _series_last_call,
    "order.release": _release,
    "backup.due": _backup,
    "drill.due": _drill,
    "security.day": _security,
    LOOK: _alerts,
    "alert.after": _alert_after,
    "alert.again": _alert_again,
}

# These ask the same question ever more seldom: their rounds are counted even where each went well.
EVER_SLOWER: Final = frozenset({"order.refund", "payment.ask", "notice.work", "payout.send",
                                   "stray.send"})  # fmt: skip
