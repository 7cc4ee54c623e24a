"""场外交易: a contract that had to be traded on the platform, and the platform knows nothing of it (P15 too)."""

from collections.abc import Sequence
from decimal import Decimal

from ggzy.oversight.alerts.rules.titles import likeness
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Kind, Param, Params
from ggzy.oversight.alerts.values.register import Entry, Traded

INDICATOR = Indicator(
    code="B35",
    name="应进场交易而未进场",
    grade=Grade.RED,
    basis="招标投标法 §3、§49；公共资源交易平台管理暂行办法 §8；优化营商环境条例 §13",
    why="目录内的项目不进平台，就没有公告、没有竞争、也没有留痕。",
    quiet="合同登记的名称与平台不同，没有对上；依法可以不招标或者涉密的项目；框架协议下的订单。",
    params=(
        Param("alike_min", Decimal("0.6"), "按名称对上的相似度下限", "本平台按真实标题校准"),
        Param(
            "near_max", Decimal("0.3"), "按名称对上时金额相差的比例上限", "本平台默认：合同变更、税率等差异"
        ),
    ),
    object=Kind.PARTIES,
    kinds=("contract.reported",),
)


def compare(entry: Entry, lots: Sequence[Traded], params: Params) -> Finding | None:
    """Of a contract that must enter, beside the owner's lots on the platform: by its code, else by its title."""
    if any(entry.lot == one.lot for one in lots):
        return None
    nearest = max(lots, key=lambda one: (likeness(entry.title, one.title), str(one.lot)), default=None)
    alike = likeness(entry.title, nearest.title) if nearest else Decimal(0)
    if nearest and alike >= params["alike_min"] and _gap(entry, nearest) <= params["near_max"]:
        return None
    beside = (
        f"最相近的标段“{nearest.title}”，名称相似度 {alike * 100:.0f} %，{nearest.amount.figures()} 元"
        if nearest
        else "该业主在平台上没有标段"
    )
    code = f"登记的标识码 {entry.lot[:60]} 不是该业主在平台上的标段" if entry.lot else "没有平台标识码"
    return Finding(
        parties=(entry.owner,),
        sentence=(
            f"合同登记中的“{entry.title[:80]}”（{entry.amount.figures()} 元，{entry.signed_on} 签订）属于应当进场交易的项目，"
            f"{code}，平台上也没有名称和金额相近的标段。"
        ),
        evidence=(
            Evidence("合同登记", f"编号 {entry.number}，供应方 {entry.supplier}"),
            Evidence("标识码", code),
            Evidence("平台上的标段", beside),
        ),
        score=Decimal("0.9") if alike < Decimal("0.3") else Decimal("0.6"),
    )


def _gap(entry: Entry, lot: Traded) -> Decimal:
    return Decimal(abs(entry.amount.fen - lot.amount.fen)) / max(lot.amount.fen, 1)
