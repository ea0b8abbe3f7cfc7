"""The answer: a range over models, what each model says, and what cannot be known.

    answer = estimate(overlaps, seed=1)
    answer.low, answer.high

Never one number: intervals of a single model lie as soon as people differ in how hard they are to
reach (Whitehead and others 2019; Aleshin-Guendel and others 2021). The range goes from the lowest
to the highest end of the 95 % intervals of all models that the table supports.
"""

from dataclasses import dataclass

from wayout.registry.estimate.resampling import Clerical

LEAST_REPEATED = 7
"""Fewest people on more than one list: below, the estimate is biased (Robson and Regier 1964)."""

SUPPORTED = 10.0
"""Models worse than the best over pairs by more have practically no support (Burnham and Anderson
2002). Models of unequal people may be better than that one; it stays in the range all the same."""

CLOSE = 4.0
"""Models no worse than this have good support: if one of them has no upper end, there is none."""


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What one model, or an average of models, says of the whole population.

    ``high`` is None where the table does not bound it. ``supported`` models make the range.
    ``behind`` is how far the model's criterion (QAIC) lies behind the best model over pairs.
    """

    model: str
    low: float
    estimate: float | None
    high: float | None
    behind: float
    supported: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """How many there are, those on no list included; ``counted`` are on at least one.

    ``low`` and ``high`` are None where the estimate is refused; ``refused`` says why.
    ``known`` is false where the table cannot bound the answer, whatever the range shows.
    """

    lists: tuple[str, ...]
    counted: int
    low: float | None
    high: float | None
    known: bool
    models: tuple[ModelAnswer, ...]
    warnings: tuple[str, ...]
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What is supposed, and how long is computed.

    ``family_size`` is for tables alone: how many come to a list together on average.
    ``hard_share`` and ``hard_factor`` bound what the table does not exclude: at most so large a
    share of the people has odds to be listed smaller by at most this factor.
    """

    seed: int = 0
    num_draws: int = 200
    family_size: float = 1.0
    hard_share: float = 1 / 3
    hard_factor: float = 0.1
    clerical: Clerical | None = None
