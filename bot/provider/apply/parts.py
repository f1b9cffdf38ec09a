"""The parts of an application as they are called; core says which of them lack (core/people/dossier.py)."""

from bot.i18n import mark

PART_NAMES = {
    "name": mark("Name"),
    "phone": mark("Phone"),
    "photo": mark("Photo"),
    "services": mark("Services and prices"),
    "years": mark("Experience"),
    "bio": mark("About you"),
    "papers": mark("Certificates"),
    "area": mark("Area"),
    "hours": mark("Working hours"),
}
