"""公告稿与通知: what the public, the winner and the losers are told; what happens to deposits."""

from datetime import datetime

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.trading.contracting import rules
from ggzy.trading.contracting.values import AwardFacts, ContractForm, Runner
from ggzy.trading.deposits import queries as deposit_queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.evaluation.values import ReportFacts
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices import services as notice_services
from ggzy.trading.notices.values import Block, KeyFact, NoticeDraft
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.values import Price

PROMISED = ("工期", "质量", "项目负责人")
SEEN_IN_TABLE = (KeyFact("质量、工期", "见中标候选人表"), KeyFact("项目负责人", "见中标候选人表"))
CHANNEL = "在公示期内登录本平台提出，平台即时送达招标人；对答复不服的，可以向行政监督部门投诉"


def candidates(
    actor: Actor,
    lot: LotFacts,
    report: ReportFacts,
    runners: tuple[Runner, ...],
    since: datetime,
    until: datetime,
) -> str:
    """中标候选人公示 (招标公告和公示信息发布管理办法 §6). Its number."""
    head: tuple[str, ...] = ("名次", "中标候选人", "投标报价", *(() if lot.is_sold else PROMISED))
    rows = tuple(
        (str(r.rank), r.bidder.name, price_text(r.price), *(() if lot.is_sold else _promised(r)))
        for r in runners
    )
    rejected = tuple((r.bidder.name, r.text) for r in report.rejected)
    body = [Block("中标候选人", table=(head, *rows))]
    if rejected:
        body.append(Block("被否决的投标", table=(("投标人", "理由"), *rejected)))
    facts = (
        KeyFact("公示期", f"{rules.moment_text(since)} 至 {rules.moment_text(until)}"),
        KeyFact("中标候选人", "；".join(f"第{r.rank}名 {r.bidder.name}" for r in runners)),
        *(() if lot.is_sold else SEEN_IN_TABLE),
        KeyFact("资格响应情况", "中标候选人均通过初步评审，符合招标文件的资格条件"),
        KeyFact("评标情况", f"评标办法：{report.scoring_name}；评标委员会 {report.members} 人"),
        KeyFact("异议渠道", CHANNEL),
    )
    return _publish(actor, lot, "candidates", "中标候选人公示", facts, tuple(body), since)


def _promised(runner: Runner) -> tuple[str, str, str]:
    """工期、质量、项目负责人, as a bidder promised them."""
    return runner.period or "—", runner.quality or "—", runner.leader or "—"


def result(actor: Actor, lot: LotFacts, award: AwardFacts, winner: Runner, at: datetime) -> str:
    """中标结果公告. Its number."""
    facts = (
        KeyFact("中标人", winner.bidder.name),
        KeyFact("中标价", price_text(winner.price)),
        *(() if lot.is_sold else map(KeyFact, PROMISED, _promised(winner))),
        *(KeyFact(f"第{p.rank}名候选人未中标的原因", f"{p.ground.label}：{p.reason}") for p in award.passed),
    )
    return _publish(actor, lot, "award_notice", "中标结果公告", facts, (), at)


def contract(
    actor: Actor, lot: LotFacts, winner: Runner, form: ContractForm, at: datetime, *, is_sale: bool = False
) -> str:
    """合同公告. Its number."""
    facts = (
        KeyFact("合同编号", form.number),
        KeyFact("成交方" if is_sale else "供应方", winner.bidder.name),
        KeyFact("合同价", price_text(form.price)),
        KeyFact("合同金额", f"{form.amount.figures()} 元" if form.amount else price_text(form.price)),
        KeyFact("履约保证金", f"{form.security.figures()} 元"),
        *(() if is_sale else (KeyFact("工期", form.period or "—"), KeyFact("质量", form.quality or "—"))),
    )
    return _publish(actor, lot, "contract_notice", "合同公告", facts, (), at)


def _publish(
    actor: Actor,
    lot: LotFacts,
    kind: str,
    name: str,
    facts: tuple[KeyFact, ...],
    body: tuple[Block, ...],
    at: datetime,
) -> str:
    title = f"{lot.title}{name}" + (f"（第{lot.round}次招标）" if lot.round > 1 else "")
    draft = NoticeDraft(lot.code, lot.round, kind, title, facts, body)
    # The notice is the platform's duty within the owner's act, whoever of the owner's side acts.
    notice_services.publish(Actor.system(actor.request), draft, at=at)
    return notices.notices(lot=lot.code, round=lot.round, kinds=(kind,), newest_first=True)[0].id


def keep_deposit(
    lot: LotCode, party: CreditCode, reason: str, article: str, request: str, at: datetime
) -> None:
    """保证金不予退还, where there is one."""
    secured = deposit_queries.secured_parties(lot)
    if secured and party in secured:
        deposits.forfeit(Actor.system(request), lot, party, reason, article, at=at)


def return_deposits(lot: LotCode, reason: str, request: str, at: datetime) -> None:
    """退还全部保证金, winner's and losers', and what was paid in part, with interest (实施条例 §57)."""
    deposits.release_many(Actor.system(request), lot, None, reason, at=at)


def price_text(price: Price | None) -> str:
    """报价, as the bidder wrote it; its reading where nothing was written."""
    if price is None:
        return "—"
    if price.text:
        return price.text
    if price.amount is not None:
        return f"{price.amount.figures()} 元"
    return price.rate.percent_text() if price.rate is not None else "—"
