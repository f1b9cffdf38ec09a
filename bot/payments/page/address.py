"""Signed addresses of our page: nobody looks at payments by trying numbers."""

import hmac
from hashlib import sha256


class Pages:
    """For one method. `secret` is a key we have for it anyway, so a new one makes old addresses void."""

    def __init__(self, *, public_url: str, method: str, secret: str) -> None:
        if not secret.strip():
            raise ValueError("no secret")
        self._base, self._method = public_url.rstrip("/"), method
        self._secret = secret.encode()

    def __call__(self, number: str) -> str:
        return f"{self._base}/pay/{self._method}/{number}?key={self._key(number)}"

    def right(self, *, number: str, key: str) -> bool:
        """Whether this key goes with this number."""
        return hmac.compare_digest(self._key(number).encode(), key.encode(errors="replace"))

    def _key(self, number: str) -> str:
        said = f"pay page {self._method} {number}".encode()
        return hmac.new(self._secret, said, sha256).hexdigest()[:32]
