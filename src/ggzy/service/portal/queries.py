"""门户的读取: rows for lists, the live lines of the home page, the answers of the verifying page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import local_date, start_of_day
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.service.portal import rules
from ggzy.service.portal.values import DrawStory, Live, Row
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.queries import Order, Wanted
from ggzy.trading.dossier.values import Stage, Summary
from ggzy.trading.notices.values import NoticeRow
from ggzy.trading.projects import queries as projects

SOON = timedelta(hours=24)
STATE_MAX = 2000
WORDS: Mapping[Stage, str] = {
    Stage.REGISTERED: "已登记",
    Stage.ANNOUNCED: "公告中",
    Stage.BIDDING: "竞价中",
    Stage.CLOSED: "正在开标",
    Stage.OPENED: "评标中",
    Stage.EVALUATED: "评标中",
    Stage.PUBLICITY: "公示期内",
    Stage.AWARDED: "已定标",
    Stage.CONTRACTED: "已签约",
    Stage.COMPLETED: "已完成",
    Stage.ARCHIVED: "已归档",
    Stage.FAILED: "流标",
    Stage.TERMINATED: "已终止",
}
RUNNING = (Stage.ANNOUNCED, Stage.BIDDING, Stage.CLOSED, Stage.OPENED, Stage.EVALUATED, Stage.PUBLICITY)
OVER = (Stage.COMPLETED, Stage.ARCHIVED, Stage.FAILED, Stage.TERMINATED)
SETTLED = (Stage.AWARDED, Stage.CONTRACTED, Stage.COMPLETED, Stage.ARCHIVED)
READ_OUT = (Stage.OPENED, Stage.EVALUATED, Stage.PUBLICITY, *SETTLED)
RESULTS = frozenset({"award_notice", "sale_notice", "contract_notice", "performance_notice"})


STILL = "期限停止计算"


def word(lot: Summary, at: datetime, *, is_still: bool = False) -> str:
    """状态词 of a lot at a moment, as every list shows it; a clock that stands still brings nothing nearer."""
    if lot.is_suspended:
        return "已暂停"
    if is_still:
        return WORDS[lot.stage]
    if lot.stage is Stage.ANNOUNCED and lot.deadline and lot.deadline <= at:
        return "已截止"
    if lot.stage is Stage.ANNOUNCED and lot.deadline and lot.deadline - at <= SOON:
        return "即将截止"
    if lot.stage is Stage.PUBLICITY and lot.publicity_until and lot.publicity_until <= at:
        return "待定标"
    return WORDS[lot.stage]


def is_still(lot: Summary) -> bool:
    """Whether the clocks of this lot stand still now."""
    return lot.lot in still_among([lot])


def names(codes: Iterable[CreditCode | None]) -> Mapping[CreditCode, str]:
    """单位名称 by code, one query."""
    return parties.names(tuple({code for code in codes if code}))


def region_names(codes: Iterable[RegionCode]) -> Mapping[RegionCode, str]:
    """行政区划名称 by code; an unknown code shows itself."""
    return {code: catalog.region(code).full_name if catalog.is_region(code) else str(code) for code in codes}


def category_name(code: str) -> str:
    """交易分类名称; the code itself where the catalogue does not know it."""
    found = catalog.find_category(code)
    return found.name if found else code


def lot_rows(lots: Sequence[Summary], at: datetime, *, base: str = "/lots/") -> tuple[Row, ...]:
    """标段行, leading to the pages under `base`."""
    owners = names(lot.owner for lot in lots)
    regions = region_names({lot.region for lot in lots})
    still = still_among(lots)
    return tuple(
        Row(
            url=f"{base}{lot.lot}/",
            title=lot.title,
            kind=category_name(lot.category),
            meta=(
                owners.get(lot.owner, str(lot.owner)),
                regions[lot.region],
                f"第 {lot.round} 次{_says(lot)[1]}" if lot.round > 1 else "",
            ),
            state=word(lot, at, is_still=lot.lot in still),
            amount=lot.award_amount or lot.estimate,
            money=_says(lot)[0] if lot.award_amount else "估算价",
            deadline=lot.deadline if _runs(lot, still) else None,
            at=_when(lot)[1],
            label=_when(lot)[0],
            note=STILL if lot.lot in still and not lot.is_suspended else "",
        )
        for lot in lots
    )


def _says(lot: Summary) -> tuple[str, str]:
    """称谓: what the price that won and a repetition are called in this trade."""
    return ("中标价", "招标") if catalog.is_scored(lot.method) else ("成交价", "公告")


def still_among(lots: Iterable[Summary]) -> frozenset[LotCode]:
    """停表的标段 among these that could still run; one query, none where there is no such lot."""
    codes = [lot.lot for lot in lots if lot.stage not in OVER]
    return projects.standing_still(codes) if codes else frozenset()


def _runs(lot: Summary, still: frozenset[LotCode]) -> bool:
    """Whether the deadline of the lot is counted down now."""
    return lot.stage is Stage.ANNOUNCED and not lot.is_suspended and lot.lot not in still


def _when(lot: Summary) -> tuple[str, datetime]:
    """Which moment of a lot a list shows once its deadline no longer counts."""
    if lot.stage is Stage.PUBLICITY and lot.publicity_until:
        return "公示至", lot.publicity_until - timedelta(seconds=1)
    if lot.opened_at or lot.closed_at:
        return "开标", lot.opened_at or lot.closed_at or lot.registered_at
    return ("公告", lot.announced_at) if lot.announced_at else ("登记", lot.registered_at)


def notice_rows(found: Sequence[NoticeRow], at: datetime) -> tuple[Row, ...]:
    """公告行, with the state and the deadline of the lot each belongs to."""
    wanted = Wanted(lots=tuple({row.lot for row in found}))
    lots = {lot.lot: lot for lot in dossiers.summaries(wanted, limit=len(found))} if found else {}
    owners = names(row.owner for row in found)
    regions = region_names({row.region for row in found})
    still = still_among(lots.values())
    return tuple(_notice_row(row, lots.get(row.lot), owners, regions, still, at) for row in found)


def _notice_row(
    row: NoticeRow,
    lot: Summary | None,
    owners: Mapping[CreditCode, str],
    regions: Mapping[RegionCode, str],
    still: frozenset[LotCode],
    at: datetime,
) -> Row:
    is_open = lot and _runs(lot, still) and row.round == lot.round
    award = lot.award_amount if lot and row.kind in RESULTS and row.round == lot.round else None
    return Row(
        url=f"/notices/{row.id}/",
        title=row.title,
        kind=row.kind_name + ("（已更正）" if row.is_amended else ""),
        meta=(
            owners.get(row.owner, str(row.owner)),
            regions[row.region],
            _published(row.published_at) if is_open else "",
        ),
        state=word(lot, at, is_still=lot.lot in still) if lot else "",
        amount=award or (lot.estimate if lot else None),
        money=_says(lot)[0] if award and lot else "估算价",
        deadline=lot.deadline if lot and is_open else None,
        at=row.published_at,
        label="发布",
        note=STILL
        if lot and lot.lot in still and lot.stage is Stage.ANNOUNCED and not lot.is_suspended
        else "",
    )


def _published(at: datetime) -> str:
    on = local_date(at)
    return f"{on.month}月{on.day}日发布"


def live(at: datetime) -> Live:
    """首页的四行: what closes and opens today, what is contested and what is shown now."""
    today = start_of_day(local_date(at))
    tomorrow = today + timedelta(days=1)
    return Live(
        closing=dossiers.count(Wanted(stages=(Stage.ANNOUNCED,), deadline_from=at, deadline_to=tomorrow)),
        opening=dossiers.count(Wanted(deadline_from=today, deadline_to=tomorrow)),
        contested=dossiers.contested(),
        publicity=dossiers.count(Wanted(stages=(Stage.PUBLICITY,), publicity_from=at)),
    )


def next_deadlines(at: datetime, *, limit: int = 5) -> tuple[Row, ...]:
    """最近的投标截止."""
    wanted = Wanted(stages=(Stage.ANNOUNCED,), deadline_from=at, is_suspended=False)
    found = dossiers.summaries(wanted, order="deadline", limit=4 * limit)
    still = still_among(found)
    return lot_rows([lot for lot in found if lot.lot not in still][:limit], at)


def lots_in(state: str, at: datetime) -> tuple[LotCode, ...] | None:
    """此刻处在该状态的标段, those that still take bids by deadline; None for a word that asks for nothing."""
    wanted = {
        "open": Wanted(stages=(Stage.ANNOUNCED,), deadline_from=at, is_suspended=False),
        "publicity": Wanted(stages=(Stage.PUBLICITY,), publicity_from=at),
    }.get(state)
    order: Order = "deadline" if state == "open" else "newest"
    return dossiers.codes(wanted, order=order, limit=STATE_MAX) if wanted else None


def savings() -> tuple[Money, Rate | None]:
    """成交总额, and by how much it lies below the estimates of the same lots."""
    award, estimate = dossiers.totals()
    saved = Decimal(estimate.fen - award.fen) / Decimal(estimate.fen) if estimate.fen else None
    return award, Rate(saved.quantize(Decimal("0.0001"))) if saved is not None else None


def openings(since: datetime, until: datetime, *, limit: int = 500) -> tuple[Summary, ...]:
    """开标安排 between two moments, by time."""
    return dossiers.summaries(Wanted(deadline_from=since, deadline_to=until), order="deadline", limit=limit)


def kind_name(event: object) -> str:
    """事实的中文名称: the Chinese term that opens the docstring of its kind (a fact, or its class)."""
    kind = event if isinstance(event, type) else type(event)
    return re.split(r"[.,:;：。；(（]", (kind.__doc__ or "").strip())[0] or kind.__name__


ROOTS = {
    "lot": "标段", "draw": "抽取", "party": "主体", "project": "项目", "expert": "专家", "user": "人员",
    "bank": "银行", "keys": "平台密钥", "padding": "填充",
}  # fmt: skip
STREAMS = {
    "award": "定标", "bids": "投标", "bidders": "竞买登记", "contract": "合同", "credit": "信用", "deposits": "保证金",
    "documents": "招标文件", "evaluation": "评标", "offers": "报价", "opening": "开标", "questions": "提问",
    "reads": "查阅", "refusals": "未受理",
}  # fmt: skip


def subject_name(subject: str) -> str:
    """主题的中文: whose chain of facts it is, then which; a code stays a code."""
    root, *rest = subject.split("/")
    words = [f"第 {step} 轮" if step.isdecimal() else STREAMS.get(step, step) for step in rest]
    return " ".join([ROOTS.get(root, root), *words])


def example_lot() -> str:
    """A lot code every example works with: one that has been opened, else one that was announced."""
    for stages in (READ_OUT, tuple(stage for stage in Stage if stage is not Stage.REGISTERED)):
        newest = dossiers.summaries(Wanted(stages=stages), limit=1)
        if newest:
            return str(newest[0].lot)
    return ""


def standings() -> tuple[tuple[str, int], ...]:
    """全部标段 by where they stand, as (label, number)."""
    kinds = (("交易进行中", RUNNING), ("已成交", SETTLED), ("流标", (Stage.FAILED,)))
    return tuple((label, dossiers.count(Wanted(stages=stages))) for label, stages in kinds)


LOT = (
    "title", "category", "nature", "method", "round", "is_suspended", "registered_at", "announced_at", "deadline",
    "closed_at", "submitted", "publicity_until", "winner", "height",
)  # fmt: skip


def lot_record(lot: Summary, at: datetime) -> dict[str, Any]:
    """标段 as the interface and the page's data give it."""
    return {
        **{name: getattr(lot, name) for name in LOT},
        "code": str(lot.lot),
        "stage": lot.stage.value,
        "state": word(lot, at),
        "owner": str(lot.owner),
        "agency": str(lot.agency) if lot.agency else None,
        "region": str(lot.region),
        "estimate": amount_record(lot.estimate),
        "award_amount": amount_record(lot.award_amount),
    }


def amount_record(amount: Money | None) -> dict[str, str] | None:
    """金额 as data: fen as text, so that no reader rounds it."""
    return {"fen": str(amount.fen), "text": f"{amount.figures()} 元"} if amount is not None else None


DRAWS = (
    "draw.requested", "draw.committed", "nonce.committed", "commits.closed", "nonce.revealed", "committee.drawn",
    "member.replaced",
)  # fmt: skip


def draws(lot: LotCode) -> tuple[DrawStory, ...]:
    """抽取 of a lot, recomputed from its published facts."""
    told = [(fact.kind, fact.height, fact.event) for fact in dossiers.facts_of(lot, DRAWS)]
    heads = {height: journal.entry(height).chain for kind, height, _ in told if kind == "commits.closed"}
    return rules.stories(told, heads)
