"""Which digits of a folded text are a telephone number: by their pattern, not by their mere length."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.ids import read_order_number

AS_DIGITS = str.maketrans("零〇一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0012234567891123456789")
_RUN = re.compile(r"\+?\s?\(?\d(?:[\s.\-–—―_*/,、·|~()#]{0,3}\d)*")
_MOBILE = re.compile(r"(?:(?:00)?86)?0?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:(?:00)?86)?0(?:(?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})")
_HOTLINE = re.compile(r"[48]00\d{7}")
_BRITISH = re.compile(r"07\d{9}|020[378]\d{7}")
_ABROAD = re.compile(r"00[1-9]\d{8,13}")
_KNOWN = (_MOBILE, _LANDLINE, _HOTLINE, _BRITISH, _ABROAD)
_NEARLY = re.compile(r"1[3-9]\d{8}")  # a mobile number but for its last digit
_AMERICAN_SHAPES = {(3, 3, 4), (3, 7), (6, 4)}
_AMERICAN = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_TAIL = r"(?:号码?|number|me|us|him|her|on|at|is|:|\s|是|给|我|这个|no\.?)*$"
_ASKED = re.compile(
    rf"(?:电话|手机|(?<!订单)号码|联系|打给|致电|拨打?|座机|短信|\bcall|\bphone|\btel|\bmobile|\bcell|\bring|\btext|\bsms){_TAIL}",
    re.IGNORECASE,
)
WORD = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_SPELLED = re.compile(
    rf"\b(?:(?:double|triple)\s+)?(?:{WORD}|\d)(?:[\s,.\-]+(?:(?:double|triple)\s+)?(?:{WORD}|\d)\b){{6,}}",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(WORD, re.IGNORECASE)
_ALIKE = re.compile(r"(?<![a-z0-9])[0-9oOlI]{11}(?![a-z0-9])")
_LOOKS_LIKE = str.maketrans("oOlI", "0011")
# How people break eleven digits; any other way needs one plain sign between equals.
_SHAPES = {
    (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4), (1, 3, 3, 4), (2, 3, 4, 4), (3, 3, 4),
}  # fmt: skip
MOST = 16

Span = tuple[int, int]
_Group = tuple[str, int, int]


def phones(text: str, *, spare: frozenset[str]) -> Iterator[Span]:
    """Spans of telephone numbers."""
    digits = text.translate(AS_DIGITS)
    for run in _RUN.finditer(digits):
        yield from _in_run(digits, run, spare)
    for found in _SPELLED.finditer(text):
        if len(_ONE_WORD.findall(found.group())) >= 4:
            yield found.span()
    for found in _ALIKE.finditer(text):
        if _MOBILE.fullmatch(found.group().translate(_LOOKS_LIKE)):
            yield found.span()


def _in_run(text: str, run: re.Match[str], spare: frozenset[str]) -> Iterator[Span]:
    """The longest numbers among neighbouring groups of digits."""
    groups = [
        (found.group(), run.start() + found.start(), run.start() + found.end())
        for found in re.finditer(r"\d+", run.group())
    ]
    first = 0
    while first < len(groups):
        last = next(
            (
                end
                for end in range(min(len(groups), first + MOST), first, -1)
                if _number(text, groups[first:end], spare)
            ),
            0,
        )
        if last:
            yield _with_sign(text, groups[first][1]), groups[last - 1][2]
        first = last or first + 1


def _with_sign(text: str, start: int) -> int:
    """From the plus or the bracket on."""
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _number(text: str, groups: Sequence[_Group], spare: frozenset[str]) -> bool:
    joined = "".join(digits for digits, _, _ in groups)
    if not 7 <= len(joined) <= MOST or joined in spare:
        return False
    if re.search(r"\+\s?\(?$", text[: groups[0][1]]):
        return len(joined) >= 8
    if not _broken_well(text, groups):
        return False
    if any(pattern.fullmatch(joined) for pattern in _KNOWN):
        return True
    if len(groups) > 2 and _AMERICAN.fullmatch(joined):
        return "-" in _between(text, groups) or "(" in _between(text, groups)
    return asked(text, groups[0][1]) and read_order_number(joined) is None


def asked(text: str, start: int) -> bool:
    """The words before these digits say that they are to be called."""
    return _ASKED.search(text[max(0, start - 24) : start]) is not None


def complete(digits: str, *, parts: Sequence[int], asked: bool, plus: bool) -> bool:
    """Whether digits that were told one after the other are a number; `parts` only where nothing else was told."""
    if not 7 <= len(digits) <= MOST:
        return False
    if any(pattern.fullmatch(digits) for pattern in _KNOWN):
        return True
    if parts and (_NEARLY.fullmatch(digits) or _of_america(digits, parts)):
        return True
    return (asked or (plus and len(digits) >= 8)) and read_order_number(digits) is None


def _of_america(digits: str, parts: Sequence[int]) -> bool:
    return tuple(parts) in _AMERICAN_SHAPES and _AMERICAN.fullmatch(digits) is not None


def _broken_well(text: str, groups: Sequence[_Group]) -> bool:
    """Broken by one sign throughout (or by spaces and dashes), as people break numbers."""
    shape = tuple(len(digits) for digits, _, _ in groups)
    if len(shape) == 1:
        return True
    signs = {sign for sign in _between(text, groups) if sign not in "()"}
    plain = signs <= {" ", "-"}
    if shape in _SHAPES or max(shape) == 1:
        return plain or (len(signs - {" "}) == 1 and _alike(text, groups))
    return plain and len(signs) <= 1 and min(shape) > 1


def _alike(text: str, groups: Sequence[_Group]) -> bool:
    """The same between any two."""
    return len({text[one[2] : other[1]].strip() for one, other in pairwise(groups)}) == 1


def _between(text: str, groups: Sequence[_Group]) -> str:
    """What stands between the groups, brackets before the first included."""
    gaps = [text[one[2] : other[1]] for one, other in pairwise(groups)]
    return text[max(0, groups[0][1] - 1) : groups[0][1]].strip() + "".join(gaps).replace("\n", " ")
