"""Finance compares a gateway's statement with the book: by its own list, and by a file."""

from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.wiring.sandbox import STRIPE_KEY
from tests.chat import People, Person, words_of
from tests.e2e.staff import OWNER, act, colleague, group, in_topic, turns_to
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A12")
FILE = """type,reference,number,amount,currency,fee,time
payment,pi_nobody{n},,128.50,CNY,3.70,2026-01-0{day} 14:30
refund,re_nobody{n},,20,CNY,,2026/01/0{day} 15:00
"""


async def sees(who: Person, words: str) -> None:
    await who.sees_where(lambda m: words in words_of(m), what=words)


async def sends(who: Person, file: Path, content: str) -> None:
    file.write_text(content)
    await who.writes("/money", answered=False)
    await act(who, ("📥 Send a file", "Its name begins with"))
    await who.sends_photos(file, kind="document")


async def test_a_file_is_compared_and_each_difference_is_taken_and_settled_once(
    people: People, platform: Platform, tmp_path: Path
) -> None:
    finance, other = await colleague(people, "finance"), await colleague(people, "finance")
    await sends(finance, tmp_path / "stripe.csv", "type,reference\npayment,x\n")
    await sees(finance, "These columns are missing: amount, currency, time")
    (tmp_path / "stripe.csv").write_text(FILE.format(n=1, day=2).replace(",20,", ",twenty,"))
    await finance.sends_photos(tmp_path / "stripe.csv", kind="document")
    await sees(finance, "Line 3 can't be read")
    for _ in range(2):  # the same file once more changes nothing
        await sends(finance, tmp_path / "stripe-2026-01.csv", FILE.format(n=1, day=2))
        await sees(finance, "2 lines, 2 differ")
    assert platform.rows("SELECT COUNT(*) FROM difference WHERE reference LIKE '%nobody1'") == [
        (2,)
    ]
    await finance.writes("/money", answered=False)
    await act(finance, ("¥128.50 · Payment at the gateway", "Reference: pi_nobody1"))
    assert "Statement: ¥128.50" in finance.screen
    assert "Book: nothing" in finance.screen
    await act(finance, ("✅ It's explained", "why is it all right?"))
    await other.writes("/money", answered=False)
    await act(other, ("¥128.50 · Payment at the gateway", f"taken by {finance.name}"))
    await other.taps("✅ It's explained")
    assert finance.name in other.toast
    await act(finance, ("Done by hand", "Or type your own words"),
              ("Yes, it's explained", "Settled: Done by hand at the gateway"))  # fmt: skip
    acts = platform.rows(
        "SELECT name, reason FROM staff_act WHERE action = 'money.decide' AND subject = ?",
        "pi_nobody1",
    )
    assert [(name, "Done by hand" in reason) for name, reason in acts] == [(finance.name, True)]


async def test_support_sees_no_money_and_operators_settle_none(people: People) -> None:
    support, operator = await colleague(people, "support"), await colleague(people, "operator")
    await support.writes("/money", answered=False)
    await sees(support, "role doesn't include")
    await operator.writes("/money", answered=False)
    shown = await operator.sees_where(
        lambda m: "Statements and our books" in words_of(m), what="it"
    )
    assert "Send a file" not in str(shown)
    await operator.taps_stale(shown["message_id"], "mf")
    assert "role doesn't include" in operator.toast


async def test_money_for_no_order_is_given_back_once_and_its_end_is_told(
    people: People, platform: Platform, tmp_path: Path
) -> None:
    """This charge is none of the gateway's, so the gateway refuses; what it does give back is tried in tests/money."""
    finance, chat = await colleague(people, "finance"), await group(people, OWNER)
    await sends(finance, tmp_path / "stripe-2026-02.csv", FILE.format(n=7, day=4))
    await sees(finance, "2 lines, 2 differ")
    await finance.writes("/money", answered=False)
    await turns_to(finance, "¥20 · Refund at the gateway")
    await act(finance, ("¥128.50 · Payment at the gateway", "Reference: pi_nobody7"),
              ("↩️ Give it back", "back: why?"), ("Paid to the wrong shop", "goes back by"))  # fmt: skip
    yes, message = finance.data("Yes, give it back"), finance.last["message_id"]
    await act(finance, ("Yes, give it back", "Settled: Paid to the wrong shop"))
    await finance.taps_stale(message, yes)
    told = await chat.sees_where(lambda m: "pi_nobody7" in words_of(m), what="its end", timeout=30)
    assert told["message_thread_id"] == in_topic(chat, "💰")
    assert platform.rows("SELECT state, reason FROM stray WHERE charge = 'pi_nobody7'") == [
        ("failed", "Paid to the wrong shop")
    ]


async def paid_astray(platform: Platform, yuan: int) -> str:
    """Somebody pays on a page in our name that none of us asked for; the charge, of which the company tells us."""
    page = {
        "mode": "payment", "success_url": "https://example.com", "client_reference_id": "P-nobody",
        "metadata[shop]": "doorstep", "metadata[number]": "P-nobody", "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "cny",
        "line_items[0][price_data][unit_amount]": str(yuan * 100),
        "line_items[0][price_data][product_data][name]": "A sofa",
    }  # fmt: skip
    base = f"{platform.url}/sandbox/stripe"
    async with ClientSession(headers={"Authorization": f"Bearer {STRIPE_KEY}"}) as http:
        async with http.post(f"{base}/v1/checkout/sessions", data=page) as made:
            session = await made.json()
        async with http.post(session["url"], data={"action": "pay"}) as paid:
            assert paid.status == 200
        async with http.get(f"{base}/book") as answer:
            charges = (await answer.json())["charges"]
    return next(str(one["id"]) for one in charges if one["session"] == session["id"])


async def test_a_payment_nobody_asked_for_is_decided_on_from_the_message_about_it(
    people: People, platform: Platform
) -> None:
    """In the group in Chinese, in private in English: left open by one, given back by the other."""
    finance, chat = await colleague(people, "finance"), await group(people, OWNER)
    charge = await paid_astray(platform, 4321)
    said = await chat.sees_where(lambda m: "¥4,321" in words_of(m), what="it", timeout=30)
    assert said["message_thread_id"] == in_topic(chat, "💰")
    await chat.taps("⚖️ 去处理", on=said)
    card = await chat.sees_where(lambda m: charge in words_of(m), what="the difference")
    assert "账单：¥4,321" in words_of(card)
    assert "账面：无" in words_of(card)

    await finance.writes("/money", answered=False)
    await turns_to(finance, "¥4,321 · Payment at the gateway")
    await act(finance, ("¥4,321 · Payment at the gateway", f"Reference: {charge}"),
              ("🙋 I'll take it", f"taken by {finance.name}"))  # fmt: skip
    await chat.taps("↩️ 原路退回", on=card)
    assert finance.name in chat.toast, "a colleague has it in hand"
    await act(finance, (f"🙋 {finance.name} has it", "🙋 I'll take it"))
    assert "Anybody can take it" in finance.toast
    await act(finance, ("‹ Back", "Statements and our books"))
    assert platform.rows("SELECT ended_by FROM difference WHERE reference = ?", charge) == [(None,)]

    await act(chat, ("‹ 返回", "↩️ 原路退回"), ("↩️ 原路退回", "¥4,321：原因"), ("付错了商家", "原路退回付款人"),
              ("确定退回", "已处理：付错了商家"))  # fmt: skip
    await chat.sees_where(lambda m: "¥4,321 已经由" in words_of(m), what="its end", timeout=30)
    back = platform.rows("SELECT state, amount FROM stray WHERE charge = ?", charge)
    assert back == [("done", 432_100)]
    asked = "SELECT ended_by FROM difference WHERE reference = ?"
    assert platform.rows(asked, charge) == [(chat.id,)]
