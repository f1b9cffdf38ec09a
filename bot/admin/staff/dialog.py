"""The list of the staff; owners add members, give roles and take rights away."""

from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.admin.staff.handlers import (
    add,
    ask_dismiss,
    dismiss,
    give_role,
    member,
    page,
    pointed,
    staff,
)
from bot.i18n import mark

ROWS = (
    Command("staff", "staff.list", mark("Staff and their roles"), staff),
    Tap("st", "staff.list", page),
    Tap("sm", "staff.change", member),
    Tap("sa", "staff.change", add),
    Tap("sr", "staff.change", give_role),
    Tap("sd", "staff.change", ask_dismiss),
    Tap("sdn", "staff.change", below(ask_dismiss)),
    Tap("sdy", "staff.change", dismiss, grave=True),
    Say("staff_who", "staff.change", pointed),
)
