"""固定班底陪标: the same few bidders meet again and again, and one of them always wins."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.oversight.alerts.rules import chance, meetings
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B14",
    name="固定班底，一家总中",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(二)(四)、§40(四)；政府采购法实施条例 §74",
    why="串通的投标人往往结伴出场，由约定的一家中标，其余陪标。",
    version=2,
    quiet="当地同类供应商很少，几家本来就会次次相遇；或者一家确有明显的成本、技术优势。",
    params=(
        Param("bidders_min", 3, "一伙至少几家", "监管模型库 B14", "家"),
        Param("meetings_min", 3, "至少相遇几次", "监管模型库 B14", "次"),
        Param("days", 365, "观察期", "监管模型库 B14", "天"),
        Param(
            "chance_max", Decimal("0.05"), "随机参与也会出现这样的班底的期望个数上限", "本平台按真实开标校准"
        ),
        Param("luck_max", Decimal("0.05"), "机会均等时同一家中标这么多次的概率上限", "统计惯例 5 %"),
        Param(
            "wins_min",
            Decimal("0.8"),
            "同一家中标的最低比例",
            "五次里容一次例外：偶尔让外人中一次，不足以说明这伙人在竞争；例外已计入上面的概率",
        ),
        Param("luck_alone", Decimal("0.001"), "低于此概率的，供应商很少也提示", "统计惯例 0.1 %"),
    ),
    object=Kind.PARTIES,
    kinds=("award.made", "auction.sold"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    return meetings.notes_by_bidder(record)


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Asked of the steady winner: the key of these notes is a bidder."""
    of, met = notes[0].key, meetings.told(notes, int(params["days"]))
    if sum(m.winner == of for m in met) < params["meetings_min"]:
        return
    for group in meetings.groups(of, met, size=int(params["bidders_min"]), times=int(params["meetings_min"])):
        near = _near(group, met, int(params["bidders_min"]))
        if near.wins[of] < params["wins_min"] * len(near.meetings):
            continue
        luck = meetings.luck(of, near)
        if luck > params["luck_max"]:
            continue
        expected = meetings.coincidence(of, group, met)
        if expected <= params["chance_max"] or luck <= params["luck_alone"]:
            yield _finding(of, near, expected, luck)
            return


def _near(group: meetings.Group, met: Sequence[meetings.Meeting], size: int) -> meetings.Group:
    """Also the lots where only part of the group came, as long as that part is a set of its own."""
    members = set(group.members)
    return meetings.Group(group.members, tuple(m for m in met if len(members & m.bidders) >= size))


def _finding(of: str, group: meetings.Group, expected: Decimal, luck: Decimal) -> Finding:
    names, times, wins = group.names, len(group.meetings), group.wins[of]
    how_often = "全部" if wins == times else f"其中 {wins} 个"
    return Finding(
        key=of,
        parties=group.members,
        sentence=(
            f"{'、'.join(names.values())} 在 {times} 个标段中相遇，{how_often}由 {names[of]} 中标。"
            f"投标人随机参与时，这样的班底期望出现 {chance.figures(expected)} 个；机会均等时中这么多次的概率为 "
            f"{chance.percent(luck)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{met.at:%Y-%m-%d}",
                f"{len(met.names)} 家投标，{met.names[met.winner]} 中标",
                link=f"/lots/{met.lot}/",
            )
            for met in group.meetings
        ),
        picture=meetings.matrix(group, f"{names[of]} 与陪同投标人的相遇"),
        score=chance.strength(luck),
    )
