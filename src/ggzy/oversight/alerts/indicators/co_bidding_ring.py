"""结伴投标网络: pairs that meet more often than their own activity explains, joined into rings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts.rules import chance, meetings
from ggzy.oversight.alerts.values import (
    Evidence,
    Finding,
    Grade,
    Indicator,
    Kind,
    Note,
    Param,
    Params,
    Picture,
    Shape,
)
from ggzy.trading.dossier.values.record import LotRecord

NODES_MAX = 30
LOTS_MAX, LOTS_SHOWN = 300, 20
REACH = 2  # how many years after its own a lot is still seen: the window is at most as long
Pair = tuple[str, str]

INDICATOR = Indicator(
    code="N02",
    name="结伴投标网络",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(四)(五)",
    why="互为陪标的企业成对出现的次数，远多于各自投标次数所能解释的。",
    quiet="主营业务、资质等级和所在地相同的企业会看上同样的标段；集团内企业也会一起出现。",
    version=3,
    params=(
        Param("months", 12, "观察期（逐月滑动，最长 24 个月）", "监管模型库 B34 以年为周期", "个月"),
        Param("meetings_min", 4, "一对至少相遇几次", "本平台按真实开标校准", "次"),
        Param("times_min", 3, "相遇次数至少为期望的几倍", "监管模型库 B34 同类倍数", "倍"),
        Param("false_share", Decimal("0.01"), "误报比例上限（本雅明尼–霍赫贝格）", "统计惯例"),
        Param("ring_min", 2, "一个网络至少几家", "两家即可互为陪标", "家"),
        Param("inside_min", Decimal("0.5"), "网络成员在相遇的标段中中标的最低比例", "本平台按真实开标校准"),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "auction.sold"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    """The market of a year is a city's lots of one category that were won in it or in the `REACH` years before:
    no key grows for ever, and no window ends at New Year.
    """
    registered, met = record.registered, meetings.meeting(record)
    if met is not None:
        first = local_date(met.at).year
        for year in range(first, first + REACH + 1):
            yield from meetings.note_of(record, f"{str(registered.region)[:4]}|{registered.category}|{year}")


def circle(note_key: str, key: str) -> str:
    """The ring in its market, whatever the year."""
    return f"{note_key.rpartition('|')[0]}\n{key}"


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Of one market, the months up to its latest lot, and of these the latest `LOTS_MAX`: so the cost of a new lot
    is bounded. A ring that has not met again in the year itself was told with the year before.
    """
    year = int(notes[0].key.rpartition("|")[2])
    met = meetings.told_in_months(notes, min(int(params["months"]), 12 * REACH))[-LOTS_MAX:]
    if local_date(met[-1].at).year != year:
        return
    pairs = telling_pairs(met, params)
    for ring in rings(pairs):
        lots = [m for m in met if len(ring & m.bidders) >= 2]
        is_told_before = all(local_date(m.at).year != year for m in lots)
        if len(ring) < int(params["ring_min"]) or is_told_before:
            continue
        inside = sum(m.winner in ring for m in lots)
        if inside >= params["inside_min"] * len(lots):
            yield _finding(ring, pairs, lots, inside)


def telling_pairs(met: Sequence[meetings.Meeting], params: Params) -> Mapping[Pair, tuple[int, Decimal]]:
    """Pairs with their meetings and the chance of so many, were both to come to lots at random."""
    came = Counter(code for m in met for code in m.names)
    often = {code for code, times in came.items() if times >= params["meetings_min"]}
    times = Counter(pair for m in met for pair in combinations(sorted(often & m.names.keys()), 2))
    tried: dict[Pair, tuple[int, Decimal]] = {}
    for pair, count in times.items():
        one, other = came[pair[0]], came[pair[1]]
        if count >= params["meetings_min"] and count * len(met) >= params["times_min"] * one * other:
            tried[pair] = count, chance.hypergeometric_tail(count, len(met), one, other)
    tests = chance.sets(len(often), 2)
    level = chance.false_discovery([p for _, p in tried.values()], Decimal(str(params["false_share"])), tests)
    return {pair: told for pair, told in tried.items() if told[1] <= level}


def rings(pairs: Iterable[Pair]) -> list[frozenset[str]]:
    """The connected parts, the largest first. A circle of pairs is a ring like any other: no walk, no loop."""
    home: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = home.get(one, {one}) | home.get(other, {other})
        home.update(dict.fromkeys(joined, joined))
    parts = {id(part): frozenset(part) for part in home.values()}
    return sorted(parts.values(), key=lambda ring: (-len(ring), sorted(ring)))


def _finding(
    ring: frozenset[str],
    pairs: Mapping[Pair, tuple[int, Decimal]],
    lots: Sequence[meetings.Meeting],
    inside: int,
) -> Finding:
    names = {code: m.names[code] for m in lots for code in m.names if code in ring}
    own = {pair: told for pair, told in pairs.items() if set(pair) <= ring}
    strongest = sorted(own, key=lambda pair: (own[pair][1], pair))
    shown = sorted(ring, key=lambda code: (-sum(own[p][0] for p in own if code in p), code))[:NODES_MAX]
    weakest = max(p for _, p in own.values())
    return Finding(
        key=min(ring),
        parties=tuple(sorted(ring)),
        sentence=(
            f"{len(ring)} 家投标人两两相遇的次数超出各自投标次数所能解释的：{len(lots)} 个标段中有两家以上同时出现，"
            f"其中 {inside} 个由其中一家中标。各对巧合的概率都不超过 {chance.percent(weakest)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{names[a]} 与 {names[b]}",
                f"相遇 {own[a, b][0]} 次，巧合的概率 {chance.percent(own[a, b][1])}",
            )
            for a, b in strongest[:20]
        )
        + tuple(
            Evidence(
                f"{m.at:%Y-%m-%d}",
                f"{'、'.join(names[code] for code in sorted(ring & m.bidders))} 同时投标，{m.names[m.winner]} 中标",
                link=f"/lots/{m.lot}/",
            )
            for m in lots[-LOTS_SHOWN:]
        ),
        picture=Picture(
            Shape.NETWORK,
            "结伴投标网络",
            tuple(names[code] for code in shown),
            cells=tuple(
                (names[a], names[b], Decimal(own[a, b][0]), f"{own[a, b][0]} 次")
                for a, b in sorted(own)
                if a in shown and b in shown
            ),
            unit="次",
        ),
        score=chance.strength(weakest),
    )
