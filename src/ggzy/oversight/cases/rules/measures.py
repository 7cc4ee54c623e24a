"""措施的规则: what an article allows against whom, and how much. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded
from ggzy.oversight.cases.values.casework import CaseFacts, Measure, MeasureKind, Offence, Proposal


@dataclass(frozen=True)
class Months:
    """禁入期限: from and to, with the article."""

    least: int
    most: int
    article: str


def allowed(case: CaseFacts, proposal: Proposal, months: Months | None) -> Verdict:
    """措施可否采取: every measure is one the article names, against a party of the case, within its range."""
    reasons = [] if proposal.measures else [Reason("measures_missing", "没有选择处理措施")]
    reasons += list(judge(list(bounded("text", "事实、理由和依据", proposal.text, TEXT_MAX))).reasons)
    known = {party.code for party in case.parties}
    for one in proposal.measures:
        reasons += list(_measure(case, one, known, fine_range(case.offence, proposal.base), months).reasons)
    return Verdict(tuple(dict.fromkeys(reasons)))


def is_heavier(decision: Proposal, told: Proposal | None) -> bool:
    """是否加重: a larger fine or a longer ban than the party was told of. Basis: 行政处罚法 §45."""
    if told is None:
        return False
    before = {(one.kind, one.party): one for one in told.measures}
    pairs = ((one, before.get((one.kind, one.party))) for one in decision.measures if one.kind.is_penalty)
    return any(
        was is not None
        and (
            (one.amount is not None and was.amount is not None and one.amount > was.amount)
            or (one.months is not None and was.months is not None and one.months > was.months)
        )
        for one, was in pairs
    )


def fine_range(offence: Offence, base: Money | None) -> tuple[Money, Money] | None:
    """罚款幅度: the amounts between which the article lets a fine lie; None where it gives none."""
    if offence.yuan is not None:
        return Money.yuan(offence.yuan[0]), Money.yuan(offence.yuan[1])
    if offence.per_mille is not None and base is not None:
        least, most = offence.per_mille
        return Money(-(-base.fen * least // 1000)), Money(base.fen * most // 1000)
    return None


def end_of_ban(start: date, months: int) -> date:
    """禁入的最后一日: so many months from the first day."""
    years, month = divmod(start.month - 1 + months, 12)
    first = date(start.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    last_of_month = (following - timedelta(days=1)).day
    return date(first.year, first.month, min(start.day, last_of_month)) - timedelta(days=1)


def words_of(measure: Measure) -> str:
    """一项措施的文字: 罚款 198,000.00 元; 市场禁入 12 个月."""
    if measure.amount is not None:
        return f"{measure.kind.label} {measure.amount.figures()} 元"
    return f"{measure.kind.label} {measure.months} 个月" if measure.months else measure.kind.label


def _measure(
    case: CaseFacts,
    one: Measure,
    known: Collection[CreditCode],
    fines: tuple[Money, Money] | None,
    months: Months | None,
) -> Verdict:
    offence = case.offence
    is_fine, is_ban = one.kind is MeasureKind.FINE, one.kind is MeasureKind.BAN
    return judge(
        [
            (
                one.kind in offence.measures,
                Reason(
                    "not_in_article", f"“{offence.name}”的法律后果中没有{one.kind.label}", offence.article
                ),
            ),
            (
                not one.kind.is_penalty or one.party in known,
                Reason("no_party", f"{one.kind.label}没有指明本案的当事人"),
            ),
            (
                one.kind in (MeasureKind.CORRECT, MeasureKind.WARN, MeasureKind.FINE, MeasureKind.BAN)
                or case.lot is not None,
                Reason("no_lot", f"{one.kind.label}须指明标段，本案没有关联标段"),
            ),
            (
                not is_fine or one.amount is not None,
                Reason("amount_missing", "罚款没有写明金额", offence.article),
            ),
            (
                not is_fine or offence.yuan is not None or fines is not None,
                Reason(
                    "base_missing", "罚款按金额的千分比计算，没有写明中标（合同、采购）金额", offence.article
                ),
            ),
            (
                not is_fine or one.amount is None or fines is None or fines[0] <= one.amount <= fines[1],
                Reason("fine_range", _fine_text(fines), offence.article),
            ),
            (
                not is_ban or one.months is not None,
                Reason("months_missing", "市场禁入没有写明月数", offence.article),
            ),
            (
                not is_ban
                or one.months is None
                or months is None
                or months.least <= one.months <= months.most,
                Reason(
                    "ban_range",
                    f"该情形的禁入期限为{months.least}至{months.most}个月" if months else "",
                    months.article if months else "",
                ),
            ),
        ]
    )


def _fine_text(fines: tuple[Money, Money] | None) -> str:
    return f"罚款应在{fines[0].figures()}元至{fines[1].figures()}元之间" if fines else "罚款幅度未定"
