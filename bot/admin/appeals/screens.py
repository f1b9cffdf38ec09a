"""How an appeal looks to the staff: who, why, since when, what was passed on, what is said to it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, File, Page, Screen, press
from core.appeals.looking import Case
from core.appeals.model import AppealState
from core.ids import spell_order_number
from core.people.model import Staff

# What is usually said: lifted, or not.
USUAL = {
    True: (mark("It was a mistake. Sorry for the trouble."), mark("It is cleared up. Welcome back.")),
    False: (
        mark("The reports were confirmed."), mark("What you sent doesn't clear it up yet."),
        mark("The papers are still in doubt."),
    ),
}  # fmt: skip
STATES = {
    AppealState.OPEN: mark("🟡 waiting for us"),
    AppealState.LIFTED: mark("☀️ lifted"),
    AppealState.KEPT: mark("🧊 stays on hold"),
}
QUOTED = 1500


def name_of(member: Staff | None, words: Words) -> str:
    return member.name if member and member.name else words.plain("somebody who left")


def card(words: Words, case: Case, passed_on: Sequence[str]) -> Screen:
    """For the topic: everybody's card, so its buttons answer with messages of their own."""
    screen = whole(words, case, passed_on)
    return Screen(screen.text, screen.rows, card=Card("appeal", case.appeal.id))


def whole(words: Words, case: Case, passed_on: Sequence[str], *, back: bool = False) -> Screen:
    appeal, freeze, provider = case.appeal, case.freeze, case.provider
    numbers = ", ".join(spell_order_number(one) for one in passed_on)
    text = lines(
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
        *_end(words, case),
    )  # fmt: skip
    return Screen(text, _rows(words, case, back=back))


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
        told.append(words("They read: “{answer}”", answer=case.appeal.answer))
    return told


def decided(words: Words, case: Case) -> Markup:
    name = name_of(case.decider, words)
    if case.appeal.state is AppealState.LIFTED:
        return words("☀️ {name} lifted it.", name=name)
    return words("🧊 {name} kept it.", name=name)


def _rows(words: Words, case: Case, *, back: bool) -> list[list[Button]]:
    appeal, n = case.appeal, "" if back else "n"
    rows = []
    if appeal.state is AppealState.OPEN:
        rows.append([
            Button(words.plain("☀️ Lift"), press(f"zl{n}", appeal.id), style="success"),
            Button(words.plain("🧊 Keep"), press(f"zk{n}", appeal.id), style="danger"),
        ])  # fmt: skip
    more = [Button(words.plain("👤 Dossier"), press("zd", case.provider.id))]
    if appeal.files:
        more.insert(0, Button(words.plain("📎 Files"), press("zf", appeal.id)))
    away = [[Button(words.plain("‹ Back"), press("zq", 0))]] if back else []
    return [*rows, more, *away]


def files(words: Words, case: Case, found: tuple[File, ...]) -> Screen:
    text = words("📎 What <b>{name}</b> sent with the appeal", name=case.provider.name)
    return Screen(text, files=found, protect=True)


def why(words: Words, case: Case, lifted: int) -> Screen:
    rows = [
        [Button(short(words.plain(one), 40), press("zw", case.appeal.id, lifted, number))]
        for number, one in enumerate(USUAL[bool(lifted)])
    ]
    name = case.provider.name
    text = lines(
        words("☀️ <b>Let {name} work again?</b>", name=name) if lifted
        else words("🧊 <b>Keep {name} on hold?</b>", name=name),
        words("Tap what {name} will read, or type it in your own words.", name=name),
    )  # fmt: skip
    return Screen(text, [*rows, back(words, press("zv", case.appeal.id))])


def sure(words: Words, case: Case, lifted: int, number: int, answer: str) -> Screen:
    name = case.provider.name
    text = lines(
        words("☀️ <b>Let {name} work again?</b>", name=name) if lifted
        else words("🧊 <b>Keep {name} on hold?</b>", name=name),
        words("They will read:\n<blockquote>{reason}</blockquote>", reason=answer),
    )  # fmt: skip
    label = words.plain("Yes, lift it") if lifted else words.plain("Yes, keep it")
    yes = Button(label, press("zy", case.appeal.id, lifted, number), style="primary")
    return Screen(text, [[yes], back(words, press("zl" if lifted else "zk", case.appeal.id))])


def told(words: Words, case: Case, said: str) -> Screen:
    """The end of it, in place of the question."""
    text = words("⚖️ <b>{name}</b>: {said}", name=case.provider.name, said=said)
    return Screen(text, [back(words, press("zv", case.appeal.id))])


def queue(words: Words, waiting: Sequence[Case], number: int, *, now: datetime) -> Screen:
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
    rows = [
        [Button(short(f"⚖️ {one.provider.name}", 30), press("zv", one.appeal.id))]
        for one in page.items
    ]
    text = lines(
        words("⚖️ <b>Appeals to decide on: {n}</b>", n=len(waiting)),
        *(told or [words("Nobody is waiting. 🎉")]),
    )
    return Screen(text, [*rows, *page.turns("zq")])
