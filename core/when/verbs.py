"""The words by which a provider says what is to be with a time: free, at work, at work only then, a break."""

import re
from enum import StrEnum
from typing import Final


class Verb(StrEnum):
    """The first of those that were said counts: CANCEL turns time off into work and EXTRA hours into none (LESS),
    QUIT ends a day, SICK begins now.
    """

    CANCEL = "cancel"
    BACK = "back"
    LESS = "less"
    EXTRA = "extra"
    SICK = "sick"
    OFF = "off"
    REST = "rest"
    ONLY = "only"
    QUIT = "quit"
    HOURS = "hours"


_NO = "(?:do not|don't|dont|won't|wont|will not|can't|cant|cannot|can not|not|never)"
_JOBS = "(?:jobs?|orders?|work|bookings?|visits?)"
# In this order; (verb, pattern, whether it can hardly mean anything but the plan).
_TABLE: Final = (
    (Verb.LESS, "(?:不用?再?|不想|没有|别)加班了?", True),
    (Verb.EXTRA, "(?:可以|能|想|要)?加个?班|加开|加时|多接(?:几)?单|加点?班次", True),
    (Verb.LESS, "(?:no|not any|without) (?:more )?(?:extra (?:hours?|shifts?|work|time)|overtime)", True),
    (Verb.EXTRA, "(?:an? )?extra (?:hours?|shifts?|work(?:ing hours)?|time|day)|overtime"
     "|(?:can|could|will|i'll) also (?:work|take jobs?)", True),
    (Verb.CANCEL, "取消|撤销|撤回|销假", True),
    (Verb.BACK, "不(?:再)?(?:休息?|请假|放假|歇)了?|照常(?:上班|接单|工作|营业)?|正常(?:上班|接单|工作|营业)"
     "|恢复(?:上班|接单|工作|营业)?|又?(?:可以|能)(?:接单|上班|工作|干活)了?", True),
    (Verb.SICK, "生病|病了|病假|不舒服|发烧|感冒|看病|住院", True),
    (Verb.REST, "午休|午饭|吃饭", True),
    (Verb.OFF, "请[个\x00]*假|休假|放[\x00]*假|度假|年假|事假|婚假|产假|调休|休息|不接(?:单|活|客|订单)?|停止?接?单"
     "|停工|停业|不(?:能|想|去|来|用)?(?:接单|上班|工作|干活|营业|出工|开工)|没法(?:接单|上班|工作|干活)"
     "|(?:别|不要|不用)(?:给我|再)?(?:派单|派活|安排|接单)|(?:接|做|去|来)不了(?:单|活)?|不干", True),
    (Verb.OFF, "有事|有约|占用|锁定|屏蔽|关掉|关闭|没空|没时间|走不开|不在|出差|旅游|旅行|回老家|忙|歇业?|休", False),
    (Verb.ONLY, "只(?:能|接|做|上|在|到|干)?|仅|才(?:能|接|上|开)?", True),
    (Verb.QUIT, "下班|收工|打烊|关门", True),
    (Verb.HOURS, "上班|工作时间|工作|接单|营业|开工|出工|干活", True),
    (Verb.CANCEL, "cancel|undo|remove|delete", True),
    (Verb.BACK, "(?:work(?:ing)?|available|free|open|on duty) (?:again|after all|as usual|as normal)"
     "|back (?:at|to|on) (?:work|duty)|back again|after all", True),
    (Verb.SICK, "(?:call(?:ing)? in |off )?(?:sick|ill)(?: (?:leave|day))?|doctor", True),
    (Verb.REST, "lunch(?: break)?|break|pause|siesta", True),
    (Verb.OFF, rf"no (?:new |more )?{_JOBS}|nothing|stop sending(?: me)? (?:any )?{_JOBS}"
     rf"|{_NO} (?:be )?(?:make it|come|go|work(?:ing)?|available|on duty"
     r"|(?:tak(?:e|ing)|accept(?:ing)?|do(?:ing)?|send|give|assign|offer)(?: me)? (?:any |new |more )*" + _JOBS + ")"
     "|(?:days?|time|hours?) off|off (?:duty|work)|unavailable|vacation|holidays?|(?:annual )?leave", True),
    (Verb.OFF, "off|busy|block(?:ed)?|closed?|away|out of town|travel(?:ing|ling)?|free day|appointment", False),
    (Verb.ONLY, "only|just", True),
    (Verb.QUIT, "finish(?:ing)?|stop(?:ping)?|knock off", True),
    (Verb.HOURS, "work(?:ing)?(?: hours)?|hours|open|available|on duty", True),
)  # fmt: skip
VERBS: Final = tuple(
    (verb, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), plain) for verb, words, plain in _TABLE
)

# What may stand around without changing anything.
_SMALL = (
    "我们?|咱|要|想|会|都|就|在|从|起|开始|的|了|吧|哦|啊|呢|哈|请|帮我?|把|设置?|为|改成?|是|时间|全天|一?整天|天|都?要"
    "|家里|因为|临时|到|至|和|跟|与|及|也|还|有|里|这|那|上|之后|以后|期间"
)
_SMALL_EN = (
    "i'?m|i'?ll|i'?ve|i|we|am|are|is|be|been|will|would|shall|have|has|need|want|like|take|taking|get|got|make|set|change|put"
    "|my|me|mine|the|a|an|on|at|in|of|for|from|to|until|till|this|that|these|all|whole|day|days|please|pls|so|and|but|then"
    "|also|any|it|with|just|hi|hello|sorry|work|working|jobs?|orders?|as|up|next|every|each"
)
_FILLING = re.compile(
    rf"(?:{_SMALL})|(?<![a-z])(?:{_SMALL_EN})(?![a-z])|[\s\x00,，.。!！;；:：、/()-]"
)


def idle(rest: str) -> bool:
    """Whether nothing is left that would mean something."""
    return not _FILLING.sub("", rest)
