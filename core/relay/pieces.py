"""A telephone number told in pieces, over several messages: the piece that would complete it is found.

Read are only digits that stand for nothing else: a time, a price, a floor, a door code are told with their words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.relay.numbers import AS_DIGITS, MOST, WORD, asked, complete

_WORDS = {word: str(number) for number, word in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
)} | {"oh": "0"}  # fmt: skip
_TIMES = {"double": 2, "triple": 3}
_TOKEN = re.compile(rf"\d+|\b(?:(?P<times>double|triple)\s+)?(?P<word>{WORD})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.\-–—―_*,、，。…|~()#+]*")
# What people say around the pieces; nothing else makes a message more than a bare piece.
_FILLER = re.compile(
    r"然后|接着|后面|后边|前面|前三|后四|还有|最后|剩下|开头|结尾|尾号|我的|号码|号是|电话|手机|联系|微信|[是的我加和到再打嗯哦好吧了呢啊就几位数]"
    r"|\b(?:then|and|next|last|first|rest|of|is|are|my|the|number|digits?|phone|mobile|call|me|now|plus|ok(?:ay)?"
    r"|starts?|begins?|ends?|with|in|it|it's|so|finally|after|that|followed|by|again|to|for|wechat)\b",
    re.IGNORECASE,
)
# Signs and words that say what digits are for: behind them or before them.
_UNIT = re.compile(
    r"\s*(?:[:点时分秒元块角毛楼层号栋幢室座户门单弄路街年月日天周岁个台件条只把米寸度匹瓦伏安升斤公平种次期%°℃×]"
    r"|x\s*\d|/\d)"
)
_LABEL = re.compile(
    r"(?:[¥$€£第约共房室门栋座楼:]|密码|门禁|门牌|大概|型号|订单|\b(?:code|pin|room|flat|apt|apartment|unit|floor|building"
    r"|block|no|model|sn|order|about|around|gate|door|total)\b)[\s.:#]*(?:是|为|is|\s)*$"
    r"|\d[:/]$|\d\s?x\s?$",
    re.IGNORECASE,
)
_BEFORE = 24
_SHORTEST = 3  # fewer digits among words are a count of something


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits of one message that nothing else explains; `bare`: the message says nothing but them."""

    message: int
    digits: str
    start: int
    end: int
    bare: bool
    asked: bool
    plus: bool


def rest_of_number(
    texts: Sequence[str], at: int, *, spare: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Spans of the folded text `at` that make a number complete with what stands before and behind it."""
    pieces = [piece for number, text in enumerate(texts) for piece in _pieces(text, number)]
    for first, piece in enumerate(pieces):
        furthest = min(len(pieces), first + MOST)
        last = next((end for end in range(furthest, first + 1, -1)
                     if _is_number(pieces[first:end], spare)), None)  # fmt: skip
        if last is not None and piece.message <= at:
            yield from ((one.start, one.end) for one in pieces[first:last] if one.message == at)


def _is_number(pieces: Sequence[Piece], spare: frozenset[str]) -> bool:
    """Told over more than one message; all but the last digit of a mobile number are as good as all."""
    if pieces[0].message == pieces[-1].message:
        return False
    digits = "".join(piece.digits for piece in pieces)
    bare = all(piece.bare for piece in pieces)
    return digits not in spare and complete(
        digits, parts=[len(piece.digits) for piece in pieces] if bare else [],
        asked=pieces[0].asked, plus=pieces[0].plus,
    )  # fmt: skip


def _pieces(text: str, message: int) -> Iterator[Piece]:
    plain = text.translate(AS_DIGITS)
    tokens = list(_TOKEN.finditer(plain))
    left = _FILLER.sub("", _TOKEN.sub("", plain))
    bare = not re.sub(r"[\W_]", "", left)
    for start, end, digits in _runs(plain, tokens):
        if (bare or len(digits) >= _SHORTEST) and not _explained(plain, start, end):
            yield Piece(
                message, digits, start, end, bare, asked(plain, start), plain[:start].endswith("+")
            )


def _runs(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits) of neighbouring digits."""
    run: list[re.Match[str]] = []
    for token in [*tokens, None]:
        if run and (token is None or not _BETWEEN.fullmatch(text[run[-1].end() : token.start()])):
            yield run[0].start(), run[-1].end(), "".join(map(_digits, run))
            run = []
        if token is not None:
            run.append(token)


def _digits(token: re.Match[str]) -> str:
    if not token["word"]:
        return token.group()
    times = _TIMES.get((token["times"] or "").lower(), 1)
    return _WORDS[token["word"].lower()] * times


def _explained(text: str, start: int, end: int) -> bool:
    if _UNIT.match(text, end) or _LABEL.search(text[max(0, start - _BEFORE) : start]):
        return True
    following = re.match(r"\s*([a-z']+)", text[end:], re.IGNORECASE)
    return following is not None and not _FILLER.fullmatch(following[1])
