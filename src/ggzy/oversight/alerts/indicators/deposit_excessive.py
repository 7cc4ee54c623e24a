"""保证金不合规: more than the share the law allows, or not from the basic account."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.registers.catalog.values import Limit
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P14",
    name="保证金超过比例或者不从基本账户转出",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §26、§58",
    why="保证金过高排挤中小企业；他人账户代缴是借用资质和串通投标的常见线索。",
    quiet="估算价登记偏低；分公司或者财务公司代缴后已按要求重新缴纳。",
    kinds=("deposit.required", "bidding.closed", "deposit.rejected", "contract.drafted", "contract.signed"),
)
# Why the bank line was not counted (认款结果), as the deposits tell it.
FOREIGN = {"wrong_payer": "付款人不是投标人", "not_basic": "不是基本账户"}


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    yield from _deposit(record)
    yield from _security(record)
    yield from _foreign(record)


def _deposit(record: LotRecord) -> Iterable[Finding]:
    deposits = record.deposits
    limit = record.rulebook.get("tender.deposit_rate_max")
    estimate = record.registered.estimate.fen
    if deposits is None or limit is None or not estimate or record.auction is not None:
        return
    share = Decimal(deposits.required.fen) / estimate
    if share > limit.value:
        yield _above("投标保证金", share, "估算价", limit, "deposit", deposits.height)


def _security(record: LotRecord) -> Iterable[Finding]:
    contract, limit = record.contract, record.rulebook.get("tender.security_rate_max")
    if contract is None or limit is None or contract.amount is None or not contract.amount.fen:
        return
    share = Decimal(contract.security.fen) / contract.amount.fen
    if share > limit.value:
        yield _above("履约保证金", share, "合同金额", limit, "security", contract.height)


def _above(what: str, share: Decimal, base: str, limit: Limit, key: str, height: int) -> Finding:
    return Finding(
        sentence=f"{what}为{base}的 {share * 100:.2f}%，{limits.number(limit)}。",
        key=key,
        evidence=(Evidence(what, f"{base}的 {share * 100:.2f}%", height), limits.rule(limit)),
    )


def _foreign(record: LotRecord) -> Iterable[Finding]:
    for one in record.deposits.payments if record.deposits else ():
        if one.kind in FOREIGN:
            yield Finding(
                sentence=f"一笔 {one.amount} 的投标保证金{FOREIGN[one.kind]}，由 {one.payer} 的账户转出，平台未予认款。",
                key=f"payer|{one.serial}",
                parties=(one.party,),
                evidence=(
                    Evidence("来账", f"{one.payer}，账号尾号 {one.account}，{one.amount}", one.height),
                    Evidence("到账", limits.moment(one.booked_at), one.height),
                ),
            )
