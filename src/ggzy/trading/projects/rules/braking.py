"""刹车的规则: what may be done to a lot at all; suspended, resumed, ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.projects.rules.writing import bounded
from ggzy.trading.projects.values import Effect, LotFacts, LotOrder, Order, OrderKind, Phase

REVIEW_DAYS_MAX = 90

BRAKE = "招标投标法实施条例 §62"
BRAKE_CAUSE = "brake"
TERMINATION = "招标投标法实施条例 §31"


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


def may_despite(lot: LotFacts, permission: str, kinds: Mapping[str, OrderKind]) -> Verdict:
    """责令之下可办理条件: no open order to the lot forbids this act. An order counts in its own round."""
    archive = permission == Permission.DOSSIER_ARCHIVE
    standing = [
        (one, kinds[one.kind])
        for one in lot.orders
        if archive or (one.round == lot.round and permission in kinds[one.kind].forbids)
    ]
    return Verdict(
        tuple(
            Reason(
                "ordered",
                f"{one.authority}已对本标段{kind.name}（限期{one.until:%Y年%m月%d日}），办结之前不能办理",
                kind.article,
                kind.demands,
            )
            for one, kind in standing
        )
    )


def may_order(lot: LotFacts, order: LotOrder) -> Verdict:
    """责令条件: an order is given once, to a lot that can still obey it."""
    return judge(
        [
            (lot.phase is not Phase.ARCHIVED, Reason("archived", "标段已归档，不能再责令")),
            (
                order.code not in {one.code for one in lot.orders},
                Reason("already_ordered", "这项责令已经下达"),
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


def _ordered(order: Order) -> Iterable[tuple[bool, Reason]]:
    yield bool(order.authority.strip()), Reason("authority_missing", "未写明作出决定的机关或单位")
    yield bool(order.reason.strip()), Reason("reason_missing", "未写明原因")
    yield bool(order.article.strip()), Reason("article_missing", "未写明依据的条款")
    yield from bounded("原因", order.reason)
