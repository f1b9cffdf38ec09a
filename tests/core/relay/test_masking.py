"""What is hidden and what stays: golden cases, and numbers broken by chance."""

import random
import re
import time
from itertools import pairwise

import pytest

from core.relay.masking import HIDDEN, mask

# (as typed, as it crosses)
HIDES = (
    ("13800138000", "•••"),
    ("我的电话是13800138000，到了打给我", "我的电话是•••，到了打给我"),
    ("138 0013 8000", "•••"),
    ("138-0013-8000", "•••"),
    ("138.0013.8000", "•••"),
    ("138，0013，8000", "•••"),
    ("１３８００１３８０００", "•••"),
    ("一三八零零一三八零零零", "•••"),
    ("一三八 零零一三 八零零零", "•••"),
    ("幺三八零零幺三八零零零", "•••"),
    ("壹叁捌零零壹叁捌零零零", "•••"),
    ("1 3 8 0 0 1 3 8 0 0 0", "•••"),
    ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "•••"),
    ("①③⑧⓪⓪①③⑧⓪⓪⓪", "•••"),
    ("1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8\u200b0\u200b0\u200b0", "•••"),
    ("l38OOl38OOO", "•••"),
    ("+86 138 0013 8000", "•••"),
    ("+8613800138000", "•••"),
    ("0086-13800138000", "•••"),
    ("86 13800138000", "•••"),
    ("021-64731234", "•••"),
    ("021 6473 1234", "•••"),
    ("(010) 6552-9988", "•••"),
    ("0571-8888123", "•••"),
    ("057188881234", "•••"),
    ("400-820-8820", "•••"),
    ("+1 (415) 555-2671", "•••"),
    ("415-555-2671", "•••"),
    ("(415) 555-2671", "•••"),
    ("+44 20 7946 0958", "•••"),
    ("07700 900123", "•••"),
    ("call me at 64731234", "call me at •••"),
    ("电话 6473 1234", "电话 •••"),
    ("one three eight zero zero one three eight zero zero zero", "•••"),
    ("one-three-eight, double zero one three eight triple zero", "•••"),
    ("5flat 502 13800138000", "5flat 502 •••"),
    ("加我微信 abc", "加我微信 •••"),
    ("微信：wang_shifu88", "微信：•••"),
    ("微信号 wxid_8d7s", "微信号 •••"),
    ("加V abc12345", "加V •••"),
    ("vx:lao_wang", "vx:•••"),
    ("wx abc123", "wx •••"),
    ("VX abc123", "VX •••"),
    ("my wechat is johnny", "my wechat is •••"),
    ("WeChat: johnny_w", "WeChat: •••"),
    ("wechat id: johnny", "wechat id: •••"),
    ("add me on wechat johnny", "add me on wechat •••"),
    ("wechat johnny88", "wechat •••"),
    ("johnny88是我微信", "•••是我微信"),
    ("QQ 12345678", "QQ •••"),
    ("qq号：8812345", "qq号：•••"),
    ("whatsapp 447700900123", "whatsapp •••"),
    ("@wangshifu", "•••"),
    ("telegram @wang_shifu", "telegram •••"),
    ("t.me/wangshifu", "•••"),
    ("https://t.me/+AbCdEf", "•••"),
    ("t . me / wang", "•••"),
    ("tg://resolve?domain=wang", "•••"),
    ("https://wa.me/8613800138000", "•••"),
    ("wang@example.com", "•••"),
    ("wang.shifu@163.com", "•••"),
    ("wang at gmail dot com", "•••"),
    ("wang(at)gmail.com", "•••"),
    ("٠١٣٨٠٠١٣٨٠٠٠", "•••"),
    ("tel:13800138000", "•••"),
    ("微 信 abc123", "微 信 •••"),
    ("薇信abc123", "薇信•••"),
    ("加我v：abc123", "加我v：•••"),
)

STAYS = (
    "总价1380元",
    "¥1,380.00",
    "订单 4827-3615",
    "48273615",
    "order 4827-3615 please",
    "3号楼2单元1502室",
    "Flat 801, 200 Renmin Ave",
    "14:00-16:30",
    "2026-03-02 10:00",
    "20260302",
    "明天下午3点到5点",
    "13:00–18:00 on 2026-11-27",
    "KFR-35GW/BP3DN8Y",
    "model RTX 3080 Ti",
    "SN 20230415001234",
    "1200x600x1800",
    "600 x 450 x 1200 mm",
    "110、119、120",
    "邮编 200001",
    "用微信支付可以吗",
    "I paid by wechat yesterday",
    "wechat pay is fine",
    "微信pay",
    "微信支付1380元",
    "一二三楼都要",
    "二零二六年三月二日",
    "三百八十元",
    "1.5匹空调两台",
    "220V: ok",
    "room 1502, floor 15",
    "call me at 14:30",
    "打车费 35.5",
    "2 or 3 pieces, 4 at most",
    "https://uri.amap.com/marker?position=121.4,31.2",
    "零件号 W10295370A",
    "up to 2500 rpm, 1800 W",
    "The line is clogged",
    "drain line: clogged",
    "100,000 km",
    "IP 192.168.1.100",
    "密码锁 2580#",
    "code 4821",
    "尺寸 180*200*22",
    "滤芯 3 个，每个 138 元，共 414 元",
    "10-12 minutes",
    "地址：南京西路1266号恒隆广场1座3802",
    "AC unit 18000 BTU",
    "2026年11月27日14时30分",
    "version 10.15.7",
    "订单号码 48273615",
)


@pytest.mark.feature("C21")
@pytest.mark.parametrize(("typed", "crosses"), HIDES)
def test_contact_data_is_hidden(typed: str, crosses: str) -> None:
    masked = mask(typed)
    assert masked.text == crosses
    assert masked.hidden


@pytest.mark.feature("C21")
@pytest.mark.parametrize("typed", STAYS)
def test_what_belongs_to_the_visit_stays(typed: str) -> None:
    masked = mask(typed)
    assert (masked.text, masked.hidden) == (typed, frozenset())


def test_the_hotline_may_be_named() -> None:
    assert mask("ring 400-000-0000", spare=frozenset({"4000000000"})).text == "ring 400-000-0000"


def test_a_text_can_not_be_written_backwards() -> None:
    assert mask("\u202e00083100831\u202c").text == "00083100831"


def test_nothing_is_hidden_twice_and_nothing_else() -> None:
    typed = "王女士，房号 1502，138 0013 8000 / 微信 wang_88，14:30 到，费用 380 元"
    assert mask(typed).text == f"王女士，房号 1502，{HIDDEN} / 微信 {HIDDEN}，14:30 到，费用 380 元"
    assert mask(mask(typed).text).text == mask(typed).text


HAN = "零一二三四五六七八九"
FULL = "０１２３４５６７８９"


def broken(number: str, rng: random.Random) -> str:
    """A number as somebody writes it who does not want it to be found."""
    digits = [rng.choice((d, d, HAN[int(d)], FULL[int(d)])) for d in number]
    sign = rng.choice(("", "", " ", "-", ".", "\u200b"))
    cuts = rng.choice(((3, 7), tuple(range(1, 11)), ()))
    return "".join(sign + d if place in cuts else d for place, d in enumerate(digits))


@pytest.mark.feature("C21")
def test_no_mobile_number_crosses_however_it_is_broken() -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    for _ in range(2000):
        number = f"1{rng.choice('3456789')}{rng.randrange(10**9):09d}"
        typed = f"到了打 {broken(number, rng)} 谢谢"
        assert mask(typed).text == f"到了打 {HIDDEN} 谢谢", (seed, typed)


def talk(*texts: str) -> list[str]:
    """What of a person's messages crosses, one after the other."""
    crossed: list[str] = []
    for text in texts:
        crossed.append(mask(text, before=crossed).text)
    return crossed


# (as typed, message by message; how the last of them crosses)
IN_PIECES = (
    (("138 1234", "5678"), "•••"),
    (("138", "1234", "5678"), "•••"),
    (("1381234567", "8"), "•••"),
    (("13812", "345 678"), "•••"),
    (("13", "81", "23", "45", "67 8"), "•••"),
    (("一三八", "一二三四", "五六七八"), "•••"),
    (("幺三八", "１２３４", "5️⃣6️⃣7️⃣8️⃣"), "•••"),
    (("one three eight", "one two three four", "five six seven eight"), "•••"),
    (("double one 3", "138", "one two 3 4", "5678"), "•••"),
    (("my number starts with 138", "then 1234", "and 5678"), "and •••"),
    (("我的号是138", "后面是1234", "5678哦"), "•••哦"),
    (("前三位138", "中间1234", "尾号5678"), "尾号•••"),
    (("138 1234", "在吗", "14:30 见", "5678"), "•••"),
    (("138 1234", "5678", "5678"), "•••"),
    (("502", "138", "1234", "5678"), "•••"),
    (("+44 7700", "900123"), "•••"),
    (("021", "6473", "1234"), "•••"),
    (("415", "555", "2671"), "•••"),
    (("电话 6473", "1234"), "•••"),
)
INNOCENT = (
    ("14:30", "380元", "3楼", "502"),
    ("1502", "14:30", "380"),
    ("1502", "1430"),
    ("密码 2580#", "3单元", "1502"),
    ("code 4821", "room 1502", "at 14:30"),
    ("3", "1502", "2"),
    ("¥1380", "2 units", "90 minutes"),
    ("13点到", "8000 BTU", "220V"),
    ("KFR-35GW", "1800x600x1200", "138元"),
    ("138", "50", "3 pcs"),
    ("1.5匹", "2台", "35.5"),
    ("2026-03-02", "10:00"),
    ("订单 4827-3615", "380"),
    ("一下", "一起", "二楼"),
    ("one moment", "one more", "two of them"),
    ("15:00", "16:30", "1380"),
    ("200 Renmin Rd", "building 3", "1502", "floor 15"),
    ("138 yuan", "1234 yuan", "5678 yuan"),
    ("第3栋", "12层", "门牌1502", "大概18点"),
)


@pytest.mark.feature("C21")
@pytest.mark.parametrize(("typed", "last"), IN_PIECES)
def test_a_number_told_in_pieces_never_becomes_whole(typed: tuple[str, ...], last: str) -> None:
    assert talk(*typed)[-1] == last


@pytest.mark.feature("C21")
@pytest.mark.parametrize("typed", INNOCENT)
def test_doors_times_and_prices_one_after_the_other_stay(typed: tuple[str, ...]) -> None:
    assert talk(*typed) == list(typed)


def test_what_was_corrected_completes_no_number_either() -> None:
    assert mask("138 1234", after=["5678"]).text == HIDDEN
    assert mask("1234", before=["138"], after=["5678"]).text == HIDDEN
    assert mask("1234", before=["在吗"], after=["好的"]).text == "1234"


def test_the_hotline_may_be_told_in_pieces() -> None:
    assert mask("000 0000", before=["400"], spare=frozenset({"4000000000"})).text == "000 0000"


WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
CHATTER = ("在吗", "ok?", "14:30 见", "3楼", "¥380", "thanks!", "😀")
AROUND = ("{}", "{}", "然后{}", "and {}", "my number {}", "{}哦", "是{}")


def piece(digits: str, rng: random.Random) -> str:
    """Some digits as one message tells them."""
    match rng.randrange(4):
        case 0:
            told = " ".join(WORDS[int(d)] for d in digits)
        case 1:
            told = digits.translate(str.maketrans("0123456789", rng.choice((HAN, FULL))))
        case 2:
            told = rng.choice((" ", "-", " - ")).join(
                (digits[: len(digits) // 2], digits[len(digits) // 2 :])
            )
        case _:
            told = digits
    bare = len(digits) < 3 or rng.random() < 0.5
    return told if bare else rng.choice(AROUND).format(told)


def digits_of(text: str) -> str:
    """All the digits somebody reads in it, times, floors and prices left out."""
    for word, digit in zip(WORDS, "0123456789", strict=True):
        text = re.sub(rf"\b{word}\b", digit, text)
    text = text.translate(str.maketrans(HAN + FULL, "0123456789" * 2))
    return re.sub(r"\D", "", text)


@pytest.mark.feature("C21")
def test_no_mobile_number_crosses_in_whatever_pieces() -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    for _ in range(1500):
        number = f"1{rng.choice('3456789')}{rng.randrange(10**9):09d}"
        cuts = [0, *sorted(rng.sample(range(1, 11), k=rng.randrange(1, 11))), 11]
        told: list[str] = []
        for start, end in pairwise(cuts):
            told += [rng.choice(CHATTER)] * (rng.random() < 0.2)
            told.append(piece(number[start:end], rng))
        crossed = talk(*told)
        read = digits_of("".join(text for text in crossed if text not in CHATTER))
        assert number not in read, (seed, told, crossed)
        assert all(text in crossed for text in told if text in CHATTER), (seed, told, crossed)


@pytest.mark.feature("C21")
def test_answers_about_the_visit_are_never_taken_for_pieces() -> None:
    """Times, prices, floors, doors and codes told with the words people use for them."""
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    ways = ("{}元", "¥{}", "{}号楼", "{}楼", "{}室", "密码{}#", "code {}", "room {}", "{} minutes", "{}分钟", "{}块",
            "floor {}", "{} pcs", "{}平米", "{}:30", "下午{}点", "门牌{}", "flat {}")  # fmt: skip
    for _ in range(500):
        told = [rng.choice(ways).format(rng.randrange(1, 9999)) for _ in range(rng.randrange(2, 9))]
        assert talk(*told) == told, (seed, told)


def test_thousands_of_digits_are_read_in_no_time() -> None:
    """Whoever pastes a table stops nobody: the longest text takes hardly longer than a short one."""
    long, began = "1 " * 1500, time.process_time()
    mask(long, before=[long] * 30)
    assert time.process_time() - began < 2
