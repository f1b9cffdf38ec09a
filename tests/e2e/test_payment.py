"""Paying by link as people do it: on the page of the card company, once, twice, too late, and after all not."""

import json

import pytest
from aiohttp import ClientSession

from tests.chat import People, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import accepts
from tests.e2e.staff import OWNER, group
from tests.e2e.test_booking import sees
from tests.e2e.test_story import EN, booked, pays

AT_ONCE = 5.0


async def at_stripe(platform: Platform, kind: str, number: str) -> list[dict[str, object]]:
    """Charges or refunds in the card company's book that belong to an order."""
    async with ClientSession() as http:
        async with http.get(f"{platform.url}/sandbox/stripe/book") as answer:
            book = json.loads(await answer.text())
    order = number.replace("-", "")
    pages = [
        s for s in book["sessions"] if s["metadata"].get("order", "").replace("-", "") == order
    ]
    charges = [c for c in book["charges"] if c["session"] in {page["id"] for page in pages}]
    if kind == "charges":
        return charges
    ours = {charge["id"] for charge in charges}
    return [refund for refund in book["refunds"] if refund["payment_intent"] in ours]


@pytest.mark.feature("C10")
async def test_the_card_updates_itself_within_five_seconds_of_the_payment(
    people: People, platform: Platform
) -> None:
    anna, _, number = await booked(people, EN)
    await pays(anna, EN)
    await anna.sees(EN.paid, timeout=AT_ONCE)  # the card is edited before the news of it rings
    await anna.refresh()
    assert "Waiting for the provider" in anna.shown()
    assert "payment page" not in anna.shown()
    assert len(await at_stripe(platform, "charges", number)) == 1
    async with ClientSession() as browser, browser.get(f"{platform.url}/pay/back") as page:
        assert "Doorstep" in await page.text()  # "Back to the chat" on the page leads there


@pytest.mark.feature("C10")
async def test_whatever_is_typed_meanwhile_the_link_to_pay_stays(people: People) -> None:
    anna, _, _ = await booked(people, EN)
    link = anna.link(EN.pay_page)
    await anna.writes("ac repair")
    await anna.sees_button("AC installation")
    assert anna.link(EN.pay_page) == link
    await pays(anna, EN)
    await anna.sees(EN.paid)


@pytest.mark.feature("C10")
async def test_paid_twice_the_second_goes_back_and_the_order_stays(
    people: People, platform: Platform
) -> None:
    anna, name, number = await booked(people, EN)
    await pays(anna, EN, "twice")
    await anna.sees("back")
    wang = await people.known(name)
    await accepts(wang, number)
    await sees(anna, EN.accepted)
    assert len(await at_stripe(platform, "charges", number)) == 2
    assert len(await at_stripe(platform, "refunds", number)) == 1


@pytest.mark.feature("C10")
async def test_paid_and_cancelled_everything_goes_back(people: People, platform: Platform) -> None:
    anna, _, number = await booked(people, EN)
    await pays(anna, EN)
    await sees(anna, EN.paid)
    await anna.taps("See order")
    await anna.taps("Cancel order")
    await anna.sees("costs you nothing")
    await anna.taps("Yes, cancel it")
    await anna.sees("back")
    [charge] = await at_stripe(platform, "charges", number)
    await anna.sees("is back with you")
    [refund] = await at_stripe(platform, "refunds", number)
    assert refund["amount"] == charge["amount"]


@pytest.mark.feature("C10")
async def test_when_the_hold_has_run_out_the_page_takes_no_money(
    own_people: People, own_platform: Platform
) -> None:
    anna, _, number = await booked(own_people, EN)
    link = anna.link(EN.pay_page)
    await own_people.later(16 * 60)
    await sees(anna, "The time to pay is over")
    await own_people.later(60)
    async with ClientSession() as browser, browser.post(link, data={"action": "pay"}) as page:
        assert page.status == 200
    charges = await at_stripe(own_platform, "charges", number)
    if charges:  # the page was faster than its closing: then it all goes back
        await anna.sees("back")
    back = await at_stripe(own_platform, "refunds", number)
    assert [c["amount"] for c in charges] == [r["amount"] for r in back]


@pytest.mark.feature("C10", "A12")
@pytest.mark.parametrize(
    ("end", "told", "kinds"),
    [
        ("won", "争议胜诉", ["charged_back", "charge_regained"]),
        ("lost", "争议败诉", ["charged_back"]),
    ],
    ids=["won", "lost"],
)
async def test_the_bank_takes_a_payment_back_and_gives_it_up_again_or_keeps_it(
    people: People, platform: Platform, end: str, told: str, kinds: list[str]
) -> None:
    anna, _, number = await booked(people, EN)
    link = anna.link(EN.pay_page)
    await pays(anna, EN)
    await sees(anna, EN.paid)
    owner = await group(people, OWNER)
    async with ClientSession() as browser:
        async with browser.get(link, headers={"Accept-Language": "zh-CN"}) as page:
            assert 'value="dispute"' in await page.text()
        for act, words in (("dispute", "银行追回了"), (end, told)):
            async with browser.post(link, data={"action": act}) as page:
                assert page.status == 200
            await owner.sees_where(
                lambda m, words=words: number in words_of(m) and words in words_of(m),  # type: ignore[misc]
                what=words,
            )
    booked_so = platform.rows(
        "SELECT t.kind FROM ledger_transaction t JOIN orders o ON o.id = t.order_id"
        " WHERE o.number = ? AND t.kind LIKE 'charge%' ORDER BY t.at, t.id",
        number.replace("-", ""),
    )
    assert [kind for (kind,) in booked_so] == kinds


@pytest.mark.feature("C15", "A12")
async def test_given_back_at_the_companys_desk_the_customer_and_the_staff_hear_of_it_once(
    people: People,
) -> None:
    anna, _, number = await booked(people, EN)
    link = anna.link(EN.pay_page)
    await pays(anna, EN)
    await sees(anna, EN.paid)
    owner = await group(people, OWNER)
    async with ClientSession() as browser, browser.post(link, data={"action": "part"}) as page:
        assert page.status == 200
    await anna.sees("is back with you")
    await owner.sees_where(
        lambda m: number in words_of(m) and "手动退款" in words_of(m), what="by hand"
    )
