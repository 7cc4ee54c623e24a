"""公告缺失: a stage was told and its notice was not, or one notice was published twice with other words."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord, NoticeTold

INDICATOR = Indicator(
    code="P01",
    name="公告公示缺失或者前后不一",
    grade=Grade.RED,
    basis="招标投标法 §16；招标投标法实施条例 §54；招标公告和公示信息发布管理办法 §8、§16",
    why="该公开的没有公开，或者同一公告先后发布了不同的内容，投标人得到的信息不同。",
    quiet="公告已经拟好，因媒介故障晚发了几个小时；更正公告没有注明它更正的是哪一份。",
    params=(
        Param("hours_max", 24, "环节完成后最迟多久应有公告", "平台运行要求：公告随环节同时发布", "小时"),
    ),
    lead=timedelta(0),
    owed_by=Role.OWNER,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    yield from _missing(record, timedelta(hours=int(params["hours_max"])), at)
    yield from _twice(record.notices)


def _missing(record: LotRecord, within: timedelta, at: datetime) -> Iterable[Finding]:
    published = {notice.kind for notice in record.notices}
    for kind, name, since in _expected(record):
        if published.isdisjoint(kind.split("|")):
            ends = record.effective(since + within, since, at)
            done = Evidence("环节完成", limits.moment(since))
            yield from limits.kept(f"{name}的发布", ends, None, at, key=kind, evidence=[done])


def _expected(record: LotRecord) -> Iterable[tuple[str, str, datetime]]:
    """Which notice each stage that was told asks for, and since when."""
    if record.terms:
        yield "tender_notice|retender", "招标公告", record.terms.at
    if record.auction:
        yield "transfer_notice", "出让、转让公告", record.auction.at
    if record.opening and record.opening.opened_at:
        yield "opening_record", "开标记录", record.opening.opened_at
    if record.publicity:
        yield "candidates", "中标候选人公示", record.publicity.at
    if record.award and record.award.letter_at:
        yield "award_notice", "中标结果公告", record.award.letter_at
    if record.contract and record.contract.signed_at and record.award:
        yield "contract_notice", "合同公告", record.contract.signed_at
    if record.failure and not record.award:
        yield "failure|termination", "流标公告", record.failure.at


def _twice(notices: tuple[NoticeTold, ...]) -> Iterable[Finding]:
    """The same kind twice, with other contents, and neither says that it corrects the other."""
    firsts: dict[tuple[str, str], list[NoticeTold]] = defaultdict(list)
    for notice in notices:
        if notice.amends is None:
            firsts[notice.kind, notice.title].append(notice)
    for (kind, title), same in firsts.items():
        if len({notice.digest for notice in same}) > 1:
            yield Finding(
                sentence=f"《{title}》先后发布 {len(same)} 次，内容不同，又未注明更正关系。",
                key=f"twice|{kind}|{title}",
                evidence=tuple(
                    Evidence("发布", f"{limits.moment(one.at)}，摘要 {one.digest[:23]}…", one.height)
                    for one in same
                ),
            )
