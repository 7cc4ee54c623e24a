"""入场登记的规则: completeness, the brake, and the time that stands still."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Classification, Rulebook
from ggzy.trading.projects import events
from ggzy.trading.projects.values import (
    Effect,
    LotFacts,
    Milestone,
    NewLot,
    NewProject,
    Order,
    Phase,
    ProjectFacts,
    StandingStill,
    Still,
    Words,
)

TITLE_MAX = 200
TEXT_MAX = 5000
REVIEW_DAYS_MAX = 90

REGISTRATION = "公共资源交易平台管理暂行办法 §7"
BRAKE = "招标投标法实施条例 §62"
BRAKE_CAUSE = "brake"
NOT_SCORED = ("",)  # what is sold by open price alone
TERMINATION = "招标投标法实施条例 §31"


def complete_project(new: NewProject, is_known_region: bool, is_known_owner: bool) -> Verdict:
    """项目登记完整性. The platform checks completeness and approves nothing."""
    return judge(
        [
            *_titled("项目名称", new.title),
            (
                is_known_owner,
                Reason("owner_unknown", "招标人尚未在平台登记主体信息", REGISTRATION, "请先登记主体"),
            ),
            (
                new.agency != new.owner,
                Reason("agency_is_owner", "招标代理机构与招标人相同", remedy="自行招标的，招标代理机构留空"),
            ),
            (is_known_region, Reason("region_unknown", f"行政区划代码{new.region}不在区划表中")),
            (
                bool(new.funding.strip()),
                Reason("funding_missing", "未填写资金来源", "招标投标法 §9", "如：财政资金、企业自筹"),
            ),
            *_bounded("资金来源", new.funding),
            *_bounded("审批、核准文号", new.approval),
        ]
    )


def complete_lot(new: NewLot, project: ProjectFacts) -> Verdict:
    """标段登记完整性: every missing or unusable entry at once."""
    return judge(
        [
            (new.project == project.code, Reason("project_differs", "标段与项目不一致")),
            *_titled("标段名称", new.title),
            (
                bool(re.fullmatch(r"[A-Z]\d{2}", new.deal_category, re.ASCII)),
                Reason("category_missing", "未选择交易分类（如房屋建筑、市政、水利）", REGISTRATION),
            ),
            (
                bool(new.content.strip()),
                Reason(
                    "content_missing",
                    "未说明采购内容",
                    "招标公告和公示信息发布管理办法 §5",
                    "请用一两句话说明",
                ),
            ),
            *_bounded("采购内容", new.content),
            (new.estimate.fen > 0, Reason("estimate_missing", "估算价应大于零", "招标投标法实施条例 §26")),
            *_bounded("工期或交货期", new.period, TITLE_MAX),
            *_bounded("质量要求", new.quality, TITLE_MAX),
        ]
    )


def may_register(new: NewLot, project: ProjectFacts, found: Classification) -> Verdict:
    """标段入场登记条件: complete, in the catalogue, and traded by a method the catalogue allows."""
    names = "、".join(found.methods)
    return complete_lot(new, project) & judge(
        [
            (
                found.kind != "outside",
                Reason(
                    "outside",
                    "该标的不在公共资源交易目录内，不必进入平台交易",
                    "公共资源交易平台管理暂行办法 §8",
                ),
            ),
            (
                found.kind == "outside" or new.method in found.methods,
                Reason("method_not_allowed", f"该类标的不能采用所选交易方式，可用：{names}"),
            ),
            (
                found.kind == "outside" or new.scoring in (found.scoring or NOT_SCORED),
                Reason(
                    "scoring_not_allowed", f"该类标的不能采用所选评审办法，可用：{'、'.join(found.scoring)}"
                ),
            ),
        ]
    )


def may_act(lot: LotFacts, allow: frozenset[str] = frozenset()) -> Verdict:
    """标段可办理条件: not suspended, not terminated, not archived, unless the act is meant for that."""
    return judge(
        [
            (
                not lot.suspended or "suspended" in allow,
                Reason("suspended", "标段已被暂停交易", BRAKE, "恢复交易后方可办理"),
            ),
            (
                not lot.terminated or "terminated" in allow,
                Reason("terminated", "标段已终止交易", TERMINATION),
            ),
            (
                lot.phase is not Phase.ARCHIVED or "archived" in allow,
                Reason("archived", "标段已归档，不能再办理任何事项"),
            ),
        ]
    )


def may_suspend(lot: LotFacts, order: Order, at: datetime) -> Verdict:
    """暂停交易条件. Basis: 招标投标法实施条例 §62. Possible at any moment before the contract is signed."""
    days = REVIEW_DAYS_MAX
    return judge(
        [
            (not lot.suspended, Reason("already_suspended", "标段已经处于暂停状态")),
            (not lot.terminated, Reason("terminated", "标段已终止交易")),
            (
                lot.phase not in (Phase.CONTRACTED, Phase.ARCHIVED),
                Reason("contract_signed", "合同已签订，不能再暂停交易", BRAKE),
            ),
            *_ordered(order),
            (
                order.review_on is not None,
                Reason("review_missing", "未填写复查日期", remedy="请填写何时复查"),
            ),
            (
                order.review_on is None
                or local_date(at) < order.review_on <= local_date(at) + timedelta(days=days),
                Reason("review_out_of_range", f"复查日期应在明日起{days}日之内"),
            ),
        ]
    )


def may_resume(lot: LotFacts, order: Order) -> Verdict:
    """恢复交易条件."""
    return judge([(lot.suspended, Reason("not_suspended", "标段没有处于暂停状态")), *_ordered(order)])


def may_terminate(lot: LotFacts, order: Order, *, by_owner: bool) -> Verdict:
    """终止交易条件. Basis: 招标投标法实施条例 §31. Final; the owner's side may do so until the award."""
    return judge(
        [
            (not lot.terminated, Reason("terminated", "标段已经终止")),
            (
                lot.phase not in (Phase.CONTRACTED, Phase.ARCHIVED),
                Reason("contract_signed", "合同已签订，不能再终止招标", TERMINATION),
            ),
            (
                not by_owner or lot.phase is not Phase.AWARDED,
                Reason("awarded", "中标人已经确定，招标人不能终止招标", "招标投标法 §45"),
            ),
            (
                not by_owner or not lot.suspended,
                Reason("suspended", "标段已被暂停交易，招标人不能终止", BRAKE),
            ),
            *_ordered(order),
        ]
    )


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


def standing(stills: Iterable[Still]) -> StandingStill | None:
    """正在停表的情况; None while the clocks run."""
    running = [still for still in stills if still.until is None]
    if not running:
        return None
    return StandingStill(
        min(still.since for still in running), tuple(sorted({still.cause for still in running}))
    )


def standstill(stills: Iterable[Still], since: datetime, until: datetime) -> timedelta:
    """停表时长 between two moments; overlapping causes count once."""
    spans = _merged(stills, until)
    return sum((max(min(b, until) - max(a, since), timedelta()) for a, b in spans), timedelta())


def effective(stills: Iterable[Still], deadline: datetime, set_at: datetime, at: datetime) -> datetime:
    """顺延后的期限: the deadline set at `set_at`, moved by the time that stood still before it arrived.

    While the clock stands the answer lies in the future by what was left; it never arrives.
    """
    moved = deadline
    for start, end in _merged(stills, at):
        begun = max(start, set_at)
        if begun >= moved:
            break
        moved += max(end - begun, timedelta())
    return moved


def is_past_long_stop(lot: LotFacts, at: datetime, days_max: int | None) -> bool:
    """久停不决: suspended longer than the region's rulebook tolerates. `None` when it sets no limit."""
    if not lot.suspended or lot.standing is None or days_max is None:
        return False
    return local_date(at) - local_date(lot.standing.since) > timedelta(days=days_max)


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
    """期限推算, if the notice were published on that day: forward to the deadline, back from it."""
    bidding, sale = rulebook.get("tender.bidding_days_min"), rulebook.get("tender.sale_days_min")
    found = [Milestone("发布招标公告", on, "", "按今日发布推算")]
    if sale:
        days = int(sale.value)
        found.append(
            Milestone("招标文件发售最早结束", on + timedelta(days=days), sale.article, f"不少于{days}日")
        )
    if bidding is None:
        return tuple(found)
    days = int(bidding.value)
    deadline = calendar.earliest(on, days)
    found.append(Milestone("最早投标截止、开标", deadline, bidding.article, f"满{days}日后的第一个工作日"))
    for name, label in (
        ("tender.clarification_days_min", "不改期的最后澄清日"),
        ("objection.document_days_before_min", "对招标文件异议的最后一日"),
    ):
        limit = rulebook.get(name)
        if limit:
            back = calendar.latest(deadline, int(limit.value))
            found.append(Milestone(label, back, limit.article, f"投标截止前{int(limit.value)}日"))
    return tuple(sorted(found, key=lambda one: one.on))


def effects(lot: LotFacts) -> tuple[Effect, ...]:
    """暂停的影响, listed before the order is confirmed."""
    by_phase = {
        Phase.REGISTERED: "尚未发布招标公告；暂停期间不能发布。",
        Phase.CONTESTED: "投标、开标、评标和公示停止办理；投标截止时间和公示期自暂停之时起停止计算，恢复后顺延。",
        Phase.AWARDED: "中标通知书和合同签订停止办理；签订合同的期限停止计算，恢复后顺延。",
    }
    return (
        Effect("期限", by_phase.get(lot.phase, "本阶段没有可停止的期限。")),
        Effect("公开", "标段页面显示暂停横幅，并自动发布暂停公告，写明机关、原因和依据。"),
        Effect("通知", "标段页、公告和各方待办随即更新；投标人可在标段页看到，名单不向任何人显示。"),
        Effect("不受影响", "保证金退还、已作出的事实和全过程留痕不受影响。"),
    )


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并: what the facts of a lot say, to be compared with its row."""
    state: dict[str, object] = {}
    causes: set[str] = set()
    for fact in facts:
        match fact.event:
            case events.LotRegistered() as it:
                state = {
                    "lot.title": it.title,
                    "lot.estimate": it.estimate.fen,
                    "lot.rulebook": it.rulebook,
                    "lot.round": 1,
                    "lot.phase": Phase.REGISTERED.value,
                    "lot.suspended": False,
                    "lot.terminated": False,
                }
            case events.LotAdvanced() as it:
                state["lot.phase"] = it.phase
            case events.RoundBegun() as it:
                state |= {"lot.round": it.round, "lot.phase": Phase.REGISTERED.value}
            case events.LotSuspended():
                state["lot.suspended"] = True
                causes.add(BRAKE_CAUSE)
            case events.LotResumed():
                state["lot.suspended"] = False
                causes.discard(BRAKE_CAUSE)
            case events.LotTerminated():
                state |= {"lot.terminated": True, "lot.suspended": False}
                causes.clear()
            case events.ClockPaused() as it:
                causes.add(it.cause)
            case events.ClockUnpaused() as it:
                causes.discard(it.cause)
    return {**state, "lot.standstill": sorted(causes)}


def _merged(stills: Iterable[Still], at: datetime) -> list[tuple[datetime, datetime]]:
    spans = sorted(
        (still.since, max(still.until or at, still.since)) for still in stills if still.since <= at
    )
    merged: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _titled(what: str, text: str) -> Iterable[tuple[bool, Reason]]:
    yield bool(text.strip()), Reason("title_missing", f"未填写{what}")
    yield (
        len(text) <= TITLE_MAX,
        Reason("title_too_long", f"{what}最多{TITLE_MAX}个字，现为{len(text)}个字"),
    )


def _bounded(what: str, text: str, most: int = TEXT_MAX) -> Iterable[tuple[bool, Reason]]:
    yield len(text) <= most, Reason("text_too_long", f"{what}最多{most}个字，现为{len(text)}个字")


def _ordered(order: Order) -> Iterable[tuple[bool, Reason]]:
    yield bool(order.authority.strip()), Reason("authority_missing", "未写明作出决定的机关或单位")
    yield bool(order.reason.strip()), Reason("reason_missing", "未写明原因")
    yield bool(order.article.strip()), Reason("article_missing", "未写明依据的条款")
    yield from _bounded("原因", order.reason)
