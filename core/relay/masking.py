"""Takes contact data out of all that one side writes and the other side reads.

Ways to write a number are many, so the text is folded first: full-width and circled digits, keycaps, Chinese
numerals and invisible signs all look alike then. Prices, times, dates, doors, order and model numbers stay.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.relay import numbers
from core.relay.pieces import rest_of_number
from core.rules import Rules

HIDDEN = "•••"
_JOINERS = "\ufe0e\ufe0f\u20e3"
# A text written backwards shows a number that no rule would find in it.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")

_ID = r"[a-z][-_a-z0-9]{2,31}"
# A name nobody takes for a word: with a digit or an underscore in it.
_SIGN = r"(?<![-_a-z0-9])(?=[-_a-z0-9]*[\d_])[-_a-z0-9]{5,32}"
_IS = r"\s*(?:号码?|帐号|账号|id|name)?\s*(?:[:=]|是|为|is|-)?\s*"
_HAN = (
    r"(?:[微薇威徽维]\s*信|微\s*x|v\s*信|[+加]\s*我?\s*(?:个\s*)?[vw]x?|[vw]x"
    r"|扣扣|陌陌|抖音|小红书|快手)"
)
_APPS = (
    r"(?:we\s?chat|weixin|whats\s?app|telegram|tg|qq|kakao(?:\s?talk)?|viber|skype|snap(?:chat)?"
    r"|line\s+id|instagram|insta)"
)
_AT, _DOT = r"(?:\(at\)|\[at\]|\bat\b)", r"(?:\(dot\)|\[dot\]|\bdot\b|\.)"
_STAY = r"(?!(?:pay|app|ok|okay|the|and|or|id|is|on|in|by|me|my|group|支)\b)"
_SITES = (
    r"(?:t|telegram|wa|line|m|vk|fb|discord)\.(?:me|dog|gg|com)|u\.wechat\.com|weixin\.qq\.com"
    r"|(?:chat|api|web)\.whatsapp\.com|instagram\.com|facebook\.com|twitter\.com|x\.com|v\.douyin\.com"
    r"|xhslink\.com|signal\.me|qm\.qq\.com"
)


@dataclass(frozen=True, slots=True)
class Masked:
    """The text as it may cross, and which kinds of contact data were taken out of it."""

    text: str
    hidden: frozenset[str]


def _all(pattern: str) -> Callable[[str], Iterable[tuple[int, int]]]:
    """Spans of the whole match, or of its group `it` where one is named."""
    compiled = re.compile(pattern, re.IGNORECASE)
    which = "it" if "it" in compiled.groupindex else 0
    return lambda text: (found.span(which) for found in compiled.finditer(text))


FINDERS: tuple[tuple[str, Callable[[str], Iterable[tuple[int, int]]]], ...] = (
    ("email", _all(r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[a-z]{2,})+")),
    ("email", _all(rf"(?<![\w.+-])[\w.+-]+\s*{_AT}\s*[\w-]+\s*{_DOT}\s*(?:com|cn|net|org|io|me)\b")),
    ("link", _all(r"\b(?:tg|weixin|whatsapp|tel|mailto|sms|line|viber|skype)://?\S+")),
    ("link", _all(r"\b(?:tel|mailto|sms):\S+")),
    ("link", _all(rf"(?:https?://)?(?:www\.)?\b(?:{_SITES})\s?/\s?\S+")),
    ("link", _all(r"\bt\s?(?:\.|点|dot)\s?me\s?/\s?\w+")),
    ("username", _all(r"(?<![\w.@])@\s?[a-z]\w{3,31}")),
    ("messenger", _all(rf"(?<![a-z0-9]){_HAN}{_IS}(?P<it>{_STAY}{_ID}|\d{{5,12}})")),
    ("messenger", _all(rf"\b{_APPS}{_IS}(?P<it>{_SIGN})")),
    ("messenger", _all(rf"\b{_APPS}\s*(?:号码?|id|name|account)?\s*(?:[:=]|是|\bis\b)\s*(?P<it>{_STAY}{_ID})")),
    ("messenger", _all(rf"\badd\b[^.!?]{{0,20}}\b{_APPS}\s+(?P<it>{_STAY}{_ID})")),
    ("messenger", _all(rf"(?P<it>{_SIGN})\s*(?:就)?(?:是|这是)?\s*(?:我的?)?\s*(?:微信|[vw]x|qq|wechat)\b")),
    ("messenger", _all(rf"(?<![a-z0-9])[vw]x?\s*[:=]\s*(?P<it>{_STAY}{_ID})")),
)  # fmt: skip


def crossing(
    *, text: str, rules: Rules, before: Sequence[str] = (), after: Sequence[str] = ()
) -> Masked:
    """What of a text may go from one side to the other: all of it where staff switched masking off.

    `before` and `after` is what the same person said around it.
    """
    if not rules.on("relay_masking"):
        return Masked(text, frozenset())
    hotline = re.sub(r"\D", "", rules.text("hotline"))
    return mask(text, spare=frozenset({hotline}), before=before, after=after)


def all_crossing(*, texts: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """The same of several texts under their names."""
    return {code: crossing(text=text, rules=rules).text for code, text in texts.items()}


def mask(
    text: str, *, spare: frozenset[str] = frozenset(), before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> Masked:  # fmt: skip
    """`spare` are numbers anybody may name, digits only: the platform's own hotline."""
    if any(sign.isdecimal() or sign == "@" for sign in text):  # only these could be turned around
        text = _DIRECTIONS.sub("", text)
    folded, places = _folded(text)
    found = [(kind, span) for kind, spans in FINDERS for span in spans(folded)]
    found += [("phone", span) for span in numbers.phones(folded, spare=spare)]
    whole = [*(_folded(one)[0] for one in before), folded, *(_folded(one)[0] for one in after)]
    found += [("phone", span) for span in rest_of_number(whole, len(before), spare=spare)]
    spans = sorted((places[start], _after(text, places[end - 1])) for _, (start, end) in found)
    return Masked(_without(text, spans), frozenset(kind for kind, _ in found))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as rules read it, and for each of its characters where it came from."""
    signs, places = [], []
    for place, original in enumerate(text):
        for sign in unicodedata.normalize("NFKC", original):
            if sign in _JOINERS or unicodedata.category(sign) == "Cf":
                continue
            digit = unicodedata.decimal(sign, None)
            signs.append(sign if digit is None else str(digit))
            places.append(place)
    return "".join(signs), places


def _after(text: str, last: int) -> int:
    """Past this sign and what clings to it."""
    end = last + 1
    while end < len(text) and text[end] in _JOINERS:
        end += 1
    return end


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Neighbours and overlaps become one."""
    gone: list[tuple[int, int]] = []
    for start, end in spans:
        if gone and not text[gone[-1][1] : start].strip():
            start, end = gone[-1][0], max(gone.pop()[1], end)
        gone.append((start, end))
    for start, end in reversed(gone):
        text = text[:start] + HIDDEN + text[end:]
    return text
