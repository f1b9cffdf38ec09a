"""What people type about an order they have: cancel it, move it, where are they."""

from bot.conversation import Talk
from bot.customer.orders import buttons, list_screens
from bot.customer.search.known import bare, shortcut
from bot.follow import follow
from bot.screen import Screen, press
from core.orders.lifecycle import OPEN
from core.orders.model import State
from core.orders.service import OrderView

# By the verb of the button that does it.
WISHES = {
    "ocancel": (
        "cancel", "cancel it", "cancel order", "cancel my order", "cancel the order", "cancel booking",
        "cancel my booking", "i want to cancel", "取消", "取消订单", "我要取消", "我想取消", "取消预约", "不要了",
        "不约了", "退单", "取消訂單",
    ),
    "mv": (
        "reschedule", "move my order", "move order", "move my booking", "change time", "change the time",
        "another time", "change date", "改期", "我要改期", "改时间", "换时间", "换个时间", "改约", "改预约", "改預約",
        "推迟",
    ),
    "rtalk": (
        "call the provider", "contact the provider", "message the provider", "call him", "call her",
        "contact provider", "联系师傅", "联系阿姨", "给师傅发消息", "师傅电话", "打电话给师傅", "聯繫師傅",
    ),
    "order": (
        "where is he", "where is she", "where are they", "where are you", "where is my provider", "status",
        "order status", "my order", "track", "师傅到哪了", "到哪了", "师傅呢", "师傅在哪", "什么时候到", "还没来",
        "怎么还没来", "没人来", "订单状态", "进度", "服务码", "start code",
    ),
    "pay": ("pay", "payment", "pay now", "付款", "支付", "我要付款", "去付款", "付钱"),
    "review": ("review", "rate", "write a review", "评价", "写评价", "我要评价", "好评", "差评"),
}  # fmt: skip
VERBS = {said: verb for verb, every in WISHES.items() for said in every}
STATES = OPEN | {State.CLOSED}


async def wished(talk: Talk, text: str) -> Screen | None:
    """The only order that allows it opens at once, of several one is chosen; None where the words mean no order."""
    verb = VERBS.get(bare(text))
    if verb is None:
        return None
    fitting = [view.order for view in await _views(talk) if _allows(view, verb)]
    if len(fitting) == 1:
        return await follow(talk, press(verb, fitting[0].id))
    if not fitting:
        return await follow(talk, press("orders", 0))
    talk.rest()
    return list_screens.which(fitting, verb, talk.now, talk.words)


async def known(talk: Talk, text: str) -> Screen | None:
    """Where words lead for certain, also from the middle of help."""
    return await shortcut(talk, text) or await wished(talk, text)


async def _views(talk: Talk) -> list[OrderView]:
    me = talk.person.id
    page = await talk.core.history.page(customer_id=me, states=STATES, number=0)
    return [
        await talk.core.orders.for_customer(order_id=order.id, customer_id=me)
        for order in page.orders
    ]


def _allows(view: OrderView, verb: str) -> bool:
    """Whether such a button stands on its card; looking is for what isn't over."""
    if verb == "order":
        return view.order.state in OPEN
    return any(each.verb == verb and each.when(view) for row in buttons.CARD for each in row)
