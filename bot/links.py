"""Deep links that lead to one thing and cannot be made up: kind, id and a short signature."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

_PAYLOAD = re.compile(r"([a-z]{1,8})_([0-9a-z]{1,13})_([A-Za-z0-9-]{11})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Links:
    """Called with a kind and an id it gives the address people share; `read` takes its payload apart.

    `inline`: the bot may be called in any chat, so that a thing can be shared as a card of its own.
    """

    bot_username: str
    secret: bytes
    inline: bool = False

    def __call__(self, kind: str, subject: int) -> str:
        return f"{self.chat}?start={self.payload(kind, subject)}"

    @property
    def chat(self) -> str:
        """The private chat with the bot."""
        return f"https://t.me/{self.bot_username}"

    def payload(self, kind: str, subject: int) -> str:
        """At most 64 characters of those Telegram allows, e.g. `p_4fzyo82mvyk0_Yq3…`."""
        said = f"{kind}_{_spell(subject)}"
        return f"{said}_{self._signature(said)}"

    def read(self, payload: str) -> tuple[str, int] | None:
        """(kind, id), or None for what this secret has not signed."""
        match = _PAYLOAD.fullmatch(payload)
        if match is None:
            return None
        kind, subject, signature = match.groups()
        if not hmac.compare_digest(self._signature(f"{kind}_{subject}"), signature):
            return None
        return kind, int(subject, 36)

    def _signature(self, said: str) -> str:
        digest = hmac.new(self.secret, f"start:{said}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest)[:11].decode().replace("_", "-")


def _spell(number: int) -> str:
    spelled = ""
    while number:
        number, digit = divmod(number, 36)
        spelled = _DIGITS[digit] + spelled
    return spelled or "0"
