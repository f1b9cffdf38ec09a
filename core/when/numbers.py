"""Numbers as people write them beside a time: 3, 三, 十五, three."""

ZH = "[零〇一二两三四五六七八九十]{1,3}"
_ZH_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_EN_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
EN_VALUES = {word: value for value, word in enumerate(_EN_WORDS)} | {
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a few": 3, "twenty": 20, "twenty five": 25,
    "twenty-five": 25, "thirty": 30, "forty": 40, "forty five": 45, "forty-five": 45,
}  # fmt: skip
HOUR_WORDS = "|".join(_EN_WORDS[1:13])
NUMBER = rf"(?:\d{{1,2}}|{ZH})"
HOUR = rf"(?:\d{{1,2}}(?!\d)|(?:{HOUR_WORDS})(?![a-z]))"


def number(text: str) -> int:
    """The value of a short numeral in any of these spellings."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if text in EN_VALUES:
        return EN_VALUES[text]
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_ZH_DIGITS[sign]) for sign in text))
    return 10 * (_ZH_DIGITS[tens] if tens else 1) + (_ZH_DIGITS[ones] if ones else 0)
