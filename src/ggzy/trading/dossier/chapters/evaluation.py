"""评标: the draw, the review, the scores, the report. Names only after the award notice."""

from ggzy.registers.credit import events as credit
from ggzy.trading.dossier.values import TENDER, ChapterForm, Detail, Words
from ggzy.trading.evaluation import events as evaluation

PURPOSES = {"committee": "抽取评标专家", "coefficient": "抽取评标基准价系数", "tie": "并列排序"}
GIVERS = {"centre": "交易中心", "owner": "招标人一方", "supervisor": "行政监督部门"}


def _drawn(fact: evaluation.CommitteeDrawn | evaluation.MemberReplaced) -> Words:
    title = "评标专家已抽取" if isinstance(fact, evaluation.CommitteeDrawn) else "评标专家已补抽"
    return Words(title, (Detail("席位", f"{len(fact.drawn)} 席"), Detail("种子", fact.seed.hex())))


def _reviewed(fact: evaluation.ReviewFinished) -> Words:
    rejected = "；".join(f"{r.bid}：{r.text}" for r in fact.rejected) or "无"
    return Words("初步评审已汇总", (Detail("通过", f"{fact.passed} 份"), Detail("否决", rejected)))


def _concluded(fact: evaluation.EvaluationConcluded) -> Words:
    return Words(
        "评审结果已汇总",
        (
            Detail("评标办法", fact.scheme),
            Detail("中标候选人", "、".join(f"第{c.rank}名 {c.bid}" for c in fact.candidates) or "无"),
            Detail("摘要", fact.digest),
        ),
    )


CHAPTER = ChapterForm(
    code="evaluation",
    name="评标",
    order=5,
    way=TENDER,
    lines={
        evaluation.SchemePublished: lambda fact: Words("评标办法已公开", (Detail("摘要", fact.digest),)),
        evaluation.DrawRequested: lambda fact: Words("抽取已申请", (Detail("用途", PURPOSES[fact.purpose]),)),
        evaluation.DrawCommitted: lambda fact: Words(
            "候选池已固定", (Detail("人数", str(fact.count)), Detail("根", fact.root))
        ),
        evaluation.NonceCommitted: lambda fact: Words(
            "随机数已承诺", (Detail("承诺方", GIVERS.get(fact.party, fact.party)),)
        ),
        evaluation.CommitsClosed: lambda fact: Words(
            "承诺已截止", (Detail("承诺方", "、".join(GIVERS.get(party, party) for party in fact.parties)),)
        ),
        evaluation.NonceRevealed: lambda fact: Words(
            "随机数已公开", (Detail("承诺方", GIVERS.get(fact.party, fact.party)),)
        ),
        evaluation.RevealMissed: lambda fact: Words(
            "未按时公开随机数", (Detail("承诺方", GIVERS.get(fact.party, fact.party)),)
        ),
        evaluation.DrawAbandoned: lambda fact: Words("抽取已中止", (Detail("原因", fact.reason),)),
        evaluation.CommitteeDrawn: _drawn,
        evaluation.MemberReplaced: _drawn,
        evaluation.CoefficientsDrawn: lambda fact: Words("系数已抽取", (Detail("种子", fact.seed.hex()),)),
        evaluation.MemberSeated: lambda fact: Words("评委已签到", (Detail("席位", str(fact.seat)),)),
        evaluation.EvaluationBegun: lambda fact: Words(
            "评标已开始", (Detail("席位", f"{len(fact.seats)} 席"),)
        ),
        credit.CreditFixed: lambda fact: Words(
            "投标截止时的信用评价已固定",
            tuple(Detail(one.name, f"{one.grade} 级，{one.score} 分") for one in fact.bidders),
        ),
        evaluation.ReviewSubmitted: lambda fact: Words(
            "初步评审意见已提交", (Detail("席位", str(fact.seat)),)
        ),
        evaluation.ReviewFinished: _reviewed,
        evaluation.ScoresSubmitted: lambda fact: Words(
            "评分已提交", (Detail("席位", str(fact.seat)), Detail("第几稿", str(fact.gen)))
        ),
        evaluation.EvaluationConcluded: _concluded,
        evaluation.EvaluationReopened: lambda fact: Words("汇总已撤回", (Detail("理由", fact.text),)),
        evaluation.ReportSigned: lambda fact: Words(
            "评标报告已签署", (Detail("席位", str(fact.seat)), Detail("不同意见", fact.dissent or "无"))
        ),
        evaluation.EvaluationReported: lambda fact: Words("评标报告已提交", (Detail("摘要", fact.digest),)),
        evaluation.CommitteePublished: lambda fact: Words(
            "评标委员会名单已公开", (Detail("成员", f"{len(fact.members)} 名"),)
        ),
    },
)
