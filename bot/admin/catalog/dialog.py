"""Categories and services by buttons; what is changed waits in a draft until it is published."""

from bot.admin.catalog import drafts, editing, handlers, previewing, rows, sheets
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, CHANGE, PUBLISH = "catalog.read", "catalog.change", "catalog.publish"

ROWS = (
    Command("services", READ, mark("Services, prices and rules"), handlers.services),
    Tap("cat", READ, handlers.category),
    Tap("sv", READ, handlers.thing),
    Tap("cg", CHANGE, handlers.group),
    Tap("sf", CHANGE, editing.field),
    Tap("sb", CHANGE, editing.choose),
    Tap("sn", CHANGE, editing.add_service),
    Tap("cn", CHANGE, editing.add_category),
    Tap("cm", CHANGE, editing.move),
    Tap("ch", CHANGE, editing.homes),
    Tap("chy", CHANGE, editing.hang),
    Tap("cx", CHANGE, editing.remove),
    Say("service_field", CHANGE, editing.field_said),
    Say("service_new", CHANGE, editing.service_said),
    Say("category_new", CHANGE, editing.category_said),
    Tap("cp", CHANGE, rows.listed),
    Tap("cpo", CHANGE, rows.one),
    Tap("cpf", CHANGE, rows.field),
    Tap("cpn", CHANGE, rows.add),
    Tap("cpm", CHANGE, rows.move),
    Tap("cpx", CHANGE, rows.remove),
    Say("service_row", CHANGE, rows.said),
    Tap("pv", READ, previewing.preview),
    Tap("pvc", READ, previewing.choices),
    Tap("cf", READ, sheets.door),
    Tap("cfe", READ, sheets.export),
    Tap("cfp", CHANGE, sheets.compared),
    Tap("cfy", CHANGE, sheets.take),
    Say("catalog_file", CHANGE, sheets.file_said),
    Tap("dr", READ, drafts.draft),
    Tap("dru", CHANGE, drafts.undo),
    Tap("drp", PUBLISH, drafts.ask),
    Tap("drpy", PUBLISH, drafts.publish, grave=True),
    Tap("drx", CHANGE, drafts.ask_discard),
    Tap("drxy", CHANGE, drafts.discard),
)
