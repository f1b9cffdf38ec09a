"""How a reported review looks in the staff chat: what was said, what the provider has against it. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.reviewed import told
from bot.screen import Button, Card, File, Page, Screen, press
from bot.words import REPORTS
from core.ids import spell_order_number
from core.people.model import Staff
from core.reviews.model import Verdict
from core.reviews.reporting import Case

VERDICTS = {
    Verdict.OPEN: ("🟡", mark("to be decided")),
    Verdict.KEPT: ("🟢", mark("it stays")),
    Verdict.HIDDEN: ("🙈", mark("hidden")),
}


def _state(words: Words, case: Case) -> str:
    sign, name = VERDICTS[case.report.verdict]
    return f"{sign} {words.plain(name)}"


def _number(case: Case) -> str:
    return spell_order_number(case.view.order.number)


def decider(case: Case, staff: Sequence[Staff]) -> str:
    called = {member.telegram_id: member.name for member in staff}
    who = case.report.decided_by
    return "" if who is None else called.get(who) or str(who)


def decided_already(words: Words, case: Case, by: str) -> str:
    return words.plain("{name} was faster: {outcome}.", name=by, outcome=_state(words, case))


def card(words: Words, case: Case, staff: Sequence[Staff]) -> Screen:
    """One card per report, edited as it goes along; where it is gone only an open one comes again."""
    report, review, view = case.report, case.review, case.view
    by = decider(case, staff)
    text = lines(
        dotted(words("🚩 <b>A review is reported</b>"), _state(words, case)),
        dotted(Markup("<code>{}</code>").format(_number(case)),
               words.lasting(report.created_at)),
        words("Provider: <b>{name}</b>", name=short(view.provider.name, 60)),
        words("has against it: <b>{reason}</b>", reason=words(REPORTS[report.reason])),
        Markup("“{}”").format(report.words) if report.words else None,
        Markup(""),
        words("Review by <b>{name}</b>", name=review.author or words.plain("Former customer")),
        *told(review, case.files, words),
        words("↩️ {name}: {reply}", name=short(view.provider.name, 60), reply=review.reply)
        if review.reply else None,
        Markup("\n") + words("Decided by {name}", name=by) if by else None,
    )  # fmt: skip
    waits = report.verdict is Verdict.OPEN
    live = Card("report", view.order.id, when_missing="send" if waits else "skip")
    return Screen(text, _rows(words, case), card=live)


def _rows(words: Words, case: Case) -> list[list[Button]]:
    order_id = case.view.order.id
    keep = Button(words.plain("✅ Keep"), press("rk", order_id), style="success")
    hide = Button(words.plain("🙈 Hide"), press("rh", order_id), style="danger")
    shots = Button(words.plain("📷 See pictures"), press("rp", order_id))
    order = Button(words.plain("Open order"), press("on", order_id))
    waits = case.report.verdict is Verdict.OPEN
    return [*([[keep, hide]] if waits else []), [*([shots] if case.files else []), order]]


def pictures(words: Words, case: Case, files: tuple[File, ...]) -> Screen:
    text = words("📷 <b>Pictures of the review</b> · <code>{number}</code>", number=_number(case))
    return Screen(text, [back(words, press("rv", case.view.order.id))], files=files)


def reports(words: Words, cases: Sequence[Case], number: int, *, now: datetime) -> Screen:
    page = Page.of(cases, number, 6)
    rows = [
        [Button(f"🚩 {_number(one)} · {short(one.view.provider.name, 16)}",
                press("rv", one.view.order.id))]
        for one in page.items
    ]  # fmt: skip
    text = lines(
        words("🚩 <b>Reported reviews: {n}</b>", n=len(cases)), Markup(""),
        *[dotted(_number(one), words(REPORTS[one.report.reason]),
                 words.moment(one.report.created_at, now=now)) for one in page.items],
        None if cases else words("Nothing to do. 🎉"),
    )  # fmt: skip
    hidden = [Button(words.plain("🙈 Hidden reviews"), press("rhl", 0))]
    return Screen(text, [*rows, *page.turns("rl"), hidden])
