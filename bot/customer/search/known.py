"""Words that are known for what they are: names of screens, order numbers, promotions."""

from bot.conversation import Talk
from bot.customer.deals.handlers import coded
from bot.customer.search import screens
from bot.follow import follow
from bot.notices import spoken
from bot.screen import Screen, press
from core.errors import Unknown
from core.ids import order_digits, order_number_in

LONGEST = 200
# Short words that mean a screen rather than a service.
SHORTCUTS = {
    press("help"): ("help", "support", "客服", "人工", "人工客服", "帮助", "human", "talk to a human", "agent"),
    press("orders", 0): ("orders", "my orders", "order", "订单", "我的订单"),
    press("sers"): (
        "repeat", "repeated visits", "recurring", "recurring visits", "stop repeating", "cancel recurring",
        "定期", "定期上门", "定期服务", "我的定期", "取消定期", "停止定期", "不要定期了",
    ),
    press("rcpts", 0): (
        "receipt", "receipts", "my receipts", "invoice", "invoices", "my invoices", "bill", "payments",
        "发票", "收据", "开发票", "账单", "付款记录",
    ),
    press("voice"): ("complaint", "complain", "投诉", "我要投诉", "建议"),
    press("treqs", 0): ("my requests", "my complaints", "我的反馈", "我的投诉", "投诉进度"),
    press("set"): ("settings", "设置", "语言", "language"),
    press("addrs"): ("address", "addresses", "my addresses", "change address", "地址", "改地址", "我的地址"),
    press("data"): (
        "privacy", "my data", "delete account", "delete my account", "隐私", "我的数据", "注销", "注销账号", "删除账号",
    ),
    press("news", 0): ("news", "announcements", "公告", "最新消息", "平台消息"),
    press("favs", 0): ("favourites", "favorites", "收藏", "我的收藏"),
    press("deals", 0): (
        "deals", "deal", "promotions", "promotion", "promo", "discount", "discounts", "coupon",
        "coupons", "offers", "special offers", "优惠", "优惠券", "折扣", "活动", "优惠活动", "促销",
        "红包", "打折", "領券", "领券", "有优惠吗", "有什么优惠",
    ),
    press("home", 0): (
        "menu", "home", "start", "hello", "hello there", "hi", "hi there", "hey",
        "首页", "菜单", "主页", "你好", "您好", "你好呀", "嗨", "哈喽", "在吗", "有人吗",
    ),
}  # fmt: skip
WORDS = {word: data for data, words in SHORTCUTS.items() for word in words}
THANKS = frozenset({
    "thanks", "thank you", "thx", "ok thanks", "thanks a lot", "thank you very much", "great, thanks",
    "谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "好的谢谢", "好的，谢谢", "辛苦了", "謝謝",
})  # fmt: skip


def typed_words(talk: Talk) -> str:
    """What was typed, on one line and not longer than anybody means it."""
    return " ".join(talk.incoming.text.split())[:LONGEST]


def bare(text: str) -> str:
    """As a table of words has it: small letters, nothing around them."""
    return text.casefold().strip(" .,!?。，！？~～")


async def shortcut(talk: Talk, text: str) -> Screen | None:
    """The screen that the words name for certain, or None."""
    if order_digits(text) or order_number_in(text):
        return await _order(talk, text)
    if data := WORDS.get(bare(text)):
        return await follow(talk, data)
    if (notices := await spoken.understood(talk, text)) is not None:
        return notices
    return await coded(talk, text)


async def _order(talk: Talk, text: str) -> Screen | None:
    """Mistyped, unknown and somebody else's sound alike; digits inside a sentence may be something else."""
    number = order_number_in(text) or text
    order = await talk.core.orders.by_number(text=number)
    if order is not None and order.customer_id == talk.person.id:
        try:
            return await follow(talk, press("order", order.id))
        except Unknown:
            pass
    return screens.no_order(talk.words, text) if order_digits(text) else None
