"""Sets of weekdays, as working hours are told by: Mon–Fri, 周一三五, every Saturday, 每天."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.when.almanac import monday_of
from core.when.days import EN_DAY, WEEKDAYS, ZH_DAY, ZH_WEEK, zh_index
from core.when.model import Days

ALL, WORKING, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
_TO = r"\s*(?:-|–|—|~|到|至|to|till?|through|thru)\s*"
_AND = r"(?:\s*(?:,|、|/|&|\+|和|与|以及|(?<![a-z])and(?![a-z]))\s*|\s+)"
_ZH_ONE = rf"{ZH_WEEK}{ZH_DAY}"
_EN_ONE = rf"(?<![a-z]){EN_DAY}"
_ZH_ITEM = rf"{_ZH_ONE}(?:{_TO}{ZH_WEEK}?{ZH_DAY}(?![天月]))?"
_EN_ITEM = rf"{_EN_ONE}(?:{_TO}{_EN_ONE})?"


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Monday is 0; `every` says that all of them are meant, `ahead` those of the week so many weeks from now."""

    days: tuple[int, ...]
    every: bool = False
    ahead: int | None = None

    def dates(self, today: date) -> tuple[Days, ...]:
        """The coming ones, or those of that week, those in a row together."""
        return tuple(self._run(run, today) for run in _runs(self.days))

    def _run(self, run: list[int], today: date) -> Days:
        if self.ahead is None:
            first = today + timedelta(days=(run[0] - today.weekday()) % 7)
        else:
            first = monday_of(today, self.ahead) + timedelta(days=run[0])
        return Days(first, first + timedelta(days=len(run) - 1))


def _runs(days: tuple[int, ...]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and (runs[-1][-1] + 1) % 7 == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


_NAMED = (
    (r"每天|每日|天天|每一天|(?<![a-z])(?:every ?day|daily|each day|all week|7 days a week)(?![a-z])", ALL),
    (r"(?:每个?)?(?:工作日|平日)|(?<![a-z])(?:on |every )?(?:weekdays?|work(?:ing)? ?days?)(?![a-z])", WORKING),
    (rf"每个?{ZH_WEEK}末|(?<![a-z])(?:every weekend|(?:on )?weekends)(?![a-z])", WEEKEND),
)  # fmt: skip
_ZH_WHICH = "(每个?|逢|下下个?|下个?|这个?|本)?"
_ZH_SET = re.compile(rf"{_ZH_WHICH}((?:{_ZH_ITEM})(?:{_AND}?(?:{_ZH_ITEM}))*)")
_WEEKEND = re.compile(
    rf"(下下个?|下个?|这个?|本)?{ZH_WEEK}末|(?<![a-z])(?:on )?(?:the )?(next |this )?(?:coming )?weekend(?![a-z])"
)
_ZH_ROW = re.compile(
    rf"{_ZH_WHICH}{ZH_WEEK}([一二三四五六日天](?:、?[一二三四五六日天]){{1,6}})(?![点时号月:])"
)
_EN_SET = re.compile(
    rf"(?:(?<![a-z])(every|each|next|this)(?: week)?(?: on)? )?({_EN_ITEM}(?:{_AND}{_EN_ITEM})*)"
)
_ZH_SPLIT = re.compile(rf"{ZH_WEEK}({ZH_DAY})(?:{_TO}{ZH_WEEK}?({ZH_DAY}))?")
_EN_SPLIT = re.compile(rf"({EN_DAY})(?:{_TO}({EN_DAY}))?")
_PLURAL = re.compile(r"(?:day|mon|fri|sat|sun)s(?![a-z])")


def find(text: str) -> list[tuple[re.Match[str], Weekdays]]:
    """Where several weekdays, or every one of a kind, are named; a single coming day is no set."""
    found = [
        (match, Weekdays(days, True))
        for pattern, days in _NAMED
        for match in re.finditer(pattern, text)
    ]
    for match in _WEEKEND.finditer(text):
        if not _over(match, found):
            found.append(
                (match, Weekdays(WEEKEND, ahead=_ahead((match[1] or match[2] or "").strip())))
            )
    for pattern, read in ((_ZH_ROW, _row), (_ZH_SET, _zh), (_EN_SET, _en)):
        for match in pattern.finditer(text):
            if _over(match, found):
                continue
            days = read(match)
            which = match[1] or ""
            every = which[:1] in ("每", "逢", "e") or bool(_PLURAL.search(match[2]))
            if days and (every or len(days) > 1):
                found.append((match, Weekdays(days, every, _ahead(which))))
    return found


def _over(match: re.Match[str], found: list[tuple[re.Match[str], Weekdays]]) -> bool:
    """Whether it is about words that were read already."""
    return any(match.start() < other.end() and other.start() < match.end() for other, _ in found)


def _ahead(which: str) -> int | None:
    """Of which week they are, if one is named."""
    if which.startswith(("这", "本", "this")):
        return 0
    return which.count("下") or (1 if which == "next" else None)


def _row(match: re.Match[str]) -> tuple[int, ...]:
    """周一三五; in 周三一点 or 周日一整天 the second is no day."""
    days = [zh_index(sign) for sign in match[2] if sign != "、"]
    return tuple(days) if days == sorted(set(days)) else ()


def _zh(match: re.Match[str]) -> tuple[int, ...]:
    pairs = [(zh_index(m[1]), zh_index(m[2] or m[1])) for m in _ZH_SPLIT.finditer(match[2])]
    return _spread(pairs)


def _en(match: re.Match[str]) -> tuple[int, ...]:
    pairs = [
        (WEEKDAYS.index(m[1][:3]), WEEKDAYS.index((m[2] or m[1])[:3]))
        for m in _EN_SPLIT.finditer(match[2])
    ]
    return _spread(pairs)


def _spread(pairs: list[tuple[int, int]]) -> tuple[int, ...]:
    """Fri–Mon goes over the weekend."""
    days = [(first + ahead) % 7 for first, last in pairs for ahead in range((last - first) % 7 + 1)]
    return tuple(dict.fromkeys(days))
