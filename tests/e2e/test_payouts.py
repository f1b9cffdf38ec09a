"""From the balance to the bank, in the chats: the account, an amount, the staff's approval, and both of its ends."""

import io
import re
import zipfile

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    booking,
    confirmed,
    its_provider,
    page_of,
    welcomed,
    worked,
)
from tests.e2e.staff import DESK, OPERATOR, OWNER, desk_of, group, in_topic
from tests.e2e.test_provider import reading_english
from tests.e2e.watching import Watch, until

CARD, WRONG = "6222 0212 3456 7894", "6222 0212 3456 7895"
FINANCE = "💰"
SENT, BACK, REFUSED, LOCKED, LETTERS, MONTHS = 2150, 2151, 2152, 2153, 2154, 2155


def figure(name: str, text: str) -> float:
    found = re.search(rf"{name}: ¥([\d.,]+)", text)
    assert found, text
    return float(found[1].replace(",", ""))


async def at_desk(people: People, who: int) -> Person:
    """A provider of the demo city with earnings of the past, before the desk of withdrawals."""
    provider = await reading_english(people, (await people.known(who)).name)
    await provider.writes("/income")
    await provider.sees("Withdrawn so far")
    await provider.taps("💸 Withdraw")
    await provider.sees("Available: ¥")
    return provider


async def banked(provider: Person, *, kind: str = "Bank card", number: str = CARD) -> None:
    """Names an account, step by step."""
    known = "🏦 Account" in provider.buttons
    await provider.taps("🏦 Account" if known else "➕ Add account")
    await provider.sees("Where should your money go?")
    await provider.taps(kind)
    await provider.sees("1 of 2")
    await provider.writes(number)
    await provider.sees("2 of 2")
    await provider.writes("Wang Wei")
    await provider.sees("Is this right?")
    await provider.taps("✅ Save")
    await provider.sees("To: ")


async def withdrawn(provider: Person, amount: str = "50") -> str:
    """Types an amount and confirms it; the number of the payout."""
    await provider.writes(amount)
    await provider.sees(f"Withdraw ¥{amount}?")
    await provider.taps("✅ Withdraw")
    return number_on(await provider.sees("Being checked"))


def number_on(message: Message) -> str:
    found = re.search(r"W\d{8}", words_of(message))
    assert found, words_of(message)
    return found.group()


async def card_of(staff: Person, number: str, has: str) -> Message:
    """The card of this very payout in the topic of finance, once it says this."""
    topic = in_topic(staff, FINANCE)

    def there(message: Message) -> bool:
        words = words_of(message)
        return (
            number in words and has in words and "💸" in words
        )  # the line that ends a question has no picture

    def now() -> Message | None:
        return next((m for m in staff.from_bot(topic) if there(m)), None)

    await staff.refresh()
    if found := now():
        return found
    await staff.sees_where(lambda _: now() is not None, what=f"{number} {has}")
    card = now()
    assert card
    return card


async def presses(staff: Person, message: Message, verb: str, way: str = "") -> None:
    """The button with this verb and this way of deciding: the group reads its own language."""
    data = of_way(message, verb, way)
    assert data, message
    await staff.taps_stale(message["message_id"], data)


def of_way(message: Message, verb: str, way: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    every = [button["callback_data"].split(":") for row in rows for button in row]
    return next((":".join(d) for d in every if d[0] == verb and way in ("", *d[2:3])), "")


async def says_yes(staff: Person, number: str, way: str, words: str = "") -> None:
    """The question below the card, once it is there."""

    def asked(message: Message) -> bool:
        mine = bool(of_way(message, "wy", way)) and words in words_of(message)
        return mine and number not in words_of(message)

    await presses(staff, await staff.sees_where(asked, what="the question"), "wy", way)


async def approves(staff: Person, number: str) -> None:
    """Asked once more below the card."""
    await presses(staff, await card_of(staff, number, "🟡"), "wd", "a")
    await says_yes(staff, number, "a")


async def bank_file(people: People, number: str) -> None:
    """Whoever sends the money has all of it as one file, in private."""
    desk = await desk_of(people, OPERATOR)
    await desk.writes("/payouts")
    await desk.sees_button("File for the bank")
    await desk.taps("🏦 File for the bank")
    sent = await desk.sees_where(lambda m: "document" in m, what="the file")
    with zipfile.ZipFile(io.BytesIO(await people.document(sent))) as book:
        cells = book.read("xl/sharedStrings.xml").decode()
    for text in (CARD.replace(" ", ""), "Wang Wei", number):
        assert f">{text}<" in cells


@pytest.mark.feature("P12", "A12")
async def test_a_withdrawal_goes_to_the_bank_and_the_provider_follows_it(people: People) -> None:
    provider = await at_desk(people, SENT)
    before = figure("Available", words_of(provider.last))
    assert "🏦 Account" not in provider.buttons, "one way to the same"
    await provider.taps("➕ Add account")
    await provider.sees("There is none yet.")
    await provider.taps("Bank card")
    await provider.sees("1 of 2")
    await provider.writes(WRONG)
    await provider.sees("That card number isn't right.")
    await provider.writes(CARD)
    await provider.sees("2 of 2")
    await provider.writes("8")
    await provider.sees("Please type the name of the account's holder")
    await provider.writes("Wang Wei")
    seen = words_of(await provider.sees("Is this right?"))
    assert "•••• 7894 · W••" in seen
    assert "Holder: Wang Wei" in seen, "a slip in it can be seen"
    await provider.taps("✅ Save")
    await provider.sees("•••• 7894")
    # What was typed is gone from the chat.
    await provider.refresh()
    chat = str(provider.messages())
    assert CARD not in chat
    assert WRONG not in chat

    await provider.writes("50")
    await provider.sees("Withdraw ¥50?")
    button, message = provider.data("✅ Withdraw"), provider.last["message_id"]
    await provider.taps("✅ Withdraw")
    number = number_on(await provider.sees("Being checked"))
    for _ in range(2):  # the same button once more changes nothing
        await provider.taps_stale(message, button)
        assert number in words_of(provider.last)
    owner, operator = await group(people, OWNER), await group(people, OPERATOR)
    await approves(owner, number)
    card = await card_of(operator, number, "🔵")
    await presses(operator, card, "wn")
    assert CARD.replace(" ", "") in operator.toast
    assert operator.alert
    await bank_file(people, number)
    await presses(operator, card, "wd", "p")
    topic = in_topic(operator, FINANCE)
    await says_yes(operator, number, "p")
    await card_of(owner, number, "🟢")
    await provider.sees("Your money was sent.")
    await provider.writes("/income")
    told = words_of(await provider.sees("Withdrawn so far: ¥50"))
    assert figure("Available", told) == before - 50
    assert CARD.replace(" ", "") not in str(provider.messages()) + str(owner.messages(topic))


@pytest.mark.feature("P12")
async def test_a_withdrawal_that_is_returned_is_on_the_balance_again(people: People) -> None:
    provider = await at_desk(people, BACK)
    before = figure("Available", words_of(provider.last))
    await banked(provider, kind="Alipay", number="138 0013 8000")
    await provider.sees("138••••00")
    number = await withdrawn(provider)
    owner = await group(people, OWNER)
    card = await card_of(owner, number, "🟡")
    await presses(owner, card, "wd", "r")
    topic = in_topic(owner, FINANCE)
    await owner.writes("The card was closed", topic=topic)
    await says_yes(owner, number, "r", "The card was closed")
    await card_of(owner, number, "⚪")
    told = words_of(await provider.sees("Your withdrawal didn't work."))
    assert "Reason: The card was closed" in told
    await provider.writes("/withdraw")
    assert figure("Available", words_of(await provider.sees("Available: ¥"))) == before


@pytest.mark.feature("P12")
async def test_staff_hear_once_more_of_a_withdrawal_that_waits_and_only_once(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    provider = await at_desk(own_people, SENT)
    await banked(provider)
    kept = await withdrawn(provider)
    await provider.writes("/withdraw")
    await provider.sees("Available: ¥")
    done = await withdrawn(provider)
    owner, operator = await group(own_people, OWNER), await group(own_people, OPERATOR)
    await approves(owner, done)
    await presses(operator, await card_of(operator, done, "🔵"), "wd", "p")
    topic = in_topic(operator, FINANCE)
    await says_yes(operator, done, "p")
    await card_of(owner, done, "🟢")
    for _ in range(3):
        await own_people.later(25 * 3600)
        await watch.delivered()
    await card_of(owner, kept, "⏰")
    await watch.delivered()
    told = "SELECT COUNT(*) FROM outbox WHERE kind = 'payout_waits' AND state = 'done'"
    # That it was sent is noted a moment after it can be read.
    await until(
        lambda: own_platform.rows(told) != [(0,)], lambda: own_platform.rows(told), own_people
    )
    assert own_platform.rows(told) == [(1,)], "what is over is nobody's worry"
    reminded = [m for m in owner.messages(topic) if "⏰" in words_of(m)]
    assert [kept in words_of(m) for m in reminded] == [True]
    assert of_way(reminded[0], "wd", "a"), "it can be approved right there"


@pytest.mark.feature("P12")
async def test_a_refusal_says_which_rule_and_what_to_do(people: People) -> None:
    provider = await at_desk(people, REFUSED)
    most = int(figure("Available", words_of(provider.last)))
    await provider.writes("50")
    await provider.sees("Please add the account you want to be paid to first.")
    await banked(provider, kind="Alipay", number="13800138005")
    await provider.writes("49.99")
    await provider.sees("A withdrawal is at least ¥50.")
    await provider.taps("✏️ Another amount")
    await provider.sees("How much?")
    await provider.writes("a lot")
    await provider.sees("Please type an amount, for example 200.")
    await provider.taps("‹ Back")
    await provider.sees("Available: ¥")
    await provider.writes("a lot")
    await provider.sees("I found no job for “a lot”.")
    await provider.writes("/withdraw")
    await provider.sees("Available: ¥")
    await provider.writes(str(most + 1))
    await provider.sees("That's more than you have")
    await banked(provider, kind="Alipay", number="13800138006")
    await provider.sees("Withdrawals are possible from")
    assert "✏️ Another amount" not in provider.buttons
    await provider.writes("50")
    await provider.sees("You changed your account a short time ago.")


@pytest.mark.feature("P12")
async def test_support_staff_and_strangers_see_no_account(people: People) -> None:
    provider = await at_desk(people, LOCKED)
    await banked(provider)
    number = await withdrawn(provider)
    boss = await desk_of(people, OWNER)
    await boss.writes("/payouts")
    await boss.taps(number)
    await boss.sees(number)
    await boss.taps("👁 Account")  # whose it is has to be compared before it is approved
    await boss.sees(CARD.replace(" ", ""))
    await boss.writes("/payouts")
    await boss.taps(number)
    await boss.sees_button("✅ Approve")
    await boss.taps("✅ Approve")
    await boss.sees_button("Yes, approve")
    await boss.taps("Yes, approve")
    await boss.sees("🔵")
    await boss.taps("‹ Back")
    await boss.sees_button("👁 Account")
    reveal = boss.data("👁 Account")
    await boss.taps("👁 Account")
    assert CARD.replace(" ", "") in words_of(boss.last)
    support = (await people.known(3003)).with_bot(DESK)
    await support.writes("/payouts")
    assert number not in words_of(support.last)
    await support.taps_stale(support.last["message_id"], reveal)
    assert CARD.replace(" ", "") not in support.toast
    stranger = await at_desk(people, LETTERS)
    await stranger.taps_stale(stranger.last["message_id"], f"wdone:{reveal.split(':')[1]}")
    assert "no longer available" in stranger.toast


@pytest.mark.feature("P11")
async def test_a_month_is_a_table_with_every_order_and_the_balance(people: People) -> None:
    provider = await at_desk(people, MONTHS)
    await provider.taps("‹ Back")
    await provider.sees("Withdrawn so far")
    await provider.taps("📥 By month")
    await provider.sees("Statements by month")
    await provider.taps("📥 ")
    await provider.refresh()
    [paper] = [m for m in provider.from_bot() if "document" in m]
    content = await people.document(paper)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        told = book.read("xl/sharedStrings.xml").decode()
    assert "At the beginning" in told
    await provider.sees("Statements by month")
    await provider.taps_stale(provider.last["message_id"], "statement:999999999:0")
    await provider.sees("Statements by month")


@pytest.mark.feature("P11", "P12")
async def test_what_was_earned_is_on_hold_for_days_and_pays_what_is_owed_first(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    customer = await welcomed(own_people, "Holder")
    await booking(customer)
    order = await confirmed(customer, watch)
    await page_of(customer)
    provider = await its_provider(own_people, watch, order)
    await reading_english(own_people, provider.person.name)
    await worked(provider, watch, order)
    await provider.person.taps("Received ¥")
    await customer.person.taps("That's right")
    await provider.person.sees("in cash is confirmed")
    await provider.person.writes("/withdraw")
    told = words_of(await provider.person.sees("On hold: ¥"))
    assert "the next ¥" in told
    free, held = figure("Available", told), figure("On hold", told)
    owed = figure("Owed for cash you took", told)
    assert held > 0
    assert owed > 0

    await own_people.later(3 * 86_400 + 60)
    freed = "SELECT id FROM ledger_transaction WHERE kind = 'released' AND order_id = ?"
    await until(
        lambda: watch.rows(freed, order), lambda: watch.rows("SELECT * FROM timer"), own_people
    )
    await provider.person.writes("/income")
    told = words_of(await provider.person.sees("On hold: ¥0"))
    assert figure("Available", told) == pytest.approx(free + max(0, held - owed))
