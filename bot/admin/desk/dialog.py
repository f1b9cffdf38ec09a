"""Where to begin, in which language, and what everybody did."""

from bot.admin.desk.handlers import (
    cancel,
    desk,
    drawer,
    help_,
    language,
    log,
    log_page,
    refused,
    set_language,
)
from bot.admin.registry import Command, Tap
from bot.i18n import mark

ROWS = (
    Command("help", "help", mark("What you can do here"), help_),
    Command("start", "help", mark("Your desk: what waits for you"), desk),
    Command("language", "language", mark("Language"), language),
    Command("cancel", "help", mark("Stop what I'm doing"), cancel),
    Command("log", "log.read", mark("Who did what"), log),
    Tap("drw", "help", drawer),
    Tap("lang", "language", set_language),
    Tap("lg", "log.read", log_page),
    Tap("lr", "log.read", refused),
)
