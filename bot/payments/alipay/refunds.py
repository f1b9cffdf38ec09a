"""Money back to where it came from. Alipay knows a refund by our number, so a repetition gives nothing twice."""

from datetime import datetime

from bot.payments.alipay.amounts import CURRENCY, minor, written, yuan
from bot.payments.alipay.client import Client
from bot.payments.alipay.codes import NOT_GIVEN_BACK
from core.payments.method import Answer, NoAnswer, Outcome


async def give_back(
    client: Client, *, number: str, charge: str, amount: int, currency: str
) -> Answer:
    """PAID once it is known to have gone; a refusal is believed only after looking that nothing went before it."""
    if currency != CURRENCY:
        return Answer(Outcome.REFUSED)
    done = Answer(Outcome.PAID, amount, CURRENCY, number)
    try:
        reply = await client.call(
            "alipay.trade.refund",
            {"trade_no": charge, "refund_amount": yuan(amount), "out_request_no": number},
        )
        if reply.ok and reply.text("fund_change") == "Y":
            return done
        if not reply.ok and reply.why not in NOT_GIVEN_BACK:
            return Answer(Outcome.UNKNOWN)
        gone = await _gone(client, number=number, charge=charge)
    except NoAnswer:
        return Answer(Outcome.UNKNOWN)
    if gone is None:
        return Answer(Outcome.OPEN if reply.ok else Outcome.REFUSED)
    return done if gone == amount else Answer(Outcome.UNKNOWN)


def refund_reference(number: str, trade: str, at: datetime) -> str:
    """Alipay has no id of its own for a refund: it is the number of whoever asked for it. What was given back at its
    desk may have none, and is known by its trade and its second, in the notice as in the bill.
    """
    return number or f"{trade}@{written(at)}"


async def _gone(client: Client, *, number: str, charge: str) -> int | None:
    """What went back under this number; None where nothing did. Raises NoAnswer."""
    reply = await client.call(
        "alipay.trade.fastpay.refund.query", {"trade_no": charge, "out_request_no": number}
    )
    if not reply.ok:
        if reply.why in NOT_GIVEN_BACK:
            return None
        raise NoAnswer
    if reply.text("refund_status") != "REFUND_SUCCESS":
        return None
    try:
        return minor(reply.text("refund_amount"))
    except ValueError as error:
        raise NoAnswer from error
