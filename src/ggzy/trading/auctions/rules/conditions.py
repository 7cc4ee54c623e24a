"""关键信息: the conditions and the result of an auction, as label and words. Pure."""

from datetime import datetime

from ggzy.kernel.instants import BEIJING, Period
from ggzy.kernel.money import Rate
from ggzy.trading.auctions.rules import captions, wording, words
from ggzy.trading.auctions.values import (
    Amount,
    AuctionFacts,
    AuctionTerms,
    Format,
    FormatTerms,
    Measure,
)
from ggzy.trading.auctions.values.pages import Deal

Row = tuple[str, str]


def key_facts(format: Format, auction: AuctionFacts) -> tuple[Row, ...]:
    """公告的关键信息; empty before the notice."""
    terms = auction.terms
    if terms is None:
        return ()
    say, contest, timing = wording.of(terms.format.direction), terms.format, terms.format.timing
    rows = (
        (say.start, _price(contest)),
        ("起始总价", f"{terms.floor.figures()} 元" if contest.quantity != 1 else ""),
        ("评估结果", f"{terms.appraisal.figures()} 元" if terms.appraisal else ""),
        (say.step, steps(contest)),
        ("保留价", "设有保留价，金额保密" if contest.reserve else ""),
        ("保证金", words.deposit(terms)),
        ("竞价方式", f"{format.name}。{format.rule}。"),
        ("延时和限价规则", "".join(captions.sentences(contest))),
        (f"最少{say.bidder}数", f"{contest.bidders_min} 家" if contest.bidders_min > 1 else ""),
        ("报名", f"{words.moment(terms.apply_from)} 至 {_moment(auction.apply_end)}"),
        ("保证金到账截止", _moment(auction.deposit_end) if terms.deposit.fen else ""),
        ("竞价（挂牌）", f"{words.moment(timing.starts_at)} 至 {words.moment(timing.ends_at)}"),
        ("价款支付", _payment(terms)),
        ("佣金或服务费", f"成交价的 {terms.commission.percent_text()}" if terms.commission.value else ""),
        ("报名材料", "、".join(terms.materials)),
        (f"{say.bidder}条件", terms.conditions),
        ("联系方式", terms.contact),
    )
    return tuple(row for row in rows if row[1])


def _price(contest: FormatTerms) -> str:
    per = f"（{contest.per}）" if contest.per else ""
    quantity = f"，数量 {contest.quantity}" if contest.quantity != 1 else ""
    return f"{contest.start}{per}{quantity}"


def steps(contest: FormatTerms) -> str:
    """每次增减多少, with the rungs further on."""
    measure = Measure.POINTS if contest.items else contest.start.measure
    first = str(Amount(measure, contest.steps.step))
    if contest.fall:
        return f"每 {words.duration(contest.fall.interval_s)}降 {first}，降至 {contest.fall.floor} 为止"
    later = [
        f"自 {contest.scale.amount(rung.beyond)} 起每次 {Amount(measure, rung.step)}"
        for rung in contest.steps.ladder
    ]
    exact = "或其整数倍" if contest.steps.is_exact else "以上"
    return "，".join([f"每次 {first}{exact}", *later])


def _payment(terms: AuctionTerms) -> str:
    pay = terms.payment
    signed = f"成交后 {terms.contract_days} 日内签订合同"
    if pay.first.value == 1:
        return f"{signed}，合同签订后 {pay.first_days} 日内付清"
    return (
        f"{signed}，合同签订后 {pay.first_days} 日内支付 {pay.first.percent_text()}，{pay.all_days} 日内付清"
    )


def _moment(at: datetime | None) -> str:
    return words.moment(at) if at else ""


def viewings(terms: AuctionTerms | None) -> tuple[str, ...]:
    """踏勘、展示时间."""
    return tuple(_period(one) for one in terms.viewings) if terms else ()


def _period(period: Period) -> str:
    start, end = period.start.astimezone(BEIJING), period.end.astimezone(BEIJING)
    tail = f"{end:%H:%M}" if start.date() == end.date() else f"{words.day(end.date())} {end:%H:%M}"
    return f"{words.day(start.date())} {start:%H:%M} 至 {tail}"


def result(auction: AuctionFacts, deal: Deal | None) -> tuple[Row, ...]:
    """成交结果; empty where there is none."""
    if deal is None or auction.terms is None:
        return ()
    say, contest = wording.of(auction.terms.format.direction), auction.terms.format
    rows = (
        (say.winner, f"{deal.name}（{deal.paddle} 号牌）"),
        ("成交价", f"{deal.price}{f'（{contest.per}）' if contest.per else ''}"),
        captions.pledge(contest, deal.second),
        ("成交总价", f"{deal.total.figures()} 元（{deal.total.characters()}）"),
        (captions.premium_name(contest), _premium(contest, deal)),
        ("成交确认书", f"{words.moment(deal.confirmed_at)} 签订" if deal.confirmed_at else "尚未签订"),
    )
    return tuple(row for row in rows if row[0] and row[1])


def _premium(contest: FormatTerms, deal: Deal) -> str:
    found: Rate = captions.premium(contest, deal.price)
    return found.percent_text()
