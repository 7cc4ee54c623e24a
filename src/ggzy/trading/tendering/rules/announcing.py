"""公告与澄清的规则: every date is computed from the calendar and held against the lot's own rulebook."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from ggzy.kernel import canon, digest
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import BEIJING, Calendar, local_date, local_instant
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.projects.values import CustodyPlan, LotFacts
from ggzy.trading.tendering.lifecycle import TENDER
from ggzy.trading.tendering.rules import selling, words
from ggzy.trading.tendering.values import (
    DateLine,
    DocumentFile,
    Method,
    Price,
    TenderFacts,
    TenderState,
    TenderTerms,
)

WINDOW_MIN_S, WINDOW_MAX_S = 600, 4 * 3600
VALIDITY_DAYS_MAX = 365
COMMITMENT = re.compile(r"(sha256|sm3):[0-9a-f]{64}")
PADS = frozenset(1 << power for power in range(12, 23))


def base_price_commitment(amount: Money, salt: str) -> str:
    """标底承诺: binds the owner to a secret base price until the opening announces it."""
    return digest.digest(f"ggzy.base-price/1\n{amount.fen}\n{salt}".encode())


def documents_digest(files: Iterable[DocumentFile]) -> str:
    """招标文件摘要: covers name, digest and size of every file, in order."""
    listed = [{"name": file.name, "digest": file.digest, "bytes": file.bytes} for file in files]
    return digest.digest(b"ggzy.documents/1\n" + canon.dumps(listed))


def may_prepare(
    tender: TenderFacts, lot: LotFacts, custody: CustodyPlan, strangers: tuple[str, ...] = ()
) -> Verdict:
    """编制招标、指定保管人 (trust §9.1). Nobody alone, and not the centre with the owner, may open a bid.

    `strangers` are the names of holders who hold no custodian's membership at their organisation.
    """
    drafted = judge(
        [(tender.state is TenderState.DRAFTED, Reason("not_drafted", "招标公告已经发布，保管人不能再改"))]
    )
    return drafted & custody.flaws((lot.owner, lot.agency), strangers)


def may_announce(
    lot: LotFacts,
    tender: TenderFacts,
    terms: TenderTerms,
    method: Method,
    invitees: tuple[CreditCode, ...],
    calendar: Calendar,
    at: datetime,
) -> Verdict:
    """发布招标公告. Basis: 招标投标法 §16, §23, §24; 实施条例 §16, §26, §27; trust §7.2."""
    holders = tender.custody.holders if tender.custody else ()
    missing = [holder.name for holder in holders if holder.x not in tender.keys_posted]
    first = judge(
        [
            (TENDER.may(tender.state, "announce"), Reason("already_announced", "本轮招标公告已经发布")),
            (
                tender.custody is not None,
                Reason("custody_missing", "尚未指定开标密钥保管人", remedy="请先在“开标密钥保管”页指定"),
            ),
            (
                not missing,
                Reason(
                    "keys_missing",
                    f"还有 {len(missing)} 位保管人未提交本标段的公钥：{'、'.join(missing)}",
                    remedy="公钥齐备后投标人才能加密，请提醒保管人",
                ),
            ),
        ]
    )
    invited = method.may_announce(invitees, _whole(lot.rulebook, "tender.invitees_min", 3))
    lawful = Verdict(tuple(line.reason for line in dates(lot, terms, calendar, at) if line.reason))
    return first & invited & lawful & _content(lot, terms) & selling.may_sell_by(lot, terms)


def _content(lot: LotFacts, terms: TenderTerms) -> Verdict:
    return judge(
        [
            *_deposit(lot, terms),
            (bool(terms.documents), Reason("no_documents", "尚未上传招标文件", "招标投标法 §19")),
            (bool(terms.venue.strip()), Reason("no_venue", "请填写开标地点", "招标投标法 §34")),
            (
                1 <= terms.validity_days <= VALIDITY_DAYS_MAX,
                Reason("validity", f"投标有效期应为 1 至 {VALIDITY_DAYS_MAX} 日", "实施条例 §25"),
            ),
            (
                _fits(terms.ceiling, lot.price_form),
                Reason("ceiling_form", "最高投标限价的形式与本标段的报价形式不一致", "实施条例 §27"),
            ),
            (
                terms.base_price is None or COMMITMENT.fullmatch(terms.base_price) is not None,
                Reason(
                    "base_price_open",
                    "标底栏应填写承诺值，不能填写标底本身：标底在开标前必须保密",
                    "招标投标法 §22",
                    "承诺值形如 sha256: 后接 64 位十六进制数",
                ),
            ),
            (
                terms.pad_bytes in PADS,
                Reason("pad", "填充单位应为 4 KiB 至 4 MiB 的二次幂"),
            ),
            (
                all(
                    WINDOW_MIN_S <= seconds <= WINDOW_MAX_S
                    for seconds in (terms.bidder_window_s, terms.custodian_window_s)
                ),
                Reason("window", "解密时间应为 10 分钟至 4 小时", "电子招标投标办法 §30"),
            ),
        ]
    )


def _deposit(lot: LotFacts, terms: TenderTerms) -> list[tuple[bool, Reason]]:
    """保证金上限 of a purchase; that of a sale follows from its floor."""
    rate = lot.rulebook.get("tender.deposit_rate_max")
    if rate is None:
        return []
    most = lot.estimate.times(Rate(rate.value))
    said = f"投标保证金 {terms.deposit.figures()} 元，超过估算价的 {Rate(rate.value).percent_text()}"
    reason = Reason("deposit_too_high", said, rate.article, f"最高可定为 {most.figures()} 元")
    return [(terms.deposit <= most, reason)]


def _fits(ceiling: Price | None, form: str) -> bool:
    if ceiling is None or form == "text":
        return True
    value = ceiling.amount if form == "amount" else ceiling.rate
    return ceiling.kind == form and value is not None


def dates(lot: LotFacts, terms: TenderTerms, calendar: Calendar, at: datetime) -> tuple[DateLine, ...]:
    """法定日期核对: every date chosen, its earliest lawful day and what stands against it."""
    return (_sale_start(terms, at), _sale_end(lot, terms), _deadline(lot, terms, calendar))


def _sale_start(terms: TenderTerms, at: datetime) -> DateLine:
    today = local_date(at)
    reason = None
    if local_date(terms.sale_start) < today:
        reason = Reason(
            "sale_start_past",
            "招标文件的获取时间不能早于公告之日",
            "招标投标法 §16",
            f"最早 {words.day(today)}",
        )
    return DateLine("招标文件获取开始", terms.sale_start, today, "招标投标法 §16", reason)


def _sale_end(lot: LotFacts, terms: TenderTerms) -> DateLine:
    limit, start = lot.rulebook.get("tender.sale_days_min"), local_date(terms.sale_start)
    if limit is None:
        return DateLine("招标文件获取截止", terms.sale_end, start, "招标文件")
    earliest = date.fromordinal(start.toordinal() + int(limit.value))
    reason = None
    if _binds(lot, limit) and local_date(terms.sale_end) < earliest:
        reason = Reason(
            "sale_too_short",
            f"招标文件发售期不足 {limit.value} 日",
            limit.article,
            f"最早 {words.day(earliest)}（满 {limit.value} 日）",
        )
    return DateLine("招标文件获取截止", terms.sale_end, earliest, limit.article, reason)


def earliest_deadline(lot: LotFacts, sale_start: datetime, calendar: Calendar) -> date:
    """最早的投标截止日: the first working day that leaves the bidders their lawful days."""
    limit = lot.rulebook.number("tender.bidding_days_min")
    start, days = local_date(sale_start), int(limit.value) if _binds(lot, limit) else 1
    if limit.unit == "wd":
        return calendar.add_workdays(start, days)
    return calendar.earliest(start, days, strict=_is_strict(lot.rulebook))


def _deadline(lot: LotFacts, terms: TenderTerms, calendar: Calendar) -> DateLine:
    limit = lot.rulebook.number("tender.bidding_days_min")
    start, end = local_date(terms.sale_start), local_date(terms.deadline)
    earliest = earliest_deadline(lot, terms.sale_start, calendar)
    days = int(limit.value)
    in_workdays = limit.unit == "wd"
    period = f"{days} 个工作日" if in_workdays else f"{days} 日"
    offer = f"最早 {words.day(earliest)}（满 {period}）"
    reason = warning = None
    strict = _is_strict(lot.rulebook)
    is_long = (
        end >= earliest if in_workdays else calendar.at_least_days_before(start, end, days, strict=strict)
    )
    if _binds(lot, limit) and not is_long:
        reason = Reason(
            "bidding_too_short",
            f"自招标文件开始发出之日起至投标截止之日不足 {period}",
            limit.article,
            offer,
        )
    elif terms.deadline <= terms.sale_end:
        reason = Reason(
            "deadline_before_sale_end", "投标截止时间不能早于招标文件获取截止时间", limit.article, offer
        )
    elif not calendar.is_workday(end):
        day_off = Reason(
            "deadline_on_day_off",
            f"{words.day(end)}不是工作日，不能开标" if lot.is_bound else f"{words.day(end)}不是工作日",
            "民法典 §203",
            f"下一个工作日是 {words.day(calendar.next_workday(end))}",
        )
        reason, warning = (day_off, None) if lot.is_bound else (None, day_off)
    elif (
        _binds(lot, limit)
        and not in_workdays
        and not calendar.at_least_days_before(start, end, days, strict=True)
    ):
        warning = Reason(
            "bidding_days_strict",
            f"首日与截止日均不计入时，只满 {days - 1} 日",
            limit.article,
            f"从严可定为 {words.day(calendar.earliest(start, days, strict=True))}",
        )
    return DateLine("投标截止（开标）", terms.deadline, earliest, limit.article, reason, warning)


def warnings(lot: LotFacts, terms: TenderTerms, calendar: Calendar, at: datetime) -> tuple[Reason, ...]:
    """提示: lawful, but worth a second look before publishing."""
    found = [line.warning for line in dates(lot, terms, calendar, at) if line.warning]
    if not calendar.knows(local_date(at), local_date(terms.deadline)):
        found.append(
            Reason("holidays_unknown", "投标截止所在年份的放假安排尚未公布", remedy="以国务院公布的安排为准")
        )
    if terms.ceiling and terms.ceiling.amount and terms.ceiling.amount > lot.estimate:
        found.append(Reason("ceiling_above_estimate", "最高投标限价高于登记的估算价"))
    return tuple(found)


def may_clarify(
    tender: TenderFacts, files: tuple[DocumentFile, ...], text: str, why: str, at: datetime
) -> Verdict:
    """澄清、修改招标文件. Basis: 招标投标法 §23, 实施条例 §21."""
    return judge(
        [
            (TENDER.may(tender.state, "clarify"), Reason("not_announced", "项目未在公告期内，不能澄清")),
            (
                tender.deadline is None or at < tender.deadline,
                Reason("deadline_passed", "投标截止时间已过，不能澄清", "招标投标法 §23"),
            ),
            (bool(text.strip()), Reason("no_text", "请写明澄清或修改的内容")),
            (bool(files), Reason("no_documents", "现行招标文件不能为空")),
            (
                bool(why.strip()),
                Reason("not_classified", "请说明本次修改是否可能影响投标文件编制及其理由", "实施条例 §21"),
            ),
        ]
    )


def deadline_after(
    rulebook: Rulebook, deadline: datetime, *, is_material: bool, calendar: Calendar, at: datetime
) -> datetime:
    """澄清后的投标截止时间: unchanged, or moved to the same hour of the earliest lawful day (§23)."""
    days = _whole(rulebook, "tender.clarification_days_min", 0)
    today = local_date(at)
    strict = _is_strict(rulebook)
    if not is_material or calendar.at_least_days_before(today, local_date(deadline), days, strict=strict):
        return deadline
    hour: time = deadline.astimezone(BEIJING).time()
    return local_instant(calendar.earliest(today, days, strict=strict), hour)


def may_extend(
    tender: TenderFacts, deadline: datetime, reason: str, calendar: Calendar, at: datetime
) -> Verdict:
    """延长投标截止时间: later than before, on a working day, decided before the deadline has come."""
    current, end = tender.deadline, local_date(deadline)
    return judge(
        [
            (
                TENDER.may(tender.state, "extend") and current is not None and at < current,
                Reason("deadline_passed", "项目未在公告期内或投标截止时间已过，不能延期"),
            ),
            (
                current is None or deadline > current,
                Reason("not_later", "投标截止时间只能推迟，不能提前", "招标投标法 §24"),
            ),
            (
                calendar.is_workday(end),
                Reason(
                    "deadline_on_day_off",
                    f"{words.day(end)}不是工作日，不能开标",
                    "民法典 §203",
                    f"下一个工作日是 {words.day(calendar.next_workday(end))}",
                ),
            ),
            (bool(reason.strip()), Reason("no_reason", "请写明延期的原因")),
        ]
    )


def _binds(lot: LotFacts, limit: Limit) -> bool:
    """Statutory periods bind a lot that must be tendered or is sold; others bind themselves by their documents."""
    return lot.is_bound and limit.severity == "block"


def _is_strict(rulebook: Rulebook) -> bool:
    """从严计算: a region whose rules do not count the deadline day either."""
    return _whole(rulebook, "tender.strict_counting", 0) == 1


def _whole(rulebook: Rulebook, key: str, otherwise: int) -> int:
    return int(rulebook.number(key).value) if rulebook.has(key) else otherwise
