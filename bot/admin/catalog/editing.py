"""Changing what the draft says about a category or a service: values, place, new ones, removed ones."""

from markupsafe import Markup

from bot.admin.catalog import screens
from bot.admin.catalog.fields import FIELDS, Field, Group
from bot.admin.catalog.handlers import category, grouped
from bot.admin.catalog.reading import Values, in_languages
from bot.admin.parts import acting, me, named, sign
from bot.conversation import Talk
from bot.screen import Screen
from core.catalog.drafting import Author
from core.catalog.model import Service, Thing
from core.errors import Unknown

ACTION = "catalog.change"


async def author(talk: Talk) -> Author:
    member = await me(talk)
    return Author(member.telegram_id, sign(member, talk))


def _field(number: int, thing: Thing) -> Field:
    if not 0 <= number < len(FIELDS) or not FIELDS[number].of(thing):
        raise Unknown("field")
    return FIELDS[number]


async def _thing(talk: Talk, thing_id: int) -> Thing:
    return (await talk.core.drafting.tree()).thing(thing_id=thing_id)


async def field(talk: Talk, thing_id: int, number: int) -> Screen:
    found = await _thing(talk, thing_id)
    _field(number, found)
    talk.expect("service_field", thing=thing_id, field=number)
    return screens.ask(talk.words, found, number)


async def field_said(talk: Talk) -> Screen:
    thing_id, number = int(talk.memory["thing"]), int(talk.memory["field"])
    before = await _thing(talk, thing_id)
    values = _field(number, before).read(talk.incoming.text, talk.words, before)
    return await _change(talk, before, number, values)


async def choose(talk: Talk, thing_id: int, number: int, choice: int) -> Screen:
    before = await _thing(talk, thing_id)
    choices = _field(number, before).choices
    if not 0 <= choice < len(choices):
        raise Unknown("choice")
    return await _change(talk, before, number, choices[choice][1])


async def _change(talk: Talk, before: Thing, number: int, values: Values) -> Screen:
    """Kept in the draft if it is acceptable, and shown back: what it was, what it is."""
    one = _field(number, before)
    after = talk.core.drafting.changed(thing=before, values=values)
    was, now = one.show(talk.words, before), one.show(talk.words, after)
    label = talk.words.plain(one.label)
    reason = f"{label}: {was} → {now}"
    async with acting(talk, ACTION, subject=talk.words.pick(after.names), reason=reason):
        await talk.core.drafting.change(
            thing_id=before.id, values=values, by=await author(talk), now=talk.now
        )
    talk.rest()
    news = talk.words("✓ {label}: {was} → {now}", label=label, was=was, now=now)
    return await grouped(talk, before.id, int(one.group), news)


async def add_service(talk: Talk, category_id: int) -> Screen:
    here = (await talk.core.drafting.tree()).category(category_id=category_id)
    talk.expect("service_new", category=category_id)
    return screens.add(talk.words, here, service=True)


async def add_category(talk: Talk, category_id: int) -> Screen:
    """Below this one; 0 is the root of the tree."""
    tree = await talk.core.drafting.tree()
    here = tree.category(category_id=category_id) if category_id else None
    talk.expect("category_new", category=category_id)
    return screens.add(talk.words, here, service=False)


async def service_said(talk: Talk) -> Screen:
    names = in_languages(talk.incoming.text, "names")
    async with acting(talk, ACTION, subject=talk.words.pick(names), reason="＋"):
        made = await talk.core.drafting.add_service(
            category_id=int(talk.memory["category"]), names=names, by=await author(talk),
            now=talk.now,
        )  # fmt: skip
    return await _added(talk, made, talk.words("✓ Added. It stays hidden until you show it."))


async def category_said(talk: Talk) -> Screen:
    names = in_languages(talk.incoming.text, "names")
    async with acting(talk, ACTION, subject=talk.words.pick(names), reason="＋"):
        made = await talk.core.drafting.add_category(
            parent_id=int(talk.memory["category"]) or None, names=names, by=await author(talk),
            now=talk.now,
        )  # fmt: skip
    return await _added(talk, made, talk.words("✓ Added. Customers see it once you publish."))


async def _added(talk: Talk, made: Thing, news: Markup) -> Screen:
    talk.rest()
    edits = await talk.core.drafting.edits()
    edit = next((one for one in edits if one.subject == made.id), None)
    return screens.thing(
        talk.words, made, edit, changes=True, news=news, count=len(edits), now=talk.now
    )


async def move(talk: Talk, thing_id: int, down: int) -> Screen:
    """One place up (0) or down (1)."""
    one = await _thing(talk, thing_id)
    steps = 1 if down else -1
    reason = "▼" if down else "▲"
    async with acting(talk, ACTION, subject=talk.words.pick(one.names), reason=reason):
        await talk.core.drafting.move(
            thing_id=thing_id, steps=steps, by=await author(talk), now=talk.now
        )
    return await grouped(talk, thing_id, int(Group.PLACE))


async def homes(talk: Talk, thing_id: int, page: int) -> Screen:
    """The categories it could be in instead."""
    tree = await talk.core.drafting.tree()
    one = tree.thing(thing_id=thing_id)
    return screens.homes(talk.words, one, tree.homes(one), page)


async def hang(talk: Talk, thing_id: int, category_id: int) -> Screen:
    """Into this category, in the draft; 0 is the main list."""
    tree = await talk.core.drafting.tree()
    one = tree.thing(thing_id=thing_id)
    here = tree.category(category_id=category_id) if category_id else None
    where = screens.name_of_page(talk.words, here)
    async with acting(talk, ACTION, subject=talk.words.pick(one.names), reason=f"📂 {where}"):
        await talk.core.drafting.hang(
            thing_id=thing_id, category_id=category_id or None, by=await author(talk), now=talk.now
        )
    news = talk.words("✓ Now in {category}.", category=where)
    return await grouped(talk, thing_id, int(Group.PLACE), news)


async def remove(talk: Talk, thing_id: int) -> Screen:
    """It leaves with the next publication; the draft says so until then."""
    tree = await talk.core.drafting.tree()
    one = tree.thing(thing_id=thing_id)
    async with acting(talk, ACTION, subject=talk.words.pick(one.names), reason="🗑"):
        await talk.core.drafting.remove(thing_id=thing_id, by=await author(talk), now=talk.now)
    talk.toast(talk.words.plain("{name} is removed.", name=named(one, talk.words)))
    where = one.category_id if isinstance(one, Service) else one.parent_id
    return await category(talk, where or 0, 0)
