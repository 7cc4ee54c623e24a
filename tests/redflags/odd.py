"""Made-up releases as real publishers write them: mostly right, now and then with a field missing or of another type."""

import json
import random
from typing import Any

WRONG: tuple[Any, ...] = (None, 5, 1.5, True, "", [], {}, "x", "中", [None], [[]], -1, 0, 1e300, 10**25)
MOMENTS = (
    "2025-03-01T00:00:00.999Z", "2025-02-30T00:00:00Z", "2025-03-01", "2025-03-01T00:00:00", "2025-03-01t00:00:00z",
    "2025-03-16T00:00:00-00:00", "2025-03-15T23:59:60Z", "2025-03-16T24:00:00Z", "0000-01-01T00:00:00Z",
)  # fmt: skip
BID_STATUSES = ["valid"] * 5 + ["disqualified"] * 2 + ["pending", "invited", "withdrawn", "other"]
AWARD_STATUSES = ["active"] * 5 + ["cancelled", "unsuccessful", "pending"]


class Odd:
    """A publisher: `oddness` is how often something is wrong, `bidders` how many there are."""

    def __init__(self, seed: int, oddness: float, bidders: int, repeated: float = 0) -> None:
        self.chance = random.Random(seed)
        self.oddness = oddness
        self.bidders = bidders
        self.repeated = repeated

    def lines(self, count: int) -> list[str]:
        """So many releases, and some lines that are none."""
        return [self._spoiled(json.dumps(self.release(place), ensure_ascii=False)) for place in range(count)]

    def release(self, place: int) -> dict[str, Any]:
        some = self.chance
        name = some.randrange(place + 1) if some.random() < self.repeated else place
        return self._object(
            ocid=f"ocds-{name}",
            buyer=self._object(id=f"B{some.randrange(4)}"),
            tender=self._object(
                status=some.choice(["complete"] * 9 + ["cancelled"]),
                procurementMethod=some.choice(["open", "selective", "limited", "direct"]),
                procurementMethodDetails=some.choice(["A", "B", "C", "紧急"]),
                numberOfTenderers=some.choice([1, 1, 2, 3, 1.0]),
                tenderPeriod=self._object(startDate=self._moment(), endDate=self._moment()),
                procuringEntity=self._object(id=f"E{some.randrange(4)}"),
            ),
            bids=self._object(details=[self._maybe(self._bid()) for _ in range(some.randrange(6))]),
            awards=[self._maybe(self._award()) for _ in range(some.choice([1, 1, 1, 1, 2, 0, 3]))],
        )

    def _bid(self) -> dict[str, Any]:
        some = self.chance
        return self._object(
            id="1",
            date=self._moment(),
            status=some.choice(BID_STATUSES),
            tenderers=self._parties([1, 1, 1, 1, 1, 2, 3, 0]),
            value=self._object(amount=self._amount(), currency=some.choice(["CNY"] * 9 + ["USD"])),
        )

    def _award(self) -> dict[str, Any]:
        some = self.chance
        kinds = ["4210", "42", "1", "", "5511", "中文码", "990"]
        return self._object(
            id="a",
            status=some.choice(AWARD_STATUSES),
            suppliers=self._parties([1, 1, 1, 1, 2, 0]),
            items=[
                self._maybe(self._object(classification=self._object(id=some.choice(kinds))))
                for _ in range(some.randrange(4))
            ],
        )

    def _parties(self, counts: list[int]) -> list[Any]:
        names = [f"T{self.chance.randrange(self.bidders)}" for _ in range(self.chance.choice(counts))]
        return [self._maybe(self._object(id=name, name="虚构公司")) for name in names]

    def _amount(self) -> float:
        some = self.chance
        near = [
            some.randrange(1, 6) * 100,
            round(some.uniform(90, 110), 2),
            some.randrange(100, 130),
            100,
            100.0,
        ]
        return some.choice([*near, -5, 0.1, some.random() * 1e6])

    def _moment(self) -> str:
        some = self.chance
        day, hour = some.randrange(1, 29), some.randrange(24)
        plain = f"2025-0{some.randrange(1, 9)}-{day:02}T{hour:02}:00:00Z"
        shifted = f"2025-03-{day:02}T23:59:59+0{some.randrange(10)}:30"
        return some.choice([plain, shifted, *MOMENTS])

    def _object(self, **fields: Any) -> dict[str, Any]:
        kept = {}
        for name, value in fields.items():
            if self.chance.random() >= self.oddness * 1.5:
                kept[name] = self._maybe(value)
        return kept

    def _maybe(self, value: Any) -> Any:
        return self.chance.choice(WRONG) if self.chance.random() < self.oddness else value

    def _spoiled(self, line: str) -> str:
        draw = self.chance.random() / max(self.oddness, 1e-9)
        if draw < 0.5:
            return line[: self.chance.randrange(len(line))]
        if draw < 0.6:
            return ""
        return line.replace('"id"', '"id":"q","id"') if draw < 0.7 else line


def settings(seed: int) -> str:
    """A settings file that changes what it can."""
    some = random.Random(seed)
    told = [f"currency = {some.choice(['CNY', 'USD'])}"] if some.random() < 0.3 else []
    if some.random() < 0.2:
        told.append(f"no_price_comparison_procurement_methods = {some.choice(['A', 'A|B|', ''])}")
    if some.random() < 0.2:
        told.append(f"price_comparison_procurement_methods = {some.choice(['A', 'C||', '|'])}")
    if some.random() < 0.2:
        told.append(f"[exclusions]\nprocurement_method_details = {some.choice(['A', 'B|C', ''])}")
    if some.random() < 0.3:
        told.append("[R003.procurement_method_details]\nA = 5\n紧急 = 100")
    for code, keys in CHOICES.items():
        if some.random() < 0.85:
            told.append(f"[{code}]")
            told += [f"{key} = {some.choice(values)}" for key, values in keys.items() if some.random() < 0.35]
    return "\n".join(told) + "\n"


CHOICES: dict[str, dict[str, list[str]]] = {
    "R003": {
        "threshold": ["10", "0", "-5", "30", "on"],
        "procurement_methods": ["open", "open|selective", ""],
    },
    "R018": {"procurement_methods": ["open", "limited|direct", ""]},
    "R024": {"threshold": ["0.05", "0.5", "0", "-1", "1e-1", "inf"]},
    "R025": {"percentile": ["0", "25", "50", "100", "101"], "threshold": ["0.1", "0.5", "0", "1"]},
    "R028": {},
    "R030": {},
    "R035": {"threshold": ["0", "1", "2", "3"]},
    "R036": {},
    "R038": {
        "threshold": ["0.1", "0.5", "0", "1"],
        "minimum_submitted_bids": ["0", "1", "5"],
        "minimum_contracting_processes": ["0", "1", "20"],
    },
    "R048": {
        "digits": ["0", "1", "3", "10"],
        "threshold": ["0", "1", "2"],
        "minimum_contracting_processes": ["0", "1", "2"],
    },
    "R058": {"threshold": ["0.05", "0.5", "0", "-1"]},
}
