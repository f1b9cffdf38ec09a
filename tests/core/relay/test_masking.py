"""What is hidden and what stays: golden cases, and numbers broken by chance."""

import random

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
