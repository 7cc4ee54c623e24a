"""竞价: how the room ran. The offers one by one have a table of their own, and every one is in the evidence."""

from ggzy.trading.auctions import events as auctions
from ggzy.trading.auctions.values import Amount, Outcome, RoomPhase
from ggzy.trading.auctions.values.givers import giver_name
from ggzy.trading.dossier.values import AUCTION, ChapterForm, Detail, Words

CAUSES = {"operator": "交易中心暂停", "outage": "平台中断", "brake": "标的暂停或终止交易"}


def _amount(label: str, amount: Amount | None) -> Detail:
    return Detail(label, "—" if amount is None else str(amount))


def _began(fact: auctions.PhaseBegan) -> Words:
    phase = Detail("阶段", RoomPhase(fact.phase).label)
    return Words("进入新阶段", (phase, Detail.moment("结束", fact.end)) if fact.end else (phase,))


def _unsealed(fact: auctions.OfferUnsealed) -> Words:
    worth = Detail("是否有效", "无效：" + "、".join(fact.reasons) if fact.reasons else "有效")
    return Words("密封报价已开启", (Detail("号牌", str(fact.paddle)), _amount("报价", fact.amount), worth))


def _paused(fact: auctions.AuctionPaused) -> Words:
    cause = Detail("原因", f"{CAUSES[fact.cause]}：{fact.reason}")
    return Words("竞价已暂停", (cause, Detail.moment("自", fact.since)))


def _drawn(fact: auctions.LotsDrawn) -> Words:
    return Words("已摇号", (Detail("中签号牌", str(fact.winner)), Detail("种子", fact.seed.hex())))


def _closed(fact: auctions.AuctionClosed) -> Words:
    return Words(
        "竞价已结束",
        (
            Detail("结果", Outcome(fact.outcome).label),
            Detail("领先号牌", str(fact.paddle or "—")),
            _amount("领先价", fact.price),
            Detail("报价次数", str(fact.seq)),
            Detail("延长次数", str(fact.extensions)),
            Detail.moment("结束时间", fact.at),
        ),
    )


CHAPTER = ChapterForm(
    code="room",
    name="竞价",
    order=4,
    way=AUCTION,
    lines={
        auctions.OfferCustodyNamed: lambda fact: Words(
            "报价密钥保管人已确定",
            (Detail("保管人", f"{len(fact.custody.holders)} 名，{fact.custody.k} 名可开启"),),
        ),
        auctions.OfferKeyPosted: lambda fact: Words(
            "保管人公钥已提交", (Detail("保管人", f"第 {fact.x} 名"),)
        ),
        auctions.OfferPlanFixed: lambda fact: Words("报价开启方案已定", (Detail("摘要", fact.digest),)),
        auctions.OfferSharesReleased: lambda fact: Words(
            "保管人已释放份额", (Detail("保管人", f"第 {fact.x} 名"), Detail("有效份额", str(fact.good)))
        ),
        auctions.SealedOfferUnopened: lambda fact: Words(
            "密封报价未能开启",
            (Detail("号牌", str(fact.paddle)), Detail("发现", f"{fact.finding} {fact.evidence}")),
        ),
        auctions.RoomPrepared: lambda fact: Words("竞价室已就绪", (_amount("起始价", fact.terms.start),)),
        auctions.PhaseBegan: _began,
        auctions.OfferUnsealed: _unsealed,
        auctions.CeilingReached: lambda fact: Words("已达到最高限价"),
        auctions.AuctionPaused: _paused,
        auctions.AuctionResumed: lambda fact: Words(
            "竞价已恢复", (Detail.moment("结束", fact.end),) if fact.end else ()
        ),
        auctions.PaddleBarred: lambda fact: Words(
            "号牌已停用", (Detail("号牌", str(fact.paddle)), Detail("原因", fact.reason))
        ),
        auctions.PaddleCleared: lambda fact: Words(
            "号牌已恢复", (Detail("号牌", str(fact.paddle)), Detail("原因", fact.reason))
        ),
        auctions.LotNonceCommitted: lambda fact: Words(
            "摇号随机数已承诺", (Detail("提供方", giver_name(fact.party)),)
        ),
        auctions.LotNonceRevealed: lambda fact: Words(
            "摇号随机数已公开", (Detail("提供方", giver_name(fact.party)),)
        ),
        auctions.LotNonceMissed: lambda fact: Words(
            "未按时公开摇号随机数", (Detail("提供方", giver_name(fact.party)),)
        ),
        auctions.LotsDrawn: _drawn,
        auctions.AuctionClosed: _closed,
    },
)
