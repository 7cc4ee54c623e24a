"""评审数据: what the arithmetic takes in and what comes out, so that anyone can repeat it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ggzy.kernel.verdict import Verdict
from ggzy.trading.evaluation.values.scheme import ZERO, Scheme


@dataclass(frozen=True, kw_only=True)
class Measure:
    """调整因素量值: one measured fact of one bid, as 380 days."""

    bid: str
    code: str
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Entry:
    """参评投标. One opened bid as the arithmetic sees it.

    `price` is the comparison price after correction: yuan, or a rate read so that less is better; None
    where the price is a sentence. `adjustment` is added for comparison only.
    """

    bid: str
    price: Decimal | None
    passed: bool = True
    adjustment: Decimal = ZERO

    @property
    def evaluated(self) -> Decimal | None:
        """评审价: the price with its adjustments."""
        return None if self.price is None else self.price + self.adjustment


@dataclass(frozen=True, kw_only=True)
class Mark:
    """打分. One member's points for one bid, in the order of the criteria scored by hand."""

    bid: str
    points: tuple[Decimal, ...]


@dataclass(frozen=True, kw_only=True)
class Note:
    """打分说明: the member's reason for points far from the others'."""

    bid: str
    criterion: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """评分表. One member, one sheet: all bids that passed the preliminary review."""

    seat: int
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Coefficient:
    """抽中的系数."""

    name: str
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Contest:
    """评审输入. Everything the result depends on, and nothing else.

    `tie_order` lists bids in the order the documents' draw gave them, where bids were equal. `entered` are
    the bids of a benchmark already announced: a frozen one is taken over them even if one fell out since.
    """

    scheme: Scheme
    entries: tuple[Entry, ...]
    sheets: tuple[Sheet, ...] = ()
    coefficients: tuple[Coefficient, ...] = ()
    tie_order: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()

    def coefficient(self, name: str) -> Decimal | None:
        return next((item.value for item in self.coefficients if item.name == name), None)


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """评标基准价. `mean` and `base` are published with 8 decimals; the arithmetic keeps them exact."""

    entered: tuple[str, ...]
    dropped_low: tuple[str, ...]
    dropped_high: tuple[str, ...]
    mean: Decimal
    base: Decimal


@dataclass(frozen=True, kw_only=True)
class Result:
    """评审结果. Points per criterion in the scheme's order, two decimals, half up.

    `deviation` is in per cent of the benchmark, four decimals. Equal ranks mean an unresolved tie.
    """

    bid: str
    rank: int
    total: Decimal
    points: tuple[Decimal, ...]
    evaluated: Decimal | None
    deviation: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """评审结论: ranked results; `ties` are the groups that no rule of the documents has separated."""

    results: tuple[Result, ...]
    benchmark: Benchmark | None = None
    ties: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """评标方法: one module of `scoring/`. `flaws` judges a scheme, `rank` gives the outcome of a contest."""

    code: str
    name: str
    article: str
    flaws: Callable[[Scheme], Verdict]
    rank: Callable[[Contest], Outcome]
