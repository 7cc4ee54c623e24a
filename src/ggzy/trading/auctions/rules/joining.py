"""报名的规则: who may apply, who must be admitted, who may be declined, and until when."""

from datetime import datetime

from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.lifecycle import APPLICATION
from ggzy.trading.auctions.rules import words
from ggzy.trading.auctions.values import (
    ApplicantFacts,
    ApplicationState,
    AuctionFacts,
    AuctionState,
    Room,
    RoomPhase,
)


def may_apply(auction: AuctionFacts, applicant: ApplicantFacts, at: datetime) -> Verdict:
    """提交竞买申请的条件. Everyone whom the notice does not shut out may apply."""
    terms = auction.terms
    announced = auction.state in (AuctionState.ANNOUNCED, AuctionState.OPEN) and terms is not None
    began = terms is None or at >= terms.apply_from
    end = auction.apply_end
    is_over = end is not None and at >= end
    return judge(
        [
            (announced, Reason("not_announced", "公告未发布或竞价已经结束，不能报名")),
            (
                began,
                Reason(
                    "not_begun",
                    "报名尚未开始",
                    remedy=f"{words.moment(terms.apply_from)} 开始" if terms else "",
                ),
            ),
            (not is_over, Reason("over", _over(auction, at))),
            (
                applicant.state in (None, ApplicationState.WITHDRAWN, ApplicationState.DECLINED),
                Reason("applied", "您已提交竞买申请，不能重复提交"),
            ),
            *_person(applicant),
            _materials(applicant),
        ]
    )


def _materials(applicant: ApplicantFacts) -> tuple[bool, Reason]:
    text = f"缺少公告要求的材料：{'、'.join(applicant.missing)}"
    return not applicant.missing, Reason("materials", text, remedy="请按公告补齐后提交")


def _over(auction: AuctionFacts, at: datetime) -> str:
    until = words.moment(auction.apply_end) if auction.apply_end else ""
    return f"报名已于 {until} 截止，您的申请于 {words.moment(at)} 到达"


def _person(applicant: ApplicantFacts) -> list[tuple[bool, Reason]]:
    return [
        (
            not applicant.is_owner_side,
            Reason("owner_side", "出让人、转让方、采购人及其代理机构不能参加竞买", "拍卖法 §30"),
        ),
        (
            not applicant.tie,
            Reason("insider", f"与出让方存在利害关系：{applicant.tie}", "企业国有资产法 §56；拍卖法 §22"),
        ),
        (
            applicant.is_registered,
            Reason("not_registered", "主体库中没有登记竞买人身份", remedy="请先完善主体信息"),
        ),
        (not applicant.ban, Reason("banned", f"主体处于市场禁入期：{applicant.ban}")),
        (
            not applicant.clashes,
            Reason(
                "one_application",
                f"{'、'.join(applicant.clashes)}已经报名，同一控制下的单位不能同时参加",
            ),
        ),
    ]


def may_admit(auction: AuctionFacts, applicant: ApplicantFacts, at: datetime) -> Verdict:
    """确认竞买资格的条件. An applicant against whom nothing stands must be admitted."""
    late = _is_late(auction, applicant)
    needs_deposit = auction.terms is not None and auction.terms.deposit.fen > 0
    return judge(
        [
            (
                applicant.state is not None and APPLICATION.may(applicant.state, "admit"),
                Reason("no_application", "没有待确认的竞买申请"),
            ),
            *_person(applicant),
            _materials(applicant),
            (
                applicant.is_secured or not needs_deposit,
                Reason("deposit_missing", _deposit(auction, applicant), remedy="到账或保函生效后即可确认"),
            ),
            (not late, Reason("deposit_late", "竞买保证金在截止时间之后到账")),
        ]
    )


def may_still_admit(
    auction: AuctionFacts, applicant: ApplicantFacts, room: Room | None, at: datetime, *, is_joined_late: bool
) -> Verdict:
    """到期确认的条件: as for everybody, while the room still gives paddles."""
    if room is not None and room.phase not in (
        RoomPhase.WAITING,
        *((RoomPhase.FREE,) if is_joined_late else ()),
    ):
        return Verdict((Reason("contest_began", "竞价开始或者结束之前，竞买资格未能确认"),))
    return may_admit(auction, applicant, at)


def _is_late(auction: AuctionFacts, applicant: ApplicantFacts) -> bool:
    end = auction.deposit_end
    return end is not None and applicant.secured_at is not None and applicant.secured_at >= end


def _deposit(auction: AuctionFacts, applicant: ApplicantFacts) -> str:
    owed = applicant.owed or (auction.terms.deposit if auction.terms else Money.zero)
    return f"竞买保证金未到账（应缴 {owed.figures()} 元）"


def may_decline(auction: AuctionFacts, applicant: ApplicantFacts, reasons: tuple[str, ...]) -> Verdict:
    """不予确认竞买资格的条件: only for a condition of the notice that is not met, each in words."""
    return judge(
        [
            (
                applicant.state is not None and APPLICATION.may(applicant.state, "decline"),
                Reason("no_application", "没有待确认的竞买申请"),
            ),
            (
                bool(reasons) and all(reason.strip() for reason in reasons),
                Reason(
                    "no_reason", "请逐条写明不符合的公告条件", "招标拍卖挂牌出让国有建设用地使用权规定 §12"
                ),
            ),
        ]
    )


def may_withdraw(auction: AuctionFacts, applicant: ApplicantFacts, at: datetime) -> Verdict:
    """撤回竞买申请的条件: before it is confirmed and before the applications close."""
    return judge(
        [
            (
                applicant.state is not None and APPLICATION.may(applicant.state, "withdraw"),
                Reason("not_withdrawable", "没有可以撤回的竞买申请；资格确认后不能撤回"),
            ),
            (
                auction.apply_end is None or at < auction.apply_end,
                Reason("over", "报名已经截止，不能撤回"),
            ),
        ]
    )


def may_book_viewing(auction: AuctionFacts, on: datetime, at: datetime) -> Verdict:
    """预约踏勘的条件: a time the notice offers, that has not gone by."""
    viewings = auction.terms.viewings if auction.terms else ()
    return judge(
        [
            (auction.state is AuctionState.ANNOUNCED, Reason("not_announced", "公告期内方可预约踏勘")),
            (
                any(on in viewing for viewing in viewings),
                Reason("no_viewing", "所选时间不在公告的踏勘时间内"),
            ),
            (on > at, Reason("gone_by", "所选时间已过")),
        ]
    )
