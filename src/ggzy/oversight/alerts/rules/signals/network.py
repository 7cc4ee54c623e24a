"""网络与时间信号: from where sealed bids and documents were carried, and uploads in a burst."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from itertools import combinations

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.rules.signals.pairing import CLUE, Signal, masked
from ggzy.oversight.alerts.values import Evidence, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid
from ggzy.trading.dossier.values.traces import Visited

FAMILY = "network"
ALONE = "多家单位共用办公楼、产业园区出口或者代理时也会相同，单独不足以认定。"
WORDS = {"upload": "上传投标文件", "download": "获取招标文件"}


@lru_cache(maxsize=4096)
def network(address: str) -> str:
    """网络: an IPv4 address whole, of IPv6 the first 64 bits; empty for what says nothing of a network."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback or found.is_unspecified or found.is_link_local:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def is_within(address: str, networks: str) -> bool:
    """Whether an address lies in one of these networks, written with commas between them."""
    try:
        found = ip_address(address)
        return any(
            found in ip_network(one.strip(), strict=False) for one in networks.split(",") if one.strip()
        )
    except ValueError:
        return False


def onsite(record: LotRecord, networks: str) -> frozenset[CreditCode]:
    """在交易中心现场办理的: all of whose uploads came from the centre's own networks."""
    uploads = [visit for visit in record.visits if visit.act == "upload"]
    parties = {visit.party for visit in uploads}
    away = {visit.party for visit in uploads if not is_within(visit.address, networks)}
    return frozenset(parties - away)


def same_upload(record: LotRecord, params: Params) -> Iterator[Signal]:
    """上传网络相同, two bidders within so many minutes; or the same browser at any time."""
    near = timedelta(minutes=int(params["minutes"]))
    yield from _same(record, "upload", "B05", Decimal("0.35"), params, near)


def same_download(record: LotRecord, params: Params) -> Iterator[Signal]:
    """下载网络或浏览器相同."""
    yield from _same(record, "download", "B06", Decimal("0.25"), params, None)


def _same(
    record: LotRecord, act: str, code: str, weight: Decimal, params: Params, near: timedelta | None
) -> Iterator[Signal]:
    names = _bidders(record)
    visits = [
        visit
        for visit in record.visits
        if visit.act == act and visit.party in names and not is_within(visit.address, str(params["onsite"]))
    ]
    crowded = _crowded(visits, int(params["crowd"]))
    for one, other in combinations(sorted(names), 2):
        ours = [visit for visit in visits if visit.party == one]
        theirs = [visit for visit in visits if visit.party == other]
        found = next(
            ((a, b, how) for a in ours for b in theirs if (how := _alike(a, b, crowded, near))),
            None,
        )
        if found is not None:
            a, b, how = found
            stronger = weight + Decimal("0.25") if how == "浏览器" else weight
            yield Signal(
                code,
                FAMILY,
                (str(one), str(other)),
                f"{names[one]}、{names[other]}{WORDS[act]}使用同一{how}，相隔 {_apart(a, b)}。{ALONE}{CLUE}",
                (_row(names[one], a, act), _row(names[other], b, act)),
                stronger,
            )


def _bidders(record: LotRecord) -> dict[CreditCode, str]:
    return {bid.bidder: bid.name for bid in record.bids if bid.state in ("submitted", "opened", "not_opened")}


def _crowded(visits: Sequence[Visited], limit: int) -> frozenset[str]:
    """Networks that so many parties use that they say nothing of two of them."""
    users: dict[str, set[CreditCode]] = {}
    for visit in visits:
        users.setdefault(network(visit.address), set()).add(visit.party)
    return frozenset(place for place, some in users.items() if len(some) >= limit)


def _alike(a: Visited, b: Visited, crowded: frozenset[str], near: timedelta | None) -> str:
    if a.mark and a.mark == b.mark:
        return "浏览器"
    place = network(a.address)
    is_near = near is None or abs(a.at - b.at) <= near
    return "网络地址" if place and place == network(b.address) and place not in crowded and is_near else ""


def _row(name: str, visit: Visited, act: str) -> Evidence:
    at = visit.at.astimezone(BEIJING)
    mark = f"，浏览器标记尾号 {visit.mark[-4:].upper()}" if visit.mark else ""
    text = f"{at:%Y-%m-%d %H:%M:%S} {WORDS[act]}，地址 {masked(visit.address)}{mark}"
    return Evidence(name, text, height=visit.height)


def _apart(a: Visited, b: Visited) -> str:
    seconds = int(abs(a.at - b.at).total_seconds())
    return f"{seconds} 秒" if seconds < 60 else f"{seconds // 60} 分钟"


def burst(record: LotRecord, params: Params) -> Iterator[Signal]:
    """集中递交: so many bids within a minute, and most of the lot's: where hundreds bid, crowds are usual."""
    bids = sorted((bid for bid in record.bids if bid.state != "late"), key=lambda bid: (bid.at, bid.bid))
    size, span = int(params["uploads_min"]), timedelta(seconds=int(params["seconds"]))
    found: list[Bid] = max(_windows(bids, span), key=len, default=[])
    if len(found) >= size and Decimal(len(found)) >= Decimal(params["share_min"]) * len(bids):
        seconds = int((found[-1].at - found[0].at).total_seconds())
        yield Signal(
            "B27",
            FAMILY,
            tuple(sorted(str(bid.bidder) for bid in found)),
            f"{len(bids)} 份投标文件中有 {len(found)} 份在 {seconds} 秒内递交。临近截止时集中递交也属常见，单独不足以认定。",
            tuple(
                Evidence(bid.name, f"{bid.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S} 递交", height=bid.height)
                for bid in found
            ),
            Decimal("0.2"),
        )


def _windows(bids: Sequence[Bid], span: timedelta) -> Iterator[list[Bid]]:
    """All bids within `span` after each of them."""
    end = 0
    for start, first in enumerate(bids):
        end = max(end, start)
        while end < len(bids) and bids[end].at - first.at <= span:
            end += 1
        yield list(bids[start:end])
