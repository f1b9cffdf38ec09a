"""Whole numbers in Chinese numerals as people say them: 一百二 is 120, 两万 20 000, 二〇二八 a row of digits."""

import re

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万]{1,12}")


def in_digits(text: str) -> str:
    """The text with its Chinese numerals as digits."""
    return NUMERAL.sub(lambda found: str(_value(found[0])), text)


def _value(numeral: str) -> int | str:
    if not {*numeral} & {*_UNITS}:
        return "".join(str(_DIGITS[sign]) for sign in numeral)
    whole, below, last, unit = 0, 0, None, 1
    for sign in numeral:
        if sign in _DIGITS:
            last, unit = _DIGITS[sign], unit if _DIGITS[sign] else 10
        elif sign == "万":
            whole, below, last, unit = (below + (last or 0) or 1) * 10_000, 0, None, 10_000
        else:
            unit = _UNITS[sign]
            below, last = below + (1 if last is None else last) * unit, None
    return whole + below + (last or 0) * (unit // 10 if unit > 10 else 1)
