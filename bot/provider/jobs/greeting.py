"""The first word to the customer with one tap: a kind line of ours that asks for the details."""

from bot.conversation import Talk
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.screen import Screen
from core.orders.contact import silent
from core.orders.lifecycle import Actor
from core.relay.model import Sort
from core.relay.service import Content


@up_to_date
async def greet(talk: Talk, order_id: int) -> Screen:
    """Once is enough: a second tap sends nothing."""
    line = await talk.core.relay.line(
        order_id=order_id, person_id=talk.person.id, actor=Actor.PROVIDER, now=talk.now
    )
    if silent(order=line.order):
        content = Content(key=talk.incoming.key, sort=Sort.DETAILS)
        await talk.core.relay.say(line=line, content=content, now=talk.now)
        talk.toast(talk.words.plain("Sent. The answer comes right here."))
    return await present(talk, order_id)
