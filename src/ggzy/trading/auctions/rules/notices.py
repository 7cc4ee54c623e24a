"""公告稿: what the notices of an auction say, composed from its terms. Nothing is typed twice."""

from collections.abc import Sequence
from datetime import datetime

from ggzy.kernel.money import Money
from ggzy.trading.auctions.rules import wording, words
from ggzy.trading.auctions.values import AuctionTerms, Document, Format, Winner
from ggzy.trading.notices.values import Attachment, KeyFact, NoticeDraft
from ggzy.trading.projects.values import LotFacts

CLOCK = "以平台服务器时间为准"


def transfer_notice(lot: LotFacts, format: Format, terms: AuctionTerms) -> NoticeDraft:
    """出让、转让公告. Basis: 招标拍卖挂牌出让国有建设用地使用权规定 §9."""
    return _draft(
        lot, "transfer_notice", "公告", _lines(lot, format, terms), attachments=attachments(terms.documents)
    )


def amendment(lot: LotFacts, format: Format, terms: AuctionTerms, reason: str, notice: str) -> NoticeDraft:
    """变更公告: the conditions as they now stand, and why."""
    lines = [("更正事项", reason), ("更正原因", reason), *_lines(lot, format, terms)]
    return _draft(lot, "correction", "变更公告", lines, attachments(terms.documents), notice)


def extension(lot: LotFacts, terms: AuctionTerms, notice: str) -> NoticeDraft:
    """延长信息披露公告."""
    timing = terms.format.timing
    until = words.moment(terms.apply_until)
    lines = [
        ("更正事项", f"报名截止时间延长至 {until}，其他条件不变"),
        ("更正原因", "披露期满未征集到意向受让方"),
        ("竞价时间", f"{words.moment(timing.starts_at)} 至 {words.moment(timing.ends_at)}"),
    ]
    return _draft(lot, "correction", "延长披露公告", lines, (), notice)


def sale_notice(
    lot: LotFacts,
    format: Format,
    winner: Winner,
    price: str,
    total: Money,
    at: datetime,
    until: datetime | None,
    pledge: tuple[str, str] = ("", ""),
) -> NoticeDraft:
    """成交公告; where its publicity has a period, a publicity at the same time."""
    shown = f"{words.moment(at)} 至 {words.moment(until)}" if until else ""
    lines = [
        (wording.of_format(format).winner, winner.name),
        ("成交价", price),
        ("成交总价", f"{total.figures()} 元"),
        pledge,
        ("公示期", shown),
        ("异议渠道", "公示期内通过本平台提出" if until else ""),
    ]
    return _draft(lot, "sale_notice", "成交公示" if until else "成交公告", lines)


def failure(lot: LotFacts, reason: str) -> NoticeDraft:
    """未成交公告."""
    return _draft(lot, "failure", "未成交公告", [("流标原因", reason)])


def attachments(files: Sequence[Document]) -> tuple[Attachment, ...]:
    """附件 of a notice."""
    return tuple(Attachment(file.name, file.digest, file.bytes) for file in files)


def _lines(lot: LotFacts, format: Format, terms: AuctionTerms) -> list[tuple[str, str]]:
    timing, payment, say = terms.format.timing, terms.payment, wording.of(terms.format.direction)
    unit = f"（{terms.format.per}）" if terms.format.per else ""
    return [
        ("标的", lot.content or lot.title),
        ("竞价方式", f"{format.name}：{format.rule}"),
        (say.start, f"{terms.format.start}{unit}"),
        ("保留价", "设保留价，竞价结束后公开或者保密" if terms.format.reserve else ""),
        ("保证金", words.deposit(terms)),
        ("保证金截止", words.moment(terms.deposit_until)),
        ("报名时间", f"{words.moment(terms.apply_from)} 至 {words.moment(terms.apply_until)}（{CLOCK}）"),
        ("竞价时间", f"{words.moment(timing.starts_at)} 至 {words.moment(timing.ends_at)}（{CLOCK}）"),
        (f"{say.bidder}条件", terms.conditions),
        ("报名材料", "、".join(terms.materials)),
        ("价款支付", f"合同签订后 {payment.first_days} 日内支付 {payment.first.percent_text()}，"
                     f"{payment.all_days} 日内付清"),
        ("合同签订", f"成交后 {terms.contract_days} 日内"),
        ("联系方式", terms.contact),
    ]  # fmt: skip


def _draft(
    lot: LotFacts,
    kind: str,
    name: str,
    lines: Sequence[tuple[str, str]],
    attachments: tuple[Attachment, ...] = (),
    amends: str = "",
) -> NoticeDraft:
    turn = f"（第{lot.round}次）" if lot.round > 1 else ""
    return NoticeDraft(
        lot=lot.code,
        round=lot.round,
        kind=kind,
        title=f"{lot.title}{name}{turn}",
        facts=tuple(KeyFact(label, text) for label, text in lines if text),
        attachments=attachments,
        amends=amends or None,
    )
