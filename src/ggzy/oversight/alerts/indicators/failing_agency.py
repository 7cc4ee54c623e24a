"""流标多的代理机构: far more of its projects fail than those of its peers in the same trade."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts.rules import chance
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Note, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

# The winner's doing, or what became of it: no failing of the agency.
OF_THE_WINNER = frozenset({"award_refused", "candidate_barred", "defaulted"})

INDICATOR = Indicator(
    code="B37",
    name="代理机构流标、废标、终止率远高于同区同类平均",
    grade=Grade.YELLOW,
    basis="招标投标法 §13、§28；招标投标法实施条例 §31、§44；政府采购法 §36",
    why="门槛设得只有一家够得着，或者约定的一家没有入围就让标段作废，流标、终止自然多。",
    quiet="专做偏远、零星或者专业性强的标段，来投标的本来就少；业主决定终止的。同一项目流标几次、几个标段流标只计一个。",
    params=(
        Param("times_min", 2, "为同区同类其余机构平均的几倍", "本平台设定：流标率本来就高，三倍难以达到", "倍"),
        Param("failed_min", 3, "至少几个项目", "监管模型库 B34 同类下限：一两个不成比率", "个"),
        Param("others_min", 10, "同区同类其余机构的项目至少", "本平台设定：少了说不出平均", "个"),
        Param("chance_max", Decimal("0.01"), "按同区同类平均也会有这么多个的概率上限", "统计惯例 1 %"),
    ),
    object=Kind.AGENCY,
    kinds=(
        "tender.failed", "auction.failed", "lot.terminated", "award.made", "award.ended", "auction.sold",
        "round.begun",
    ),
)  # fmt: skip


def collect(record: LotRecord) -> Iterable[Note]:
    """One note per lot that came to an end of some sort, under its city, trade and quarter, so that no key grows
    for ever: the agency and the project, and how it failed if any of its rounds did."""
    agency, on = record.registered.agency, local_date(record.registered.at)
    how = _failings(record)
    has_ended = how or record.award is not None or (record.auction and record.auction.sold_at)
    if agency and has_ended:
        area = f"{str(record.registered.region)[:4]}|{record.registered.category}"
        yield Note(
            key=f"{area}|{on.year} 年第 {(on.month + 2) // 3} 季度",
            lot=record.lot,
            at=record.registered.at,
            figures={
                "agency": str(agency),
                "project": str(record.registered.project),
                "failed": bool(how),
                "how": "；".join(how)[:200],
            },
        )


def _failings(record: LotRecord) -> list[str]:
    """Why rounds of this lot failed, and that it was terminated."""
    failures = [one.failure for one in (*record.earlier, record) if one.failure]
    reasons = [one.reason or "流标" for one in failures if one.cause not in OF_THE_WINNER]
    return [*reasons, "终止"] if record.is_terminated else reasons


def circle(note_key: str, key: str) -> str:
    """The agency in its city and trade, whatever the quarter."""
    return f"{note_key.rpartition('|')[0]}\n{key}"


def conclude(notes: Sequence[Note], params: Params) -> Iterable[Finding]:
    """Each agency against all others of the area: its own failures do not raise the mean it is held to. Projects
    are counted, for lots of one are announced together and fail together."""
    ended = _by_agency(notes)
    failed = _by_agency(note for note in notes if note.figures["failed"])
    for agency, seen in sorted(failed.items()):
        others = ended.total() - ended[agency]
        if seen < params["failed_min"] or others < params["others_min"]:
            continue
        # Half a failure is lent to the others, so that a quiet area makes no infinite rate.
        mean = min(chance.ONE, (failed.total() - seen + Decimal("0.5")) / others)
        likely = chance.binomial_tail(seen, ended[agency], mean)
        if seen > params["times_min"] * mean * ended[agency] and likely <= params["chance_max"]:
            yield Finding(
                key=agency,
                parties=(agency,),
                sentence=(
                    f"{notes[0].key.rpartition('|')[2]}，这家代理机构有结果的 {ended[agency]} 个项目中 {seen} 个曾流标、"
                    f"废标或者终止；按同区同类其余 {others} 个项目的平均应有 {mean * ended[agency]:.1f} 个，"
                    f"有这么多的概率为 {chance.percent(likely)}。单独不构成异常。"
                ),
                evidence=tuple(
                    Evidence(f"{note.at:%Y-%m-%d}", str(note.figures["how"]), link=f"/lots/{note.lot}/")
                    for note in notes
                    if _agency(note) == agency and note.figures["failed"]
                ),
                score=chance.strength(likely),
            )


def _by_agency(notes: Iterable[Note]) -> Counter[str]:
    return Counter(agency for agency, _ in {(_agency(note), str(note.figures["project"])) for note in notes})


def _agency(note: Note) -> str:
    return str(note.figures["agency"])
