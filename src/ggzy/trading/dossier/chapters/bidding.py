"""投标: sealed until the close, told by digests ever after."""

from ggzy.trading.dossier.values import TENDER, ChapterForm, Detail, Words
from ggzy.trading.tendering import events as tendering


def _submitted(fact: tendering.BidSubmitted) -> Words:
    return Words(
        "投标文件已递交" if fact.prev is None else "投标文件已替换",
        (
            Detail("投标人", fact.bidder.name),
            Detail("第几次递交", str(fact.gen)),
            Detail("密封清单摘要", fact.manifest),
        ),
    )


CHAPTER = ChapterForm(
    code="bidding",
    name="投标",
    order=3,
    way=TENDER,
    lines={
        tendering.BidSubmitted: _submitted,
        tendering.BidWithdrawn: lambda fact: Words(
            "投标文件已撤回", (Detail("密封清单摘要", fact.manifest),)
        ),
        tendering.BidRefused: lambda fact: Words(
            "逾期投标未被接收", (Detail.moment("到达时间", fact.arrived_at),)
        ),
        tendering.BiddingClosed: lambda fact: Words(
            "投标已截止", (Detail("投标文件", f"{fact.count} 份"), Detail("末位链值", fact.chain))
        ),
        tendering.TenderFailed: lambda fact: Words("流标", (Detail("原因", fact.reason),)),
    },
)
