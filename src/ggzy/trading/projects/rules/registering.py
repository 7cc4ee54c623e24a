"""入场登记的规则: what is registered is complete, in the catalogue, and traded by a method it allows."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ggzy.kernel.instants import Calendar
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Classification, Entry, Limit, Rulebook, Side
from ggzy.trading.projects.rules.braking import may_act
from ggzy.trading.projects.rules.writing import TITLE_MAX, bounded, titled
from ggzy.trading.projects.values import (
    LotFacts,
    Milestone,
    Nature,
    NewLot,
    NewProject,
    Phase,
    ProjectFacts,
    Words,
)

REGISTRATION = "公共资源交易平台管理暂行办法 §7"
NOT_SCORED = ("",)  # what is sold or bought by open price alone
DISCLOSURES = (
    ("disclosure.days_min", ""),
    ("disclosure.immovable_days_min", "（不动产）"),
    ("disclosure.large_days_min", "（价值较高的）"),
)


def complete_project(new: NewProject, is_known_region: bool, is_known_owner: bool) -> Verdict:
    """项目登记完整性. The platform checks completeness and approves nothing."""
    return judge(
        [
            *titled("项目名称", new.title),
            (
                is_known_owner,
                Reason("owner_unknown", "招标人尚未在平台登记主体信息", REGISTRATION, "请先登记主体"),
            ),
            (
                new.agency != new.owner,
                Reason("agency_is_owner", "招标代理机构与招标人相同", remedy="自行招标的，招标代理机构留空"),
            ),
            (is_known_region, Reason("region_unknown", f"行政区划代码{new.region}不在区划表中")),
            *bounded("资金来源", new.funding),
            *bounded("审批、核准文号", new.approval),
        ]
    )


def complete_lot(new: NewLot, project: ProjectFacts) -> Verdict:
    """标段登记完整性: every missing or unusable entry at once."""
    return judge(
        [
            (new.project == project.code, Reason("project_differs", "标段与项目不一致")),
            *titled("标段名称", new.title),
            (
                bool(re.fullmatch(r"[A-Z]\d{2}", new.deal_category, re.ASCII)),
                Reason("category_missing", "未选择交易分类（如房屋建筑、市政、土地使用权）", REGISTRATION),
            ),
            (
                bool(new.content.strip()),
                Reason("content_missing", "未说明标的内容", REGISTRATION, "请用一两句话说明"),
            ),
            *bounded("标的内容", new.content),
            (new.estimate.fen > 0, Reason("estimate_missing", "估算价应大于零", REGISTRATION)),
            *bounded("工期或交货期", new.period, TITLE_MAX),
            *bounded("质量要求", new.quality, TITLE_MAX),
        ]
    )


def may_register(
    new: NewLot, project: ProjectFacts, found: Classification, *, is_scored: bool = True
) -> Verdict:
    """标段入场登记条件: complete, in the catalogue, and traded by a method the catalogue allows.

    `is_scored`: a committee scores what is handed in by this method.
    """
    listed = complete_lot(new, project) & judge(
        [
            (
                found.kind is not Entry.OUTSIDE,
                Reason(
                    "outside",
                    "该标的不在公共资源交易目录内，不必进入平台交易",
                    "公共资源交易平台管理暂行办法 §8",
                ),
            ),
            (found.is_open, Reason("not_open", f"本平台尚未开通{found.name}")),
            (
                found.side is Side.SELL or bool(project.funding.strip()),
                Reason("funding_missing", "项目没有填写资金来源", "招标投标法 §9", "如：财政资金、企业自筹"),
            ),
        ]
    )
    return listed if found.kind is Entry.OUTSIDE else listed & _by_method(new, found, is_scored)


def _by_method(new: NewLot, found: Classification, is_scored: bool) -> Verdict:
    names, scorings = "、".join(found.methods), "、".join(found.scoring)
    is_carried = not is_scored or bool(found.scoring)
    if is_scored and found.no_tender is not None:
        return Verdict((found.no_tender,))
    return judge(
        [
            (
                new.method in found.methods,
                Reason("method_not_allowed", f"该类标的不能采用所选交易方式，可用：{names}"),
            ),
            (is_carried, Reason("tender_not_open", f"本平台尚未开通以招标方式进行的{found.name}")),
            (
                not is_carried or new.scoring in (found.scoring if is_scored else NOT_SCORED),
                Reason(
                    "scoring_not_allowed", f"所选交易方式不能采用所选评审办法，可用：{scorings or '不评审'}"
                ),
            ),
        ]
    )


def nature_of(new: NewLot, found: Classification) -> Nature:
    """标的性质: what is sold is no purchase, whatever was ticked."""
    return Nature.ASSET if found.side is Side.SELL else new.nature


def may_begin_round(lot: LotFacts, reason: str) -> Verdict:
    """重新招标条件: a round that ran without a contract. Basis: 招标投标法 §28, §42."""
    return may_act(lot) & judge(
        [
            (
                lot.phase in (Phase.CONTESTED, Phase.AWARDED),
                Reason("not_contested", "本轮招标尚未开始或合同已签订，不能重新招标", "招标投标法 §28"),
            ),
            (bool(reason.strip()), Reason("reason_missing", "未说明重新招标的原因")),
        ]
    )


def deposit_bounds(rulebook: Rulebook, estimate: Money) -> tuple[Money | None, Money | None]:
    """保证金的下限和上限, as shares of the estimate; None where the rules set none."""
    rates = (
        rulebook.get("deposit.rate_min"),
        (rulebook.get("tender.deposit_rate_max") or rulebook.get("deposit.rate_max")),
    )
    least = estimate.times(Rate(rates[0].value), rounding="ROUND_CEILING") if rates[0] else None
    most = estimate.times(Rate(rates[1].value), rounding="ROUND_FLOOR") if rates[1] else None
    return least, most


def splitting_hint(new: NewLot, similar: Sequence[LotFacts], threshold_fen: int | None) -> str:
    """化整为零提示. Basis: 招标投标法 §4: small lots of one owner that together pass the threshold."""
    total = new.estimate.fen + sum(lot.estimate.fen for lot in similar)
    if not similar or threshold_fen is None or new.estimate.fen >= threshold_fen or total < threshold_fen:
        return ""
    yuan = total // 100
    return (
        f"同一招标人近期另有{len(similar)}个相近标段，合计约{yuan:,}元，已达到必须招标的限额"
        "；可以合并采购的同类标的不得化整为零（招标投标法 §4）"
    )


def suggested(text: str, table: Sequence[Words]) -> str:
    """按用词推测: the code with most of its words in the text; empty if none is there."""
    counted = [(sum(word in text for word in entry.words), entry.code) for entry in table]
    most = max((count for count, _ in counted), default=0)
    return next((code for count, code in counted if count == most and most), "")


def milestones(rulebook: Rulebook, calendar: Calendar, on: date) -> tuple[Milestone, ...]:
    """期限推算, if the notice were published on that day."""
    found = [Milestone("发布公告", on, "", "按今日发布推算")]
    if rulebook.has("disclosure.days_min"):
        found += _to_the_contest(rulebook, calendar, on)
    else:
        found += _to_the_deadline(rulebook, calendar, on)
    return tuple(sorted(found, key=lambda one: one.on))


def _to_the_contest(rulebook: Rulebook, calendar: Calendar, on: date) -> Iterable[Milestone]:
    """公开竞价的期限: from the notice to the contest, and how long a listing runs."""
    for name, note in DISCLOSURES:
        limit = rulebook.get(name)
        if limit:
            start = calendar.next_workday(_after(on, limit, calendar))
            yield Milestone("最早竞价（挂牌）开始", start, limit.article, f"公告满{_period(limit)}{note}")
    notice, listing = rulebook.number("disclosure.days_min"), rulebook.get("listing.days_min")
    if listing:
        start = calendar.next_workday(_after(on, notice, calendar))
        end = calendar.next_workday(_after(start - timedelta(days=1), listing, calendar))
        yield Milestone("最早挂牌截止", end, listing.article, f"挂牌不少于{_period(listing)}")


def _to_the_deadline(rulebook: Rulebook, calendar: Calendar, on: date) -> Iterable[Milestone]:
    """招标的期限: forward to the deadline, back from it."""
    bidding, sale = rulebook.get("tender.bidding_days_min"), rulebook.get("tender.sale_days_min")
    if sale:
        days = int(sale.value)
        yield Milestone("招标文件发售最早结束", on + timedelta(days=days), sale.article, f"不少于{days}日")
    if bidding is None:
        return
    days = int(bidding.value)
    deadline = calendar.earliest(on, days)
    yield Milestone("最早投标截止、开标", deadline, bidding.article, f"满{days}日后的第一个工作日")
    for name, label in (
        ("tender.clarification_days_min", "不改期的最后澄清日"),
        ("objection.document_days_before_min", "对招标文件异议的最后一日"),
    ):
        limit = rulebook.get(name)
        if limit:
            back = calendar.latest(deadline, int(limit.value))
            yield Milestone(label, back, limit.article, f"投标截止前{int(limit.value)}日")


def _after(day: date, limit: Limit, calendar: Calendar) -> date:
    days = int(limit.value)
    return calendar.add_workdays(day, days) if limit.unit == "wd" else day + timedelta(days=days)


def _period(limit: Limit) -> str:
    return f"{int(limit.value)}{'个工作日' if limit.unit == 'wd' else '日'}"
