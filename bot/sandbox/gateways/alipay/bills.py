"""The bills of a day as Alipay writes them: tables in GBK with remarks around them, zipped."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

from bot.payments.alipay.amounts import BEIJING, yuan
from bot.sandbox.gateways.alipay.account import REFUND, TRADE, moment
from bot.sandbox.gateways.alipay.transfers import TRANSFER
from bot.sandbox.gateways.book import Book, Thing

HEAD: Final = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,"
    "券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
ACCOUNT_HEAD: Final = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,"
    "交易渠道,业务类型,备注"
)
# Of ten thousand, rounded up: what Alipay keeps.
FEE_BP: Final = 60


def _trades(book: Book, day: date) -> bytes | None:
    """None where nothing moved that day."""
    return _packed("业务明细", day, HEAD, [*_paid(book, day), *_back(book, day)])


def _account(book: Book, day: date) -> bytes | None:
    """What came and went on the platform's account, with what trades brought and providers were sent."""
    came = [_trade_line(one) for one in book.all(TRADE) if _on(one["paid"], day)]
    sent = [_transfer_line(one) for one in book.all(TRANSFER) if _on(one["created"], day)]
    return _packed("账务明细", day, ACCOUNT_HEAD, [*came, *sent])


BILLS: Final[dict[str, Callable[[Book, date], bytes | None]]] = {
    "trade": _trades, "signcustomer": _account,
}  # fmt: skip


def _packed(name: str, day: date, head: str, rows: list[str]) -> bytes | None:
    if not rows:
        return None
    remark = f"#支付宝{name}查询\n#起始日期：[{day} 00:00:00]\n#----{name}列表----\n"
    end = f"#----{name}列表结束----\n#导出时间：[-]\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        text = remark + "\n".join([head, *rows]) + "\n" + end
        made.writestr(f"{day:%Y%m%d}_{name}.csv", text.encode("gbk", "replace"))
        made.writestr(f"{day:%Y%m%d}_{name}(汇总).csv", "#\n".encode("gbk"))
    return packed.getvalue()


def fee(amount: int) -> int:
    return -(-amount * FEE_BP // 10_000)


def _on(stamp: float, day: date) -> bool:
    return bool(stamp) and datetime.fromtimestamp(stamp, BEIJING).date() == day


def _paid(book: Book, day: date) -> Iterator[str]:
    for trade in book.all(TRADE):
        if _on(trade["paid"], day):
            yield _row(trade, "交易", trade["paid"], trade["amount"], "", fee(trade["amount"]))


def _back(book: Book, day: date) -> Iterator[str]:
    for refund in book.all(REFUND):
        trade = book.find(TRADE, refund["trade"])
        if trade and _on(refund["created"], day):
            yield _row(trade, "退款", refund["created"], -refund["amount"], refund["number"], 0)


def _row(trade: Thing, kind: str, at: float, amount: int, request: str, fee: int) -> str:
    """Numbers have a tab behind them."""
    money = f"-{yuan(-amount)}" if amount < 0 else yuan(amount)
    cells = [
        f"{trade['id']}\t", f"{trade['out_trade_no']}\t", kind, trade["subject"].replace(",", " "),
        moment(trade["created"]), moment(at), "", "", "", "", "138****0001", money, money,
        "0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00", "0.00", f"{request}\t" if request else "",
        f"-{yuan(fee)}", "0.00", "",
    ]  # fmt: skip
    return ",".join(cells)


def _trade_line(trade: Thing) -> str:
    number, at = trade["out_trade_no"], moment(trade["paid"])
    return _line(trade["id"], number, at, came=yuan(trade["amount"]), kind="在线支付")


def _transfer_line(sent: Thing) -> str:
    at = moment(sent["created"])
    return _line(sent["order_id"], sent["id"], at, went=f"-{yuan(sent['amount'])}", kind="转账")


def _line(id: str, number: str, at: str, *, kind: str, came: str = "", went: str = "") -> str:
    cells = [f"{id}L\t", f"{id}\t", f"{number}\t", "", at, "138****0001", came, went, "", "支付宝",
             kind, ""]  # fmt: skip
    return ",".join(cells)
