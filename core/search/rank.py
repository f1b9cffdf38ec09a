"""Which provider stands before which: a mean that trusts many reviews more than one."""

WEIGHT = 8
MEAN = 4.5
BEST = 5.0
MOST_BONUS = 10
"""So little that stars people can see, which have one decimal, are never turned round."""
STEPS = 1_000_000


def bayesian_mean(*, total: float, count: int, mean: float = MEAN, weight: int = WEIGHT) -> float:
    """The stars to expect: `weight` imagined reviews of the city's mean beside the real ones."""
    return (weight * mean + total) / (weight + count)


def rank(
    *, total: float, count: int, mean: float = MEAN, weight: int = WEIGHT, bonus: int = 0
) -> int:
    """The place in the order by rating, lower is better: 0 would be five stars for ever.

    `count` is how many reviews there are, `total` the sum of their stars; a review of several
    dimensions counts once, by its mean. `bonus`: hundredths of a star for the level, never more than ten.
    """
    stars = bayesian_mean(total=total, count=count, mean=mean, weight=weight)
    return round((BEST - stars - min(bonus, MOST_BONUS) / 100) * STEPS)


def hundredths(*, total: float, count: int) -> int:
    """The plain mean people see, in hundredths of a star; 0 while there is no review."""
    return round(100 * total / count) if count else 0
