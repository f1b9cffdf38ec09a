"""What there is, a list order by order, one order in detail, and months as files."""

from bot.conversation import Dialog
from bot.provider.income.handlers import command, detail, income, money, months, statement

DIALOG = Dialog(
    taps={
        "money": money,
        "income": income,
        "earned": detail,
        "months": months,
        "statement": statement,
    },
    commands={"income": command},
)
