"""What a newcomer does on the chat page, done by a browser: writing, tapping, sharing, switching, looking."""

import asyncio
import io
import re

import pytest
from aiogram.types import BotCommand
from PIL import Image
from playwright.async_api import FilePayload, Route, expect

from bot.sandbox import STAFF_CHAT
from tests.page.conftest import Opener, Screen
from tests.page.parrot import COUNTER

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.feature("X1")]


def picture(name: str, colour: tuple[int, int, int]) -> FilePayload:
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(drawn, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": drawn.getvalue()}


async def attach_photos(screen: Screen, *files: FilePayload) -> None:
    column = screen.column("customer")
    async with screen.page.expect_file_chooser() as chooser:
        await column.get_by_test_id("attach").click()
        await screen.page.get_by_test_id("attach-photo").click()
    await (await chooser.value).set_files(list(files))
    await expect(column.get_by_test_id("staged")).to_have_count(len(files))


async def test_a_fresh_chat_begins_with_the_start_button_and_text_is_answered(
    opened: Opener,
) -> None:
    screen = await opened()
    await screen.begin()
    await screen.column("customer").get_by_test_id("composer").fill("修空调")
    await screen.column("customer").get_by_test_id("composer").press("Enter")
    await expect(screen.bubble("customer", "Got 修空调")).to_be_visible()
    mine = screen.column("customer").locator("[data-side=out]").filter(has_text="修空调")
    await expect(mine).to_have_count(1)


async def test_a_tapped_button_edits_its_message_in_place_and_shows_a_toast(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await screen.write("customer", "hello")
    answer = screen.bubble("customer", "Got hello")
    place = await answer.get_attribute("data-id")
    await answer.get_by_test_id("inline-button").filter(has_text="Count").click()
    await expect(screen.column("customer").get_by_test_id("toast")).to_have_text("Counted")
    changed = screen.bubble("customer", "Counted once")
    await expect(changed).to_have_attribute("data-id", place or "")
    await expect(changed).to_contain_text("edited")
    await expect(screen.column("customer").get_by_test_id("bubble")).to_have_count(4)


async def test_the_next_step_is_tapped_while_the_last_tap_still_waits_for_its_answer(
    opened: Opener,
) -> None:
    screen = await opened()
    await screen.begin()
    await screen.write("customer", "steps")
    button = screen.column("customer").get_by_test_id("inline-button")
    await button.filter(has_text="Step one").click()
    await button.filter(has_text="Step two").click()
    await expect(screen.column("customer").get_by_test_id("toast")).to_have_text("Both done")


async def test_a_message_edited_under_the_finger_takes_the_tap(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await screen.begin("provider")
    await screen.write("customer", "hello")
    answer = screen.bubble("customer", "Got hello")
    await answer.get_by_test_id("inline-button").filter(has_text="Count").hover()
    await screen.page.mouse.down()
    serving, working = screen.city.bots[:2]
    here = {"chat_id": screen.people["customer"], "reply_markup": COUNTER}
    number = int(await answer.get_attribute("data-id") or 0)
    await serving.edit_message_text("Meanwhile", message_id=number, **here)
    await working.send_message(screen.people["provider"], "and after that")
    await expect(screen.bubble("provider", "and after that")).to_be_visible()
    await screen.page.mouse.up()
    await expect(screen.bubble("customer", "Counted once")).to_be_visible()


async def test_a_bot_called_by_its_name_offers_cards_for_any_chat(opened: Opener) -> None:
    screen = await opened()
    await screen.begin("provider")
    provider = screen.column("provider")
    await provider.get_by_test_id("composer").fill("@doorstep_bot fan")
    offer = provider.get_by_test_id("offer")
    await expect(offer).to_have_text("Card fanSent into any chat")
    await offer.click()
    card = provider.locator("[data-side=out]").filter(has_text="A card: fan")
    await expect(card).to_contain_text("via @doorstep_bot")
    await expect(provider.get_by_test_id("composer")).to_have_value("")
    await card.get_by_test_id("inline-button").click()
    await expect(provider.get_by_test_id("toast")).to_contain_text("Opened in the chat")
    await provider.get_by_test_id("composer").fill("@doorstep_bot nothing")
    await expect(provider.get_by_test_id("offer-list")).to_have_text("Nothing found")


async def test_a_share_button_calls_the_bot_and_a_link_into_it_is_opened(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await screen.write("customer", "hello")
    answer, customer = screen.bubble("customer", "Got hello"), screen.column("customer")
    await answer.get_by_test_id("inline-button").filter(has_text="Share").click()
    await expect(customer.get_by_test_id("composer")).to_have_value("@doorstep_bot shared")
    await customer.get_by_test_id("offer").click()
    card = customer.locator("[data-side=out]").filter(has_text="A card: shared")
    await card.get_by_test_id("inline-button").click()
    await expect(screen.bubble("customer", "Got /start card")).to_be_visible()


async def test_an_alert_waits_for_ok_and_a_code_can_be_copied(opened: Opener) -> None:
    screen = await opened(permissions=["clipboard-read", "clipboard-write"])
    await screen.begin()
    await screen.write("customer", "hello")
    answer = screen.bubble("customer", "Got hello")
    await answer.get_by_test_id("inline-button").filter(has_text="Warn").click()
    await expect(screen.page.get_by_test_id("alert")).to_contain_text("Are you sure?")
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.get_by_test_id("alert")).to_have_count(0)
    await answer.get_by_test_id("inline-button").filter(has_text="Copy code").click()
    await expect(screen.column("customer").get_by_test_id("toast")).to_have_text("Copied")
    assert await screen.page.evaluate("navigator.clipboard.readText()") == "4821"


async def test_a_place_is_found_by_its_chinese_name_and_sent(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await screen.column("customer").get_by_role("button", name="Share place").click()
    await screen.page.get_by_test_id("place-search").fill("人民广场")
    await screen.page.get_by_test_id("place-item").first.click()
    await screen.page.get_by_test_id("place-send").click()
    await expect(screen.column("customer").get_by_test_id("location")).to_contain_text(
        "People's Square"
    )
    await expect(screen.bubble("customer", "Got place 31.2304")).to_be_visible()


async def test_a_walk_moves_the_live_location_until_it_is_stopped(opened: Opener) -> None:
    screen = await opened()
    await screen.begin("provider")
    column = screen.column("provider")
    await column.get_by_test_id("attach").click()
    await screen.page.get_by_test_id("attach-live").click()
    await screen.page.get_by_test_id("place-search").fill("bund")
    await screen.page.get_by_test_id("place-item").first.click()
    await screen.page.get_by_test_id("place-walk").click()
    await expect(column).to_contain_text("Walking to The Bund")
    await expect(column.locator(".trail")).to_be_visible(timeout=15_000)
    await column.get_by_test_id("stop-live").click()
    await expect(column.get_by_test_id("stop-live")).to_have_count(0)


async def test_the_own_phone_number_is_shared_only_after_agreeing(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    column = screen.column("customer")
    await column.get_by_role("button", name="Share phone").click()
    await expect(column.get_by_test_id("contact")).to_have_count(0)
    await screen.page.get_by_test_id("confirm").click()
    await expect(column.get_by_test_id("contact")).to_contain_text("Emma Clarke")
    await expect(screen.bubble("customer", "Got phone +86")).to_be_visible()


async def test_photos_go_as_one_album_and_open_large(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await attach_photos(screen, picture("a.png", (200, 60, 60)), picture("b.png", (60, 60, 200)))
    await screen.write("customer", "two of them")
    album = screen.bubble("customer", "two of them")
    await expect(album.get_by_test_id("photo")).to_have_count(2)
    await album.get_by_test_id("photo").first.click()
    await expect(screen.page.locator(".lightbox img")).to_be_visible()
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.locator(".lightbox")).to_have_count(0)


async def test_an_own_message_is_edited_and_answered(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await screen.write("customer", "tomorow")
    await screen.bubble("customer", "Got tomorow").wait_for()
    mine = screen.column("customer").locator("[data-side=out]").filter(has_text="tomorow")
    await mine.hover()
    await mine.get_by_test_id("message-actions").click()
    await screen.page.get_by_test_id("edit-message").click()
    await screen.write("customer", "tomorrow")
    await expect(screen.bubble("customer", "tomorrow")).to_contain_text("edited")
    for signs in (["👍"], []):  # the same sign again takes it back
        theirs = screen.bubble("customer", "Got tomorow")
        await theirs.hover()
        await theirs.get_by_test_id("message-actions").click()
        await screen.page.get_by_test_id("react-👍").click()
        await expect(theirs.locator(".reactions span")).to_have_text(signs)


async def test_a_new_topic_shows_what_is_unread_until_it_is_opened(opened: Opener) -> None:
    screen = await opened()
    staff_bot = screen.city.bots[2]
    topic = await staff_bot.create_forum_topic(STAFF_CHAT, "Order D-1024")
    await staff_bot.send_message(
        STAFF_CHAT, "A new order", message_thread_id=topic.message_thread_id
    )
    column = screen.column("staff")
    tab = column.get_by_test_id("topic-tab").filter(has_text="Order D-1024")
    await expect(tab.locator(".badge")).to_have_text("2")
    await expect(screen.bubble("staff", "A new order")).to_have_count(0)
    await tab.click()
    await expect(screen.bubble("staff", "A new order")).to_be_visible()
    await expect(tab.locator(".badge")).to_have_count(0)
    await screen.write("staff", "I take it")
    await expect(screen.bubble("staff", "I take it")).to_be_visible()
    await column.get_by_test_id("topic-tab").filter(has_text="General").click()
    await expect(screen.bubble("staff", "I take it")).to_have_count(0)


async def test_the_language_and_the_person_of_a_column_can_be_switched(opened: Opener) -> None:
    screen = await opened()
    column = screen.column("customer")
    await column.get_by_test_id("lang-select").get_by_text("中文").click()
    chosen = column.get_by_test_id("lang-select").locator("[aria-pressed=true]")
    await expect(chosen).to_have_text("中文")
    assert screen.city.sandbox.world.people[screen.people["customer"]].language_code == "zh-hans"
    await column.get_by_test_id("persona-select").click()
    await screen.page.get_by_test_id("new-customer").click()
    await screen.page.get_by_test_id("new-name").fill("Noor Haddad")
    await screen.page.get_by_test_id("create-person").click()
    await expect(column.get_by_test_id("persona-name")).to_have_text("Noor Haddad")
    await expect(chosen).to_have_text("EN")
    await screen.begin()


async def test_a_slash_lists_the_commands_and_the_arrows_choose_one(opened: Opener) -> None:
    screen = await opened()
    await screen.city.bots[0].set_my_commands(
        [
            BotCommand(command="start", description="Begin"),
            BotCommand(command="orders", description="My orders"),
        ]
    )
    await screen.begin()
    composer = screen.column("customer").get_by_test_id("composer")
    await composer.fill("/")
    commands = screen.column("customer").get_by_test_id("command")
    await expect(commands).to_have_text(["/startBegin", "/ordersMy orders"])
    await composer.press("ArrowDown")
    await composer.press("Enter")
    await expect(screen.bubble("customer", "Got /orders")).to_be_visible()
    await expect(commands.first).to_be_hidden()


async def test_a_message_that_comes_while_the_chat_is_read_again_stays(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    read, answered = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        answer = await route.fetch()
        read.set()
        await answered.wait()
        await route.fulfill(response=answer)

    customer, bot = screen.people["customer"], screen.city.bots[0]
    await screen.page.route(f"**/sandbox/people/{customer}/chats/{bot.id}", slowly)
    await bot.set_my_commands([BotCommand(command="start", description="Begin anew")])
    await read.wait()
    await screen.write("customer", "hello")
    await expect(screen.bubble("customer", "Got hello")).to_be_visible()
    answered.set()
    await screen.column("customer").get_by_test_id("commands").click()
    offered = screen.column("customer").get_by_test_id("command")
    await expect(offered).to_have_text(["/startBegin anew"])
    await expect(screen.bubble("customer", "Got hello")).to_be_visible()


async def test_a_message_for_somebody_else_is_marked_at_the_choice_of_people(
    opened: Opener,
) -> None:
    screen = await opened()
    await screen.begin()
    column = screen.column("customer")
    other = await screen.city.person("customer", "Ines Duarte")
    await screen.page.reload()
    await screen.page.locator("[data-testid=connection].live").wait_for()
    chat = f"{screen.city.base}/sandbox/people/{other}/chats/{screen.city.bots[0].id}"
    await screen.page.request.post(f"{chat}/messages", data={"text": "/start"})
    await expect(column.get_by_test_id("persona-select").locator(".dot")).to_be_visible()
    await column.get_by_test_id("persona-select").click()
    await screen.page.get_by_test_id("persona-option").filter(has_text="Ines Duarte").click()
    await expect(screen.bubble("customer", "Welcome")).to_be_visible()


async def test_a_phone_shows_one_chat_at_a_time_with_unread_marks_on_the_tabs(
    opened: Opener,
) -> None:
    screen = await opened(width=390, height=844)
    await screen.begin()
    await expect(screen.column("staff")).to_be_hidden()
    await screen.city.bots[2].send_message(STAFF_CHAT, "Somebody waits")
    tab = screen.page.get_by_test_id("tab-staff")
    await expect(tab.locator(".badge")).to_have_text(re.compile(r"\d+"))
    await tab.click()
    await expect(screen.bubble("staff", "Somebody waits")).to_be_visible()
    await expect(screen.column("customer")).to_be_hidden()
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert await screen.page.evaluate(wide)


async def test_the_dark_look_follows_the_device_and_a_choice_is_remembered(opened: Opener) -> None:
    screen = await opened(color_scheme="dark")
    root = screen.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await screen.page.get_by_test_id("theme-toggle").click()
    await expect(root).to_have_attribute("data-theme", "light")
    await screen.page.reload()
    await expect(root).to_have_attribute("data-theme", "light")


async def test_a_hostile_name_and_text_are_shown_as_they_are(opened: Opener) -> None:
    name = "<img/src=x/onerror=alert(1)> <script>alert(2)</script>"
    screen = await opened(customer=name)
    await expect(screen.column("customer").get_by_test_id("persona-name")).to_have_text(name)
    await screen.begin()
    text = "<b>bold</b><script>alert(3)</script> javascript:alert(4)"
    await screen.write("customer", text)
    await expect(screen.bubble("customer", f"Got {text}")).to_be_visible()
    await screen.column("customer").get_by_role("button", name="Share phone").click()
    await screen.page.get_by_test_id("confirm").click()
    await expect(screen.column("customer").get_by_test_id("contact")).to_contain_text(name)
    assert await screen.page.locator("main script, main img[src=x]").count() == 0


async def test_the_page_catches_up_after_the_stream_broke(opened: Opener) -> None:
    screen = await opened()
    await screen.begin()
    await screen.page.context.set_offline(True)
    await expect(screen.page.get_by_test_id("connection")).to_contain_text("Reconnecting")
    await screen.city.bots[0].send_message(screen.people["customer"], "While you were away")
    await screen.page.context.set_offline(False)
    await expect(screen.bubble("customer", "While you were away")).to_be_visible(timeout=15_000)
