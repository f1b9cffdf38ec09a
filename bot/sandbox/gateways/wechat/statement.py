"""The day's list of movements, as the platform writes it: a table with backticks, its sums at the end."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.sandbox.gateways.book import Thing
from bot.sandbox.gateways.wechat.account import SHANGHAI

COLUMNS = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,"
    "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
SUMS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
RATE = Decimal("0.006")


def day_of(at: float) -> date:
    """By the platform's clock."""
    return datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI).date()


def table(*, orders: Iterable[Thing], refunds: Iterable[Thing], by_number: dict[str, Thing]) -> str:
    """`by_number`: the orders that the refunds are of."""
    paid, back = list(orders), list(refunds)
    rows = [
        *((one["paid_at"], _payment(one)) for one in paid),
        *((one["at"], _refund(one, by_number[one["order"]])) for one in back),
    ]
    total, returned = (sum(o["total"] for o in paid), sum(r["refund"] for r in back))
    fees = sum((_fee(o["total"]) for o in paid), Decimal(0)) - sum(
        (_fee(r["refund"]) for r in back), Decimal(0)
    )
    sums = [str(len(rows)), _yuan(total), _yuan(returned), "0.00", f"{fees:.5f}", _yuan(total),
            _yuan(returned)]  # fmt: skip
    lines = [COLUMNS, *(_row(cells) for _, cells in sorted(rows)), SUMS, _row(sums)]
    return "\r\n".join(lines) + "\r\n"


def _payment(order: Thing) -> list[str]:
    money = _yuan(order["total"])
    return [
        *_head(order, order["paid_at"], "SUCCESS"), money, "0.00", "0", "0", "0.00", "0.00", "", "",
        *_tail(order, f"{_fee(order['total']):.5f}"), money, "0.00", "",
    ]  # fmt: skip


def _refund(refund: Thing, order: Thing) -> list[str]:
    money = _yuan(refund["refund"])
    return [
        *_head(order, refund["at"], "REFUND"), "0.00", "0.00", refund["refund_id"], refund["id"],
        money, "0.00", "ORIGINAL", refund["status"], *_tail(order, f"{-_fee(refund['refund']):.5f}"),
        "0.00", money, "",
    ]  # fmt: skip


def _head(order: Thing, at: float, state: str) -> list[str]:
    asked, moment = order["asked"], datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI)
    return [
        f"{moment:%Y-%m-%d %H:%M:%S}", asked["appid"], asked["mchid"], "0", "",
        order["transaction_id"], order["id"], "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", order["trade_type"],
        state, "OTHERS", "CNY",
    ]  # fmt: skip


def _tail(order: Thing, fee: str) -> list[str]:
    asked = order["asked"]
    return [asked["description"], asked.get("attach", ""), fee, f"{RATE:.2%}"]


def _row(cells: Iterable[str]) -> str:
    return ",".join(f"`{cell}" for cell in cells)


def _fee(fen: int) -> Decimal:
    return (Decimal(fen).scaleb(-2) * RATE).quantize(Decimal("0.01"))


def _yuan(fen: int) -> str:
    return f"{Decimal(fen).scaleb(-2):.2f}"
