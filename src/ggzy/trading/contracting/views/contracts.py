"""合同与履约: drafted, signed, performed, completed."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.contracting import forms, queries, rules, services
from ggzy.trading.contracting.services.telling import price_text
from ggzy.trading.contracting.values import (
    AwardFacts,
    ContractFacts,
    ContractForm,
    Runner,
    Step,
    StepKind,
)
from ggzy.trading.contracting.views import place
from ggzy.trading.tendering.values import Price


@require_http_methods(place.METHODS)
def contract(request: Request, code: str) -> HttpResponse:
    """拟定合同."""
    _, lot = place.of_owner(request, code, Permission.CONTRACT_SIGN)
    found = place.award(lot)
    may = next(
        one.verdict
        for one in queries.offers(pages.signed_in(request), lot.code, request.at)
        if one.path.endswith("/contract/")
    )
    runner = found.winner
    rows = _offered(found, runner) if runner is not None else []
    if found.sale is not None and found.is_auctioned:
        rows.append(("签约期限", place.lawful(found.sale.sign_by, "成交确认书")))
    if found.letter is not None:
        by = queries.sign_by(lot, found.letter.issued_at, request.at)
        rows.append(("依法最晚的签订", place.lawful(by, rules.BL46)))
    return pages.act(
        request,
        forms.ContractForm,
        lambda who, data: services.draft(who, lot.code, _drafted(who, runner, data), at=request.at),
        template="contracting/act.html",
        context={**place.frame(lot, "拟定合同", f"送{_winner(found)}签订", may), "rows": rows},
        done=f"/desk/lots/{lot.code}/",
        words=f"合同已送{_winner(found)}签订",
    )


def _winner(found: AwardFacts) -> str:
    return "竞得人" if found.is_auctioned else "中标人"


def _offered(found: AwardFacts, runner: Runner) -> list[tuple[str, object]]:
    if found.sale is not None:
        return [("成交方", runner.bidder.name), ("合同价", price_text(runner.price))]
    return [
        ("供应方", runner.bidder.name),
        ("合同价", price_text(runner.price)),
        ("工期", runner.period or "—"),
        ("质量", runner.quality or "—"),
    ]


def _drafted(actor: Actor, runner: Runner | None, data: dict[str, Any]) -> ContractForm:
    by_documents = Price("text", text="按投标文件")
    price = runner.price if runner is not None and runner.price is not None else by_documents
    return ContractForm(
        number=data["number"],
        price=price,
        amount=price.amount,
        security=data["security"],
        period=runner.period if runner else "",
        quality=runner.quality if runner else "",
        file=vault.put(data["file"], name=data["file"].name, owner=actor.organisation or actor.person),
    )


@require_http_methods(place.METHODS)
def sign(request: Request, code: str) -> HttpResponse:
    """签订合同, by the winner."""
    actor, lot, found = place.of_winner(request, code)
    verdict = queries.may_sign(found, actor.organisation, request.at)
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda who, _: services.sign(who, lot.code, at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "签订合同", "签订合同", verdict, style="seal"),
            "rows": _agreed(found, found.contract) if found.contract else [],
            "files": place.files(found.contract.form.file) if found.contract else [],
            "hint": _after_signing(found),
        },
        done=f"/desk/lots/{lot.code}/",
        words="合同已签订",
    )


def _after_signing(found: AwardFacts) -> str:
    if found.sale is None:
        return "签订后，全部投标人的投标保证金连同银行同期存款利息退还（实施条例 §57）。"
    if found.sale.is_bought:
        return "签订后，尚未退还的保证金全部退还。"
    return "签订后，贵单位的竞买保证金转作价款；以保函提交的，保函退还。"


def _agreed(found: AwardFacts, contract: ContractFacts) -> list[tuple[str, object]]:
    form = contract.form
    if found.sale is not None:
        return [
            ("合同编号", form.number),
            ("合同价", price_text(form.price)),
            ("价款支付", found.sale.payment.text),
            ("签约期限", place.lawful(contract.sign_by, "成交确认书" if found.is_auctioned else rules.BL46)),
        ]  # fmt: skip
    return [
        ("合同编号", form.number),
        ("合同价", price_text(form.price)),
        ("履约保证金", show.money(form.security)),
        ("工期", form.period or "—"),
        ("质量", form.quality or "—"),
        ("依法最晚的签订", place.lawful(contract.sign_by, rules.BL46)),
    ]


@require_http_methods(place.METHODS)
def performance(request: Request, code: str) -> HttpResponse:
    """履约情况, by either side."""
    actor = pages.signed_in(request)
    if actor.role is Role.BIDDER:
        _, lot, found = place.of_winner(request, code)
    else:
        _, lot = place.of_owner(request, code, Permission.CONTRACT_PERFORM)
        found = place.award(lot)
    return pages.act(
        request,
        forms.StepForm,
        lambda who, data: services.perform(who, lot.code, _step(data), at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "履约情况", "登记", queries.may_perform(found)),
            "rows": _account(found),
            "steps": [_step_row(one) for one in found.steps],
        },
        done=f"/desk/lots/{lot.code}/performance/",
        words="履约情况已登记",
    )


def _account(found: AwardFacts) -> list[tuple[str, object]]:
    """价款的账 of a sale: what is due by when, what came, what is still owed."""
    if found.sale is None or found.sale.is_bought or found.contract is None:
        return []
    due = [(f"{show.day(one.due_on)}前应付至", show.money(one.total)) for one in found.contract.instalments]
    return [
        *due,
        ("已收价款（含保证金）", show.money(rules.received(found))),
        ("未付价款", show.money(rules.owing(found))),
    ]


def _step(data: dict[str, Any]) -> Step:
    return Step(
        StepKind(data["kind"]), data["text"], data["on"], data["amount"] or None, data["due_on"] or None
    )


def _step_row(one: Step) -> tuple[object, ...]:
    late = f"{one.days_late} 日" if one.days_late else "—"
    return (show.day(one.on), one.kind.label, one.text, show.money(one.amount), late)


@require_http_methods(place.METHODS)
def complete(request: Request, code: str) -> HttpResponse:
    """合同完结."""
    _, lot = place.of_owner(request, code, Permission.CONTRACT_COMPLETE)
    found = place.award(lot)
    verdict = rules.may_complete(found, rules.owing(found))
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.complete(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "合同完结", "合同完结", verdict, style="seal"),
            "rows": [("已支付合计", show.money(rules.received(found)))],
            "hint": "完结次日由平台归档，案卷从此不再变化。",
        },
        done=f"/desk/lots/{lot.code}/",
        words="合同已完结",
    )
