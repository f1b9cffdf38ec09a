"""An announcement: written and looked at, aimed, sent now or later, watched, paused, stopped, put right, taken back."""

from bot.admin.announce import again, draft, letters, parts, running, whom
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

ACT = "announce"
LETTERS = letters.LETTERS

ROWS = (
    Command("announce", ACT, mark("Tell something to many people"), running.overview),
    Tap("an", ACT, running.overview),
    Tap("anold", ACT, running.past),
    Tap("anew", ACT, draft.begin),
    Tap("and", ACT, draft.show),
    Tap("andel", ACT, draft.discard),
    Tap("ant", ACT, parts.texts),
    Tap("ants", ACT, parts.ask_text),
    Tap("antx", ACT, parts.leave_out),
    Say("announce.text", ACT, parts.text_said),
    Tap("anp", ACT, parts.ask_photo),
    Tap("anpx", ACT, parts.no_photo),
    Say("announce.photo", ACT, parts.photo_said),
    Tap("anb", ACT, parts.ask_button),
    Tap("anbd", ACT, parts.deal),
    Tap("anbs", ACT, parts.service),
    Tap("anbx", ACT, parts.no_button),
    Say("announce.button", ACT, parts.button_said),
    Tap("anw", ACT, whom.show),
    Tap("anws", ACT, whom.choose),
    Tap("anwl", ACT, whom.areas),
    Tap("anwc", ACT, whom.cities),
    Say("announce.area", ACT, whom.area_said),
    Tap("anh", ACT, draft.ask_time),
    Tap("anhn", ACT, draft.at_once),
    Say("announce.time", ACT, draft.time_said),
    Tap("anl", ACT, draft.preview),
    Tap("anlb", ACT, draft.only_preview),
    Tap("ans", ACT, running.sure),
    Tap("anyes", ACT, running.send, grave=True),
    Tap("anv", ACT, running.card),
    Tap("anpa", ACT, running.pause),
    Tap("anre", ACT, running.resume),
    Tap("anst", ACT, running.stop),
    Tap("anop", ACT, running.reopen),
    Tap("anc", ACT, again.languages),
    Tap("ancl", ACT, again.ask),
    Say("announce.fix", ACT, again.said),
    Tap("ancy", ACT, again.correct, grave=True),
    Tap("anx", ACT, again.sure),
    Tap("anxy", ACT, again.withdraw, grave=True),
)
