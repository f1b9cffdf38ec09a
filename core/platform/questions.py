"""What somebody asks of the statistics in words: a measure, by what it is split, and of which days.

Read from tables of words alone: what no row knows is not understood, and is not guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from core.figures.spans import Span
from core.platform.measures import MEASURES, Dimension, Measure
from core.when.model import Days
from core.when.numbers import HOUR_WORDS, NUMBER, number
from core.when.past import read_past

T = TypeVar("T", bound=StrEnum)
USUAL_MOST, MOST = 5, 20
LATELY = 30

_WORDS: Final[tuple[tuple[Measure, str, str], ...]] = (
    (Measure.UNMET,
     "(?:没|未|不)(?:有)?(?:被)?满足|约不(?:到|上)|没(?:有)?(?:人|师傅)(?:接|能?来|可约)?|订不到|供不应求"
     "|缺口|缺师傅|缺人",
     r"unmet|unserved|no (?:free )?(?:slots?|providers?)|(?:nobody|no one)(?: could| can)? (?:come|free)"
     r"|short of providers|shortages?|turned away"),
    (Measure.SEARCHES, "搜索|搜了|搜过|查找", "search(?:es|ed)?|look(?:ed|ing)? for"),
    (Measure.CANCEL_RATE, "(?:取消|退单|流失)(?:的)?(?:率|比例|占比)",
     r"cancel\w* (?:rate|ratio|share|percentage)|(?:rate|share|percentage) of cancel\w*|cancel\w* most often"),
    (Measure.CANCELLED, "取消|退单", r"cancel\w*"),
    (Measure.ON_TIME,
     "准时|守时|迟到|按时",
     r"on[- ]?time|punctual\w*|late(?:ness)?|delays?"),
    (Measure.AVERAGE, "客单价?|(?:平均|每)(?:每)?(?:个)?(?:单|订单)(?:的)?(?:金额|价格?|多少钱|消费)?|均价",
     r"(?:average|avg|mean) (?:order|basket|ticket|price|value|spend)\w*(?: value| size)?|aov|per order"),
    (Measure.COMMISSION,
     "佣金|抽成|提成|平台收入|我们(?:赚|收)",
     r"commissions?|take rate|platform income|we (?:earn|make)"),
    (Measure.REFUNDS, "退款|退了?(?:多少)?钱|退回", r"refund\w*|g[ai]ven? back"),
    (Measure.NEW_USERS, "新(?:增|来)?(?:的|了)?(?:多少)?(?:个)?(?:用户|客户|人|注册)|新客|拉新|注册",
     r"new (?:users?|customers?|people|sign-?ups?|members?)|sign(?:ed)?[- ]?ups?|registered|registrations?|joined"),
    (Measure.ACTIVE, "活跃|日活|周活|月活", r"active(?: users?)?|[dwm]au"),
    (Measure.CUSTOMERS, "下单(?:的)?(?:客户|人数?|用户)|(?:客户|人|用户)下(?:了|过)?单|买家",
     r"(?:customers?|people|users?|buyers)(?: who)?(?: have)? (?:order|book)\w*"
     r"|how many (?:customers|buyers)|paying customers"),
    (Measure.RATING,
     "评分|星级|打分|好评|差评|口碑|满意度",
     r"ratings?|stars?|rated|satisfaction|scores?"),
    (Measure.REVIEWS, "评价|评论|点评", "reviews?|feedback"),
    (Measure.AMOUNT, "成交额|交易额|交易金额|流水|营业额|营收|销售额|收入|gmv|卖了多少|成交(?:了)?多少|多少钱|金额",
     r"gmv|turnover|revenues?|sales|transaction (?:amount|volume|value)|how much money|takings|amount"),
    (Measure.DONE,
     "完成|做完|完工|干完|服务了",
     r"(?:done|completed?|finish(?:ed)?|fulfilled)(?: (?:jobs?|orders?|visits?))?|jobs|visits"),
    (Measure.ORDERS,
     "订单|单量|下单|下了|几单|多少单|单数|单子|预约|生意|单",
     r"orders?(?: placed)?|bookings?|booked|demand|business|busiest"),
)  # fmt: skip
_SPLITS: Final[tuple[tuple[Dimension, str, str], ...]] = (
    (Dimension.CAUSE, "原因|为什么|为何|因为什么", "why|causes?|reasons?"),
    (Dimension.STATE, "状态", "stat(?:e|us)(?:es)?"),
    (Dimension.WEEKDAY,
     "周几|星期几|礼拜几|(?:按|每个?|各)(?:星期|礼拜)|周[一几]到周日",
     "weekdays?|days? of the week"),
    (Dimension.HOUR,
     "时段|时间段|几点|小时|钟点|什么时候|何时|高峰",
     r"hours?|hourly|times? of (?:the )?day|what time|when|peak"),
    (Dimension.DAY,
     "每天|每日|哪(?:一)?天|按天|按日|逐日|各天",
     "(?:each|every|per|which|by) (?:day|date)|daily|day by day"),
    (Dimension.CATEGORY,
     "类目|品类|类别|分类|种类|大类|行业",
     r"categor(?:y|ies)|trades?|kinds? of (?:service|work)"),
    (Dimension.DISTRICT,
     "区域|地区|片区|城区|(?:哪个?|各个?|每个?|按)区|个区|哪里|哪儿|在哪",
     "districts?|areas?|neighbou?rhoods?|where|parts? of (?:the )?(?:city|town)"),
    (Dimension.PROVIDER,
     "师傅|服务者|服务商|阿姨|技师|谁",
     "providers?|workers?|technicians?|cleaners?|who"),
    (Dimension.SERVICE, "服务|项目", "services?"),
)  # fmt: skip
_LEAST: Final = re.compile(
    "最低|最少|最小|最差|最慢|倒数|垫底|(?<![a-z])(?:lowest|least|fewest|worst|bottom|smallest|poorest|slowest)(?![a-z])"
)
_WORST: Final = re.compile("最差|(?<![a-z])(?:worst|poorest)(?![a-z])")
_BEST: Final = re.compile("最好|最佳|(?<![a-z])best(?![a-z])")
_LATE: Final = re.compile("迟到|(?<![a-z])(?:late(?:ness)?|delays?)(?![a-z])")
_MANY: Final = re.compile(
    rf"前\s*({NUMBER})|({NUMBER})\s*个|(?<![a-z])(?:top|bottom|first|worst|best)\s+(\d{{1,2}}|{HOUR_WORDS})(?![a-z])"
    rf"|(?<![a-z\d])(\d{{1,2}}|{HOUR_WORDS})\s+(?:\w+\s+)?(?:categories|districts|areas|services|providers|hours|days|trades|causes|reasons)"
)
_COST_MORE: Final = frozenset(
    {Measure.CANCEL_RATE, Measure.CANCELLED, Measure.REFUNDS, Measure.UNMET}
)
"""Where more is worse."""


@dataclass(frozen=True, slots=True)
class Question:
    """`by` is None where one number is wanted; `lowest`: the smallest first, `most` of them."""

    measure: Measure
    first: date
    last: date
    by: Dimension | None = None
    lowest: bool = False
    most: int = USUAL_MOST

    @property
    def span(self) -> Span:
        return Span.between(self.first, self.last)


def read_question(*, text: str, today: date) -> Question | None:
    """What is asked; None where no measure is named."""
    days, rest = read_past(text, today=today)
    measure = _named(_WORDS, rest)
    if measure is None:
        return None
    by = _named([row for row in _SPLITS if row[0] in MEASURES[measure].by], rest)
    if days is None:  # a ranking of one morning says little
        days = Days(today - timedelta(days=LATELY - 1) if by else today, today)
    return Question(measure, days.first, days.last, by, _lowest(measure, rest), _many(rest))


def _named(table: Sequence[tuple[T, str, str]], text: str) -> T | None:
    """The first row whose words are in the text; English ones as whole words."""
    for value, han, latin in table:
        if re.search(rf"{han}|(?<![a-z])(?:{latin})(?![a-z])", text):
            return value
    return None


def _lowest(measure: Measure, text: str) -> bool:
    """Whose on-time rate is asked for by “late” wants the latest, and the worst of what costs is the most."""
    if measure in _COST_MORE:
        return bool(_BEST.search(text) or (_LEAST.search(text) and not _WORST.search(text)))
    if measure is Measure.ON_TIME and _LATE.search(text):
        return not _LEAST.search(text)
    return bool(_LEAST.search(text))


def _many(text: str) -> int:
    found = _MANY.search(text)
    said = next((one for one in found.groups() if one), None) if found else None
    return min(max(number(said), 1), MOST) if said else USUAL_MOST
