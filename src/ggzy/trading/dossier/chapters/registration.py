"""入场登记: project, lot, and each step forward."""

from ggzy.registers.catalog.values import Entry
from ggzy.trading.dossier.values import ChapterForm, Detail, Words
from ggzy.trading.projects import events as projects


def _project(fact: projects.ProjectRegistered) -> Words:
    return Words(
        "项目已登记",
        (
            Detail("项目名称", fact.title),
            Detail("项目编号", fact.project),
            Detail("招标人（出让人、转让方）", fact.owner),
            Detail("招标代理机构", fact.agency or "自行招标"),
            Detail("审批文号", fact.approval or "未填"),
        ),
    )


def _lot(fact: projects.LotRegistered) -> Words:
    return Words(
        "标段已登记入场",
        (
            Detail("标段名称", fact.title),
            Detail("统一交易标识码", fact.lot),
            Detail("目录判定", Entry(fact.classification).label),
            Detail("估算价", f"{fact.estimate.figures()} 元"),
            *(Detail(one.name, one.text) for one in fact.particulars),
            Detail("交易规则摘要", fact.rulebook),
        ),
    )


def _round(fact: projects.RoundBegun) -> Words:
    return Words("进入新一轮招标", (Detail("轮次", str(fact.round)), Detail("原因", fact.reason)))


CHAPTER = ChapterForm(
    code="registration",
    name="入场登记",
    order=1,
    lines={
        projects.ProjectRegistered: _project,
        projects.LotRegistered: _lot,
        projects.RoundBegun: _round,
    },
)
