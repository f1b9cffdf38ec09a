"""My orders and one order."""

from bot.conversation import Dialog
from bot.customer.orders import handlers, rescue

DIALOG = Dialog(
    taps={
        "orders": handlers.orders,
        "otab": handlers.tab,
        "order": handlers.order,
        "omore": handlers.more,
        "oline": handlers.timeline,
        "ophotos": handlers.photos,
        "ocal": handlers.calendar,
        "ocancel": handlers.ask_cancel,
        "ocancelgo": handlers.cancel,
        "oagain": handlers.again,
        "otimes": rescue.times,
        "otimesp": rescue.more_times,
        "otime": rescue.choose,
        "oback": rescue.money_back,
        "owait": rescue.wait,
        "oelse": rescue.somebody_else,
        "ocashyes": handlers.cash_right,
        "ocashno": handlers.cash_wrong,
        "ocash": handlers.cash,
    },
    says={"cash": handlers.cash_typed},
    commands={"orders": handlers.my_orders},
)
