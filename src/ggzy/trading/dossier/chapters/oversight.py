"""监督与停表: the brake, and the questions that stop the clock."""

from ggzy.trading.dossier.values import ChapterForm, Detail, Words
from ggzy.trading.projects import events as projects


def _brake(title: str, fact: "projects.LotSuspended | projects.LotResumed | projects.LotTerminated") -> Words:
    return Words(
        title,
        (Detail("决定机关", fact.authority), Detail("原因", fact.reason), Detail("依据", fact.article)),
    )


def _cause(cause: str) -> Detail:
    return Detail("原因", "暂停令" if cause == "brake" else "有待答复的异议")


CHAPTER = ChapterForm(
    code="oversight",
    name="监督与停表",
    order=9,
    is_required=False,
    lines={
        projects.LotSuspended: lambda fact: _brake("交易暂停", fact),
        projects.LotResumed: lambda fact: _brake("交易恢复", fact),
        projects.LotTerminated: lambda fact: _brake("交易终止", fact),
        projects.ClockPaused: lambda fact: Words("停止计时", (_cause(fact.cause),)),
        projects.ClockUnpaused: lambda fact: Words("继续计时", (_cause(fact.cause),)),
    },
)
