"""Receipts over HTTP: by month and by order, each a document in the chat, credit notes included."""

from dataclasses import dataclass

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.test_story import EN, ZH, Lines, booked, pays


@dataclass(frozen=True)
class Say:
    """What the customer taps and sees in one language."""

    story: Lines
    month: str
    receipt: str
    more: str
    receipts: str
    cancel: tuple[str, str]
    back: str
    refunded: str
    note: str
    orders: str
    payments: str
    nothing: str


IN_ENGLISH = Say(
    story=EN, month="Payments: ", receipt="Receipt R-", more="⋯ More", receipts="🧾 Receipts",
    cancel=("Cancel order", "Yes, cancel it"), back="is back with you", refunded="Refunded ¥",
    note="Credit note C-", orders="/orders", payments="🧾 Payments", nothing="Nothing here yet",
)  # fmt: skip
IN_CHINESE = Say(
    story=ZH, month="付款记录：", receipt="收据 R-", more="更多", receipts="🧾 收据",
    cancel=("取消订单", "确定取消"), back="已退回", refunded="已退款 ¥", note="退款凭证 C-",
    orders="/orders", payments="🧾 付款记录", nothing="还没有付款记录",
)  # fmt: skip


def papers(person: Person) -> list[Message]:
    return [
        m for m in person.from_bot() if m.get("document", {}).get("mime_type") == "application/pdf"
    ]


def amount_on(message: Message) -> str:
    """The first button that names a sum."""
    rows = message["reply_markup"]["inline_keyboard"]
    return str(next(b["text"] for row in rows for b in row if "¥" in b["text"]))


async def sent(person: Person, title: str, count: int) -> None:
    """So many papers are in the chat, the last one of this kind."""
    await person.sees_where(lambda _: len(papers(person)) == count, what=f"{count} papers")
    assert title in words_of(papers(person)[-1])


@pytest.mark.feature("C11", "C20", "X2")
@pytest.mark.parametrize("say", [IN_ENGLISH, IN_CHINESE], ids=["en", "zh"])
async def test_each_payment_and_each_refund_has_its_paper(people: People, say: Say) -> None:
    anna, _, number = await booked(people, say.story)
    await anna.writes("/receipts")
    await anna.sees(say.nothing)
    await anna.writes(number)
    await pays(anna, say.story)
    await anna.sees(say.story.paid)

    # By month, from the command.
    await anna.writes("/receipts")
    await anna.taps(amount_on(await anna.sees(say.month)))
    await sent(anna, say.receipt, 1)
    first = words_of(papers(anna)[0])
    await anna.sees(say.month)

    # By order, behind More: the same paper again.
    await anna.writes(number)
    await anna.taps(say.more)
    await anna.taps(say.receipts)
    listed = await anna.sees_where(
        lambda m: number in words_of(m) and "¥" in str(m.get("reply_markup"))
    )
    await anna.taps(amount_on(listed))
    await sent(anna, say.receipt, 2)
    assert words_of(papers(anna)[1]) == first

    # What came back has a credit note.
    await anna.writes(number)
    for label in say.cancel:
        await anna.taps(label)
    await anna.sees(say.back)
    await anna.writes(say.orders)
    await anna.taps(say.payments)
    await anna.sees(say.refunded)
    await anna.taps("↩️")
    await sent(anna, say.note, 3)


@pytest.mark.feature("C11")
async def test_somebody_else_s_paper_is_not_for_me(people: People) -> None:
    anna, _, _ = await booked(people, EN)
    await pays(anna, EN)
    await anna.sees(EN.paid)
    await anna.writes("/receipts")
    await anna.sees("Payments: ")
    theirs = anna.data("¥")
    thief = await people.person("Mallory")
    await thief.writes("/receipts")
    await thief.sees("Nothing here yet")
    await thief.taps_stale(thief.last["message_id"], theirs)
    assert thief.alert
    assert papers(thief) == []
