"""同一人递交: one person, in the name of several bidders, handed in their bids."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import people
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="D02",
    name="同一人递交投标文件",
    grade=Grade.RED,
    basis="招标投标法实施条例 §40(二)；政府采购货物和服务招标投标管理办法 §37(二)；电子招标投标办法 §26",
    why="一把证书只绑定一个单位，代两家签章的证书在平台上不会有；同一个人分别以两家的身份递交，就是委托同一人办理投标事宜。",
    quiet="同时在两家任职、登记没有更新的人员，应核对劳动合同、社会保险和授权委托书；联合体由牵头人一次递交，不会触发。",
    kinds=("bidding.closed",),
    action="核对授权委托书和任职情况，听取投标人说明，移送评标委员会或者立案",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in people.same_hand(record, params))
