"""The desk of withdrawals, the account step by step, and each payout to its end."""

from bot.conversation import Dialog
from bot.provider.payout import account, handlers

DIALOG = Dialog(
    taps={
        "wd": handlers.desk,
        "wdask": handlers.ask,
        "wdmost": handlers.most,
        "wdgo": handlers.confirmed,
        "wdlist": handlers.mine,
        "wdone": handlers.one,
        "pacc": account.account,
        "packind": account.kind,
        "pacbound": account.bound,
        "pacfree": account.free,
        "pacfreed": account.freed,
        "pacsave": account.save,
    },
    says={
        "payout_amount": handlers.amount_said,
        "payout_number": account.number_said,
        "payout_bind": account.bind_said,
        "payout_holder": account.holder_said,
    },
    commands={"withdraw": handlers.command},
)
