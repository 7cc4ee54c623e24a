"""公告与招标文件: terms, documents, clarifications, moved deadlines."""

from ggzy.trading.dossier.values import TENDER, ChapterForm, Detail, Words
from ggzy.trading.tendering import events as tendering


def _announced(fact: tendering.TenderAnnounced) -> Words:
    terms = fact.terms
    return Words(
        "招标公告已发布",
        (
            Detail.moment("投标截止及开标时间", terms.deadline),
            Detail("开标地点", terms.venue),
            Detail("投标保证金", f"{terms.deposit.figures()} 元"),
            Detail("招标文件摘要", fact.documents),
            Detail("开标方案摘要", fact.plan),
        ),
    )


def _clarified(fact: tendering.TenderClarified) -> Words:
    return Words(
        "招标文件已澄清或修改",
        (
            Detail("内容", fact.text),
            Detail("是否影响投标文件编制", "是" if fact.is_material else "否"),
            Detail("认定理由", fact.classification),
            Detail("招标文件摘要", fact.documents),
        ),
    )


def _moved(fact: tendering.DeadlineMoved) -> Words:
    return Words(
        "投标截止时间已顺延",
        (
            Detail.moment("原定", fact.before),
            Detail.moment("改为", fact.after),
            Detail("原因", fact.reason),
        ),
    )


CHAPTER = ChapterForm(
    code="announcement",
    name="公告与招标文件",
    order=2,
    way=TENDER,
    lines={
        tendering.TenderPrepared: lambda fact: Words(
            "招标已编制", (Detail("保管人", f"{len(fact.custody.holders)} 名，{fact.custody.k} 名可开启"),)
        ),
        tendering.OpeningPlanFixed: lambda fact: Words("开标方案已定", (Detail("摘要", fact.digest),)),
        tendering.TenderAnnounced: _announced,
        tendering.TenderClarified: _clarified,
        tendering.DeadlineMoved: _moved,
    },
)
