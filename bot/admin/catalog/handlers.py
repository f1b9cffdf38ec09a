"""Looking through the services as the draft has them."""

from bot.admin.catalog import screens
from bot.admin.catalog.fields import Group
from bot.admin.parts import me
from bot.conversation import Talk
from bot.screen import Screen
from core.catalog.model import Service
from core.errors import Unknown
from core.permissions import may


async def services(talk: Talk) -> Screen:
    return await category(talk, 0, 0)


async def category(talk: Talk, category_id: int, page: int) -> Screen:
    """0 is the root of the tree."""
    talk.rest()
    tree, edits = await talk.core.drafting.tree(), await talk.core.drafting.edits()
    inside = tree.everything_in(category_id=category_id or None)
    here = tree.category(category_id=category_id) if category_id else None
    edited = {edit.subject for edit in edits}
    return screens.category(talk.words, here, *inside, page, edited, changes=await may_change(talk))


async def may_change(talk: Talk) -> bool:
    return may(role=(await me(talk)).role, action="catalog.change")


async def thing(talk: Talk, thing_id: int) -> Screen:
    talk.rest()
    tree, edits = await talk.core.drafting.tree(), await talk.core.drafting.edits()
    edit = next((one for one in edits if one.subject == thing_id), None)
    return screens.thing(
        talk.words, tree.thing(thing_id=thing_id), edit, changes=await may_change(talk),
        count=len(edits), now=talk.now,
    )  # fmt: skip


async def group(talk: Talk, thing_id: int, number: int) -> Screen:
    talk.rest()
    return await grouped(talk, thing_id, number)


async def grouped(talk: Talk, thing_id: int, number: int, news: screens.News = None) -> Screen:
    """The page on which these values of a service stand; a category has one page."""
    tree, edits = await talk.core.drafting.tree(), await talk.core.drafting.edits()
    one = tree.thing(thing_id=thing_id)
    if not isinstance(one, Service):
        edit = next((edit for edit in edits if edit.subject == thing_id), None)
        return screens.thing(
            talk.words, one, edit, changes=True, news=news, count=len(edits), now=talk.now
        )
    if number not in set(Group):
        raise Unknown("field")
    row = tree.beside(one)
    return screens.group(talk.words, one, Group(number), row, news=news, count=len(edits))
