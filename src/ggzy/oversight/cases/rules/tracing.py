"""倒查的规则: who did how much, which documents are named, which devices and networks were seen. Pure."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.values.tracing import Act, DeviceTrace, Doer
from ggzy.trading.dossier.values.record import LotRecord

DIGEST = re.compile(r"(sha256|sm3):[0-9a-f]{64}")


def doers(acts: Sequence[Act]) -> tuple[Doer, ...]:
    """经手人, in the order they first acted."""
    by: dict[tuple[str, str, str], list[Act]] = {}
    for act in acts:
        by.setdefault((act.person, act.organisation, act.role), []).append(act)
    return tuple(
        Doer(*who, tuple(one.height for one in done), done[0].at, done[-1].at) for who, done in by.items()
    )


def digests(body: object) -> Iterator[str]:
    """文件摘要 anywhere in the body of a fact."""
    if isinstance(body, str):
        if DIGEST.fullmatch(body):
            yield body
    elif isinstance(body, Mapping):
        for value in body.values():
            yield from digests(value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from digests(value)


def devices(record: LotRecord | None) -> tuple[DeviceTrace, ...]:
    """设备和网络: what the machines said of themselves when bids were made, sent and documents fetched."""
    if record is None:
        return ()
    bidders = {bid.bid: bid.bidder for bid in record.bids}
    found = [
        DeviceTrace(bidders[trace.bid], "制作设备", _told(trace.device), trace.at, trace.height)
        for trace in record.traces
        if trace.device is not None and trace.bid in bidders
    ]
    found += [
        DeviceTrace(visit.party, visit.act, f"网络 {visit.address}", visit.at, visit.height)
        for visit in record.visits
    ]
    return tuple(sorted(found, key=lambda one: one.height))


def named(one: DeviceTrace, names: Mapping[CreditCode, str]) -> DeviceTrace:
    """设备痕迹 with the bidder's name."""
    return one.called(names.get(one.bidder, str(one.bidder)))


def _told(device: Any) -> str:
    told = {field.name: getattr(device, field.name) for field in dataclasses.fields(device)}
    return "；".join(f"{name} {value}" for name, value in told.items() if value)
