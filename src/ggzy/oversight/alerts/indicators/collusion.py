"""围标串标综合: every signal of a lot together, two bidders at a time (noisy-or over families)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import combining, devices, documents, money, network, people, prices
from ggzy.oversight.alerts.rules.signals.combining import Combined
from ggzy.oversight.alerts.rules.signals.pairing import CLUE, Signal
from ggzy.oversight.alerts.values import (
    Evidence,
    Finding,
    Grade,
    Indicator,
    Param,
    Params,
    Picture,
    Shape,
)
from ggzy.trading.dossier.values.record import LotRecord

SIGNALS: tuple[Callable[[LotRecord, Params], Iterable[Signal]], ...] = (
    devices.same_machine, devices.same_lock, devices.same_creation, devices.same_part,
    network.same_upload, network.same_download, network.burst,
    money.same_payer, money.in_a_row, people.same_person, people.same_hand, people.same_control,
    documents.similar, documents.same_slips, documents.same_author,
    prices.unit_prices, prices.totals,
)  # fmt: skip
EXPERIENCE = "经验值，待按办结案件校准"

INDICATOR = Indicator(
    code="C01",
    name="围标串标综合",
    grade=Grade.RED,
    basis="招标投标法实施条例 §39、§40；政府采购法实施条例 §74；政府采购货物和服务招标投标管理办法 §37",
    why="单个信号都可能有正当原因，几类互不相干的信号同时指向同两家投标人，正当原因就难以成立。",
    quiet="同一集团、同一办公楼的关联单位会同时触发几类信号，应先核对是否联合体、是否依法可以同时参加。",
    params=(
        Param("threshold", Decimal("0.9"), "综合概率达到即为严重", EXPERIENCE),
        Param("notice", Decimal("0.7"), "综合概率达到即预警", EXPERIENCE),
        Param("families_min", 2, "至少涉及几类信号", "本平台设定", "类"),
        Param("leak", Decimal("0.01"), "没有任何信号时的概率", EXPERIENCE),
        Param("minutes", 30, "上传相隔不超过", "监管模型库 B05", "分钟"),
        Param("crowd", 6, "同一网络达到几家即不作区分", "本平台设定", "家"),
        Param("onsite", "", "交易中心现场设备的网段，用逗号分隔", "各中心自行设定；空为没有"),
        Param("cpu_alone", False, "处理器型号单独相同也计入", "业内意见：仅处理器相同不能作为证据"),
        Param("uploads_min", 5, "集中递交份数至少", "监管模型库 B27", "份"),
        Param("seconds", 60, "集中递交时间窗", "监管模型库 B27", "秒"),
        Param("share_min", Decimal("0.5"), "集中递交占比至少", "本平台设定"),
        Param("similarity", Decimal("0.8"), "文本相似度达到", "监管模型库 B10"),
        Param("slips_min", 3, "相同的罕见差错至少", "监管模型库 B11", "处"),
        Param("items_min", 20, "共同的清单项目至少", "监管模型库 B12", "项"),
        Param("spread_max", Decimal("0.002"), "比值的变异系数低于", "监管模型库 B12"),
        Param("tails_min", Decimal("0.8"), "末两位相同的比例高于", "监管模型库 §6"),
        Param("serial_minutes", 10, "保证金到账相隔不超过", "与 B38 相同", "分钟"),
        Param("serial_gap", 1, "保证金流水号相差不超过", "与 B38 相同", "号"),
        Param("serial_others", 2, "用来估计编号快慢的其余到账至少", "与 B38 相同", "笔"),
        Param("serial_chance", Decimal("0.01"), "碰巧连号的概率上限", "与 B38 相同"),
        Param("bids_min", 4, "总价等差的投标人至少", "监管模型库 B13", "家"),
        Param("residual_max", Decimal("0.0005"), "总价等差的偏差不超过", "监管模型库 B13"),
    ),
    kinds=("bids.compared",),
    action="按证据清单核实，提交评标委员会；属实的立案",
    for_committee=True,
    version=2,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return _findings(record, params)


def _findings(record: LotRecord, params: Params) -> Iterator[Finding]:
    signals = [signal for source in SIGNALS for signal in source(record, params)]
    names = {str(bid.bidder): bid.name for bid in record.bids}
    found = combining.combine(signals, Decimal(params["leak"]))
    picture = _matrix(found, names) if len(names) > 2 else None
    for one in found:
        is_red = one.probability >= Decimal(params["threshold"])
        is_told = is_red or one.probability >= Decimal(params["notice"])
        if is_told and len(one.counted) >= int(params["families_min"]):
            yield _finding(one, names, Grade.RED if is_red else Grade.YELLOW, picture)


def _finding(one: Combined, names: dict[str, str], grade: Grade, picture: Picture | None) -> Finding:
    both = "、".join(names.get(party, party) for party in one.parties)
    codes = "、".join(signal.code for signal in one.counted)
    return Finding(
        key="+".join(one.parties),
        parties=one.parties,
        sentence=(
            f"{both}之间有 {len(one.counted)} 类信号（{codes}），综合概率 {one.probability * 100:.1f} %"
            f"（第 {INDICATOR.version} 版，按类别取最强后合成）。{CLUE}"
        ),
        evidence=tuple(_rows(one)),
        picture=picture,
        score=one.probability,
        grade=grade,
    )


def _rows(one: Combined) -> Iterator[Evidence]:
    for signal in one.counted:
        yield Evidence(f"{signal.code}（权重 {signal.weight}）", signal.sentence.removesuffix(CLUE))
        yield from signal.evidence
    for signal in one.others:
        yield Evidence(f"{signal.code}（同类信号，不重复计入）", signal.sentence.removesuffix(CLUE))


def _matrix(found: Iterable[Combined], names: dict[str, str]) -> Picture:
    cells = tuple(
        (names.get(one.parties[0], ""), names.get(one.parties[1], ""), one.probability, _codes(one))
        for one in found
    )
    everyone = tuple(names.values())
    return Picture(Shape.MATRIX, "投标人两两之间的信号", everyone, everyone, cells)


def _codes(one: Combined) -> str:
    return " ".join(signal.code for signal in one.counted)
