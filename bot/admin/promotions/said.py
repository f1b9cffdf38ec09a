"""Terms of a coupon out of what people type: 满100减20, 8折, 20 % up to ¥30, once per person, 限50张, 到月底."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.admin.promotions.spans import read_span
from bot.amounts import folded, read_amount
from bot.numerals import in_digits

Values = dict[str, Any]
NUMBER = r"(\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)"
MONEY = rf"[¥$€]?\s*{NUMBER}\s*(?:元|块钱?|yuan|kuai|rmb|cny)?"
MARKED = rf"(?:[¥$€]\s*{NUMBER}|{NUMBER}\s*(?:元|块钱?|yuan|kuai|rmb|cny)(?![a-z]))"
_MONTHS = r"(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|月|日|号|天|个月|th|st|nd|rd))"
ANYBODY = 1_000
"""So often that it is no limit."""
_ENGLISH = {"once": 1, "twice": 2}


class _Reading:
    """One sentence being read; what was understood is taken out of it."""

    def __init__(self, text: str, currency: str) -> None:
        self.text = folded(text).lower()
        self.currency = currency
        self.values: Values = {}

    def take(self, pattern: str) -> re.Match[str] | None:
        found = re.search(pattern, self.text)
        if found:
            self.text = f"{self.text[: found.start()]} , {self.text[found.end() :]}"
        return found

    def money(self, said: str) -> int:
        """-1 for what is no amount: it is refused later, with the bounds."""
        amount = read_amount(in_digits(said), self.currency)
        return -1 if amount is None else amount


def _number(said: str) -> float:
    return float(in_digits(said.replace(",", "")))


def _first(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group)


def _off_from(read: _Reading) -> None:
    if found := read.take(rf"满\s*{MONEY}\s*(?:立?减|优惠|抵|-)\s*{MONEY}"):
        least, off = found.groups()
    elif found := read.take(
        rf"{MONEY}\s*off\s*(?:orders?\s*)?(?:from|over|above|on orders (?:from|over|above))\s*{MONEY}{_MONTHS}"
    ):
        off, least = found.groups()
    else:
        return
    read.values |= {
        "amount": read.money(off),
        "percent_bp": 0,
        "cap": 0,
        "minimum": read.money(least),
    }


def _percent(read: _Reading) -> None:
    if found := read.take(rf"(?:打\s*)?{NUMBER}\s*折"):
        said = found[1]
        number = _number(said)
        if len(said) == 2 and not said.isdigit() and not {*said} & {*"十百"}:
            number = float(in_digits(said))  # 八五折
        bp = round((10 - number) * 1000) if number <= 10 else round((100 - number) * 100)
    elif found := read.take(
        rf"百分之\s*{NUMBER}(?:\s*的?(?:折扣|优惠))?|{NUMBER}\s*(?:%|per ?cent)(?:\s*off)?"
    ):
        bp = round(_number(_first(found)) * 100)
    else:
        return
    read.values |= {"percent_bp": bp, "amount": 0}


def _cap(read: _Reading) -> None:
    found = read.take(
        rf"(?:最多|最高|上限|封顶|至多)\s*(?:可?减|优惠|抵|为)?\s*{MARKED}|(?:最多|最高|上限|封顶|至多)\s*(?:可?减|优惠|抵)\s*{MONEY}"
        rf"|(?:上限|封顶)\s*{MONEY}|{MONEY}\s*封顶"
        rf"|(?:up to|at most|max(?:imum)?(?: of)?|capped? at|cap(?: of)?)\s*{MONEY}{_MONTHS}"
    )
    if found:
        read.values["cap"] = read.money(_first(found))


def _minimum(read: _Reading) -> None:
    found = read.take(
        rf"满\s*{MONEY}(?:起|可用|起用|以上)?"
        rf"|(?:from|over|above|minimum|min\.?|at least|spend(?:ing)?)\s*{MONEY}{_MONTHS}"
    )
    if found:
        read.values["minimum"] = read.money(_first(found))
    elif read.take(r"无门槛|no minimum"):
        read.values["minimum"] = 0


def _each(read: _Reading) -> None:
    if read.take(r"每人不限(?:次数?)?|unlimited (?:per|for each) (?:person|customer)"):
        read.values["per_person"] = ANYBODY
    elif found := read.take(
        rf"每(?:人|位|个人)\s*(?:只?限|可用?|最多|只能?)?\s*(?:用|领)?\s*{NUMBER}\s*[次张]|{NUMBER}\s*[次张]\s*[/每]\s*人"
    ):
        read.values["per_person"] = int(_number(_first(found)))
    elif found := read.take(
        r"(once|twice|\d+)\s*(?:times?|uses?)?\s*(?:each|(?:per|a|for each|for every)\s*(?:person|customer|head|user))"
    ):
        read.values["per_person"] = _ENGLISH.get(found[1]) or int(found[1])


def _uses(read: _Reading) -> None:
    found = read.take(
        rf"(?:总共|一共|共|限量?|前|总计|发)\s*{NUMBER}\s*(?:次|张|份|名|个|位|单)|{NUMBER}\s*(?:张|份|次)(?![/每])"
        rf"|first {NUMBER}(?:\s*(?:customers?|orders?|uses?))?|total(?: of)? {NUMBER}"
        rf"|{NUMBER}\s*(?:uses?|times|coupons?|codes?|in (?:all|total))"
    )
    if found:
        read.values["uses"] = int(_number(_first(found)))


def _whom(read: _Reading) -> None:
    if read.take(
        r"新人|新客户?|新用户|新顾客|首单|first (?:order|booking|visit)|new (?:customers?|users?|people)|newcomers?"
    ):
        read.values["newcomers"] = True
    elif read.take(r"所有人|人人|全部用户|everybody|everyone|all customers"):
        read.values |= {"newcomers": False, "public": True}
    if read.take(r"凭码|凭券码|隐藏|only (?:by|with) (?:a |the )?code|by code(?: only)?"):
        read.values["public"] = False


def _amount(read: _Reading) -> None:
    if "amount" in read.values:
        return
    found = read.take(rf"(?:立?减|优惠|抵扣?|便宜)\s*{MONEY}|{MONEY}\s*off(?![a-z])|{MARKED}")
    if found:
        read.values |= {"amount": read.money(_first(found)), "percent_bp": 0, "cap": 0}


# In this order: what is longer is taken before what is part of it.
_STEPS: tuple[Callable[[_Reading], None], ...] = (
    _off_from, _percent, _cap, _minimum, _each, _uses, _whom, _amount,
)  # fmt: skip


def read(text: str, *, field: str = "", currency: str, now: datetime, zone: str) -> Values:
    """What was understood of it; a bare number is meant for the field that was asked for."""
    reading = _Reading(text[:300], currency)
    bare = re.fullmatch(rf"\s*{NUMBER}\s*", reading.text)
    if bare and field in ("g", "u"):
        if field == "u":
            return {"uses": int(_number(bare[1]))}
        return {"amount": reading.money(bare[1]), "percent_bp": 0, "cap": 0}
    for step in _STEPS:
        step(reading)
    return reading.values | read_span(reading.text, now=now, zone=zone)
