"""Seals accounts of providers: authenticated encryption under the first key, opened by any key that is still named."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class FernetVault:
    """Implements core.ports.Vault. Put a new key first to change it; the old ones still open what they sealed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        return self._keys.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return self._keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return ""
