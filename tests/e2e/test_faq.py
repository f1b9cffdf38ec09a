"""Staff write what is frequently asked, in each language, by buttons; readers of both bots find it at once."""

import pytest

from tests.chat import People, Person
from tests.e2e.staff import act, colleague, told, turns_to
from tests.e2e.test_browse import settled
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A13", "C19")


async def sees(who: Person, words: str) -> None:
    await who.sees_where(lambda m: words in told(m), what=words)


async def says(who: Person, text: str, then: str) -> None:
    await who.writes(text, answered=False)
    await sees(who, then)


async def at_topics(staff: Person, side: str = "👤 Customers") -> None:
    await staff.writes("/faq", answered=False)
    await act(staff, (side, "Choose a topic"))


async def new_topic(staff: Person, name: str) -> None:
    await act(staff, ("➕ Topic", "A new topic"))
    await says(staff, name, "Readers see nothing of it")
    await act(staff, ("Preview ▶", "read it like this in English"), ("✅ Publish", "🗂 Topic"))


async def new_question(staff: Person, asked: str, answer: str) -> None:
    await act(staff, ("➕ New question", "as people would ask it"))
    await says(staff, asked, "Send the answer in English")
    await says(staff, answer, "Readers see nothing of it")
    await act(staff, ("Preview ▶", "Did this help?"))


async def finds(people: People, typed: str, then: str) -> Person:
    reader = await settled(people)
    await reader.writes("/help")
    await sees(reader, "How can we help?")
    await says(reader, typed, then)
    return reader


async def test_written_previewed_published_and_found_by_typing_and_by_topic(
    people: People, platform: Platform
) -> None:
    staff = await colleague(people, "support")
    await at_topics(staff)
    await new_topic(staff, "Aquariums")
    await act(staff, ("‹ Back", "nobody sees it"))
    await new_question(staff, "Do you feed my piranha?", "Only with our own fingers.")
    assert "customers read it like this in English" in staff.screen
    reader = await finds(people, "piranha", "no ready answer")  # not before it is published
    await act(staff, ("✅ Publish", "🟢 shown"))
    assert "Not in Chinese yet" in staff.screen
    await says(reader, "piranha", "Perhaps this helps")
    await act(
        reader, ("Do you feed my piranha?", "Only with our own fingers."), ("‹ Back", "Aquariums")
    )
    await act(staff, ("✏️ Change", "The question"), ("❓ Question · 中文", "in Chinese"))
    await says(staff, "会喂我的食人鱼吗？", "Readers see nothing of it")
    await act(
        staff,
        ("Preview ▶", "In Chinese something is still missing"),
        ("💬 The answer · 中文", "in Chinese"),
    )
    await says(staff, "用我们自己的手指喂。", "Readers see nothing of it")
    await act(
        staff,
        ("Preview ▶", "in English"),
        ("🌐 中文", "用我们自己的手指喂。"),
        ("✅ Publish", "🟢 shown"),
    )
    assert "yet" not in staff.screen
    await reader.writes("/language")
    await act(reader, ("中文", ""))
    await says(reader, "食人鱼", "会喂我的食人鱼吗？")
    log = platform.rows("SELECT reason FROM staff_act WHERE action = 'faq.change' AND reason LIKE ?",
                        "%手指%")  # fmt: skip
    assert len(log) == 1


async def test_ordered_hidden_and_removed(people: People) -> None:
    staff = await colleague(people, "operator")
    await at_topics(staff)
    await new_topic(staff, "Lighthouses")
    place = staff.screen.split("place ")[1].split(" of")[0]
    await act(staff, ("▲ Up", f"place {int(place) - 1} of"), ("▼ Down", f"place {place} of"),
              ("‹ Back", "nobody sees it"))  # fmt: skip
    await new_question(staff, "Who polishes the lantern?", "Our keeper.")
    await act(staff, ("✅ Publish", "🟢 shown"))
    reader = await finds(people, "polishes lantern", "Who polishes the lantern?")
    await act(staff, ("🙈 Hide", "🙈 hidden"))
    await says(reader, "polishes lantern", "no ready answer")
    await act(staff, ("🟢 Show again", "🟢 shown"))
    await says(reader, "polishes lantern", "Perhaps this helps")
    await act(staff, ("‹ Back", "⚙️ This topic"), ("⚙️ This topic", "🗂 Topic"),
              ("🗑 Remove", "Remove “Lighthouses”?"))  # fmt: skip
    await staff.taps("Yes, remove it")
    assert "There are questions in it" in staff.toast
    await act(staff, ("‹ Back", "🗂 Topic"), ("‹ Back", "⚙️ This topic"), ("lantern", "🟢 shown"),
              ("🗑 Remove", "can't be brought back"), ("Yes, remove it", "nobody sees it"))  # fmt: skip
    await says(reader, "polishes lantern", "no ready answer")


async def test_of_two_who_write_at_once_the_second_hears(people: People) -> None:
    first, second = await colleague(people, "operator"), await colleague(people, "support")
    await at_topics(first)
    await new_topic(first, "Windmills")
    for staff in (first, second):
        await at_topics(staff)
        await turns_to(staff, "Windmills")
        await act(staff, ("Windmills", "⚙️ This topic"), ("⚙️ This topic", "🗂 Topic"),
                  ("✏️ Change", "The topic"), ("🏷 Name · English", "in English"))  # fmt: skip
    await says(first, "Wind and mills", "Readers see nothing of it")
    await says(second, "Mills", "Readers see nothing of it")
    for staff in (first, second):
        await act(staff, ("Preview ▶", "read it like this"))
    await act(first, ("✅ Publish", "🗂 Topic"))
    await second.taps("✅ Publish")
    assert "changed it meanwhile" in second.toast
    await sees(second, "Wind and mills")


@pytest.mark.feature("P16")
async def test_providers_have_their_own_and_who_may_only_read_changes_nothing(
    people: People,
) -> None:
    staff, finance = await colleague(people, "support"), await colleague(people, "finance")
    await at_topics(staff, "Providers")
    await new_topic(staff, "Uniforms")
    await act(staff, ("‹ Back", "nobody sees it"))
    await new_question(staff, "Who washes my kimono?", "You do.")
    assert "providers read it like this" in staff.screen
    await act(staff, ("✅ Publish", "🟢 shown"))
    await finds(people, "washes kimono", "no ready answer")
    worker = await people.person("Kim", roles=("provider",))
    await worker.writes("/help", answered=False)
    await says(worker, "kimono", "Who washes my kimono?")
    await at_topics(finance)
    assert "➕" not in str(finance.buttons)
    await finance.taps_stale(finance.last["message_id"], "fqnt:customer")
    assert "role doesn't include" in finance.toast


@pytest.mark.feature("X2")
async def test_in_chinese(people: People) -> None:
    staff = await colleague(people, "operator")
    await staff.writes("/language")
    await act(staff, ("中文", ""))
    await staff.writes("/faq", answered=False)
    await act(staff, ("👤 客户", "请选择主题"), ("➕ 主题", "请发送"))
    await says(staff, "灯塔", "发布之前")
    await act(staff, ("预览 ▶", "客户看到的"), ("✅ 发布", "🟢"))
