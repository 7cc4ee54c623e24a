"""开标的规则: who may release what and when, what a bid that does not open means, and the read-out."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ggzy.kernel import canon, merkle
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.tendering.rules import words
from ggzy.trading.tendering.rules.announcing import base_price_commitment
from ggzy.trading.tendering.values import (
    BidState,
    Cause,
    OpeningFacts,
    TenderFacts,
    TenderState,
)

NOT_OPENING = Reason("not_opening", "本标段不在开标过程中", "电子招标投标办法 §29")


def opening_root(bids: Iterable[tuple[str, int, str]]) -> str:
    """开标名单的根: Merkle root over (bid, gen, manifest), in order of delivery."""
    leaves = [merkle.leaf_hash(canon.dumps([bid, gen, manifest])) for bid, gen, manifest in bids]
    return "sha256:" + merkle.root(leaves).hex()


def closing_words(count: int, required: int) -> str:
    """截止的说明."""
    if count >= required:
        return f"截止时间前收到 {count} 份投标文件，开标开始。"
    return (
        f"截止时间前收到 {count} 份投标文件，少于 {required} 份，本标段流标。"
        "投标文件未解密，予以退回。招标人可以重新招标。"
    )


def may_release_shares(
    tender: TenderFacts, opening: OpeningFacts | None, x: int | None, offered: int
) -> Verdict:
    """释放密钥份额 (trust §9.4). Only of bids in the opening set, once per holder, all of them together.

    A share that the bidder wrapped wrongly cannot be released: fewer than all is no fault of the holder.
    """
    return judge(
        [
            (_is_opening(tender, opening), NOT_OPENING),
            (x is not None, Reason("not_holder", "您不是本标段的开标密钥保管人")),
            (
                opening is None or x not in opening.shares_released,
                Reason("already_released", "您已经释放过本标段的密钥份额"),
            ),
            (
                offered > 0,
                Reason("no_shares", "没有收到本次开标名单中的密钥份额", remedy="请用保管人工具重新生成"),
            ),
        ]
    )


def may_release_key(
    tender: TenderFacts, opening: OpeningFacts | None, bid: BidState | None, at: datetime, *, released: bool
) -> Verdict:
    """投标人解密. Basis: 电子招标投标办法 §30; the window is part of the terms."""
    until = opening.bidder_window_until if opening else None
    return judge(
        [
            (_is_opening(tender, opening), NOT_OPENING),
            (bid is BidState.SUBMITTED, Reason("no_bid", "您在本标段没有待解密的投标文件")),
            (not released, Reason("already_released", "您的解密密钥已收到，无需重复提交")),
            (
                until is None or at < until,
                Reason(
                    "window_over", f"解密时间已于 {words.moment(until or at)} 结束", "电子招标投标办法 §31"
                ),
            ),
        ]
    )


def may_remedy(
    tender: TenderFacts, opening: OpeningFacts | None, bid: BidState | None, at: datetime
) -> Verdict:
    """提交明文补救: if the terms allow it, within the window, once enough custodians have released."""
    allowed = tender.terms is not None and tender.terms.remedy == "plaintext-match"
    holders = len(opening.shares_released) if opening else 0
    return may_release_key(tender, opening, bid, at, released=False) & judge(
        [
            (allowed, Reason("no_remedy", "招标文件没有设明文补救方案", "电子招标投标办法 §31")),
            (
                opening is None or holders >= opening.k,
                Reason("too_few_holders", "保管人尚未释放足够的份额，还不能核对明文"),
            ),
        ]
    )


def may_extend_window(
    tender: TenderFacts, opening: OpeningFacts | None, minutes: int, reason: str
) -> Verdict:
    """延长解密时间: for a fault of ours or late custodians, never for one bidder alone."""
    return judge(
        [
            (_is_opening(tender, opening), NOT_OPENING),
            (1 <= minutes <= 24 * 60, Reason("minutes", "延长时间应为 1 至 1440 分钟")),
            (bool(reason.strip()), Reason("no_reason", "请写明延长解密时间的原因")),
        ]
    )


def may_read_out(tender: TenderFacts, opening: OpeningFacts | None, at: datetime) -> Verdict:
    """唱标: prices are shown when all bids are open, or when the windows are over (§31)."""
    remaining = opening.pending if opening else 0
    return judge(
        [
            (_is_opening(tender, opening), NOT_OPENING),
            (
                remaining == 0 or _is_over(opening, at),
                Reason(
                    "still_decrypting",
                    f"还有 {remaining} 份投标文件未解密，解密时间未结束",
                    "电子招标投标办法 §30",
                    f"全部解密后，或 {_until(opening)} 之后即可唱标",
                ),
            ),
        ]
    )


def attribute(*, holders: int, good_shares: int, k: int, has_secret: bool) -> tuple[str, Cause, str]:
    """未能解密的归因 (trust §10): finding, cause and evidence of a bid that is still closed at the end.

    `holders` have released, `good_shares` of theirs pass the public check of this bid.
    """
    if holders < k:
        return "F4", Cause.CUSTODY, f"解密时间内只有 {holders} 位保管人释放份额，少于 {k} 位"
    if not has_secret:
        return "F1", Cause.BIDDER, f"解密时间内未收到投标人的解密密钥；{holders} 位保管人已释放份额"
    evidence = f"{holders} 位保管人已释放份额，其中 {good_shares} 份与这份投标文件的校验值相符，少于 {k} 份"
    return "F5", Cause.BIDDER, evidence


def treatment(cause: Cause) -> BidState:
    """未能解密的处理: 视为撤销 or 视为撤回. Basis: 电子招标投标办法 §31."""
    return BidState.REVOKED if cause is Cause.BIDDER else BidState.LAPSED


def may_decide_failure(
    tender: TenderFacts, opening: OpeningFacts | None, *, is_failed: bool, is_decided: bool, reason: str
) -> Verdict:
    """认定未能解密的原因: the platform proposes with evidence, the owner's side decides, with reasons."""
    return judge(
        [
            (
                tender.state is TenderState.CLOSED
                and opening is not None
                and opening.read_out_at is not None,
                Reason("not_read_out", "唱标之后方可认定未能解密的原因"),
            ),
            (is_failed, Reason("not_failed", "这份投标文件没有解密失败的记录")),
            (not is_decided, Reason("already_decided", "这份投标文件的处理已经认定")),
            (bool(reason.strip()), Reason("no_reason", "请写明认定的理由", "电子招标投标办法 §31")),
        ]
    )


def may_announce_base_price(
    tender: TenderFacts, opening: OpeningFacts | None, amount: Money, salt: str
) -> Verdict:
    """公布标底: the amount must open the commitment of the announcement. Basis: 实施条例 §50."""
    commitment = tender.terms.base_price if tender.terms else None
    return judge(
        [
            (
                tender.state is TenderState.CLOSED
                and opening is not None
                and opening.read_out_at is not None,
                Reason("not_read_out", "唱标时方可公布标底"),
            ),
            (commitment is not None, Reason("no_base_price", "本标段没有设标底")),
            (
                opening is None or opening.base_price is None,
                Reason("already_announced", "标底已经公布"),
            ),
            (
                commitment is None or base_price_commitment(amount, salt) == commitment,
                Reason("base_price_differs", "金额或口令与公告时的标底承诺不符", "实施条例 §27"),
            ),
        ]
    )


def may_conclude(
    tender: TenderFacts, opening: OpeningFacts | None, objections: Collection[str], undecided: int
) -> Verdict:
    """结束开标并公布开标记录. Basis: 招标投标法 §36, 实施条例 §44, 电子招标投标办法 §32."""
    needs_base_price = tender.terms is not None and tender.terms.base_price is not None
    return judge(
        [
            (
                tender.state is TenderState.CLOSED
                and opening is not None
                and opening.read_out_at is not None,
                Reason("not_read_out", "尚未唱标，不能结束开标"),
            ),
            (
                undecided == 0,
                Reason(
                    "failures_undecided",
                    f"还有 {undecided} 份未能解密的投标文件没有认定原因",
                    "电子招标投标办法 §31",
                ),
            ),
            (
                not objections,
                Reason(
                    "objections_open",
                    f"还有 {len(objections)} 件开标异议没有当场答复",
                    "实施条例 §44",
                ),
            ),
            (
                not needs_base_price or (opening is not None and opening.base_price is not None),
                Reason("base_price_missing", "标底尚未公布", "实施条例 §50"),
            ),
        ]
    )


def _is_opening(tender: TenderFacts, opening: OpeningFacts | None) -> bool:
    return tender.state is TenderState.CLOSED and opening is not None and opening.read_out_at is None


def _is_over(opening: OpeningFacts | None, at: datetime) -> bool:
    if opening is None or opening.bidder_window_until is None:
        return False
    return at >= max(opening.bidder_window_until, opening.custodian_window_until or at)


def _until(opening: OpeningFacts | None) -> str:
    if opening is None or opening.bidder_window_until is None:
        return "解密时间结束"
    return words.moment(
        max(opening.bidder_window_until, opening.custodian_window_until or opening.bidder_window_until)
    )
