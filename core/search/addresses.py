"""Whether typed words are an address: a street, an estate or a door with its number, and what else they say.

What is left beside those may still ask for a service (“ac repair 200 People Ave”): who knows the services can tell.
"""

import re

from core.search.normal import HAN, normalise

# A door of its own: 3号楼, 8栋, 502室. After a street a mere 号 or 楼 is one, too.
_COUNT = r"(?:[a-z]?\d+[a-z]?|[一二三四五六七八九十百零〇两]{1,4}|[甲乙丙丁a-d]) ?"
_HAN_DOOR = re.compile(rf"{_COUNT}(?:号楼|号院|栋|幢|座|单元|室|弄)")
_HAN_NUMBER = re.compile(rf"{_COUNT}(?:号楼|号院|栋|幢|座|单元|室|弄|支弄|号|楼|层|期|区|门)|\d+")
_STREET_HAN = rf"[{HAN}]{{2,}}(?:大道|路|街|巷|胡同|弄)"
_ESTATE_HAN = rf"[{HAN}]{{2,}}(?:小区|花园|公寓|大厦|新村|家园|花苑|公馆|写字楼)"
_HAN_STREET = re.compile(rf"{_STREET_HAN}(?= ?\d|$)|{_ESTATE_HAN}")

_NUMBER = r"(?:no\.? ?|#)?\d+[a-z]?(?:[-/]\d+[a-z]?)?"
_NAME, _WORDS = "[a-z']+", "(?:[a-z']+ ){1,3}[a-z']+"
_SURE = "(?:street|st|road|rd|avenue|ave|lane|boulevard|blvd|lu|jie|dadao|dajie|xiang)"
_STREET = rf"(?:{_SURE}|drive|dr|court|ct|square|sq|highway|hwy|alley|terrace|crescent)"
_HOUSE = "(?:building|bldg|block|flat|apartment|apt|unit|room|rm|suite|floor|lane|tower|house|entrance|villa)"
_DOOR = re.compile(
    rf"\b{_HOUSE}\.? ?(?:{_NUMBER}|[a-d])\b"
    r"|\b\d+(?:st|nd|rd|th)? ?(?:floor|fl?|hao|dong|lou|shi|danyuan|nong|long)\b"
)
# A name of one word is a name whatever it means (“7 Clean Street”); of several it is looked at.
_STREETS = re.compile(
    rf"\b{_NUMBER} {_NAME} {_SURE}\b\.?"
    rf"|\b{_NUMBER} (?P<name>{_NAME}|{_WORDS}) {_STREET}\b\.?"
    rf"|(?P<before>{_NAME}|{_WORDS}) {_STREET}\b\.?,? {_NUMBER}(?: hao)?\b"
)


def beside_doors(text: str) -> str | None:
    """What an address says beside its numbers and doors; None where the words are none, or a question."""
    said = " ".join(normalise(text).replace("\u2019", "'").split()).rstrip(" ,.!、。")
    signs = (_STREETS, _DOOR, _HAN_DOOR, _HAN_STREET)
    if "?" in said or not any(sign.search(said) for sign in signs):
        return None
    named = _STREETS.sub(lambda street: f" {street['name'] or street['before'] or ''} ", said)
    return " ".join(_HAN_NUMBER.sub(" ", _DOOR.sub(" ", named)).split())
