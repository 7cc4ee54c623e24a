"""激励与惩戒的值: what follows from an entry or a grade, each effect on its own law."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ggzy.kernel.money import Money


class EffectKind(StrEnum):
    """措施种类."""

    REWARD = "reward"  # 守信激励
    SANCTION = "sanction"  # 失信惩戒

    @property
    def label(self) -> str:
        return {"reward": "守信激励", "sanction": "失信惩戒"}[self.value]


class Measure(StrEnum):
    """措施作用于."""

    DEPOSIT = "deposit"  # 保证金: a share more or less
    INSPECTION = "inspection"  # 抽查: how many tickets in a draw
    SERVICE = "service"  # 服务: told to the desk
    HONOUR = "honour"  # 评优: told to whoever awards


class LawSource(StrEnum):
    """法律依据怎样核对."""

    TEXT = "text"  # the article was read in full
    MEMORY = "memory"  # commonly cited; the region checks it

    @property
    def label(self) -> str:
        return {"text": "已对照原文", "memory": "待对照原文"}[self.value]


@dataclass(frozen=True)
class Effect:
    """措施. Follows from a grade, from an entry of a gravity, or from a reward on record."""

    code: str
    name: str
    kind: EffectKind
    measure: Measure
    article: str
    source: LawSource
    grades: tuple[str, ...] = ()
    gravities: tuple[str, ...] = ()
    rewarded: bool = False
    rate: Decimal = Decimal(1)


@dataclass(frozen=True)
class Applied:
    """适用的措施, and the entry or grade it rests on: none without one."""

    effect: Effect
    entry: str
    because: str


@dataclass(frozen=True)
class Reckoned:
    """按信用核定的金额, and the effect that moved it; None where none did."""

    amount: Money
    applied: Applied | None = None
