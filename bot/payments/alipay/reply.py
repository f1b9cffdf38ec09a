"""What Alipay answered: taken from the very bytes it signed, and only if it did."""

import json
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from bot.payments.alipay.signing import good
from core.payments.method import NoAnswer

OK: Final = "10000"
_BLANK: Final = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """A verified answer. `why` is Alipay's own code of a failure, empty for a success."""

    code: str
    why: str
    body: dict[str, Any]

    @property
    def ok(self) -> bool:
        return self.code == OK

    def text(self, name: str) -> str:
        value = self.body.get(name)
        return value if isinstance(value, str) else ""


def read_reply(*, raw: bytes, method: str, key: RSAPublicKey) -> Reply:
    """Raises NoAnswer for what Alipay did not sign: it may have done what was asked, or not."""
    try:
        parts = _parts(raw.decode())
        signature = json.loads(parts["sign"])
        signed = parts.get(f"{method.replace('.', '_')}_response") or parts["error_response"]
        body = json.loads(signed)
    except (ValueError, KeyError, IndexError, RecursionError) as error:
        raise NoAnswer from error
    fits = isinstance(signature, str) and isinstance(body, dict)
    if not fits or not good(data=signed.encode(), signature=signature, key=key):
        raise NoAnswer
    code = str(body.get("code", ""))
    return Reply(code, "" if code == OK else str(body.get("sub_code", "")), body)


def _parts(text: str) -> dict[str, str]:
    """The members of the outermost object, each in its own spelling: a signature covers spelling, not meaning."""
    decoder, parts = JSONDecoder(), dict[str, str]()
    at = _skip(text, _mark(text, 0, "{"))
    while text[at] != "}":
        name, at = decoder.raw_decode(text, at)
        begin = _skip(text, _mark(text, at, ":"))
        _, at = decoder.raw_decode(text, begin)
        if not isinstance(name, str) or name in parts:
            raise ValueError("twice the same name")
        parts[name] = text[begin:at]
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return parts


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANK:
        at += 1
    return at


def _mark(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if text[at] != mark:
        raise ValueError("not an object")
    return at + 1
