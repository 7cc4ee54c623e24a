"""条件为一家而改: a sale's conditions are changed, and one qualified bidder remains."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B33",
    name="变更条件后只剩一家竞买人",
    grade=Grade.YELLOW,
    basis="招标拍卖挂牌出让国有建设用地使用权规定 §11；企业国有资产交易监督管理办法 §15、§42；公平竞争审查条例 §9",
    why="公告之后改条件，改成只有一家合格，就成了变相的协议出让。",
    quiet="地段偏、市况差，本来就只有一家感兴趣；变更是更正笔误或者放宽条件。",
    kinds=(
        "auction.amended",
        "application.declined",
        "bidder.admitted",
        "paddle.given",
        "auction.closed",
        "auction.sold",
    ),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    """Judged when the room is over: before that, others may still come."""
    sale = record.auction
    if sale is None or sale.ended_at is None:
        return
    changed = [one for one in sale.amended if one[1]]
    fit = [one for one in sale.applicants if one.paddle is not None]
    if not changed or len(fit) != 1:
        return
    (only,) = fit
    after = only.at > max(one[0] for one in changed)
    turned_away = [one for one in sale.applicants if one.declined]
    said = f"，另有 {len(turned_away)} 家因条件不符未获资格" if turned_away else ""
    yield Finding(
        sentence=(
            f"公告后实质变更条件 {len(changed)} 次，取得竞买资格的只有 {only.name or '一家'}{said}；"
            f"其申请在变更之{'后' if after else '前'}提交。单独不构成异常。"
        ),
        parties=(only.party,),
        evidence=(
            *(
                Evidence("变更", f"{at_.astimezone(BEIJING):%Y-%m-%d %H:%M}：{reason}", sale.height)
                for at_, _, reason in changed
            ),
            Evidence("现行条件", sale.conditions[:300] or "未另设条件", sale.height),
            *(Evidence("未获资格", "；".join(one.declined), one.height) for one in turned_away),
            Evidence("唯一竞买人", only.name, only.height),
        ),
        score=Decimal("0.3") + (Decimal("0.2") if after else 0) + (Decimal("0.3") if turned_away else 0),
    )
