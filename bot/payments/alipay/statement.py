"""What moved on a day at Alipay: trades out of the one bill, transfers to providers out of the other."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.payments.alipay.amounts import BEIJING, CURRENCY, minor, read_time
from bot.payments.alipay.bills import Row, bill
from bot.payments.alipay.client import Client
from bot.payments.alipay.refunds import refund_reference
from bot.payments.alipay.trades import payment_number
from core.payments.method import NoAnswer
from core.reconciling.model import Kind, Line

TRADES, ACCOUNT = "trade", "signcustomer"
KINDS: Final = {"交易": Kind.PAYMENT, "退款": Kind.REFUND}
TRADE, ORDER, KIND, END = "支付宝交易号", "商户订单号", "业务类型", "完成时间"
AMOUNT, REQUEST, FEE = "订单金额", "退款批次号/请求号", "服务费"
TRANSFER, AT, IN, OUT = "转账", "发生时间", "收入金额", "支出金额"


async def lines_between(
    client: Client, *, first: datetime, end: datetime, now: datetime
) -> list[Line]:
    """Raises NoAnswer."""
    day, lines = first.astimezone(BEIJING).date(), list[Line]()
    while datetime.combine(day, time(), BEIJING) < end:
        trades = await bill(client, kind=TRADES, day=day, now=now)
        account = await bill(client, kind=ACCOUNT, day=day, now=now)
        try:
            lines += [*map(_trade, trades), *_transfers(account)]
        except (KeyError, ValueError) as error:
            raise NoAnswer from error
        day += timedelta(days=1)
    return [line for line in lines if first <= line.at < end]


def _trade(row: Row) -> Line:
    kind, at = KINDS[row[KIND]], read_time(row[END])
    refund = kind is Kind.REFUND
    return Line(
        id=0, day=at.date(), kind=kind, at=at.astimezone(UTC), amount=abs(minor(row[AMOUNT])), currency=CURRENCY,
        reference=refund_reference(row[REQUEST], row[TRADE], at) if refund else row[TRADE],
        number=row[REQUEST] if refund else payment_number(row[ORDER]),
        charge=row[TRADE] if refund else "",
        fee=None if refund else -minor(row[FEE] or "0"),
    )  # fmt: skip


def _transfers(rows: list[Row]) -> Iterator[Line]:
    """Those we sent: by our number. What somebody sends by hand at Alipay's own desk has none."""
    for row in rows:
        if TRANSFER not in row[KIND] or not (number := row[ORDER]):
            continue
        out, at = abs(minor(row[OUT] or "0")), read_time(row[AT])
        yield Line(
            id=0, day=at.date(), kind=Kind.TRANSFER if out else Kind.CAME_BACK, reference=number,
            number=number, amount=out or abs(minor(row[IN])), currency=CURRENCY, at=at.astimezone(UTC),
        )  # fmt: skip
