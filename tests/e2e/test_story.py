"""One order, from the first word to the review, played by a customer, a provider and the staff over HTTP."""

import re
from dataclasses import dataclass
from functools import partial

import pytest
from aiohttp import ClientSession

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import offer_of, taps_about, till
from tests.e2e.test_booking import sees


@dataclass(frozen=True)
class Lines:
    """What the customer says, taps and sees in one language."""

    code: str
    language: str
    where: str
    place: str
    home: str
    wanted: str
    service: str
    extras: str
    find: str
    can_come: str
    which_door: str
    door: str
    total: str
    confirm: str
    pay_page: str
    paid: str
    accepted: str
    arrived: str
    right: str
    rate: str
    publish: str
    praise: str


EN = Lines(
    code="en", language="English", where="Where should we come?", place="People's Square",
    home="what can we do for you?", wanted="ac not cooling", service="AC repair",
    extras="Extras you can add", find="Find a provider", can_come="can come",
    which_door="Which door exactly?", door="200 Renmin Ave, flat 801", total="Total",
    confirm="Confirm", pay_page="payment page", paid="received", accepted="is coming",
    arrived="is here", right="That's right", rate="review", publish="Publish",
    praise="Cold again within an hour!",
)  # fmt: skip
ZH = Lines(
    code="zh-hans", language="中文", where="上门到哪里", place="人民广场", home="今天想约点什么",
    wanted="修空调", service="空调维修", extras="可加选", find="找师傅", can_come="可上门",
    which_door="具体门牌是", door="人民大道200号8楼801", total="合计", confirm="确认",
    pay_page="付款页面", paid="已收到", accepted="已接单", arrived="已到", right="没错",
    rate="评价", publish="发布", praise="一小时就修好了，很凉快！",
)  # fmt: skip


async def booked(people: People, say: Lines) -> tuple[Person, str, str]:
    """A newcomer who searched, picked, and stands before the payment; the provider's name and the number."""
    anna = await people.person("Anna Li", language=say.code)
    await anna.writes("/start")
    await anna.taps(say.language)
    await sees(anna, say.where)
    await anna.shares_location(say.place)
    await sees(anna, say.home)
    await anna.writes(say.wanted)
    await anna.sees_button(say.service)
    await anna.taps(say.service)
    await sees(anna, say.extras)
    await anna.taps(say.find)
    await sees(anna, say.can_come)
    found = re.search(r"1\. (\S+)", anna.screen)
    assert found, anna.shown()
    await anna.taps("⚡")
    await sees(anna, say.which_door)
    await anna.writes(say.door)
    await sees(anna, say.total)
    await anna.taps(say.confirm)
    await anna.sees_button(say.pay_page)
    number = re.search(r"\d{4}-\d{4}", anna.screen)
    assert number, anna.shown()
    return anna, found[1], number[0]


async def pays(anna: Person, say: Lines, action: str = "pay") -> None:
    """Opens the link in a browser and presses the button there."""
    async with ClientSession() as browser:
        link = await till(browser, anna.link(say.pay_page))
        async with browser.post(link, data={"action": action}) as page:
            assert page.status == 200


@pytest.mark.feature("X1", "X2", "C9", "C13", "C14", "C18", "P2", "P5", "A4")
@pytest.mark.parametrize("say", [EN, ZH], ids=["en", "zh"])
async def test_one_order_from_search_to_review(people: People, say: Lines) -> None:
    anna, name, number = await booked(people, say)
    wang = await people.known(name)
    await wang.writes("/language")
    await wang.sees_button("中文")
    await wang.taps("中文")
    await pays(anna, say)
    await sees(anna, say.paid)

    offer = await offer_of(wang, number)
    assert say.door not in words_of(offer), "the door is for whoever accepted"
    await wang.taps("接单", on=offer)
    await wang.sees(say.door)
    await sees(anna, say.accepted)

    await taps_about(wang, number, "出发")
    await taps_about(wang, number, "我到了")
    await sees(anna, say.arrived)
    code = next(
        found[1] for text in reversed(anna.from_bot())
        if (found := re.search(r"(?:服务码|start code)\D*(\d{4})", text.get("text", "")))
    )  # fmt: skip
    await taps_about(wang, number, "输码开工")
    await wang.sees("服务码")
    await wang.writes(code)
    for label in ("完工", "干完了", "已收"):
        await taps_about(wang, number, label)
    await anna.sees_button(say.right)
    await anna.taps(say.right)
    await anna.sees_button(say.rate)
    await anna.taps(say.rate)
    await anna.sees_button("☆")
    order = anna.data("☆").split(":")[1]
    form = anna.last["message_id"]
    for given, dimension in enumerate(("quality", "attitude", "skill"), start=1):
        await anna.taps_stale(form, f"rstar:{order}:{dimension}:5")
        await anna.sees_where(partial(stars_in, given), what=f"{given} rows of stars")
    await anna.writes(say.praise)
    await anna.sees_button(say.publish)
    await anna.taps(say.publish)
    await sees(anna, say.praise)

    visitor = await people.person("Somebody Else", language=say.code)
    page = await on_the_page_of(visitor, name, say)
    assert say.praise in page

    staff = await people.known(3001)
    await staff.sees(number)


def stars_in(rows: int, message: Message) -> bool:
    return words_of(message).count("⭐" * 5) == rows


async def on_the_page_of(visitor: Person, name: str, say: Lines) -> str:
    """What a stranger reads in the reviews on the provider's page."""
    await visitor.writes("/start")
    await visitor.taps(say.language)
    await sees(visitor, say.where)
    await visitor.shares_location(say.place)
    await sees(visitor, say.home)
    await visitor.writes(name)
    await visitor.sees_button(name)
    await visitor.taps(name)
    await visitor.sees_button("💬")
    await visitor.taps("💬")
    await sees(visitor, say.praise)
    return visitor.screen
