"""Releases for the bench of red flags: made up, each process with a name of its own, as many megabytes as asked for."""

import json
import random
from pathlib import Path
from typing import Any

MEGABYTE = 10**6
SUPPLIERS, BUYERS = 4000, 60


def written(path: Path, megabytes: int) -> int:
    """Writes a file of about so many megabytes; how many releases it holds."""
    chance = random.Random(megabytes)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        size = 0
        while size < megabytes * MEGABYTE:
            line = json.dumps(release(chance, count), ensure_ascii=False) + "\n"
            file.write(line)
            size += len(line.encode())
            count += 1
    return count


def release(chance: random.Random, place: int) -> dict[str, Any]:
    """One process with up to seven bids near one price, one winner, and now and then something to flag."""
    estimate = chance.uniform(2e5, 8e6)
    bidders = [_party(chance.randrange(SUPPLIERS)) for _ in range(chance.randrange(1, 8))]
    bids = [_bid(chance, number, bidder, estimate) for number, bidder in enumerate(bidders)]
    winner = min(
        (bid for bid in bids if bid["status"] == "valid"),
        key=lambda bid: bid["value"]["amount"],
        default=bids[0],
    )
    kind = {"scheme": "UNSPSC", "id": f"{chance.randrange(10**7, 10**8)}"}
    buyer = {"id": f"B{place % BUYERS}", "name": f"虚构采购人{place % BUYERS}"}
    return {
        "ocid": f"ocds-invented-{place:08}",
        "id": "1",
        "date": "2025-04-01T00:00:00Z",
        "tag": ["compiled"],
        "language": "zh",
        "initiationType": "tender",
        "parties": [*({**bidder, "roles": ["tenderer"]} for bidder in bidders), {**buyer, "roles": ["buyer"]}],
        "buyer": buyer,
        "tender": {
            "id": str(place),
            "title": f"虚构项目{place}",
            "status": "complete",
            "procurementMethod": chance.choice(["open", "selective", "limited"]),
            "procurementMethodDetails": "公开招标",
            "tenderPeriod": {"startDate": "2025-03-01T00:00:00Z", "endDate": f"2025-03-{chance.randrange(4, 30):02}T09:00:00Z"},
            "procuringEntity": buyer,
            "numberOfTenderers": len(bids),
            "items": [{"id": "1", "description": "货物", "classification": kind, "quantity": 1}],
        },
        "bids": {"details": bids},
        "awards": [
            {
                "id": "a1",
                "status": "active",
                "date": "2025-04-01T00:00:00Z",
                "suppliers": winner["tenderers"],
                "value": winner["value"],
                "items": [{"id": "1", "classification": kind}],
            }
        ],
        "contracts": [{"id": "c1", "awardID": "a1", "status": "active", "value": winner["value"]}],
    }  # fmt: skip


def _party(number: int) -> dict[str, Any]:
    return {"id": f"CN-INVENTED-{number:05}", "name": f"虚构供应商{number}"}


def _bid(chance: random.Random, number: int, bidder: dict[str, Any], estimate: float) -> dict[str, Any]:
    amount = round(estimate * chance.uniform(0.85, 1.0), chance.choice([2, 2, -4]))
    return {
        "id": str(number),
        "date": f"2025-03-{chance.randrange(1, 30):02}T10:00:00Z",
        "status": "disqualified" if chance.random() < 0.15 else "valid",
        "tenderers": [bidder],
        "value": {"amount": amount, "currency": "CNY"},
    }
