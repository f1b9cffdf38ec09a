"""Days and weeks to look at; hours, days off, area and limits to set. A change that touches visits asks first."""

from bot.conversation import Dialog
from bot.provider.schedule import amend, area, days_off, extra, handlers, hours

DIALOG = Dialog(
    taps={
        "sched": handlers.hub,
        "day": handlers.day,
        "week": handlers.week,
        "dayshot": handlers.day_shot,
        "weekshot": handlers.week_shot,
        "limits": handlers.limits,
        "most": handlers.daily_max,
        "buffer": handlers.buffer,
        "hours": hours.week_hours,
        "wday": hours.weekday,
        "edge": hours.edge,
        "pause": hours.pause,
        "copy": hours.copy,
        "sethours": hours.set_hours,
        "off": days_off.days_off,
        "dayoff": days_off.day_off,
        "plan": amend.review,
        "amend": amend.save,
        "offparts": amend.parts,
        "offback": amend.part_back,
        "extras": extra.extras,
        "exday": extra.which_day,
        "exat": extra.which_hours,
        "exfrom": extra.begin,
        "exto": extra.end,
        "exlook": extra.look,
        "exless": extra.remove,
        "area": area.area,
        "rad": area.radius,
        "base": area.ask_base,
        "basego": area.base,
    },
    says={"schedule.base": area.base_said, "schedule.extra": extra.said},
    commands={"schedule": handlers.hub},
)
