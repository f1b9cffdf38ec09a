"""My orders and one order."""

from bot.conversation import Dialog
from bot.customer.orders import absent, cash, handlers, redress, rescue

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
        "redo": redress.redo,
        "otimes": rescue.times,
        "otimesp": rescue.more_times,
        "otime": rescue.choose,
        "oback": rescue.money_back,
        "owait": rescue.wait,
        "wasthere": absent.was_there,
        "oelse": rescue.somebody_else,
        "ocashyes": cash.right,
        "ocashno": cash.wrong,
        "ocash": cash.confirm,
    },
    says={"cash": cash.typed},
    commands={"orders": handlers.my_orders},
)
