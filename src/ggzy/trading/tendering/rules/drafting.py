"""公告稿: what the notices of a tender say, composed from its terms. Nothing is typed twice."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.trading.deposits.values import BY_CREDIT
from ggzy.trading.notices.values import Attachment, Block, KeyFact, NoticeDraft
from ggzy.trading.projects.values import CustodyPlan, LotFacts
from ggzy.trading.tendering.rules import words
from ggzy.trading.tendering.values import (
    BidFacts,
    Cause,
    DocumentFile,
    OpeningFacts,
    OpeningFailure,
    Price,
    TenderFacts,
    TenderTerms,
)

TABLE_CHARACTERS_MAX = 300_000
CLOCK = "以平台服务器时间为准；到达平台的时间早于截止时间方为有效"


def valid_until(terms: TenderTerms, deadline: datetime) -> date:
    """投标有效期的最后一日: counted from the deadline in force (实施条例 §25)."""
    return local_date(deadline) + timedelta(days=terms.validity_days)


def price_text(price: Price | None) -> str:
    """报价, as the bidder wrote it; its reading where nothing was written."""
    if price is None:
        return "—"
    if price.text:
        return price.text
    if price.amount is not None:
        return f"{price.amount.figures()} 元"
    return price.rate.percent_text() if price.rate is not None else "—"


def tender_notice(lot: LotFacts, terms: TenderTerms, custody: CustodyPlan) -> NoticeDraft:
    """招标公告. Content: 招标公告和公示信息发布管理办法 §5."""
    k, n = custody.k, len(custody.holders)
    lines = [
        ("招标内容", lot.content or lot.title),
        ("规模", "" if lot.is_sold else f"估算价 {lot.estimate.figures()} 元"),
        *((one.name, one.text) for one in lot.particulars),
        ("起始价", price_text(terms.floor) if terms.floor else ""),
        ("价款支付", terms.payment.text if terms.payment else ""),
        ("最高投标限价", price_text(terms.ceiling) if terms.ceiling else ""),
        ("资金来源", lot.funding),
        ("工期、交货期或服务期", lot.period),
        ("质量要求", lot.quality),
        ("投标人资格要求", terms.qualification),
        ("联合体投标", "接受" if terms.is_consortium_allowed else "不接受"),
        ("投标保证金", _deposit(terms)),
        (
            "招标文件获取",
            f"{words.moment(terms.sale_start)} 至 {words.moment(terms.sale_end)}，在本平台免费下载",
        ),
        ("投标截止时间", f"{words.moment(terms.deadline)}（{CLOCK}）"),
        ("开标时间", words.moment(terms.deadline)),
        ("开标地点", terms.venue),
        ("投标有效期", f"自投标截止之日起 {terms.validity_days} 日"),
        (
            "电子投标",
            f"投标文件加密后在本平台递交；未加密的不予接收。开标时由投标人和 {n} 位保管人中的 {k} 位共同解密",
        ),
        ("解密时间", f"开标后 {terms.bidder_window_s // 60} 分钟内"),
        (base_word(lot), f"设{base_word(lot)}，开标时公布" if terms.base_price else ""),
        ("联系方式", terms.contact),
    ]
    return NoticeDraft(
        lot=lot.code,
        round=lot.round,
        kind="tender_notice",
        title=f"{lot.title}{'招标出让（转让）' if lot.is_sold else '招标'}公告"
        + (f"（第{lot.round}次）" if lot.round > 1 else ""),
        facts=tuple(KeyFact(label, text) for label, text in lines if text),
        attachments=attachments(terms.documents),
    )


def base_word(lot: LotFacts) -> str:
    """标底 of a purchase, 底价 of a sale."""
    return "底价" if lot.is_sold else "标底"


def attachments(files: Sequence[DocumentFile]) -> tuple[Attachment, ...]:
    """附件 of a notice."""
    return tuple(Attachment(file.name, file.digest, file.bytes) for file in files)


def _deposit(terms: TenderTerms) -> str:
    if terms.deposit.fen == 0:
        return "不收取"
    text = f"{terms.deposit.figures()} 元，须从基本账户转出或提交电子保函"
    return f"{text}；{BY_CREDIT}" if terms.deposit_by_credit else text


def clarification(
    lot: LotFacts, tender: TenderFacts, text: str, files: Sequence[DocumentFile], deadline: datetime
) -> NoticeDraft:
    """澄清公告: what changes, and whether the deadline moves (招标投标法 §23)."""
    moved = tender.deadline is not None and deadline != tender.deadline
    lines = [KeyFact("澄清内容", text), KeyFact("招标文件版本", f"第 {tender.documents_version + 1} 版")]
    if moved and tender.deadline is not None:
        lines.append(KeyFact("投标截止时间", _moved(tender.deadline, deadline)))
    return NoticeDraft(
        lot=lot.code,
        round=lot.round,
        kind="clarification",
        title=f"{lot.title}澄清公告（第{tender.documents_version}号）",
        facts=tuple(lines),
        attachments=attachments(files),
    )


def extension(lot: LotFacts, tender: TenderFacts, deadline: datetime, reason: str) -> NoticeDraft:
    """更正公告: a later deadline, and why."""
    before = tender.deadline or deadline
    return NoticeDraft(
        lot=lot.code,
        round=lot.round,
        kind="correction",
        title=f"{lot.title}更正公告",
        facts=(KeyFact("更正事项", _moved(before, deadline)), KeyFact("更正原因", reason)),
        amends=tender.notice or None,
    )


def _moved(before: datetime, after: datetime) -> str:
    return f"投标截止时间由 {words.moment(before)} 改为 {words.moment(after)}"


def failure(lot: LotFacts, reason: str) -> NoticeDraft:
    """流标公告."""
    return NoticeDraft(
        lot=lot.code,
        round=lot.round,
        kind="failure",
        title=f"{lot.title}流标公告",
        facts=(KeyFact("流标原因", reason),),
    )


def opening_record(
    lot: LotFacts,
    tender: TenderFacts,
    opening: OpeningFacts,
    bids: Sequence[BidFacts],
    failures: Sequence[OpeningFailure],
    list_file: DocumentFile | None,
) -> NoticeDraft:
    """开标记录. Basis: 招标投标法 §36, 电子招标投标办法 §32. A very long list is an attachment too."""
    lines = [
        ("开标时间", words.moment(tender.deadline) if tender.deadline else ""),
        ("开标地点", tender.terms.venue if tender.terms else ""),
        ("递交份数", f"{opening.submitted} 份"),
        ("解密份数", f"{opening.decrypted} 份"),
        ("最高投标限价", price_text(tender.terms.ceiling) if tender.terms and tender.terms.ceiling else ""),
        ("起始价", price_text(tender.terms.floor) if tender.terms and tender.terms.floor else ""),
        (base_word(lot), _amount(opening.base_price)),
    ]
    body = [] if list_file else [Block("唱标结果", table=(HEAD, *(row(bid) for bid in bids)))]
    if list_file:
        body.append(Block("唱标结果", f"共 {len(bids)} 份，全部唱标内容见附件“{list_file.name}”。"))
    if failures:
        body.append(Block("未能解密的投标文件", table=(FAILURE_HEAD, *(_failure(one) for one in failures))))
    return NoticeDraft(
        lot=lot.code,
        round=lot.round,
        kind="opening_record",
        title=f"{lot.title}开标记录",
        facts=tuple(KeyFact(label, text) for label, text in lines if text),
        body=tuple(body),
        attachments=attachments([list_file] if list_file else []),
    )


HEAD = ("序号", "投标人", "报价", "工期（交货期、服务期）", "质量", "项目负责人", "备注")
FAILURE_HEAD = ("投标人", "情形", "处理", "理由")


def row(bid: BidFacts) -> tuple[str, ...]:
    """唱标的一行."""
    price = price_text(bid.price)
    return (str(bid.seq), bid.bidder.name, price, bid.period, bid.quality, bid.leader, bid.note)


def is_long(bids: Sequence[BidFacts]) -> bool:
    """是否另附清单: the whole table would not fit a notice."""
    return sum(sum(map(len, row(bid))) for bid in bids) > TABLE_CHARACTERS_MAX


def _failure(one: OpeningFailure) -> tuple[str, ...]:
    treated = "视为撤销投标文件" if one.decided is Cause.BIDDER else "视为撤回投标文件"
    return (one.bidder.name, one.evidence, treated, one.reason)


def _amount(amount: Money | None) -> str:
    return f"{amount.figures()} 元" if amount is not None else ""
