"""Questions about the figures as staff type them: what is understood of each, and how many of those never tuned to."""

from datetime import date

import pytest

from core.platform.measures import MEASURES, Dimension, Measure
from core.platform.questions import LATELY, USUAL_MOST, Question, read_question

pytestmark = pytest.mark.feature("A9")
M, D = Measure, Dimension
TODAY = date(2026, 11, 27)  # a Friday
DAY = (TODAY, TODAY)
YESTERDAY = (date(2026, 11, 26), date(2026, 11, 26))
THIS_WEEK = (date(2026, 11, 23), date(2026, 11, 29))
LAST_WEEK = (date(2026, 11, 16), date(2026, 11, 22))
THIS_MONTH = (date(2026, 11, 1), date(2026, 11, 30))
LAST_MONTH = (date(2026, 10, 1), date(2026, 10, 31))
LATE = (date(2026, 10, 29), TODAY)
SEVEN = (date(2026, 11, 21), TODAY)

# (text, measure, split, days, the lowest first, how many)
Row = tuple[str, Measure, Dimension | None, tuple[date, date], bool, int]


def row(
    text: str, measure: Measure, by: Dimension | None = None, days: tuple[date, date] = DAY, *,
    low: bool = False, most: int = USUAL_MOST,
) -> Row:  # fmt: skip
    return text, measure, by, days, low, most


KNOWN = (
    row("上周取消率最高的三个类目", M.CANCEL_RATE, D.CATEGORY, LAST_WEEK, most=3),
    row("how many orders yesterday", M.ORDERS, None, YESTERDAY),
    row("which district has most unmet demand", M.UNMET, D.DISTRICT, LATE),
    row("今天成交额", M.AMOUNT),
    row("今天多少单", M.ORDERS),
    row("昨天下了几单", M.ORDERS, None, YESTERDAY),
    row("上个月成交额", M.AMOUNT, None, LAST_MONTH),
    row("turnover last month", M.AMOUNT, None, LAST_MONTH),
    row("revenue this week by category", M.AMOUNT, D.CATEGORY, THIS_WEEK),
    row("GMV today", M.AMOUNT),
    row("本月佣金", M.COMMISSION, None, THIS_MONTH),
    row("commission last week", M.COMMISSION, None, LAST_WEEK),
    row("昨天退款多少", M.REFUNDS, None, YESTERDAY),
    row("refunds this month", M.REFUNDS, None, THIS_MONTH),
    row("上周客单价", M.AVERAGE, None, LAST_WEEK),
    row("average order value last month", M.AVERAGE, None, LAST_MONTH),
    row("昨天新增用户", M.NEW_USERS, None, YESTERDAY),
    row("how many new users this week", M.NEW_USERS, None, THIS_WEEK),
    row("本周活跃用户", M.ACTIVE, None, THIS_WEEK),
    row("active users last month", M.ACTIVE, None, LAST_MONTH),
    row("上周哪个区订单最多", M.ORDERS, D.DISTRICT, LAST_WEEK),
    row("orders by district last week", M.ORDERS, D.DISTRICT, LAST_WEEK),
    row("上个月取消的原因", M.CANCELLED, D.CAUSE, LAST_MONTH),
    row("why were orders cancelled last week", M.CANCELLED, D.CAUSE, LAST_WEEK),
    row("最近7天准时率", M.ON_TIME, None, SEVEN),
    row("on-time rate by provider last month", M.ON_TIME, D.PROVIDER, LAST_MONTH),
    row("上周评分最低的5个师傅", M.RATING, D.PROVIDER, LAST_WEEK, low=True, most=5),
    row("worst rated providers last month", M.RATING, D.PROVIDER, LAST_MONTH, low=True),
    row("哪个时段订单最多", M.ORDERS, D.HOUR, LATE),
    row("busiest hours last week", M.ORDERS, D.HOUR, LAST_WEEK),
    row("上周每天的订单", M.ORDERS, D.DAY, LAST_WEEK),
    row("orders per day last week", M.ORDERS, D.DAY, LAST_WEEK),
    row("哪个区约不到师傅最多", M.UNMET, D.DISTRICT, LATE),
    row("上周哪些服务约不到", M.UNMET, D.SERVICE, LAST_WEEK),
    row("top 10 services by orders last month", M.ORDERS, D.SERVICE, LAST_MONTH, most=10),
    row("成交额最高的前十个服务", M.AMOUNT, D.SERVICE, LATE, most=10),
    row("星期几订单最多", M.ORDERS, D.WEEKDAY, LATE),
    row("上周完成多少单", M.DONE, None, LAST_WEEK),
    row("completed jobs yesterday", M.DONE, None, YESTERDAY),
    row("订单状态", M.ORDERS, D.STATE, LATE),
    row("how many customers ordered last week", M.CUSTOMERS, None, LAST_WEEK),
    row("昨天取消了多少", M.CANCELLED, None, YESTERDAY),
    row("cancellation rate by category last month", M.CANCEL_RATE, D.CATEGORY, LAST_MONTH),
    row("what did people search for most last week by service", M.SEARCHES, D.SERVICE, LAST_WEEK),
)  # fmt: skip
# Never tuned to: written down once, and only counted.
ASIDE = (
    row("昨日流水多少", M.AMOUNT, None, YESTERDAY),
    row("本周哪个类目卖得最好，看成交额", M.AMOUNT, D.CATEGORY, THIS_WEEK),
    row("上月退款金额", M.REFUNDS, None, LAST_MONTH),
    row("最近30天浦东以外哪个区域单量最少", M.ORDERS, D.DISTRICT, LATE, low=True),
    row("上周平均每单多少钱", M.AVERAGE, None, LAST_WEEK),
    row("这周注册了多少人", M.NEW_USERS, None, THIS_WEEK),
    row("今天日活", M.ACTIVE),
    row("上个月迟到最多的师傅", M.ON_TIME, D.PROVIDER, LAST_MONTH, low=True),
    row("各区取消率", M.CANCEL_RATE, D.DISTRICT, LATE),
    row("上周几点下单最多", M.ORDERS, D.HOUR, LAST_WEEK),
    row("上个月评价数量", M.REVIEWS, None, LAST_MONTH),
    row("本月做完的单子", M.DONE, None, THIS_MONTH),
    row("how much money did we take yesterday", M.AMOUNT, None, YESTERDAY),
    row("sales by hour today", M.AMOUNT, D.HOUR),
    row("which category gets cancelled the most", M.CANCELLED, D.CATEGORY, LATE),
    row("lowest rated categories this month", M.RATING, D.CATEGORY, THIS_MONTH, low=True),
    row("bookings on each weekday last month", M.ORDERS, D.WEEKDAY, LAST_MONTH),
    row("signups yesterday", M.NEW_USERS, None, YESTERDAY),
    row("where can nobody come, last week", M.UNMET, D.DISTRICT, LAST_WEEK),
    row("top 3 providers by turnover last week", M.AMOUNT, D.PROVIDER, LAST_WEEK, most=3),
    row("average basket this month", M.AVERAGE, None, THIS_MONTH),
    row("reasons for cancellations yesterday", M.CANCELLED, D.CAUSE, YESTERDAY),
    row("how punctual were we last week", M.ON_TIME, None, LAST_WEEK),
)  # fmt: skip
NO_QUESTIONS = (
    "你好",
    "thanks!",
    "明天开会",
    "ok",
    "王师傅今天休息",
    "please call the customer back",
)


def understood(text: str) -> tuple[object, ...] | None:
    found = read_question(text=text, today=TODAY)
    if found is None:
        return None
    return found.measure, found.by, (found.first, found.last), found.lowest, found.most


@pytest.mark.parametrize("one", KNOWN, ids=lambda one: one[0])
def test_what_is_asked_is_understood(one: Row) -> None:
    assert understood(one[0]) == one[1:]


def test_most_of_what_was_never_tuned_to_is_understood() -> None:
    assert len(KNOWN) + len(ASIDE) >= 60
    assert len(ASIDE) * 3 >= len(KNOWN) + len(ASIDE)
    missed = [(one[0], understood(one[0])) for one in ASIDE if understood(one[0]) != one[1:]]
    hits = len(ASIDE) - len(missed)
    print(f"kept aside: {hits} of {len(ASIDE)} understood; missed: {missed}")
    assert hits / len(ASIDE) >= 0.8, missed


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_other_talk_is_no_question(text: str) -> None:
    assert read_question(text=text, today=TODAY) is None


def test_whatever_is_understood_can_be_counted() -> None:
    for one in (*KNOWN, *ASIDE):
        found = read_question(text=one[0], today=TODAY)
        assert found is None or found.by is None or found.by in MEASURES[found.measure].by


def test_without_days_one_number_is_of_today_and_a_ranking_of_the_last_month() -> None:
    assert read_question(text="订单", today=TODAY) == Question(M.ORDERS, TODAY, TODAY)
    ranking = read_question(text="orders by category", today=TODAY)
    assert ranking is not None
    assert ranking.span.days == LATELY
