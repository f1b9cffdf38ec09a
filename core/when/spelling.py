"""One spelling for the words of time: slips, short forms and pinyin become the word that was meant."""

import re
from difflib import get_close_matches

from core.search.normal import normalise

_SHORT = {
    "tmr": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow", "tomoz": "tomorrow",
    "2moro": "tomorrow", "2morrow": "tomorrow", "2mrw": "tomorrow", "tonite": "tonight",
    "2nite": "tonight", "2day": "today", "wkend": "weekend", "tdy": "today",
    "mingtian": "明天", "jintian": "今天", "houtian": "后天", "dahoutian": "大后天",
    "mingzao": "明天早上", "mingwan": "明天晚上", "jinwan": "今天晚上", "zaoshang": "早上",
    "shangwu": "上午", "zhongwu": "中午", "xiawu": "下午", "wanshang": "晚上", "bangwan": "傍晚",
    "zhoumo": "周末", "xiazhou": "下周", "yuedi": "月底", "jinkuai": "尽快",
}  # fmt: skip
_PINYIN_DAYS = dict(zip(("yi", "er", "san", "si", "wu", "liu", "ri", "tian"), "一二三四五六日天",
                        strict=True))  # fmt: skip
_PINYIN_NUMBERS = dict(zip(
    ("yi", "er", "liang", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shiyi", "shier", "shi"),
    ("一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十一", "十二", "十"), strict=True,
))  # fmt: skip
_MEANT = (
    "tomorrow", "tonight", "today", "morning", "afternoon", "evening", "weekend", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "september", "october", "november", "december",
)  # fmt: skip
_ALIKE = 0.82
_SHORTEST = 6

_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?![a-z0-9])")
_WEEKDAY = re.compile(rf"(zhou|xingqi|libai) ?({'|'.join(_PINYIN_DAYS)})(?![a-z])")
_HOUR = re.compile(rf"(?<![a-z])({'|'.join(sorted(_PINYIN_NUMBERS, key=len, reverse=True))})"
                   r" ?dian(?: ?(ban))?(?![a-z])")  # fmt: skip
_HALF_DAY = re.compile("([今明后])(早上?|晚上?)")
_EARLY = re.compile(r"(?<![a-z])early ((?:on )?[a-z]+) morning(?![a-z])")
_MERIDIEM = re.compile(r"(?<=[\d ])([ap])\. ?m\.?(?![a-z])")


def spelled(text: str) -> str:
    """The text in simplified characters and lower case, with the words of time as the grammar knows them."""
    text = _MERIDIEM.sub(r"\1m", normalise(text).replace("’", "'").replace("o'clock", "oclock"))
    text = _WEEKDAY.sub(lambda m: "周" + _PINYIN_DAYS[m[2]], text)
    text = _HOUR.sub(lambda m: _PINYIN_NUMBERS[m[1]] + "点" + ("半" if m[2] else ""), text)
    text = _WORD.sub(lambda m: _meant(m[0]), text)
    text = _EARLY.sub(r"\1 early morning", text)
    return _HALF_DAY.sub(lambda m: f"{m[1]}天{m[2][0]}上", text)


def _meant(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    plural = word.endswith("s") and word[:-1] in _MEANT
    if len(word) < _SHORTEST or word in _MEANT or plural or not word.isalpha():
        return word
    return next(iter(get_close_matches(word, _MEANT, n=1, cutoff=_ALIKE)), word)
