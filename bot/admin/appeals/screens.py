"""How an appeal looks to the staff: who, why, since when, what was passed on, what is said to it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.deciding.screens import in_hand, queue
from bot.admin.parts import dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, File, Page, Screen, press
from core.appeals.looking import Case
from core.appeals.model import AppealState
from core.ids import spell_order_number
from core.people.model import Staff
from core.taking.model import Taking

# What is usually said: lifted, or not.
LIFTED = (
    mark("It was a mistake. Sorry for the trouble."), mark("It is cleared up. Welcome back."),
)  # fmt: skip
KEPT = (
    mark("The reports were confirmed."), mark("What you sent doesn't clear it up yet."),
    mark("The papers are still in doubt."),
)  # fmt: skip
EMPTY = mark("Nobody is waiting. 🎉")
STATES = {
    AppealState.OPEN: mark("🟡 waiting for us"),
    AppealState.LIFTED: mark("☀️ lifted"),
    AppealState.KEPT: mark("🧊 stays on hold"),
}
QUOTED = 1500


def name_of(member: Staff | None, words: Words) -> str:
    return member.name if member and member.name else words.plain("somebody who left")


def whole(words: Words, case: Case, passed_on: Sequence[str], taking: Taking | None) -> Markup:
    """The text of its card."""
    appeal, freeze, provider = case.appeal, case.freeze, case.provider
    numbers = words.plain(", ").join(spell_order_number(one) for one in passed_on)
    return lines(
        dotted(words("⚖️ <b>Appeal: {name}</b>", name=provider.name), words(STATES[appeal.state])),
        dotted(words.plural("{n} job", "{n} jobs", provider.jobs_done),
               words("★ {rating} ({n})", rating=words.rating(provider.rating), n=provider.rating_count)
               if provider.rating_count else None,
               words.plural("on hold {n} time before", "on hold {n} times before", case.former)
               if case.former else words("never on hold before")),
        Markup(""),
        words("🧊 {time} · on hold by {name}", time=words.lasting(freeze.at),
              name=name_of(case.freezer, words)),
        words("Reason: {reason}", reason=words.known(freeze.reason)),
        words("↪️ Passed on: {numbers}", numbers=numbers) if numbers else None,
        words("⚖️ {time} · appeal no. {n}", time=words.lasting(appeal.sent_at), n=appeal.turn)
        if appeal.sent_at else None,
        _cut(appeal.text),
        words.plural("📎 {n} file", "📎 {n} files", len(appeal.files)) if appeal.files else None,
        in_hand(words, taking),
        *_end(words, case),
    )  # fmt: skip


def _cut(text: str) -> Markup:
    shown = text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"
    return Markup("<blockquote>{}</blockquote>").format(shown)


def _end(words: Words, case: Case) -> list[Markup]:
    """Who may decide, or who did and with which words."""
    if case.appeal.state is AppealState.OPEN:
        name = name_of(case.freezer, words)
        if not case.freeze.staff_id:
            return []
        if case.others:
            return [words("Somebody else than {name} decides.", name=name)]
        return [words("Nobody but {name} may decide here, so {name} does.", name=name)]
    told = [decided(words, case)]
    if case.appeal.answer:
        told.append(words("They read: “{answer}”", answer=words.known(case.appeal.answer)))
    return told


def decided(words: Words, case: Case) -> Markup:
    name = name_of(case.decider, words)
    if case.appeal.state is AppealState.LIFTED:
        return words("☀️ {name} lifted it.", name=name)
    return words("🧊 {name} kept it.", name=name)


def files(words: Words, case: Case, found: tuple[File, ...]) -> Screen:
    text = words("📎 What <b>{name}</b> sent with the appeal", name=case.provider.name)
    return Screen(text, files=found, protect=True)


def ask_lift(words: Words, case: Case) -> Markup:
    return words("☀️ <b>Let {name} work again?</b>", name=case.provider.name)


def ask_keep(words: Words, case: Case) -> Markup:
    return words("🧊 <b>Keep {name} on hold?</b>", name=case.provider.name)


def ended(words: Words, case: Case) -> Markup:
    """The end of it, in place of the question."""
    return words("⚖️ <b>{name}</b>: {said}", name=case.provider.name, said=decided(words, case))


def appeals(words: Words, waiting: Sequence[Case], number: int, *, now: datetime) -> Screen:
    page = Page.of(waiting, number, 6)
    told = [
        dotted(
            words("<b>{name}</b>", name=one.provider.name),
            words("since {time}", time=words.moment(one.appeal.sent_at, now=now))
            if one.appeal.sent_at else None,
            words("on hold by {name}", name=name_of(one.freezer, words)),
        )
        for one in page.items
    ]  # fmt: skip
    buttons = [
        Button(short(f"⚖️ {one.provider.name}", 30), press("zv", one.appeal.id))
        for one in page.items
    ]
    head = words("⚖️ <b>Appeals to decide on: {n}</b>", n=len(waiting))
    return queue(words, head, EMPTY, page, told, buttons, "zq")
