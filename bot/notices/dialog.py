"""What reaches the person: a kind at a time, quiet hours, and a try of it all. The same table serves both bots."""

from bot.conversation import Dialog
from bot.notices import handlers, night

DIALOG = Dialog(
    taps={
        "notices": handlers.notices,
        "notice": handlers.choose,
        "trial": handlers.trial,
        "quiet": night.ask,
        "quietat": night.usual,
        "night": night.turn,
        "nightset": night.set_,
    },
    says={"quiet": night.said},
    commands={"notifications": handlers.notices, "test": handlers.trial},
)
