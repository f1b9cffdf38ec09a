"""Staff make coupons by buttons and words; customers find, type and scan them, and are told why one doesn't count."""

import re
import zipfile
from io import BytesIO

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.staff import act, colleague
from tests.e2e.test_booking import at_summary
from tests.e2e.test_browse import go, settled
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A13")


async def sees(who: Person, words: str) -> None:
    await who.sees_where(lambda m: words in words_of(m), what=words)


async def made(staff: Person, terms: str, *more: tuple[str, str]) -> str:
    """A coupon with these terms; its code."""
    await staff.writes("/coupons", answered=False)
    await act(staff, ("➕ New coupon", "What does it give?"))
    await staff.writes(terms)
    await sees(staff, "A new coupon")
    await act(staff, *more, ("Create ▶", "Create this coupon?"), ("Yes, create it", "Cost so far"))
    found = re.search(r"Code: (\S+)", staff.screen)
    return found[1] if found else ""


async def test_a_coupon_is_made_in_a_sentence_used_changed_and_stopped(
    people: People, platform: Platform
) -> None:
    staff = await colleague(people, "operator")
    code = await made(staff, "满50减20，每人一次，限30张，到年底")
    for said in ("¥20 off from ¥50", "30 in all · once per person", "For whom: Everybody"):
        assert said in staff.screen
    person = await at_summary(people)
    await go(person, "Payment, coupon", "How would you like to pay?")
    await go(person, "🎟 Coupon", "type its code")
    await person.writes(code.lower())
    await sees(person, "Coupon −¥20")
    await act(staff, ("✏️ Change", "Change the coupon"), ("🎁 What it gives", "What does it give?"))
    await staff.writes("八折，最多减三十")
    await sees(staff, "20% off from ¥50, up to ¥30")
    await act(staff, ("Save ▶", "like this?"))
    assert "¥20 off from ¥50 → 20% off from ¥50, up to ¥30" in staff.screen
    await act(staff, ("Yes, change it", "Cost so far"), ("⏸ Pause", "paused"))
    stranger = await settled(people)
    await stranger.writes(code)
    await sees(stranger, "paused at the moment")
    await act(staff, ("▶️ Go on", "running"), ("⏹ Stop", "Stop “"), ("Yes, stop it", "⏹ over"))
    await stranger.writes(code)
    await sees(stranger, "This deal is over")
    acts = platform.rows(
        "SELECT reason FROM staff_act WHERE action = 'promotions.change' AND subject LIKE ?",
        f"%{code}",
    )
    assert len(acts) == 5, "made, changed, paused, gone on with, stopped"


async def test_one_time_codes_come_as_a_file_and_belong_to_who_opens_one(people: People) -> None:
    staff = await colleague(people, "operator")
    await made(staff, "¥15, 3 uses", ("👥 For whom", "For whom?"),
               ("With one-time codes", "A new coupon"))  # fmt: skip
    await act(staff, ("📄 Codes as a file", "Each line has a code"))
    sheet = await staff.sees_where(lambda m: "document" in m, what="the file")
    content = await people.document(sheet)
    texts = zipfile.ZipFile(BytesIO(content)).read("xl/sharedStrings.xml").decode()
    codes = re.findall(r"[A-Z0-9]{6}-[A-Z0-9]{8}", texts)
    links = re.findall(r"start=(c_[0-9a-z]+_[A-Za-z0-9-]+)", texts)
    assert len({*codes}) == len({*links}) == 3
    first, second = await settled(people), await settled(people)
    await first.writes(f"/start {links[0]}")
    await sees(first, "¥15 off")
    await second.writes(codes[0])
    await sees(second, "Somebody else has this code already")
    await second.writes(f"/start {links[0][:-1]}{'A' if links[0][-1] != 'A' else 'B'}")
    await sees(second, "no longer")
    await first.writes("/deals")
    await sees(first, "¥15 off")


async def test_support_reads_no_coupons_and_finance_makes_none(people: People) -> None:
    support, finance = await colleague(people, "support"), await colleague(people, "finance")
    await support.writes("/coupons", answered=False)
    await sees(support, "role doesn't include")
    await finance.writes("/coupons", answered=False)
    shown = await finance.sees_where(lambda m: "🎟 Coupons" in words_of(m), what="the list")
    assert "➕ New coupon" not in str(shown)
    await finance.taps_stale(shown["message_id"], "kn")
    assert "role doesn't include" in finance.toast


@pytest.mark.feature("X2")
async def test_in_chinese(people: People) -> None:
    staff = await colleague(people, "operator")
    await staff.writes("/language")
    await act(staff, ("中文", ""))
    await staff.writes("/coupons", answered=False)
    await act(staff, ("➕ 新建", "优惠力度"))
    await staff.writes("8.5折 最多减30 新客 两周")
    await sees(staff, "打 8.5 折，最多减 ¥30")
    assert "新客" in staff.screen
    await staff.writes("啥都行")
    await sees(staff, "没看懂")
