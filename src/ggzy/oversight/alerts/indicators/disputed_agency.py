"""异议投诉多的代理机构: far more of its lots end in dispute than those of its peers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts.rules import chance
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B34",
    name="代理机构异议投诉率远高于同区平均",
    grade=Grade.YELLOW,
    basis="招标投标法 §13、§50；招标投标法实施条例 §54、§60；政府采购质疑和投诉办法",
    why="程序走样、文件偏向的代理机构，异议和投诉自然多。",
    quiet="承接的标段大、竞争激烈，异议本来就多；同一投诉人反复投诉。",
    params=(
        Param("times_min", 3, "为同区其余机构平均的几倍", "监管模型库 B34", "倍"),
        Param("disputes_min", 3, "至少几件", "本平台校准：一两件不成比率", "件"),
        Param("chance_max", Decimal("0.01"), "按同区平均也会有这么多件的概率上限", "统计惯例 1 %"),
    ),
    object=Kind.AGENCY,
    kinds=("bidding.closed", "objection.raised", "complaint.accepted"),
)


def collect(record: LotRecord) -> Iterable[Note]:
    """One note per lot under its city and quarter, so that no key grows for ever: the agency, and how many
    objections and complaints the lot met."""
    agency, on = record.registered.agency, local_date(record.registered.at)
    if agency:
        rounds = (*record.earlier, record)
        disputes = sum(len(one.objections) + len(one.complaints) for one in rounds)
        yield Note(
            key=f"{str(record.registered.region)[:4]}|{on.year} 年第 {(on.month + 2) // 3} 季度",
            lot=record.lot,
            at=record.registered.at,
            figures={"agency": str(agency), "disputes": disputes},
        )


def circle(note_key: str, key: str) -> str:
    """The agency in its city, whatever the quarter."""
    return f"{note_key.rpartition('|')[0]}\n{key}"


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Each agency against all others of the area: its own disputes do not raise the mean it is held to."""
    lots, disputes = Counter[str](), Counter[str]()
    for note in notes:
        lots[str(note.figures["agency"])] += 1
        disputes[str(note.figures["agency"])] += int(note.figures["disputes"])
    quarter = notes[0].key.partition("|")[2]
    for agency, seen in sorted(disputes.items()):
        others = lots.total() - lots[agency]
        if seen < params["disputes_min"] or not others:
            continue
        # Half a dispute is lent to the others, so that a quiet area makes no infinite rate.
        mean = (disputes.total() - seen + Decimal("0.5")) / others
        expected = mean * lots[agency]
        likely = chance.poisson_tail(seen, expected)
        if seen > int(params["times_min"]) * expected and likely <= params["chance_max"]:
            yield Finding(
                key=agency,
                parties=(agency,),
                sentence=(
                    f"{quarter}，这家代理机构的 {lots[agency]} 个标段收到异议、投诉 {seen} 件；"
                    f"按同区其余 {others} 个标段的平均应有 {expected:.1f} 件，有这么多的概率为 "
                    f"{chance.percent(likely)}。单独不构成异常。"
                ),
                evidence=tuple(
                    Evidence(
                        f"{note.at:%Y-%m-%d}", f"{note.figures['disputes']} 件", link=f"/lots/{note.lot}/"
                    )
                    for note in notes
                    if note.figures["agency"] == agency and note.figures["disputes"]
                ),
                score=chance.strength(likely),
            )
