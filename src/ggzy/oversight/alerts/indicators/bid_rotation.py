"""轮流中标: the same few bidders meet again and again and take turns to win."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

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
    version=2,
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
            "机会均等时轮换这么多次的概率上限",
            "本平台按真实开标校准",
        ),
        Param(
            "kept_min",
            Decimal("0.75"),
            "按轮次中标的最低比例",
            "四次里容一次例外（外人中标或者一家连中）：让标再多，轮换就得不偿失；例外已计入上面的概率",
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
        kept = turns(group)
        takes_turns = len(group.wins) > 1 and sum(kept) >= params["kept_min"] * len(kept)
        if of != group.members[0] or not takes_turns:
            continue
        likely = luck(group, kept)
        if likely > params["turns_max"]:
            continue
        expected = meetings.coincidence(of, group, met)
        if expected <= params["chance_max"] or likely <= params["turns_alone"]:
            yield _finding(group, kept, expected, likely)
            return


def turns(group: meetings.Group) -> list[bool]:
    """In which lots the turn was kept: one of the group wins, and not the one of it who won last."""
    last, kept = "", []
    for met in group.meetings:
        kept.append(met.winner in group.members and met.winner != last)
        last = met.winner if met.winner in group.members else last
    return kept


def luck(group: meetings.Group, kept: Sequence[bool]) -> Decimal:
    """How likely equal bidders would keep it as often: in each lot one of the group, but for the one who won last.

    A lot lost to an outsider, or won twice running, counts against it and no more.
    """
    first = kept.index(True)
    chances = (
        Decimal(len(group.members) - (place > first)) / len(met.names)
        for place, met in enumerate(group.meetings)
    )
    return chance.any_tail(sum(kept), tuple(chances))


def _finding(group: meetings.Group, kept: Sequence[bool], expected: Decimal, likely: Decimal) -> Finding:
    names, wins, odd = group.names, group.wins, len(kept) - sum(kept)
    words = f"{sum(kept)} 个轮到另一家中标，例外 {odd} 个" if odd else "中标者都在其中且从不连中"
    shares = "，".join(f"{names[code]} {wins[code]} 次" for code in group.members if wins[code])
    return Finding(
        key=group.members[0],
        parties=group.members,
        sentence=(
            f"{'、'.join(names.values())} 在 {len(group.meetings)} 个标段中相遇，{words}：{shares}。"
            f"投标人随机参与时，这样的班底期望出现 {chance.figures(expected)} 个；机会均等时如此轮换的概率为 "
            f"{chance.percent(likely)}。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                f"{met.at:%Y-%m-%d}",
                f"{len(met.names)} 家投标，{met.names[met.winner]} 中标{'' if is_kept else '（例外）'}",
                link=f"/lots/{met.lot}/",
            )
            for met, is_kept in zip(group.meetings, kept, strict=True)
        ),
        picture=meetings.matrix(group, "相遇与中标的轮换"),
        score=chance.strength(likely),
    )
