"""定标、合同、履约的页面: each one page, one decision, one receipt."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault_queries
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import forms, queries, rules, services
from ggzy.trading.contracting.services.telling import price_text
from ggzy.trading.contracting.values import (
    AwardFacts,
    AwardState,
    ContractForm,
    Passed,
    Passing,
    Runner,
    Step,
    StepKind,
)
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation.values import EvaluationState
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import Price

METHODS = ["GET", "HEAD", "POST"]
KEPT = "放弃中标后，投标保证金不予退还；给招标人造成的损失超过保证金的，还应当赔偿超过部分（招标投标法实施条例 §74）。"


@require_http_methods(METHODS)
def publicise(request: Request, code: str) -> HttpResponse:
    """公示中标候选人."""
    _, lot = _owner(request, code, Permission.CANDIDATES_PUBLICISE)
    report, calendar = evaluation.report(lot.code), catalog.calendar()
    earliest = rules.earliest_end(lot.rulebook, calendar, request.at)
    is_reported = report is not None and report.state is EvaluationState.REPORTED
    verdict = rules.may_publicise(
        is_reported=is_reported,
        is_all_rejected=report is not None and report.is_all_rejected,
        is_publicised=queries.award(lot.code) is not None,
        is_long_enough=True,
        until=earliest,
        earliest=earliest,
        calendar=calendar,
    )
    rows: list[tuple[str, object]] = [
        ("依法最早的公示截止", f"{rules.last_day(earliest):%Y年%m月%d日} 24:00")
    ]
    if report is not None and report.reported_at is not None:
        by = rules.start_by(lot.rulebook, calendar, report.reported_at)
        rows.append(("依法最晚的公示开始", f"{rules.last_day(by):%Y年%m月%d日} 24:00（{rules.BR54}）"))
    return pages.act(
        request,
        forms.PubliciseForm,
        lambda who, data: services.publicise(who, lot.code, until=data["until"], at=request.at),
        template="contracting/act.html",
        context={
            **_frame(lot, "公示中标候选人", "开始公示", verdict),
            "rows": rows,
            "runners": _runners(report.candidates if report is not None and is_reported else ()),
        },
        initial={"until": earliest - timedelta(minutes=1)},
        done=f"/desk/lots/{lot.code}/",
        words="中标候选人已公示",
    )


@require_http_methods(METHODS)
def award(request: Request, code: str) -> HttpResponse:
    """定标."""
    _, lot = _owner(request, code, Permission.AWARD_MAKE)
    found = _award(lot)
    return pages.act(
        request,
        lambda *args, **kwargs: forms.AwardForm(found, *args, **kwargs),
        lambda who, data: services.award(
            who, lot.code, rank=int(data["rank"]), passed=_passed(found, data), at=request.at
        ),
        template="contracting/act.html",
        context={
            **_frame(lot, "定标", "确定中标人", queries.may_award_now(lot, found, request.at), style="seal"),
            "rows": [("公示截止", rules.moment_text(found.publicity_until)), ("状态", found.state.label)],
            "runners": _runners(found.runners),
            "hint": "应当确定排名第一的中标候选人为中标人；其放弃中标等法定情形下方可依次确定后一名（实施条例 §55）。",
        },
        initial={"rank": str(found.next_rank or 1), "ground": ""},
        done=f"/desk/lots/{lot.code}/",
        words="已定标",
    )


def _passed(found: AwardFacts, data: dict[str, Any]) -> tuple[Passed, ...]:
    """Everybody above the chosen rank who has not been passed before, for the one ground given."""
    before = {one.rank for one in found.passed}
    above = [r.rank for r in found.runners if r.rank < int(data["rank"]) and r.rank not in before]
    if not data["ground"]:
        return ()
    return tuple(Passed(rank, Passing(data["ground"]), data["reason"]) for rank in above)


@require_http_methods(METHODS)
def letter(request: Request, code: str) -> HttpResponse:
    """中标通知书."""
    _, lot = _owner(request, code, Permission.LETTER_ISSUE)
    found = _award(lot)
    tender = tendering.tender(lot.code)
    assert tender.terms is not None and tender.deadline is not None, "publicised"
    valid_until = rules.validity_end(tender.deadline, tender.terms.validity_days)
    rows: list[tuple[str, object]] = [("投标有效期至", f"{valid_until:%Y年%m月%d日}")]
    if found.letter is not None:
        rows += [("编号", found.letter.number), ("验证码", found.letter.code)]
        rows.append(("发出时间", rules.moment_text(found.letter.issued_at)))
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda who, _: services.issue_letter(who, lot.code, at=request.at),
        template="contracting/act.html",
        context={
            **_frame(
                lot,
                "中标通知书",
                "发出中标通知书",
                rules.may_issue_letter(found, valid_until, request.at),
                style="seal",
            ),
            "rows": rows,
            "runners": _runners((found.winner,) if found.winner else ()),
            "letter": _files(found.letter.digest) if found.letter else (),
            "hint": "中标人和全部未中标人同时收到结果（招标投标法 §45）。",
        },
        done=f"/desk/lots/{lot.code}/letter/",
        words="中标通知书已发出",
    )


@require_http_methods(METHODS)
def report(request: Request, code: str) -> HttpResponse:
    """招标投标情况书面报告."""
    _, lot = _owner(request, code, Permission.CANDIDATES_PUBLICISE)
    found = _award(lot)
    rows: list[tuple[str, object]] = []
    if found.awarded_at:
        by = rules.report_by(lot.rulebook, catalog.calendar(), found.awarded_at)
        rows.append(("依法最晚的提交", f"{rules.last_day(by):%Y年%m月%d日} 24:00（{rules.BL47}）"))
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.report(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={**_frame(lot, "书面报告", "提交书面报告", rules.may_report(found, "—")), "rows": rows},
        done=f"/desk/lots/{lot.code}/",
        words="书面报告已提交",
    )


@require_http_methods(METHODS)
def refuse(request: Request, code: str) -> HttpResponse:
    """放弃中标, by the winner."""
    actor, lot, found = _winner(request, code)
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.refuse_award(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **_frame(
                lot, "放弃中标", "放弃中标", rules.may_refuse(found, actor.organisation, "—"), style="seal"
            ),
            "bands": [{"kind": "warn", "title": "后果", "text": KEPT}],
        },
        done=f"/desk/lots/{lot.code}/",
        words="已放弃中标",
    )


@require_http_methods(METHODS)
def end(request: Request, code: str) -> HttpResponse:
    """结束本轮: no winner; a new round may begin."""
    _, lot = _owner(request, code, Permission.CANDIDATES_PUBLICISE)
    found = queries.award(lot.code)
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.end(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **_frame(
                lot,
                "结束本轮",
                "结束本轮，准备重新招标",
                rules.may_end(found, "—"),
                style="seal",
            ),
            "hint": "本轮以流标结束，保证金退还；随后可在“重新招标”开始新一轮。",
        },
        done=f"/desk/lots/{lot.code}/",
        words="本轮已结束",
    )


@require_http_methods(METHODS)
def contract(request: Request, code: str) -> HttpResponse:
    """拟定合同."""
    _, lot = _owner(request, code, Permission.CONTRACT_SIGN)
    found = _award(lot)
    may = next(
        one.verdict
        for one in queries.offers(pages.signed_in(request), lot.code, request.at)
        if one.path.endswith("/contract/")
    )
    runner = found.winner
    rows: list[tuple[str, object]] = []
    if runner is not None:
        rows = [
            ("供应方", runner.bidder.name),
            ("合同价", price_text(runner.price)),
            ("工期", runner.period or "—"),
            ("质量", runner.quality or "—"),
        ]
    if found.letter is not None:
        by = rules.sign_by(lot.rulebook, catalog.calendar(), found.letter.issued_at)
        rows.append(("依法最晚的签订", f"{rules.last_day(by):%Y年%m月%d日} 24:00（{rules.BL46}）"))
    return pages.act(
        request,
        forms.ContractForm,
        lambda who, data: services.draft(who, lot.code, _drafted(who, runner, data), at=request.at),
        template="contracting/act.html",
        context={**_frame(lot, "拟定合同", "送中标人签订", may), "rows": rows},
        done=f"/desk/lots/{lot.code}/",
        words="合同已送中标人签订",
    )


def _drafted(actor: Actor, runner: Runner | None, data: dict[str, Any]) -> ContractForm:
    price = (
        runner.price if runner is not None and runner.price is not None else Price("text", text="按投标文件")
    )
    owner = actor.organisation or actor.person
    return ContractForm(
        number=data["number"],
        price=price,
        amount=price.amount,
        security=data["security"],
        period=runner.period if runner else "",
        quality=runner.quality if runner else "",
        file=vault.put(data["file"], name=data["file"].name, owner=owner),
    )


@require_http_methods(METHODS)
def sign(request: Request, code: str) -> HttpResponse:
    """签订合同, by the winner."""
    actor, lot, found = _winner(request, code)
    rows: list[tuple[str, object]] = []
    if found.contract is not None:
        form = found.contract.form
        rows = [
            ("合同编号", form.number),
            ("合同价", price_text(form.price)),
            ("履约保证金", f"{form.security.figures()} 元"),
            ("工期", form.period or "—"),
            ("质量", form.quality or "—"),
            (
                "依法最晚的签订",
                f"{rules.last_day(found.contract.sign_by):%Y年%m月%d日} 24:00（{rules.BL46}）",
            ),
        ]
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda who, _: services.sign(who, lot.code, at=request.at),
        template="contracting/act.html",
        context={
            **_frame(lot, "签订合同", "签订合同", rules.may_sign(found, actor.organisation), style="seal"),
            "rows": rows,
            "letter": _files(found.contract.form.file) if found.contract else (),
            "file_title": "合同文本",
            "hint": "签订后，全部投标人的投标保证金连同银行同期存款利息退还（实施条例 §57）。",
        },
        done=f"/desk/lots/{lot.code}/",
        words="合同已签订",
    )


@require_http_methods(METHODS)
def performance(request: Request, code: str) -> HttpResponse:
    """履约情况, by either side."""
    actor = pages.signed_in(request)
    if actor.role is Role.BIDDER:
        _, lot, found = _winner(request, code)
    else:
        _, lot = _owner(request, code, Permission.CONTRACT_PERFORM)
        found = _award(lot)
    is_running = found.state is AwardState.SIGNED
    verdict = judge([(is_running, rules.may_complete(found).reasons[0])]) if not is_running else Verdict()
    return pages.act(
        request,
        forms.StepForm,
        lambda who, data: services.perform(who, lot.code, _step(data), at=request.at),
        template="contracting/act.html",
        context={
            **_frame(lot, "履约情况", "登记", verdict),
            "steps": [
                (
                    f"{one.on:%Y-%m-%d}",
                    one.kind.label,
                    one.text,
                    f"{one.amount.figures()} 元" if one.amount else "—",
                    f"{one.days_late} 日" if one.days_late else "—",
                )
                for one in found.steps
            ],
        },
        done=f"/desk/lots/{lot.code}/performance/",
        words="履约情况已登记",
    )


def _step(data: dict[str, Any]) -> Step:
    return Step(
        StepKind(data["kind"]), data["text"], data["on"], data["amount"] or None, data["due_on"] or None
    )


@require_http_methods(METHODS)
def complete(request: Request, code: str) -> HttpResponse:
    """合同完结."""
    _, lot = _owner(request, code, Permission.CONTRACT_COMPLETE)
    found = _award(lot)
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.complete(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **_frame(lot, "合同完结", "合同完结", rules.may_complete(found), style="seal"),
            "rows": [("已支付合计", f"{rules.paid(found.steps).figures()} 元")],
            "hint": "完结次日由平台归档，案卷从此不再变化。",
        },
        done=f"/desk/lots/{lot.code}/",
        words="合同已完结",
    )


def _owner(request: Request, code: str, permission: Permission) -> tuple[Actor, LotFacts]:
    """The lot of one's own side. Raises Forbidden, Missing."""
    actor = pages.signed_in(request)
    lot = projects.seen(actor, code)
    if actor.role is Role.BIDDER:
        raise Missing()
    if not actor.has(permission):
        raise Forbidden(f"“{permission.label}”不属于{actor.role.label}身份可以办理的事项")
    return actor, lot


def _winner(request: Request, code: str) -> tuple[Actor, LotFacts, AwardFacts]:
    """The award of the winner who asks; nobody else learns of it here. Raises Missing."""
    actor = pages.signed_in(request)
    lot = projects.lot(code)
    found = queries.award(lot.code, lot.round)
    if found is None or not found.is_winner(actor.organisation):
        raise Missing()
    return actor, lot, found


def _award(lot: LotFacts) -> AwardFacts:
    found = queries.award(lot.code, lot.round)
    if found is None:
        raise Missing("本标段还没有公示中标候选人")
    return found


def _frame(
    lot: LotFacts, title: str, submit: str, verdict: Verdict, *, style: str = "primary"
) -> dict[str, Any]:
    home = f"/desk/lots/{lot.code}/"
    return {
        "lot": lot,
        "title": title,
        "submit": submit,
        "verdict": verdict,
        "style": style,
        "cancel": home,
        "crumbs": [("待办", "/desk/"), ("标段", "/desk/lots/"), (lot.title, home), (title, "")],
        "bands": [],
        "rows": [],
        "runners": [],
        "steps": [],
        "letter": [],
        "file_title": "中标通知书",
        "hint": "",
    }


def _runners(runners: Any) -> list[tuple[object, ...]]:
    return [
        (r.rank, r.bidder.name, price_text(r.price), r.period or "—", r.quality or "—", r.leader or "—")
        for r in runners
    ]


def _files(digest: str) -> list[dict[str, object]]:
    return [
        {"name": file.name, "bytes": file.size, "digest": key, "url": f"/files/{key}/"}
        for key, file in vault_queries.metas([digest]).items()
    ]
