"""Categories and services by buttons; each value of a service is a row of fields.FIELDS."""

from bot.admin.catalog.handlers import (
    add,
    add_said,
    category,
    choose,
    field,
    field_said,
    service,
    services,
)
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, CHANGE = "catalog.read", "catalog.change"

ROWS = (
    Command("services", READ, mark("Services, prices and rules"), services),
    Tap("cat", READ, category),
    Tap("sv", READ, service),
    Tap("sf", CHANGE, field),
    Tap("sb", CHANGE, choose),
    Tap("sn", CHANGE, add),
    Say("service_field", CHANGE, field_said),
    Say("service_new", CHANGE, add_said),
)
