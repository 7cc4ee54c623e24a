"""公告的规则: the terms make a contest, the dates and amounts are lawful, the notice is whole."""

from datetime import datetime
from decimal import Decimal

from ggzy.kernel import digest
from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.rules.dating import dates
from ggzy.trading.auctions.rules.limits import Draft, broken
from ggzy.trading.auctions.values import Amount, AuctionFacts, AuctionTerms, Consent, Format
from ggzy.trading.projects.values import LotFacts


def reserve_commitment(amount: Amount, salt: str) -> str:
    """保留价承诺: binds the seller to a secret reserve until the result opens it."""
    return digest.digest(f"ggzy.reserve/1\n{amount.measure.value}\n{amount.units}\n{salt}".encode())


def may_announce(
    lot: LotFacts,
    auction: AuctionFacts,
    format: Format,
    terms: AuctionTerms,
    calendar: Calendar,
    at: datetime,
    consent: Consent | None = None,
) -> Verdict:
    """发布公告. The format's own terms, the dates, the amounts, and what the law wants of the price."""
    first = judge(
        [
            (AUCTION.may(auction.state, "announce"), Reason("already_announced", "本轮公告已经发布")),
            (
                format.code == auction.format == lot.method,
                Reason("format", "竞价方式与登记的交易方式不一致"),
            ),
        ]
    )
    return first & lawful(Draft(lot, format, terms, consent), calendar, at)


def lawful(draft: Draft, calendar: Calendar, at: datetime) -> Verdict:
    """公告内容是否合法、完整."""
    lines = dates(draft.lot, draft.format, draft.terms, calendar, at)
    dated = Verdict(tuple(line.reason for line in lines if line.reason))
    priced = Verdict(tuple(reason for limit, reason in broken(draft) if limit.severity == "block"))
    return draft.format.flaws(draft.terms.format) & dated & priced & _content(draft, at)


def warnings(draft: Draft, calendar: Calendar, at: datetime) -> tuple[Reason, ...]:
    """提示: lawful, but worth a second look before publishing."""
    lines = dates(draft.lot, draft.format, draft.terms, calendar, at)
    found = [line.warning for line in lines if line.warning]
    found += [reason for limit, reason in broken(draft) if limit.severity != "block"]
    if not calendar.knows(local_date(at), local_date(draft.terms.format.timing.ends_at)):
        text = "竞价所在年份的放假安排尚未公布"
        found.append(Reason("holidays_unknown", text, remedy="以国务院公布的安排为准"))
    return tuple(found)


def _content(draft: Draft, at: datetime) -> Verdict:
    terms = draft.terms
    timing, payment = terms.format.timing, terms.payment
    closes = max(terms.apply_until, terms.deposit_until)
    return judge(
        [
            (bool(terms.documents), Reason("no_documents", "尚未上传出让（转让）文件")),
            (terms.deposit.fen >= 0, Reason("deposit", "保证金不能为负数")),
            (
                local_date(terms.apply_from) >= local_date(at) and terms.apply_from < terms.apply_until,
                Reason("apply_dates", "报名时间应自公告之日或之后开始，并早于报名截止"),
            ),
            (
                closes <= timing.ends_at,
                Reason("apply_after_end", "报名和保证金的截止时间不能晚于竞价（挂牌）结束"),
            ),
            (
                draft.format.is_joined_late or closes <= timing.starts_at or closes > timing.ends_at,
                Reason("apply_after_start", "本方式在竞价开始前确认全部竞买人，报名和保证金应在开始前截止"),
            ),
            (
                Decimal(0) < payment.first.value <= 1 and 0 <= payment.first_days <= payment.all_days,
                Reason("payment", "首期付款应大于零且不超过全款，全款期限不早于首期"),
            ),
            (terms.contract_days >= 1, Reason("contract_days", "签订合同的期限应不少于 1 日")),
        ]
    )


def may_amend(
    auction: AuctionFacts,
    draft: Draft,
    *,
    is_material: bool,
    reason: str,
    calendar: Calendar,
    at: datetime,
) -> Verdict:
    """变更公告. A change that bears on the price starts the period of the notice anew."""
    before = auction.terms.format.timing.starts_at if auction.terms else at
    first = judge(
        [
            (
                AUCTION.may(auction.state, "amend") and at < before,
                Reason("not_announced", "公告未发布或竞价已经开始，不能变更公告"),
            ),
            (not auction.is_prepared, Reason("prepared", "竞价室已经就绪，不能再变更竞价条件")),
            (bool(reason.strip()), Reason("no_reason", "请写明变更的内容和原因")),
            (
                draft.terms.format.timing.starts_at >= before,
                Reason("not_earlier", "竞价开始时间只能推迟，不能提前"),
            ),
        ]
    )
    return first & (lawful(draft, calendar, at) if is_material else draft.format.flaws(draft.terms.format))
