"""合同与履约."""

from ggzy.kernel.money import Money
from ggzy.trading.contracting import events as contracting
from ggzy.trading.dossier.values import ChapterForm, Detail, Words


def _yuan(label: str, amount: Money | None) -> Detail:
    return Detail(label, f"{amount.figures()} 元" if amount else "按约定计价")


def _signed(fact: contracting.ContractSigned) -> Words:
    return Words(
        "合同已订立",
        (
            Detail("合同编号", fact.number),
            Detail("供应方", fact.supplier.name),
            _yuan("合同金额", fact.amount),
            _yuan("履约保证金", fact.security),
            Detail("合同文本摘要", fact.file),
            Detail("是否按期", "逾期" if fact.is_late else "按期"),
        ),
    )


def _step(fact: contracting.PerformanceRecorded) -> Words:
    on = f"{fact.on.year}年{fact.on.month}月{fact.on.day}日"
    details = [Detail("内容", fact.text), Detail("日期", on)]
    if fact.amount:
        details.append(_yuan("金额", fact.amount))
    if fact.days_late:
        details.append(Detail("逾期", f"{fact.days_late} 日"))
    return Words(fact.step.label, tuple(details))


CHAPTER = ChapterForm(
    code="contract",
    name="合同与履约",
    order=7,
    lines={
        contracting.ContractDue: lambda fact: Words(
            "成交合同待签订",
            (Detail("成交方", fact.runner.bidder.name), Detail.moment("签约期限", fact.sale.sign_by)),
        ),
        contracting.ContractDrafted: lambda fact: Words("合同已拟定", (Detail("合同编号", fact.number),)),
        contracting.ContractSigned: _signed,
        contracting.PerformanceRecorded: _step,
        contracting.ContractCompleted: lambda fact: Words("合同履行完毕", (_yuan("已支付", fact.paid),)),
    },
)
