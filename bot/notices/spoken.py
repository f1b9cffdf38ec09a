"""What reaches one, asked for in words: quiet hours 22-7, 免打扰 晚上十点到早上七点, test notifications."""

import re

from bot.conversation import Talk
from bot.notices import handlers, night
from bot.screen import Screen
from core.search.normal import normalise
from core.when.nights import read_night

_NIGHT = re.compile(
    r"(?:set |my )*(?:quiet (?:hours|time)|do not disturb|dnd|silent hours)"
    r"|(?:设置|设|开启|打开|开)?(?:夜间|晚上)?(?:免打扰|勿扰|安静)(?:时间|时段|模式)?"
)
_NEVER = re.compile(r"(?:never|off|none|取消|关闭|关|不要)")
_TRIAL = re.compile(
    r"(?:test|try)(?: my| the)? (?:notifications?|sounds?|messages)|测试(?:一下)?(?:通知|提示音|消息|声音)"
)
_NOTICES = re.compile(
    r"(?:my )?(?:notifications?|notification settings?|sounds?|mute)|(?:消息|声音)?(?:通知|提醒)(?:设置)?|静音|提示音"
)


async def understood(talk: Talk, text: str) -> Screen | None:
    """The screen that is meant, with quiet hours set where they are said; None where it is about something else."""
    said = normalise(text).strip(" .!。！")
    if _NOTICES.fullmatch(said):
        return await handlers.notices(talk)
    if _TRIAL.fullmatch(said):
        return await handlers.trial(talk)
    if (match := _NIGHT.match(said)) is None:
        return None
    rest = said[match.end() :].strip(" :,，：")
    if not rest:
        return await night.ask(talk)
    if _NEVER.fullmatch(rest):
        return await night.usual(talk, 0)
    hours = read_night(rest)
    return await night.set_(talk, *hours) if hours else None
