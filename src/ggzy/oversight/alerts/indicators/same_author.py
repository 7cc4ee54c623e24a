"""文档属性相同: author, last editor or company of the files is the same."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import documents
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="D01",
    name="文档属性相同",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(一)；政府采购货物和服务招标投标管理办法 §37(一)",
    why="文档的作者、最后修改者由办公软件自动写入，不同单位的文件相同，可能由同一人编制。",
    quiet="软件默认名称（已排除）；招标文件模板自带的属性（已排除）；同名不等于同一人；外购标书。",
    kinds=("bids.compared",),
    action="结合其他信号核对",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in documents.same_author(record, params))
