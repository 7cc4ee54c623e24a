"""竞价阶梯: the arithmetic of steps. It counts in gain, the distance travelled from the start.

Ascending and reverse contests are one: a gain is units above the start price in the first, units below
it in the second. So a rule written in gain holds for both.
"""

from dataclasses import dataclass

from ggzy.trading.auctions.values.amounts import Amount, Measure


@dataclass(frozen=True)
class Rung:
    """阶梯: from a gain of `beyond` units on, one step is `step` units."""

    beyond: int
    step: int


@dataclass(frozen=True)
class Steps:
    """增价（降价）幅度: `step` units each time; `ladder` changes it as the price moves on.

    `is_exact`: an offer stands on a rung, a whole number of steps from the start. `leap_max`: how many
    steps a single offer may take; None leaves it open.
    """

    step: int
    ladder: tuple[Rung, ...] = ()
    is_exact: bool = True
    leap_max: int | None = None

    def at(self, gain: int) -> int:
        """The step that applies at this gain."""
        step = self.step
        for rung in self.ladder:
            if gain < rung.beyond:
                break
            step = rung.step
        return step

    def edge(self, gain: int) -> int:
        """Where the band that holds this gain begins."""
        edge = 0
        for rung in self.ladder:
            if gain < rung.beyond:
                break
            edge = rung.beyond
        return edge


@dataclass(frozen=True)
class Scale:
    """阶梯: from `start` in steps, upwards (`sign` 1) or downwards (−1), no further than a gain of `cap`."""

    measure: Measure
    start: int
    sign: int
    steps: Steps
    cap: int | None = None

    def gain(self, amount: Amount) -> int:
        """The distance of an amount from the start; negative on the wrong side of it."""
        return self.sign * (amount.units - self.start)

    def amount(self, gain: int) -> Amount:
        """The amount at a gain."""
        return Amount(self.measure, self.start + self.sign * gain)

    def least_after(self, gain: int | None) -> int:
        """最低可报: the least gain that beats this one. The last step to the cap may be shorter."""
        if gain is None:
            return 0
        least = gain + self.steps.at(gain)
        return self.cap if self.cap is not None and gain < self.cap < least else least

    def is_rung(self, gain: int) -> bool:
        """Whether a gain stands on the ladder; the cap always does."""
        return gain == self.cap or (gain - self.steps.edge(gain)) % self.steps.at(gain) == 0

    def rung_from(self, gain: int) -> int:
        """The lowest rung that is not below this gain."""
        edge, step = self.steps.edge(gain), self.steps.at(gain)
        rung = edge - (edge - gain) // step * step
        return self.cap if self.cap is not None and gain <= self.cap < rung else rung

    def rung_before(self, gain: int) -> int:
        """The highest rung below this gain."""
        below = gain - 1
        edge, step = self.steps.edge(below), self.steps.at(below)
        return edge + (below - edge) // step * step
