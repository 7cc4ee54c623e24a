"""监管事项办理的值: each time a power was exercised."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode


@dataclass(frozen=True)
class Exercise:
    """监管事项办理 (数据集 400): one exercise of a power, read off the fact it left."""

    power: str
    item: str
    basis: str
    step: str
    lot: LotCode | None
    lot_title: str
    region: RegionCode
    authority: str
    person: str
    opinion: str
    is_passed: bool
    is_public: bool
    at: datetime
    kind: str
    height: int
    organisation: CreditCode | None = None
