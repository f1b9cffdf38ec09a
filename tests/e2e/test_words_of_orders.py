"""What people type about an order they have, in both languages: the only one it fits opens at once."""

import pytest

from tests.chat import People
from tests.e2e.journey import accepts
from tests.e2e.test_story import EN, ZH, Lines, booked, pays

TYPED = {
    "en": (
        ("cancel my order", "Cancel this order?"), ("reschedule", "Move to which day?"),
        ("where is he", "Accepted"), ("call the provider", "You're writing to"),
        ("invoice", "Payments"), ("complaint", "Complaint or idea"), ("delete my account", "Your data"),
        ("notifications", "What reaches you"), ("thanks!", "You're welcome"),
    ),
    "zh": (
        ("取消订单", "取消这个订单？"), ("改期", "改到哪一天"), ("师傅到哪了？", "已接单"),
        ("联系师傅", "对话"), ("发票", "付款"), ("投诉", "投诉或建议"), ("注销账号", "我的数据"),
        ("通知", "消息设置"), ("谢谢！", "不客气"),
    ),
}  # fmt: skip


@pytest.mark.feature("C2", "C20", "X2")
@pytest.mark.parametrize(("say", "language"), [(EN, "en"), (ZH, "zh")], ids=["en", "zh"])
async def test_words_about_an_order_lead_where_they_mean(
    people: People, say: Lines, language: str
) -> None:
    anna, name, number = await booked(people, say)
    await pays(anna, say)
    await anna.sees(say.paid)
    await accepts(await people.known(name), number)
    await anna.sees(say.accepted)
    for typed, seen in TYPED[language]:
        await anna.writes("/start")
        await anna.writes(typed)
        await anna.sees(seen)


@pytest.mark.feature("C2", "X2")
async def test_without_an_order_the_words_lead_to_the_list(people: People) -> None:
    bo = await people.person("Bo Ye")
    await bo.writes("/start")
    await bo.taps("English")
    await bo.taps("Skip")
    await bo.writes("cancel my order")
    await bo.sees("Nothing here yet")
