"""合同逾期: not signed within the days after the letter."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P10",
    name="中标后未按期订立合同",
    grade=Grade.YELLOW,
    basis="招标投标法 §46；招标投标法实施条例 §57",
    why="拖着不签，常常是在合同里另谈条件。",
    quiet="等待履约担保、施工许可或者资金下达，双方有书面说明。",
    kinds=(
        "award.made",
        "award_letter.issued",
        "contract.signed",
        "award.refused",
        "award.ended",
        "sale.confirmed",
    ),
    lead=timedelta(days=5),
    owed_by=Role.OWNER,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    signed = record.contract.signed_at if record.contract else None
    award, sale = record.award, record.auction
    if (
        award is not None
        and award.letter_at is not None
        and award.ended_at is None
        and not _is_refused(record)
    ):
        term = limits.term(record, "tender.contract_days_max", award.letter_at, at)
        if term is not None:
            letter = Evidence("发出中标通知书", limits.moment(award.letter_at), award.letter_height)
            yield from limits.kept(
                "订立合同", term.ends, signed, at, key="tender", evidence=[letter, term.rule]
            )
    elif sale is not None and sale.confirmed_at and sale.contract_by and sale.defaulted_at is None:
        ends = record.effective(sale.contract_by, sale.confirmed_at, at)
        confirmed = Evidence("签订成交确认书", limits.moment(sale.confirmed_at), sale.height)
        yield from limits.kept("订立合同", ends, signed, at, key="sale", evidence=[confirmed])


def _is_refused(record: LotRecord) -> bool:
    award = record.award
    return award is not None and any(one.winner == award.winner for one in award.refusals)
