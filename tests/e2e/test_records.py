"""A provider looks back in the chat: the list and its filter, words, one record, the table, and the sum of the book."""

import io
import re
import zipfile

import pytest

from core.ids import spell_order_number
from tests.chat import People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import its_provider, presses, reviewed, welcomed, with_verb
from tests.e2e.staff import told
from tests.e2e.test_payouts import figure
from tests.e2e.test_provider import reading_english
from tests.e2e.test_robust_reviews import closed
from tests.e2e.watching import watched

pytestmark = pytest.mark.feature("P9")
LISTED, FILTERED, FOUND, TABLED = 2160, 2161, 2162, 2163


async def looking_back(people: People, who: int) -> Person:
    """A provider of the demo city with a past, at all of his records."""
    provider = await reading_english(people, (await people.known(who)).name)
    await provider.writes("/income")
    await provider.sees("Withdrawn so far")
    await provider.taps("📒 Records")
    await provider.sees("for you")
    return provider


def total(text: str) -> tuple[int, float]:
    """How many jobs, and what they brought."""
    found = re.search(r"(\d+) jobs? · ¥([\d.,]+) for you", text)
    assert found, text
    return int(found[1]), float(found[2].replace(",", ""))


def past(platform: Platform, who: int, more: str = "") -> list[tuple[int, float]]:
    """(order, what it brought) of the orders that are over, by the raw rows, the latest first."""
    sql = (
        "SELECT o.id, (SELECT -SUM(l.amount) FROM ledger_leg l"
        " JOIN ledger_transaction t ON t.id = l.transaction_id WHERE t.order_id = o.id"
        " AND t.kind = 'earned' AND l.account LIKE 'provider:%:pending')"
        " FROM orders o JOIN provider p ON p.id = o.provider_id JOIN person ON person.id = p.person_id"
        f" WHERE person.telegram_id = ? AND o.state = 'closed'{more} ORDER BY o.starts_at DESC"
    )
    return [(int(row[0]), int(row[1]) / 100) for row in platform.rows(sql, who)]


def summed(rows: list[tuple[int, float]]) -> tuple[int, float]:
    return len(rows), pytest.approx(sum(net for _, net in rows))  # type: ignore[return-value]


async def test_every_page_lists_what_was_and_the_sum_is_that_of_the_book(
    platform: Platform, people: People
) -> None:
    provider = await looking_back(people, LISTED)
    rows = past(platform, LISTED)
    assert len(rows) > 6, "a past that needs pages"
    assert total(provider.screen) == summed(rows)
    seen: list[int] = []
    for page in range(1, -(-len(rows) // 3) + 1):
        await provider.sees_button(f"{page}/{-(-len(rows) // 3)} ▶")
        assert len(provider.buttons) <= 8
        seen += [int(d.split(":")[1]) for d in presses(provider.last) if d.startswith("record:")]
        await provider.taps("▶")
    assert seen == [order for order, _ in rows]
    await provider.sees_button("1/")  # round and round

    await provider.writes("/income")
    balance = words_of(await provider.sees("Withdrawn so far"))
    assert figure("Available", balance) + figure("On hold", balance) == summed(rows)[1]
    await provider.writes("/records")
    await provider.sees("for you")


async def test_the_filter_stands_on_its_buttons_and_is_kept_into_a_record_and_back(
    platform: Platform, people: People
) -> None:
    provider = await looking_back(people, FILTERED)
    rows = past(platform, FILTERED)
    low = " AND o.id IN (SELECT order_id FROM review WHERE quality + attitude + skill <= 9)"
    service, count = platform.rows(
        "SELECT o.service_id, COUNT(*) FROM orders o JOIN provider p ON p.id = o.provider_id"
        " JOIN person ON person.id = p.person_id WHERE person.telegram_id = ? AND o.state = 'closed'"
        " GROUP BY o.service_id ORDER BY 2 DESC", FILTERED,
    )[0]  # fmt: skip
    await provider.taps("🔎 Filter")
    await provider.sees("Which records?")
    await provider.taps("⭐ Any review")
    await provider.sees("With or without a review?")
    assert f"With a review · {len(rows)}" in provider.buttons
    assert "Without a review · 0" in provider.buttons
    assert f"3 stars or less · {len(past(platform, FILTERED, low))}" in provider.buttons
    await provider.taps("With a review")
    await provider.sees_button("⭐ With a review")
    await provider.taps("📋 Any end")
    await provider.taps("Done · ")
    await provider.sees_button("📋 Done")
    await provider.taps("All services")
    await provider.sees("Which service?")
    await provider.taps(f" · {count}")
    await provider.sees_where(lambda m: "🛠" not in told(m) and "Which records?" in words_of(m))
    wanted = past(platform, FILTERED, f" AND o.service_id = {int(service)}")
    assert total(provider.screen) == summed(wanted)
    await provider.taps("📒 Show")
    listed = words_of(await provider.sees("All time · Done"))
    assert total(listed) == summed(wanted)
    record = with_verb(provider.last, "record")
    assert record is not None
    await provider.taps_stale(provider.last["message_id"], record)
    await provider.sees("Yours ¥")
    await provider.taps("‹ Back")
    again = await provider.sees("All time · Done")
    assert words_of(again) == listed

    await provider.taps("🔎 Filter")
    await provider.taps("🗓 All time")
    await provider.taps("This week · ")
    await provider.sees_button("🗓 This week")
    await provider.taps("📒 Show")
    await provider.sees("This week · Done")
    await provider.taps("🔎 Filter")
    await provider.taps("✖️ Clear all")
    await provider.sees_where(lambda m: "All time\n" in words_of(m), what="all of them")
    assert total(provider.screen) == summed(rows)
    await provider.taps_stale(provider.last["message_id"], "records:nonsense:99999")
    assert total(words_of(await provider.sees("All time\n"))) == summed(rows)
    await provider.taps_stale(provider.last["message_id"], f"record:{2**62}:a__.:0")
    assert "no longer available" in provider.toast


async def test_words_find_records_and_whatever_else_is_meant_is_still_heard(
    platform: Platform, people: People
) -> None:
    provider = await looking_back(people, FOUND)
    with_words = " AND o.id IN (SELECT order_id FROM review WHERE length(text) > 5)"
    order, net = past(platform, FOUND, with_words)[0]
    number, text = platform.rows(
        "SELECT o.number, r.text FROM orders o JOIN review r ON r.order_id = o.id WHERE o.id = ?",
        order,
    )[0]
    await provider.writes(spell_order_number(number))
    one = words_of(await provider.sees("Yours ¥"))
    assert spell_order_number(number) in one
    assert f"Yours ¥{net:,.2f}".removesuffix(".00") in one
    await provider.taps("‹ Back")
    await provider.sees("for you")
    words = text[:20].strip()
    await provider.writes(words)
    await provider.sees_where(lambda m: f"“{words}”" in words_of(m) and "for you" in words_of(m))
    assert f"record:{order}:" in str(presses(provider.last))
    await provider.taps("🔎 Filter")
    await provider.sees("With the words")
    await provider.taps("📒 Show")
    await provider.sees(f"“{words}”")

    await provider.writes("zebra stripes")
    await provider.sees("No record has “zebra stripes” in it.")
    assert total(provider.screen) == summed(past(platform, FOUND)), "nothing was lost"
    await provider.writes("Wed off")
    await provider.sees("Save this?")  # a plan, as from anywhere
    await provider.writes("/records")
    await provider.sees("for you")
    await provider.sends_sticker("👍")
    await provider.sees("Hello")


async def test_the_table_holds_what_is_listed(platform: Platform, people: People) -> None:
    provider = await looking_back(people, TABLED)
    rows = past(platform, TABLED)
    await provider.taps("📥 Excel")
    await provider.sees_where(lambda m: "document" in m or "for you" in words_of(m))
    paper = await provider.sees_where(
        lambda _: any("document" in m for m in provider.from_bot()), what="the table"
    )
    [paper] = [m for m in provider.from_bot() if "document" in m]
    with zipfile.ZipFile(io.BytesIO(await people.document(paper))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    yours = re.findall(r'<c r="L\d+"(?![^>]*t="s")[^>]*><v>([^<]*)</v>', page)
    assert (len(yours), sum(map(float, yours))) == summed(rows)
    assert "Records · All time" in strings
    await provider.sees("for you")


async def test_a_day_of_work_becomes_a_record_with_its_review(
    platform: Platform, people: People
) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Rita Record")
        order = await closed(people, watch, customer)
        provider = (await its_provider(people, watch, order)).person
        provider = await reading_english(people, provider.name)
        await provider.taps_stale(provider.last["message_id"], f"record:{order}:a__.:0")
        one = words_of(await provider.sees("Yours ¥"))
        assert "Rita R." in one
        assert "Door" not in one
        assert figure_of(one, "Price ¥") - figure_of(one, "Commission − ¥") == pytest.approx(
            figure_of(one, "Yours ¥")
        )
        await reviewed(customer, "Like new, thank you.", order)
        await provider.taps_stale(provider.last["message_id"], f"record:{order}:a__.:0")
        await provider.sees_where(
            lambda m: "Like new" in words_of(m) and "Yours ¥" in words_of(m), what="both"
        )
        for words in ("like new, thank", "rita thank", "huangpu like new"):
            await provider.writes(words)
            await provider.sees_where(
                lambda m, words=words: f"record:{order}:" in str(presses(m))
                and f"“{words}”" in words_of(m), what=words,
            )  # fmt: skip
        stranger = await looking_back(people, LISTED)
        await stranger.taps_stale(stranger.last["message_id"], f"record:{order}:a__.:0")
        assert "no longer available" in stranger.toast


def figure_of(text: str, name: str) -> float:
    found = re.search(rf"{name}([\d.,]+)", text)
    assert found, text
    return float(found[1].replace(",", ""))
