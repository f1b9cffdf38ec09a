"""Who bears what is given back: the provider his part and the platform its commission, or the platform all. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Borne:
    """An amount by who bears it, in minor units; `commission` is what the platform no longer keeps of the provider."""

    by_provider: int = 0
    commission: int = 0
    by_platform: int = 0

    @property
    def amount(self) -> int:
        return self.by_provider + self.commission + self.by_platform

    def figures(self) -> dict[str, int]:
        return {
            "by_provider": self.by_provider, "commission": self.commission,
            "by_platform": self.by_platform,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stake:
    """What a settled visit brought: `left` can still go back the way it was paid, `net` is what the provider still has
    of it, `gross` and `commission` are of its price.
    """

    left: int
    net: int = 0
    gross: int = 0
    commission: int = 0

    def borne(self, *, amount: int, by_provider: bool) -> Borne:
        """Money that goes back: of a provider's share never more than he has, nor than would be given.

        What a coupon took off was paid by the platform and does not go back: his share of it stays with him.
        """
        if not by_provider or not self.gross:
            return Borne(by_platform=amount)
        commission = min(amount, amount * self.commission // self.gross)
        his = min(amount - commission, max(0, self.net))
        if not his:
            return Borne(by_platform=amount)
        return Borne(his, commission, amount - commission - his)

    def forfeits(self, *, amount: int, by_provider: bool) -> int:
        """What the provider gives up for something that is no money back."""
        return min(amount, max(0, self.net)) if by_provider else 0
