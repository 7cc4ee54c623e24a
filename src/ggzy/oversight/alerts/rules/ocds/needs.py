"""可算与不可算: what each indicator needs of a lot that came as OCDS. Pure.

An indicator that is not named here needs facts that OCDS has no field for (scores, committees, deposits,
the trace of a bid file, notices by kind …): it is not asked, and said to be not computable.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ggzy.oversight.alerts.rules import meetings
from ggzy.trading.dossier.values.record import LotRecord


@dataclass(frozen=True)
class Need:
    """所需的内容: in words, and whether a lot has it."""

    words: str
    is_met: Callable[[LotRecord], bool]


def _priced(least: int) -> Callable[[LotRecord], bool]:
    return lambda record: sum(bid.amount is not None for bid in record.bids) >= least


def _has_two_sums(record: LotRecord) -> bool:
    award, contract = record.award, record.contract
    if award is None or award.amount is None:
        return False
    bid = record.bid_of(award.winner)
    return bool((bid and bid.amount) or (contract and contract.amount))


def _has_both(record: LotRecord) -> bool:
    award, contract = record.award, record.contract
    return bool(award and contract and award.amount and contract.amount)


def _has_changes(record: LotRecord) -> bool:
    contract = record.contract
    return bool(contract and contract.amount and contract.signed_at and contract.performed)


def _is_chinese(record: LotRecord) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for told in record.notices for letter in told.text)


def _has_sale(record: LotRecord) -> bool:
    return record.terms is not None and record.registered.must_tender and record.rulebook.has(SALE_MIN)


def _has_grade(record: LotRecord) -> bool:
    is_works = record.registered.nature == "works" and bool(record.registered.estimate)
    return is_works and record.terms is not None and "资质" in record.terms.qualification


def _has_course(record: LotRecord) -> bool:
    return record.terms is not None and bool(record.moved or record.clarified)


def _has_period(record: LotRecord) -> bool:
    return record.terms is not None and record.registered.must_tender and record.rulebook.has(DAYS_MIN)


def _has_estimate(record: LotRecord) -> bool:
    return bool(record.registered.estimate and record.registered.method and record.registered.nature)


DAYS_MIN = "tender.bidding_days_min"
SALE_MIN = "tender.sale_days_min"
MET = Need("两至三十家投标人和唯一的中标人", lambda record: meetings.meeting(record) is not None)
AGENCY = Need(
    "采购人之外的采购实施机构（procuringEntity）", lambda record: record.registered.agency is not None
)
ESTIMATE = Need("以人民币计的估算价、采购方式和类别", _has_estimate)

NEEDS: dict[str, tuple[Need, ...]] = {
    "B20": (Need("工程类、以人民币计的估算价，招标起止时间和写明资质的资格要求", _has_grade),),
    "B13": (Need("至少四个投标报价", _priced(4)),),
    "B14": (MET,),
    "B15": (MET,),
    "B23": (ESTIMATE,),
    "B25": (Need("招标起止时间，以及变更前的截止时间或者人民币采购的澄清时刻", _has_course),),
    "B26": (MET, AGENCY),
    "B29": (Need("中标价，以及中标人的报价或者合同价", _has_two_sums),),
    "B30": (Need("合同价、签订时间和带原值的合同变更", _has_changes),),
    "F01": (Need("中文的采购说明或者资格要求", _is_chinese),),
    "N01": (MET,),
    "N02": (MET,),
    "P02": (Need("公开招标的起止时间（发售期不会比它更长），以及所选规则的最短天数（--rules）", _has_sale),),
    "P03": (Need("公开招标的起止时间，以及所选规则的最短天数（--rules）", _has_period),),
    "P12": (Need("中标价和合同价", _has_both),),
    "S01": (Need("至少三个投标报价", _priced(3)),),
}
ABSENT = "所需事实在 OCDS 中没有对应字段"


def is_able(code: str, record: LotRecord) -> bool:
    """能否计算."""
    needs = NEEDS.get(code)
    return needs is not None and all(need.is_met(record) for need in needs)


def words(code: str) -> str:
    """所需内容的文字."""
    return "；".join(need.words for need in NEEDS[code]) if code in NEEDS else ABSENT
