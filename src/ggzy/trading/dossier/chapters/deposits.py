"""保证金与保函: who paid is told once bidding has closed."""

from ggzy.kernel.money import Money
from ggzy.trading.deposits import events as deposits
from ggzy.trading.deposits.values import BY_CREDIT, Outcome
from ggzy.trading.dossier.values import ChapterForm, Detail, Words


def _yuan(label: str, amount: Money) -> Detail:
    return Detail(label, f"{amount.figures()} 元")


def _required(fact: deposits.DepositRequired) -> Words:
    by_credit = (Detail("按信用核定", BY_CREDIT),) if fact.bounds else ()
    return Words("已设定投标保证金", (_yuan("金额", fact.amount), *by_credit))


def _opened(fact: deposits.DepositAccountOpened) -> Words:
    owed = (_yuan("应缴", fact.owed),) if fact.owed is not None else ()
    one = fact.ground
    ground = (Detail("核定依据", f"{one.measure}，{one.because}（{one.article}）"),) if one else ()
    return Words("已开立子账户", (Detail("投标人", fact.party), *owed, *ground))


def _received(fact: deposits.DepositReceived) -> Words:
    return Words(
        "保证金已到账",
        (Detail("投标人", fact.party), _yuan("金额", fact.amount), Detail("付款人", fact.payer_name)),
    )


def _returned(fact: deposits.DepositReturned) -> Words:
    return Words(
        "保证金已退还",
        (Detail("投标人", fact.party), _yuan("本金", fact.principal), _yuan("利息", fact.interest)),
    )


CHAPTER = ChapterForm(
    code="deposits",
    name="保证金与保函",
    order=3,
    is_required=False,
    lines={
        deposits.DepositRequired: _required,
        deposits.DepositAccountOpened: _opened,
        deposits.DepositReceived: _received,
        deposits.DepositRejected: lambda fact: Words(
            "来账不予认款", (Detail("投标人", fact.party), Detail("原因", Outcome(fact.outcome).label))
        ),
        deposits.DepositReversed: lambda fact: Words(
            "银行已冲正", (Detail("投标人", fact.party), _yuan("金额", fact.amount))
        ),
        deposits.GuaranteePlaced: lambda fact: Words(
            "电子保函已提交", (Detail("投标人", fact.party), _yuan("金额", fact.amount))
        ),
        deposits.DepositReleased: lambda fact: Words(
            "保证金退还手续已办", (Detail("投标人", fact.party), Detail("事由", fact.reason))
        ),
        deposits.DepositForfeited: lambda fact: Words(
            "保证金不予退还", (Detail("投标人", fact.party), Detail("事由", fact.reason))
        ),
        deposits.DepositApplied: lambda fact: Words(
            "保证金已转作价款", (Detail("竞得人", fact.party), _yuan("金额", fact.amount))
        ),
        deposits.DepositReturned: _returned,
        deposits.ReturnBounced: lambda fact: Words("退款被退汇", (Detail("投标人", fact.party),)),
    },
)
