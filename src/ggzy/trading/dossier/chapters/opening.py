"""开标: shares, keys, decryption, read-out, record."""

from ggzy.foundation.sealing.opening import FAILURES
from ggzy.trading.dossier.values import TENDER, ChapterForm, Detail, Words
from ggzy.trading.tendering import events as tendering


def _read_out(fact: tendering.BidReadOut) -> Words:
    price = fact.price.text if fact.price else "未能读出"
    return Words(
        "唱标", (Detail("投标人", fact.bidder.name), Detail("投标报价", price), Detail("工期", fact.period))
    )


CHAPTER = ChapterForm(
    code="opening",
    name="开标",
    order=4,
    way=TENDER,
    lines={
        tendering.OpeningBegan: lambda fact: Words(
            "开标开始", (Detail("投标文件", f"{fact.count} 份"), Detail("清单根", fact.root))
        ),
        tendering.SharesReleased: lambda fact: Words(
            "保管人已释放份额", (Detail("保管人", f"第 {fact.x} 名"), Detail("有效份额", str(fact.good)))
        ),
        tendering.BidderKeyReleased: lambda fact: Words("投标人已解密", (Detail("投标文件", fact.bid),)),
        tendering.WindowExtended: lambda fact: Words("解密时间已延长", (Detail("原因", fact.reason),)),
        tendering.BidDecrypted: lambda fact: Words("投标文件已解密", (Detail("投标文件", fact.bid),)),
        tendering.BidNotOpened: lambda fact: Words(
            "投标文件未能解密",
            (Detail("投标文件", fact.bid), Detail("发现", f"{fact.finding} {FAILURES[fact.finding].text}")),
        ),
        tendering.FailureDecided: lambda fact: Words(
            "未能解密的处理", (Detail("投标人", fact.bidder.name), Detail("理由", fact.reason))
        ),
        tendering.BidReadOut: _read_out,
        tendering.BasePriceAnnounced: lambda fact: Words(
            "标底已公布", (Detail("标底", f"{fact.amount.figures()} 元"),)
        ),
        tendering.BidsOpened: lambda fact: Words(
            "开标记录已公布",
            (
                Detail("开启", f"{fact.opened} 份"),
                Detail("未开启", f"{fact.failed} 份"),
                Detail("记录根", fact.root),
            ),
        ),
    },
)
