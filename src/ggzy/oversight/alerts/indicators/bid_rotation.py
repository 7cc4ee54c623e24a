"""轮流中标: the same few bidders meet again and again and take turns to win."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from ggzy.oversight.alerts.rules import chance, meetings
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="N01",
    name="轮流中标",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(二)(五)；政府采购法实施条例 §74",
    why="串通的投标人分配市场：每次让一家中标，下次换另一家。",
    quiet="框架协议、定点采购中同一批供应商本来就轮流承接；当地同类供应商很少。",
    params=(
        Param("bidders_min", 3, "一伙至少几家", "监管模型库 B14", "家"),
        Param("meetings_min", 4, "至少相遇几次", "架构设计 §12", "次"),
        Param("days", 730, "观察期", "架构设计 §12：24 个月", "天"),
        Param(
            "chance_max", Decimal("0.01"), "随机参与也会出现这样的班底的期望个数上限", "本平台按真实开标校准"
        ),
        Param(
            "turns_max",
            Decimal("0.02"),
            "机会均等时中标不出这一伙且从不连中的概率上限",
            "本平台按真实开标校准",
        ),
        Param("turns_alone", Decimal("0.001"), "低于此概率的，供应商很少也提示", "统计惯例 0.1 %"),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "auction.sold"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    return meetings.notes_by_bidder(record)


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Asked of each bidder, answered for the first of the group: so a group is found once."""
    of, met = notes[0].key, meetings.told(notes, int(params["days"]))
    for group in meetings.groups(of, met, size=int(params["bidders_min"]), times=int(params["meetings_min"])):
        if of != group.members[0] or not takes_turns(group) or turns(group) > params["turns_max"]:
            continue
        expected = meetings.coincidence(of, group, met)
        if expected <= params["chance_max"] or turns(group) <= params["turns_alone"]:
            yield _finding(group, expected)
            return


def takes_turns(group: meetings.Group) -> bool:
    """Every lot stays in the group, nobody wins twice running, at least two win."""
    winners = [met.winner for met in group.meetings]
    within = set(winners) <= set(group.members)
    return within and len(set(winners)) > 1 and all(a != b for a, b in pairwise(winners))


def turns(group: meetings.Group) -> Decimal:
    """How likely equal bidders would do the same: one of the group wins, and never the one who won before."""
    size, result = len(group.members), chance.equal_chances(len(met.names) for met in group.meetings)
    return result * size * Decimal(size - 1) ** (len(group.meetings) - 1)


def _finding(group: meetings.Group, expected: Decimal) -> Finding:
    names, wins, likely = group.names, group.wins, turns(group)
    shares = "，".join(f"{names[code]} {wins[code]} 次" for code in group.members if wins[code])
    return Finding(
        key=group.members[0],
        parties=group.members,
        sentence=(
            f"{'、'.join(names.values())} 在 {len(group.meetings)} 个标段中相遇，中标者都在其中且从不连中：{shares}。"
            f"投标人随机参与时，这样的班底期望出现 {chance.figures(expected)} 个；机会均等时如此轮换的概率为 "
            f"{chance.percent(likely)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{met.at:%Y-%m-%d}",
                f"{len(met.names)} 家投标，{met.names[met.winner]} 中标",
                link=f"/lots/{met.lot}/",
            )
            for met in group.meetings
        ),
        picture=meetings.matrix(group, "相遇与中标的轮换"),
        score=chance.strength(likely),
    )
