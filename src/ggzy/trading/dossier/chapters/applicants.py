"""报名与资格: who applied and was given a paddle; sealed until the end."""

from ggzy.trading.auctions import events as auctions
from ggzy.trading.dossier.values import AUCTION, ChapterForm, Detail, Words


def _filed(fact: auctions.ApplicationFiled) -> Words:
    return Words(
        "竞买申请已提交", (Detail("竞买人", fact.bidder), Detail("材料", f"{len(fact.documents)} 份"))
    )


def _declined(fact: auctions.ApplicationDeclined) -> Words:
    return Words(
        "未确认竞买资格", (Detail("竞买人", fact.bidder), Detail("不符合的条件", "；".join(fact.reasons)))
    )


def _admitted(fact: auctions.BidderAdmitted) -> Words:
    return Words("竞买资格已确认", (Detail("竞买人", fact.name), Detail("号牌", str(fact.paddle))))


def _claimed(fact: auctions.PriorityClaimed) -> Words:
    details = (
        Detail("竞买人", fact.bidder),
        Detail("依据", fact.grounds),
        Detail("材料", f"{len(fact.documents)} 份"),
    )
    return Words("已主张优先购买权", details)


def _decided(fact: auctions.PriorityDecided) -> Words:
    order = "不予认定" if fact.order is None else f"第 {fact.order} 顺位"
    return Words(
        "优先购买权已认定",
        (Detail("竞买人", fact.bidder), Detail("结论", order), Detail("理由", fact.reason)),
    )


CHAPTER = ChapterForm(
    code="applicants",
    name="报名与资格",
    order=3,
    way=AUCTION,
    lines={
        auctions.ApplicationFiled: _filed,
        auctions.ApplicationDeclined: _declined,
        auctions.ApplicationWithdrawn: lambda fact: Words("竞买申请已撤回", (Detail("竞买人", fact.bidder),)),
        auctions.BidderAdmitted: _admitted,
        auctions.PriorityClaimed: _claimed,
        auctions.PriorityDecided: _decided,
        auctions.ViewingBooked: lambda fact: Words(
            "已预约踏勘", (Detail("单位", fact.visitor), Detail.moment("时间", fact.on))
        ),
    },
)
