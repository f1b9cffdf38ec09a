"""Nobody opens: the customer is told, tries are counted, and when the waiting is over the visit can be closed."""

from bot.conversation import Talk
from bot.provider.jobs import absent_screens as screens
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.screen import Screen


@up_to_date
async def look(talk: Talk, order_id: int) -> Screen:
    talk.rest()
    who = {"order_id": order_id, "person_id": talk.person.id}
    view = await talk.core.orders.for_provider(**who)
    waiting = await talk.core.absent.waiting(**who)
    return screens.waiting(view.order, waiting, talk.core.rules, talk.words, now=talk.now)


@up_to_date
async def knock(talk: Talk, order_id: int) -> Screen:
    await talk.core.absent.knock(order_id=order_id, person_id=talk.person.id, now=talk.now)
    talk.toast(talk.words.plain("The customer is told that you are at the door."))
    return await look(talk, order_id)


@up_to_date
async def call(talk: Talk, order_id: int) -> Screen:
    await talk.core.absent.call(order_id=order_id, person_id=talk.person.id, now=talk.now)
    talk.toast(talk.words.plain("Your call is noted."))
    return await look(talk, order_id)


@up_to_date
async def leave(talk: Talk, order_id: int, fee: int) -> Screen:
    await talk.core.absent.leave(
        order_id=order_id, person_id=talk.person.id, shown=fee, now=talk.now
    )
    talk.toast(talk.words.plain("Closed. You can go."))
    return await present(talk, order_id)
