"""What there is to be said about the settings and the disk without telling any secret."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Setup:
    """Names of settings and of files, never what is in them.

    `weak`: secrets that can be guessed; `plain`: addresses without encryption; `halves`: payment methods that lack
    some of their secrets; `no_wechat_payouts`: WeChat takes payments, but can't pay providers;
    `exposed`: files that others on the machine can read.
    """

    sandbox: bool
    weak: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    halves: tuple[tuple[str, tuple[str, ...]], ...] = ()
    on_trial: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    same_keys: bool = False
    to_the_net: bool = False
    debugging: bool = False
    demo: bool = False
    payouts: bool = True
    no_wechat_payouts: bool = False
    database: str = ""
    risky_database: bool = False
    free: int = 0


class Surroundings(Protocol):
    def look(self) -> Setup: ...

    def close(self) -> None:
        """What others can read is for the owner's eyes alone from now on."""


class Plumbing(Protocol):
    """See db/inbox.py."""

    async def parked_since(self, *, at: int) -> int:
        """Updates that nobody could work, set aside since then (milliseconds)."""
