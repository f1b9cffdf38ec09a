"""Photos of the work over HTTP: providers are asked for them, can't go on without, and customer and staff see them."""

import io
import re
from dataclasses import dataclass, replace

import pytest
from PIL import Image

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import accepts, offer_of, taps_about
from tests.e2e.staff import act, colleague, opened
from tests.e2e.test_booking import Taps, jpeg, listed, number_of, settled
from tests.e2e.test_story import EN, ZH, Lines, booked, pays
from tests.platforms import Platform


@dataclass(frozen=True)
class Shots:
    """One order with photos, in the words of one language."""

    story: Lines
    language: str
    needed: str
    accept: str
    depart: str
    arrive: str
    send_before: str
    only_words: str
    no_video: str
    no_place: str
    ask_code: str
    two_saved: str
    send_after: str
    first_after: str
    is_it_done: str
    done: str
    before: str
    after: str
    button: str
    letter: str
    received: str = ""


# Paid in advance, so the order is closed with the work; the other one leaves a rest to be paid at the door.
SOFA = Shots(
    story=replace(EN, wanted="sofa cleaning", service="Sofa & mattress cleaning"),
    language="English", needed="Photos needed: before and after the work", accept="✅ Accept",
    depart="On the way", arrive="I'm here", send_before="photos of how it looks now",
    only_words="Words alone don't do here", no_video="A video doesn't work here",
    no_place="That is a place", ask_code="four digits", two_saved="2 photos are saved",
    send_after="photos of the result", first_after="First send a photo of the finished work",
    is_it_done="Is the work done?", done="Yes, done", before="📷 Before the work",
    after="📷 After the work", button="📷 Photos of the work", letter="How was it with",
)  # fmt: skip
FRIDGE = Shots(
    story=replace(ZH, wanted="冰箱维修", service="冰箱维修"), language="中文",
    needed="需要拍照：开工前和完工后", accept="接单", depart="出发", arrive="我到了",
    send_before="张现场照片", only_words="光发文字不行", no_video="不能用视频",
    no_place="收到的是位置", ask_code="服务码", two_saved="已保存 2 张照片",
    send_after="干完后发", first_after="请先发一张完工后的照片", is_it_done="干完了吗", done="干完了",
    before="📷 开工前", after="📷 完工后", button="📷 服务前后照片", letter="您当面付了", received="已收",
)  # fmt: skip


async def speaking(people: People, name: str, language: str) -> Person:
    person = await people.known(name)
    await person.writes("/language")
    await person.sees_button(language)
    await person.taps(language)
    return person


def order_of(person: Person, verb: str) -> tuple[int, str]:
    """(the newest message with such a button, the order's id)"""
    for message in reversed(person.from_bot()):
        found = re.search(rf"'{verb}:(\d+)", str(message.get("reply_markup", "")))
        if found:
            return message["message_id"], found[1]
    raise AssertionError(person.shown())


def code_on(person: Person) -> str:
    text = "\n".join(words_of(message) for message in person.from_bot())
    return re.findall(r"(?:服务码|start code)\D*(\d{4})", text, re.IGNORECASE)[-1]


def with_traces() -> bytes:
    """A picture that tells of its camera and place, as phones make them."""
    kept = io.BytesIO()
    traces = Image.Exif()
    traces[0x010F] = "CANARY CAMERA"
    Image.effect_noise((200, 150), 40).convert("RGB").save(kept, "JPEG", exif=traces)
    return kept.getvalue()


@pytest.mark.feature("P5", "X2")
@pytest.mark.parametrize("say", [SOFA, FRIDGE], ids=["en", "zh"])
async def test_work_is_shown_before_and_after_and_not_begun_or_ended_without(
    people: People, platform: Platform, say: Shots
) -> None:
    anna, name, number = await booked(people, say.story)
    wang = await speaking(people, name, say.language)
    await pays(anna, say.story)
    await wang.sees(number)
    await wang.sees(say.needed)
    await wang.taps(say.accept, on=await offer_of(wang, number))
    await taps_about(wang, number, say.depart)
    await taps_about(wang, number, say.arrive)
    await wang.sees(say.send_before)
    card, order = order_of(wang, "shots")
    await anna.sees(say.story.arrived)

    # Nothing else will do, and each is answered with what will.
    await wang.writes(code_on(anna))
    await wang.sees(say.only_words)
    await wang.shares_location("People's Square")
    await wang.sees(say.no_place)
    await wang.sends_photos(b"no film at all", kind="video")
    await wang.sees(say.no_video)
    await wang.taps_stale(card, f"code:{order}")
    await wang.sees(say.send_before)

    await wang.sends_photos(jpeg(), with_traces())
    await wang.sees(say.two_saved)
    await wang.sees(say.ask_code)
    await wang.writes(code_on(anna))
    await wang.sees(say.send_after)
    await wang.taps_stale(wang.last["message_id"], f"finish:{order}:1")
    assert say.first_after in wang.toast
    await wang.sends_photos(with_traces(), kind="document")  # as a file, and without a tap before
    await wang.sees(say.is_it_done)
    await taps_about(wang, number, say.done)
    if say.received:
        await taps_about(wang, number, say.received)

    await anna.sees(say.letter)
    assert albums(anna) == {say.before: 2, say.after: 1}
    await anna.writes(number)
    await anna.sees_button("⋯")
    await anna.taps("⋯")
    await anna.sees_button(say.button)
    await anna.taps(say.button)
    await anna.sees_where(lambda m: say.after in words_of(m), what="the albums once more")
    assert albums(anna) == {say.before: 4, say.after: 2}
    kept = platform.rows(
        "SELECT path FROM kept_file JOIN work_photo ON work_photo.file_id = kept_file.id"
        " WHERE work_photo.order_id = ?", int(order),
    )  # fmt: skip
    assert len(kept) == 3
    for (path,) in kept:
        assert b"CANARY" not in (platform.data / "files" / path).read_bytes()


def albums(person: Person) -> dict[str, int]:
    """How many photos stand under each caption."""
    found: dict[str, int] = {}
    names: dict[str, str] = {}
    for message in person.from_bot():
        if "photo" not in message:
            continue
        group = str(message.get("media_group_id") or message["message_id"])
        name = names.setdefault(group, words_of(message))
        found[name] = found.get(name, 0) + 1
    return found


async def at_the_door(people: People) -> tuple[Person, Person, str]:
    """(customer, provider who arrived, number) of an order that asks for photos and is paid on site."""
    anna = await settled(people)
    tap = await listed(anna, "Washing machine cleaning")
    found = re.search(r"1\. (\S+)", anna.screen)
    assert found, anna.shown()
    wang = await speaking(people, found[1], "English")
    await tap("⚡", "Which door exactly?")
    await anna.writes("12 Nanjing Rd, building 3, flat 502")
    await anna.sees("Total")
    await Taps(anna)("Payment", "How would you like to pay?")
    await Taps(anna)("Pay on site", "You pay")
    await Taps(anna)("Confirm", "Waiting for the provider")
    number = number_of(anna)
    await accepts(wang, number)
    await taps_about(wang, number, "I'm here")
    await wang.sees("photos of how it looks now")
    return anna, wang, number


@pytest.mark.feature("P5")
async def test_a_bad_picture_can_be_taken_anew_and_five_are_enough(people: People) -> None:
    _, wang, number = await at_the_door(people)
    await wang.sends_photos(b"not a picture", kind="document")
    await wang.sees("We couldn't open that picture")
    await wang.sends_photos(*[jpeg() for _ in range(6)])
    await wang.sees("5 photos are enough.")
    await taps_about(wang, number, "📸 Photos before the work (5)")
    await wang.sees("5 photos are saved")
    await taps_about(wang, number, "🗑 Take them anew")
    await wang.sees_where(lambda m: "are saved" not in words_of(m) and "Send 1 to 5" in words_of(m))
    await wang.sends_photos(jpeg())
    await wang.sees("1 photo is saved")
    await wang.sees("four digits")


@pytest.mark.feature("P5", "A4")
async def test_staff_can_do_without_the_photos_and_give_a_reason(people: People) -> None:
    anna, wang, number = await at_the_door(people)
    staff = await colleague(people, "operator")
    seen = await opened(staff, number, "Arrived")
    assert "Before the work: 0" in seen
    await act(
        staff, ("Start without code", "Why?"), ("The provider can't send photos", "without the photos"),
        ("Yes, start", "In progress"),
    )  # fmt: skip
    await wang.sees("Our staff let you begin without the code")
    await wang.sends_photos(jpeg())
    await wang.sees("Is the work done?")
    await taps_about(wang, number, "Photos of the result (1)")
    await taps_about(wang, number, "🗑 Take them anew")
    await act(
        staff, ("Mark as finished", "Why?"), ("The provider's phone is off", "without the photos after"),
        ("Yes, finish", "Work done"),
    )  # fmt: skip
    assert "The provider's phone is off" in staff.screen
    await wang.sees("Our staff entered the work as done")
    await taps_about(wang, number, "Received ¥")
    await anna.sees("Did you pay")


@pytest.mark.feature("P5", "A4")
async def test_staff_see_the_photos_beside_the_order(people: People) -> None:
    _, wang, number = await at_the_door(people)
    await wang.sends_photos(jpeg(), jpeg())
    await wang.sees("2 photos are saved")
    staff = await colleague(people, "operator")
    assert "Before the work: 2" in await opened(staff, number, "Arrived")
    await staff.taps("📷 Photos of the work")
    await staff.sees_where(lambda m: _shows(m, "Before the work"), what="the album")


def _shows(message: Message, caption: str) -> bool:
    return "photo" in message and caption in words_of(message)


@pytest.mark.feature("A7", "P5")
async def test_staff_choose_with_buttons_which_photos_a_service_asks_for(people: People) -> None:
    staff = await colleague(people, "operator")
    await staff.writes("/services", answered=False)
    await staff.sees("🗂")
    await act(
        staff, ("Housekeeping", "Daily help"), ("Daily help", "Ironing"), ("Ironing", "Photos of the work: none"),
        ("The visit", "Photos of the work: none"),
        ("Photos of the work", "Which photos must the provider send?"),
        ("before and after the work", "none → before and after the work"),
        ("Photos of the work", "Which photos must the provider send?"),
    )  # fmt: skip
    await staff.taps_stale(staff.last["message_id"], staff.data("none").rsplit(":", 1)[0] + ":9")
    assert staff.toast == "This is no longer available."
    await act(staff, ("none", "before and after the work → none"))
