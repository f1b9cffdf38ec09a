"""Signed addresses of these pages: who tries tokens or numbers finds nothing. Implements core's PayeePages."""

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from core.payouts.binding import Address

BASE: Final = "/payee/wechat"
KEY_DIGITS: Final = 32


class Payees:
    """`secret` is the app's; `code` makes of an address what WeChat is to scan, which is the address itself."""

    def __init__(
        self, *, public_url: str, secret: str, code: Callable[[str], str] = lambda url: url
    ) -> None:
        if not public_url or not secret.strip():
            raise ValueError("no secret")
        self._public, self._secret, self._code = public_url.rstrip("/"), secret.encode(), code

    def to_bind(self, token: str) -> Address:
        return self._at("bind", token)

    def to_confirm(self, number: str) -> Address:
        return self._at("confirm", number)

    @property
    def back(self) -> str:
        """Where WeChat leads whoever binds himself."""
        return f"{self._public}{BASE}/bound"

    def right(self, *, what: str, name: str, key: str) -> bool:
        """Whether this key goes with this page."""
        return hmac.compare_digest(self._key(what, name).encode(), key.encode(errors="replace"))

    def state(self, token: str) -> str:
        """The token with its key, as it goes to WeChat and comes back."""
        return token + self._key("state", token)

    def token(self, state: str) -> str:
        """The token in it; empty for a state that we did not give."""
        token, key = state[:-KEY_DIGITS], state[-KEY_DIGITS:]
        return token if token and self.right(what="state", name=token, key=key) else ""

    def _at(self, what: str, name: str) -> Address:
        url = f"{self._public}{BASE}/{what}/{name}?key={self._key(what, name)}"
        return Address(url, self._code(url))

    def _key(self, what: str, name: str) -> str:
        said = f"payee page {what} {name}".encode()
        return hmac.new(self._secret, said, sha256).hexdigest()[:KEY_DIGITS]
