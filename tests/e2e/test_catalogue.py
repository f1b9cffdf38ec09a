"""Staff change the services in the chat: in a draft first, seen by customers once it is published."""

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.journey import with_verb
from tests.e2e.staff import NAMES, act, colleague, told

pytestmark = pytest.mark.feature("A7")


async def at(staff: Person, *way: str) -> None:
    """The page of a category or a service, button by button from the first."""
    await staff.writes("/services", answered=False)
    await staff.sees("🗂")
    await act(staff, *zip(way, (*way[1:], "‹ Back"), strict=True))


async def published(staff: Person) -> str:
    """The draft, asked about once more and done."""
    asked = await act(staff, ("Draft", "🚀 Publish"), ("🚀 Publish", "✅ Yes, publish"))
    await act(staff, ("✅ Yes, publish", "published"))
    return words_of(asked)


async def test_a_service_is_added_shown_published_and_found_by_customers(people: People) -> None:
    staff = await colleague(people, "operator")
    name = f"Lamp cleaning {next(NAMES)}"
    await at(staff, "Housekeeping", "Deep cleaning")
    await act(staff, ("➕ Service", "on a line of its own"))
    await staff.writes(f"灯具清洗{name[-2:]}\n{name}", answered=False)
    await staff.sees("It stays hidden until you show it.")
    await act(
        staff, ("Place", "Place in its category"), ("Shown to customers", "Show it"),
        ("Show it", "no → yes"), ("Draft", "a price band"), ("🚀 Publish", "can't be published yet"),
        ("Back", name), ("Back", "Housekeeping"), ("Housekeeping", "Deep cleaning"),
    )  # fmt: skip
    await act(staff, ("Deep cleaning", "➕ Service"))
    while name not in told(staff.last):
        await act(staff, ("▶", "➕ Service"))
    await act(
        staff,
        (name, "Price and pay"),
        ("Price and pay", "Price band"),
        ("Price band", "for example 80-200"),
    )
    await staff.writes("200-80", answered=False)
    await staff.sees("The lowest price must lie below the highest.")
    await staff.writes("80-200.50", answered=False)
    await staff.sees("Price band: ¥0–¥0 → ¥80–¥200.50")
    customer = await people.person(f"Looker {next(NAMES)}")
    await customer.writes("/start")
    await customer.writes(name)
    assert told(customer.last).count(name) == 1, (
        "nobody finds a draft, the words alone are said back"
    )
    assert f"➕ {name} is new" in await published(staff)
    await customer.writes(name)
    await customer.sees_where(lambda m: told(m).count(name) > 1, what=name)


async def test_a_word_nobody_knew_leads_to_its_service_as_soon_as_it_is_published(
    people: People,
) -> None:
    staff, customer = await colleague(people, "operator"), await people.person("Namer")
    await customer.writes("/start")
    await customer.writes("zwibbling")
    assert "Ironing" not in told(customer.last)
    await at(staff, "Housekeeping", "Daily help", "Ironing", "Texts")
    await act(staff, ("Search words", "Search words"))
    await staff.writes("ironing, zwibbling", answered=False)
    await staff.sees("zwibbling")
    await published(staff)
    await customer.writes("zwibbling")
    await customer.sees_where(lambda m: "Ironing" in told(m), what="Ironing")


async def test_two_at_one_draft_see_each_other_and_publish_what_they_saw(people: People) -> None:
    anna, ben = await colleague(people, "operator"), await colleague(people, "operator")
    await at(anna, "Housekeeping", "Daily help", "Ironing", "The visit")
    await act(
        anna, ("Photos of the work", "Which photos must the provider send?"),
        ("before and after the work", "none → before and after the work"),
        ("Draft", "🚀 Publish"), ("🚀 Publish", "✅ Yes, publish"),
    )  # fmt: skip
    await at(ben, "Housekeeping", "Daily help", "Ironing", "Texts")
    await act(ben, ("Icon", "Send one emoji"))
    await ben.writes("👔", answered=False)
    await ben.sees("Icon:")
    seen = await act(ben, ("Draft", "🚀 Publish"))
    assert f"last: {ben.name}" in words_of(seen)
    await anna.taps("✅ Yes, publish")
    assert "changed meanwhile" in anna.toast
    again = await anna.sees_where(lambda m: "Draft of the services" in told(m), what="the draft")
    assert ben.name in words_of(again)
    await act(anna, ("🗑 Discard", "✅ Yes, throw away"), ("✅ Yes, throw away", "Services"))
    await at(ben, "Housekeeping", "Daily help", "Ironing")
    assert "Photos of the work: none" in words_of(ben.last)


async def test_a_category_is_added_moved_hidden_and_removed(people: People) -> None:
    staff = await colleague(people, "operator")
    name = f"Garden {next(NAMES)}"
    await staff.writes("/services", answered=False)
    await act(staff, ("➕ Category", "New category in"))
    await staff.writes(f"{name}", answered=False)
    await staff.sees("its name in Chinese")
    await act(staff, ("Name", "on a line of its own"))
    await staff.writes("园艺花草", answered=False)
    await staff.sees(f"→ 园艺花草 / {name}")
    await act(staff, ("▲ Up", name))
    assert "another place in the list" in await published(staff)
    await act(staff, ("Back", "🗂"))
    while name not in told(staff.last):
        await act(staff, ("▶", "🗂"))
    await act(staff, (name, "⚙️ Edit"), ("⚙️ Edit", "📂 Category"), ("📂 Category", "to be in?"))
    await staff.taps_stale(staff.last["message_id"], str(with_verb(staff.last, "chy")))
    await staff.sees("✓ Now in")
    await act(staff, ("📂 Category", "🗂 The main list"),
              ("🗂 The main list", "✓ Now in the main list"), ("Back", "⚙️ Edit"))  # fmt: skip
    customer = await people.person(f"Gardener {next(NAMES)}")
    await customer.writes("/start")
    await act(staff, ("Back", "🗂"))
    while name not in told(staff.last):
        await act(staff, ("▶", "🗂"))
    await act(staff, (name, "⚙️ Edit"), ("⚙️ Edit", "🗑 Remove"), ("🗑 Remove", "🗂"))
    assert f"🗑 {name} is removed" in await published(staff)


async def test_a_file_is_exported_mended_compared_and_taken_into_the_draft(people: People) -> None:
    staff = await colleague(people, "operator")
    await staff.writes("/services", answered=False)
    await act(
        staff, ("📄 As a file", "All services as one file"), ("⬇️ Export", "the draft included")
    )
    sent = await staff.sees_where(lambda m: "document" in m, what="the file")
    content = (await people.document(sent)).decode()
    head, ironing, tail = content.partition("          - code: ironing\n")
    assert ironing
    assert "band: [60, 120]" in tail
    wrong = head + ironing + tail.replace("minutes:", "minuts:", 1)
    line = wrong[: wrong.index("minuts:")].count("\n") + 1
    await staff.sends_photos(wrong.encode(), kind="document")
    seen = await staff.sees_where(lambda m: "nothing was changed" in told(m), what="the mistake")
    assert "Is “minutes” meant?" in words_of(seen)
    assert f"Line {line}" in words_of(seen)
    right = head + ironing + tail.replace("band: [60, 120]", "band: [61, 130]", 1)
    await staff.sends_photos(right.encode(), kind="document")
    seen = await staff.sees_where(
        lambda m: "would change 1 thing" in told(m), what="the difference"
    )
    assert "Price band: ¥60–¥120 → ¥61–¥130" in words_of(seen)
    await act(staff, ("✅ Into the draft", "Draft of the services"), ("🗑 Discard", "✅ Yes, throw away"),
              ("✅ Yes, throw away", "Services"))  # fmt: skip


async def test_options_and_questions_are_made_and_looked_at_as_a_customer(people: People) -> None:
    staff = await colleague(people, "operator")
    await at(staff, "Housekeeping", "Daily help", "Home cooking", "🧩 Options")
    await act(staff, ("➕ Option", "on a line of its own"))
    await staff.writes("洗碗\nDish washing", answered=False)
    await staff.sees("洗碗 / Dish washing")
    await act(staff, ("Price", "what it costs on top"))
    await staff.writes("15", answered=False)
    await staff.sees("Price: ¥15")
    await act(staff, ("Back", "Dish washing"), ("Back", "❓ Questions"), ("❓ Questions", "➕ Question"),
              ("➕ Question", "on a line of its own"))  # fmt: skip
    await staff.writes("爱吃辣吗？\nDo you like it hot?", answered=False)
    await staff.sees("Answering: may be skipped")
    await act(staff, ("Answering", "must be answered"), ("Answers", "a line each"))
    await staff.writes("爱 / Yes\n不爱 / No", answered=False)
    await staff.sees("Answers: Yes, No")
    await act(staff, ("Back", "Do you like it hot?"), ("Back", "👁 Preview"), ("👁 Preview", "Dish washing +¥15"),
              ("🔎 Find a provider", "Do you like it hot? Yes / No"), ("🌐", "爱吃辣吗？ 爱 / 不爱"),
              ("Back", "洗碗 +¥15"))  # fmt: skip
