"""异议: windows, questions, answers."""

from ggzy.trading.dossier.values import ChapterForm, Detail, Words
from ggzy.trading.objections import events as objections
from ggzy.trading.objections.values import Stage


def _about(stage: str) -> Detail:
    return Detail("事项", Stage(stage).label)


def _answered(fact: objections.ObjectionAnswered) -> Words:
    return Words(
        "异议已答复",
        (
            _about(fact.stage),
            Detail("答复", fact.answer),
            Detail("结论", "异议成立" if fact.upheld else "异议不成立"),
            Detail("是否按期", "逾期" if fact.is_late else "按期"),
        ),
    )


CHAPTER = ChapterForm(
    code="objections",
    name="异议与答复",
    order=8,
    is_required=False,
    lines={
        objections.ObjectionRaised: lambda fact: Words(
            "收到异议", (_about(fact.stage), Detail("内容", fact.text))
        ),
        objections.ObjectionAnswered: _answered,
        objections.ObjectionWithdrawn: lambda fact: Words("异议已撤回", (_about(fact.stage),)),
    },
)
