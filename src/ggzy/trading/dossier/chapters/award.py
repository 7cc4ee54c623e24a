"""公示、定标、合同、履约."""

from ggzy.trading.contracting import events as contracting
from ggzy.trading.dossier.values import TENDER, ChapterForm, Detail, Words


def _publicised(fact: contracting.CandidatesPublicised) -> Words:
    ranked = "；".join(f"第{runner.rank}名 {runner.bidder.name}" for runner in fact.runners)
    return Words(
        "中标候选人已公示",
        (
            Detail("中标候选人", ranked),
            Detail("评标报告摘要", fact.report),
            Detail("是否按期", "逾期" if fact.is_late else "按期"),
        ),
    )


def _awarded(fact: contracting.AwardMade) -> Words:
    passed = "；".join(f"第{one.rank}名：{one.ground.label}" for one in fact.passed)
    return Words("已定标", (Detail("中标人", fact.winner.name), Detail("越过的候选人", passed or "无")))


def _letter(fact: contracting.AwardLetterIssued) -> Words:
    return Words("中标通知书已发出", (Detail("编号", fact.number), Detail("文件摘要", fact.digest)))


CHAPTER = ChapterForm(
    code="award",
    name="公示与定标",
    order=6,
    way=TENDER,
    lines={
        contracting.CandidatesPublicised: _publicised,
        contracting.AwardMade: _awarded,
        contracting.AwardLetterIssued: _letter,
        contracting.AwardRefused: lambda fact: Words("中标人放弃中标", (Detail("原因", fact.reason),)),
        contracting.AwardEnded: lambda fact: Words("未产生中标人", (Detail("原因", fact.reason),)),
        contracting.AwardReported: lambda fact: Words("书面报告已提交", (Detail("内容", fact.text),)),
    },
)
