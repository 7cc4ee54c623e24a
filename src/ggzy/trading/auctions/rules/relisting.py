"""再次交易的规则: the disclosure goes on, or a new round opens, perhaps at a lower price."""

from datetime import date, datetime

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.rules import words
from ggzy.trading.auctions.rules.dating import days_after, period
from ggzy.trading.auctions.values import AuctionFacts, AuctionState, Consent


def may_extend_disclosure(
    rulebook: Rulebook, auction: AuctionFacts, apply_until: datetime, calendar: Calendar, at: datetime
) -> Verdict:
    """延长信息披露的条件: nobody came, the conditions stay, and each extension is long enough."""
    limit = rulebook.get("relisting.extension_days_min")
    before = local_date(auction.apply_end or at)
    earliest = days_after(before, limit, calendar) if limit else before
    return judge(
        [
            (AUCTION.may(auction.state, "extend"), Reason("not_announced", "项目未在披露期内，不能延长")),
            (limit is not None, Reason("no_extension", "本类交易不设延长披露，未成交的应重新公告")),
            (auction.admitted == 0, Reason("has_bidders", "已有竞买人，不能延长披露")),
            (
                limit is None or local_date(apply_until) >= earliest,
                Reason(
                    "extension_too_short",
                    f"每次延长不少于 {period(limit) if limit else ''}",
                    limit.article if limit else "",
                    f"最早 {words.day(earliest)} 截止",
                ),
            ),
        ]
    )


def may_relist(
    rulebook: Rulebook,
    auction: AuctionFacts,
    start: Money,
    appraisal: Money | None,
    consent: Consent | None,
    at: datetime,
    *,
    has_new_appraisal: bool = False,
) -> Verdict:
    """再次公告的条件. `start` is the start price of the new round. Basis: 32号令 §18, §19."""
    return judge(
        [
            (
                auction.state in (AuctionState.FAILED, AuctionState.DEFAULTED),
                Reason("not_failed", "本轮没有失败，不能再次公告"),
            ),
            (start > Money.zero, Reason("start", "请填写大于零的起始价")),
        ]
    ) & Verdict(
        tuple(
            reason
            for reason in (
                _expired(rulebook, auction, at, has_new_appraisal),
                _cut(rulebook, auction, start),
                _consent(rulebook, start, appraisal, consent, at),
            )
            if reason
        )
    )


def _expired(rulebook: Rulebook, auction: AuctionFacts, at: datetime, is_fresh: bool) -> Reason | None:
    """首次披露之后太久: audit and appraisal again."""
    limit, first = rulebook.get("relisting.months_max"), auction.first_announced_on
    if limit is None or first is None or is_fresh or local_date(at) <= _months_after(first, int(limit.value)):
        return None
    text = f"自首次披露之日起已超过 {limit.value} 个月，应重新履行审计、评估和信息披露程序"
    return Reason("expired", text, limit.article)


def _cut(rulebook: Rulebook, auction: AuctionFacts, start: Money) -> Reason | None:
    """降价幅度 against the start price of this round."""
    limit = rulebook.get("relisting.cut_rate_max")
    if limit is None or auction.terms is None:
        return None
    least = auction.terms.floor.times(Rate(1 - limit.value))
    if start >= least:
        return None
    text = f"再次交易的起始价较上一轮下降超过 {Rate(limit.value).percent_text()}"
    return Reason("cut", text, limit.article, f"不得低于 {least}")


def _consent(
    rulebook: Rulebook, start: Money, appraisal: Money | None, consent: Consent | None, at: datetime
) -> Reason | None:
    """低于评估结果的一定比例: the approver's written consent, dated before this."""
    limit = rulebook.get("price.consent_rate_min")
    if limit is None or appraisal is None or start >= appraisal.times(Rate(limit.value)):
        return None
    share = Rate(limit.value).percent_text()
    if consent is None:
        remedy = f"不需同意的最低价为 {appraisal.times(Rate(limit.value))}"
        text = f"新的起始价低于评估结果的 {share}，应取得转让行为批准单位的书面同意"
        return Reason("consent_missing", text, limit.article, remedy)
    is_whole = consent.authority.strip() and consent.document and consent.on <= local_date(at)
    if not is_whole:
        return Reason("consent_incomplete", "书面同意应载明批准单位、文件和不晚于今日的日期", limit.article)
    return None


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has twenty-eight days")
