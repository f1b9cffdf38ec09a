"""Looking through the services and changing them."""

from bot.admin.catalog import screens
from bot.admin.catalog.fields import FIELDS, Values
from bot.admin.parts import logged, me
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Unknown
from core.permissions import may


async def services(talk: Talk) -> Screen:
    return await category(talk, 0, 0)


async def category(talk: Talk, category_id: int, page: int) -> Screen:
    """0 is the root of the tree."""
    talk.rest()
    catalog = talk.core.catalog
    inside = catalog.everything_in(category_id=category_id or None)
    here = catalog.category(category_id=category_id) if category_id else None
    return screens.category(talk.words, here, *inside, page, changes=await _may_change(talk))


async def _may_change(talk: Talk) -> bool:
    return may(role=(await me(talk)).role, action="catalog.change")


async def service(talk: Talk, service_id: int) -> Screen:
    talk.rest()
    found = talk.core.catalog.service(service_id=service_id)
    return screens.service(talk.words, found, changes=await _may_change(talk))


def _field(number: int) -> int:
    if not 0 <= number < len(FIELDS):
        raise Unknown("field")
    return number


async def field(talk: Talk, service_id: int, number: int) -> Screen:
    found = talk.core.catalog.service(service_id=service_id)
    talk.expect("service_field", service=service_id, field=_field(number))
    return screens.ask(talk.words, found, number)


async def field_said(talk: Talk) -> Screen:
    number = _field(int(talk.memory["field"]))
    values = FIELDS[number].read(talk.incoming.text, talk.words)
    return await _change(talk, int(talk.memory["service"]), number, values)


async def choose(talk: Talk, service_id: int, number: int, choice: int) -> Screen:
    choices = FIELDS[_field(number)].choices
    if not 0 <= choice < len(choices):
        raise Unknown("choice")
    return await _change(talk, service_id, number, choices[choice][1])


async def _change(talk: Talk, service_id: int, number: int, values: Values) -> Screen:
    """Kept if it is acceptable, and shown back: what it was, what it is."""
    one = FIELDS[number]
    before = talk.core.catalog.service(service_id=service_id)
    await talk.core.editing.change(service_id=service_id, values=values)
    after = talk.core.catalog.service(service_id=service_id)
    was, now = one.show(talk.words, before), one.show(talk.words, after)
    await logged(
        talk, "catalog.change", subject=talk.words.pick(after.names),
        reason=f"{talk.words.plain(one.label)}: {was} → {now}",
    )  # fmt: skip
    talk.rest()
    outside = 0
    if "price_low" in values:
        outside = await talk.core.price_desk.follow_band(service_id=service_id, now=talk.now)
    return screens.service(
        talk.words, after, changes=True, changed=(one.label, was, now), outside=outside
    )


async def add(talk: Talk, category_id: int) -> Screen:
    talk.expect("service_new", category=category_id)
    return screens.add(talk.words, talk.core.catalog.category(category_id=category_id))


async def add_said(talk: Talk) -> Screen:
    names = FIELDS[0].read(talk.incoming.text, talk.words)["names"]
    made = await talk.core.editing.add(category_id=int(talk.memory["category"]), names=names)
    await logged(talk, "catalog.change", subject=talk.words.pick(made.names), reason="＋")
    talk.rest()
    return screens.service(talk.words, made, changes=True, fresh=True)
