"""Making and changing a coupon: the draft waits in the talk's memory until it is confirmed."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from babel import Locale

from bot.admin.promotions import draft_screens as screens
from bot.admin.promotions.fields import BY_CODE, FIELDS, USUAL_RUN, automatic
from bot.admin.promotions.handlers import changing, page, show, things
from bot.admin.promotions.said import read
from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import languages
from bot.screen import Screen
from core.errors import AlreadyDone, Invalid, Unknown
from core.promotions.codes import folded
from core.promotions.model import Coupon
from core.promotions.terms import CHANGEABLE, LONGEST_NAME, check

STEP = "coupon"
USUAL_USES = 100


def _keep(talk: Talk, coupon: Coupon, *, field: str = "", named: bool | None = None) -> None:
    known = bool(talk.memory.get("named")) if named is None else named
    talk.expect(STEP, coupon=coupon.model_dump(mode="json"), field=field, named=known)


def _drafted(talk: Talk) -> Coupon | None:
    kept = talk.memory.get("coupon") if talk.step == STEP else None
    return Coupon.model_validate(kept) if kept else None


async def _gone(talk: Talk) -> Screen:
    talk.toast(talk.words.plain("That one isn't being made any more. Here are all of them."))
    return await page(talk, 0, 0)


async def new(talk: Talk) -> Screen:
    coupon = Coupon(
        id=0, code=talk.core.promotions.code(), uses=USUAL_USES, starts_at=talk.now,
        ends_at=_midnight(talk, talk.now + USUAL_RUN),
    )  # fmt: skip
    _keep(talk, coupon, field="g", named=False)
    return screens.ask(talk.words, coupon, FIELDS[0], [], talk.now)


def _midnight(talk: Talk, moment: datetime) -> datetime:
    day = talk.words.local(moment).date() + timedelta(days=1)
    return datetime.combine(day, time(), talk.words.zone).astimezone(talk.now.tzinfo)


async def change(talk: Talk, coupon_id: int) -> Screen:
    coupon = (await talk.core.promotions.look(coupon_id=coupon_id)).coupon
    _keep(talk, coupon, named=True)
    return screens.draft(talk.words, coupon, things(talk, coupon))


async def whole(talk: Talk) -> Screen:
    """All of it, from one of its questions."""
    coupon = _drafted(talk)
    if coupon is None:
        return await _gone(talk)
    _keep(talk, coupon)
    return screens.draft(talk.words, coupon, things(talk, coupon))


async def field(talk: Talk, code: str) -> Screen:
    coupon = _drafted(talk)
    if coupon is None:
        return await _gone(talk)
    if code not in BY_CODE:
        raise Unknown("field")
    return _asking(talk, coupon, code)


def _asking(talk: Talk, coupon: Coupon, code: str, *, said: str = "", number: int = 0) -> Screen:
    _keep(talk, coupon, field=code)
    words, for_what = talk.words, things(talk, coupon)
    if code == "n":
        return screens.names(words, coupon, _called(talk), said=said)
    if code == "f":
        every = talk.core.catalog.children(parent_id=None)
        whole = {one.id for one in for_what}
        return screens.services(words, coupon, every, whole, for_what, number, said=said)
    if code == "c":
        return screens.ask_code(words, said=said)
    return screens.ask(words, coupon, BY_CODE[code], for_what, talk.now, said=said)


def _called(talk: Talk) -> dict[str, str]:
    return {code: Locale.parse(code).get_display_name(code) or code for code in languages()}


async def pick(talk: Talk, code: str, place: int) -> Screen:
    """A ready answer."""
    coupon = _drafted(talk)
    if coupon is None:
        return await _gone(talk)
    if code not in BY_CODE:
        raise Unknown("field")
    ready = BY_CODE[code].presets(talk.words, coupon, talk.now)
    if not 0 <= place < len(ready):
        return _asking(talk, coupon, code)
    return _with(talk, coupon, ready[place][1], code)


def _with(talk: Talk, coupon: Coupon, values: Mapping[str, Any], code: str) -> Screen:
    """The draft with these, or why it can't be so."""
    made = coupon.model_copy(update=dict(values))
    if not talk.memory.get("named"):
        made = made.model_copy(
            update={"names": automatic(talk.words, made, languages(), LONGEST_NAME)}
        )
    try:
        check(made)
    except Invalid as wrong:
        said = sentence(wrong, talk.words)
        if code:
            return _asking(talk, coupon, code, said=said)
        return screens.draft(talk.words, coupon, things(talk, coupon), said=said)
    _keep(talk, made)
    return screens.draft(talk.words, made, things(talk, made))


async def said(talk: Talk) -> Screen:
    """Typed: for the question that was asked, or any terms in one sentence."""
    coupon = _drafted(talk)
    if coupon is None:
        return await _gone(talk)
    code, text = str(talk.memory.get("field", "")), talk.incoming.text.strip()
    if code == "c":
        return _with(talk, coupon, {"code": folded(text)}, "c")
    if code.startswith("n-") and text:
        _keep(talk, coupon, named=True)
        names = coupon.names | {code.removeprefix("n-"): " ".join(text.split())}
        return _with(talk, coupon, {"names": names}, "n")
    if code == "f" and (found := await _service(talk, text)):
        ids = dict.fromkeys([*coupon.service_ids, found])
        return _services(talk, coupon, list(ids), 0)
    values = read(text, field=code, currency=talk.words.currency, now=talk.now,
                  zone=str(talk.words.zone))  # fmt: skip
    return _with(talk, coupon, values, code) if values else _unclear(talk, coupon, code)


def _unclear(talk: Talk, coupon: Coupon, code: str) -> Screen:
    hint = talk.words.plain("I didn't understand that. Please say it another way, or tap.")
    if code in BY_CODE:
        return _asking(talk, coupon, code, said=hint)
    return screens.draft(talk.words, coupon, things(talk, coupon), said=hint)


async def _service(talk: Talk, text: str) -> int | None:
    found = await talk.core.finder.services(text=text, now=talk.now, limit=1) if text else []
    return found[0].id if found else None


async def language(talk: Talk, code: str) -> Screen:
    """Which language's name is typed next."""
    coupon = _drafted(talk)
    if coupon is None or code not in languages():
        return await _gone(talk)
    _keep(talk, coupon, field=f"n-{code}")
    return screens.ask_name(talk.words, _called(talk)[code])


async def another_code(talk: Talk) -> Screen:
    coupon = _drafted(talk)
    if coupon is None or coupon.id:
        return await _gone(talk)
    return _asking(talk, coupon, "c")


async def category(talk: Talk, category_id: int, number: int) -> Screen:
    """In or out with all that is below it; 0 is for everything."""
    coupon = _drafted(talk)
    if coupon is None:
        return await _gone(talk)
    if not category_id:
        return _services(talk, coupon, [], number)
    below = {one.id for one in talk.core.catalog.services_below(category_id=category_id)}
    chosen = [one for one in coupon.service_ids if one not in below]
    if not below <= set(coupon.service_ids):
        chosen += sorted(below)
    return _services(talk, coupon, chosen, number)


def _services(talk: Talk, coupon: Coupon, service_ids: list[int], number: int) -> Screen:
    made = coupon.model_copy(update={"service_ids": service_ids})
    return _asking(talk, made, "f", number=number)


async def category_page(talk: Talk, number: int) -> Screen:
    coupon = _drafted(talk)
    return await _gone(talk) if coupon is None else _asking(talk, coupon, "f", number=number)


async def sure(talk: Talk) -> Screen:
    """What will be, before it is."""
    coupon = _drafted(talk)
    if coupon is None:
        return await _gone(talk)
    try:
        if not coupon.id:
            await talk.core.promotions.check(coupon=coupon, now=talk.now)
            return screens.surely(talk.words, coupon, things(talk, coupon))
        before, after = await talk.core.promotions.changed(
            coupon_id=coupon.id, values=_values(coupon), now=talk.now
        )
    except Invalid as wrong:
        said = sentence(wrong, talk.words)
        return screens.draft(talk.words, coupon, things(talk, coupon), said=said)
    changed = _differences(talk, before, after)
    if not changed:
        talk.toast(talk.words.plain("Nothing is different."))
        return await show(talk, coupon.id)
    return screens.surely_changed(talk.words, coupon, changed)


def _values(coupon: Coupon) -> dict[str, Any]:
    return {name: getattr(coupon, name) for name in CHANGEABLE}


def _differences(talk: Talk, before: Coupon, after: Coupon) -> list[str]:
    words = talk.words
    shown = [
        (words.plain(one.head), one.show(words, before, things(talk, before)),
         one.show(words, after, things(talk, after)))
        for one in FIELDS
    ]  # fmt: skip
    return [f"{head}: {was} → {now}" for head, was, now in shown if was != now]


async def create(talk: Talk) -> Screen:
    """Once: what was made is no longer in the memory."""
    coupon = _drafted(talk)
    if coupon is None or coupon.id:
        return await _gone(talk)
    for_what = things(talk, coupon)
    terms = [
        f"{talk.words.plain(one.head)}: {one.show(talk.words, coupon, for_what)}" for one in FIELDS
    ]
    async with changing(talk, coupon, "; ".join(terms)):
        made = await talk.core.promotions.create(coupon=coupon, now=talk.now)
    talk.rest()
    talk.toast(talk.words.plain("Done."))
    return await show(talk, made.id)


async def save(talk: Talk, coupon_id: int, version: int) -> Screen:
    coupon = _drafted(talk)
    if coupon is None or coupon.id != coupon_id:
        return await show(talk, coupon_id)
    before = (await talk.core.promotions.look(coupon_id=coupon_id)).coupon
    try:
        async with changing(talk, coupon, "; ".join(_differences(talk, before, coupon))):
            await talk.core.promotions.change(
                coupon_id=coupon_id, values=_values(coupon), version=version, now=talk.now
            )
    except AlreadyDone:
        talk.toast(talk.words.plain("It has changed meanwhile. Please look again."), alert=True)
        return await show(talk, coupon_id)
    talk.toast(talk.words.plain("Done."))
    return await show(talk, coupon_id)
