"""Key pairs of the stand-ins and their shops: made once, and kept so that they are the same at every start."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One side's key, as PEM."""

    private: str
    public: str


def new_pair() -> Pair:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Pair(private.decode(), public.decode())


def kept_in(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was made at the first start, pairs as such again."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(make()), "utf-8")
    known = json.loads(path.read_text("utf-8"))
    return {
        name: Pair(**value) if isinstance(value, dict) else value for name, value in known.items()
    }
