"""Short words that mean a screen of the provider's bot rather than a job."""

from bot.conversation import Talk
from bot.follow import follow
from bot.screen import Screen, press

SHORTCUTS = {
    press("help"): (
        "help", "support", "faq", "客服", "人工", "人工客服", "联系客服", "帮助", "human", "talk to a human",
        "agent", "hotline", "热线", "客服电话",
    ),
    press("voice"): ("complaint", "complain", "idea", "投诉", "我要投诉", "建议", "意见"),
    press("treqs", 0): ("my requests", "my complaints", "我的反馈", "我的投诉", "投诉进度"),
    press("appeal"): ("appeal", "申诉", "我要申诉", "解冻", "unfreeze"),
    press("set"): ("settings", "设置", "语言", "language"),
    press("money"): ("income", "earnings", "balance", "收入", "余额"),
    press("news", 0): ("news", "announcements", "公告", "最新消息", "平台消息", "通知公告"),
    press("sched"): ("schedule", "日程", "排班"),
}  # fmt: skip
WORDS = {word: data for data, words in SHORTCUTS.items() for word in words}


async def shortcut(talk: Talk, text: str) -> Screen | None:
    data = WORDS.get(text.casefold().strip(" .,!?。，！？~～"))
    return await follow(talk, data) if data else None
