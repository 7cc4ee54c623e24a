"""监督与停表: the brake, orders and complaints, and the questions that stop the clock."""

from ggzy.trading.dossier.values import ChapterForm, Detail, Words
from ggzy.trading.projects import events as projects


def _brake(title: str, fact: "projects.LotSuspended | projects.LotResumed | projects.LotTerminated") -> Words:
    return Words(
        title,
        (Detail("决定机关", fact.authority), Detail("原因", fact.reason), Detail("依据", fact.article)),
    )


def _cause(cause: str) -> Detail:
    return Detail("原因", "暂停令" if cause == "brake" else "有待答复的异议")


ORDERS = {
    "correct": "责令改正",
    "invalidate": "确认环节无效",
    "reevaluate": "责令重新评审",
    "retender": "责令重新招标",
}
OUTCOMES = {"upheld": "投诉成立", "rejected": "驳回投诉", "dismissed": "终止处理"}


def _order(fact: projects.LotOrdered) -> Words:
    return Words(
        ORDERS[fact.kind],
        (
            Detail("决定机关", fact.authority),
            Detail("原因", fact.reason),
            Detail("依据", fact.article),
            Detail("限期", f"{fact.until:%Y年%m月%d日}"),
        ),
    )


def _decision(fact: projects.ComplaintDecided) -> Words:
    late = (Detail("说明", "晚于法定期限作出"),) if fact.is_late else ()
    return Words(
        "投诉处理决定",
        (
            Detail("结果", OUTCOMES[fact.outcome]),
            Detail("文号", fact.document),
            Detail("内容", fact.text),
            Detail("依据", fact.article),
            *late,
        ),
    )


def _stay(fact: projects.ComplaintStayed) -> Words:
    span = f"{fact.workdays}个工作日"
    return Words("投诉处理扣除期间", (Detail("原因", fact.reason), Detail("不计入期限", span)))


CHAPTER = ChapterForm(
    code="oversight",
    name="监督与停表",
    order=9,
    is_required=False,
    lines={
        projects.LotSuspended: lambda fact: _brake("交易暂停", fact),
        projects.BrakeReviewed: lambda fact: Words(
            "复查暂停令，继续暂停",
            (
                Detail("决定机关", fact.authority),
                Detail("原因", fact.reason),
                Detail("下次复查", f"{fact.review_on:%Y年%m月%d日}"),
            ),
        ),
        projects.LotResumed: lambda fact: _brake("交易恢复", fact),
        projects.LotTerminated: lambda fact: _brake("交易终止", fact),
        projects.LotOrdered: _order,
        projects.OrderAnswered: lambda fact: Words("已报告改正情况"),
        projects.OrderMet: lambda fact: Words("责令事项已办结", (Detail("说明", fact.note),)),
        projects.ComplaintFiled: lambda fact: Words(
            "收到投诉", (Detail("最迟决定是否受理", f"{fact.accept_by:%Y年%m月%d日}"),)
        ),
        projects.ComplaintAccepted: lambda fact: Words(
            "受理投诉", (Detail("最迟作出决定", f"{fact.decide_by:%Y年%m月%d日}"),)
        ),
        projects.ComplaintPostponed: lambda fact: Words(
            "投诉补正，受理期限顺延", (Detail("最迟决定是否受理", f"{fact.accept_by:%Y年%m月%d日}"),)
        ),
        projects.ComplaintStayed: _stay,
        projects.ComplaintRefused: lambda fact: Words(
            "不予受理投诉", (Detail("理由", "；".join(fact.grounds)), Detail("依据", fact.article))
        ),
        projects.ComplaintWithdrawn: lambda fact: Words("投诉已撤回"),
        projects.ComplaintDecided: _decision,
        projects.ClockPaused: lambda fact: Words("停止计时", (_cause(fact.cause),)),
        projects.ClockUnpaused: lambda fact: Words("继续计时", (_cause(fact.cause),)),
    },
)
