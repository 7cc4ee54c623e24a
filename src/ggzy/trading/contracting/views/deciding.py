"""公示、定标、书面报告、放弃中标、结束本轮."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import forms, queries, rules, services
from ggzy.trading.contracting.values import AwardFacts, Passed, Passing
from ggzy.trading.contracting.views import place
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation.values import EvaluationState
from ggzy.trading.projects.values import LotFacts

KEPT = "放弃中标后，投标保证金不予退还；给招标人造成的损失超过保证金的，还应当赔偿超过部分（招标投标法实施条例 §74）。"
STILL_DUE = "仍应当公示；逾期会如实记入日志，并写在标段的公开页上。"
FIRST = "应当确定排名第一的中标候选人为中标人；其放弃中标等法定情形下方可依次确定后一名（实施条例 §55）。"


@require_http_methods(place.METHODS)
def publicise(request: Request, code: str) -> HttpResponse:
    """公示中标候选人."""
    _, lot = place.of_owner(request, code, Permission.CANDIDATES_PUBLICISE)
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
    by = queries.start_by(lot, report.reported_at, request.at) if report and report.reported_at else None
    rows: list[tuple[str, object]] = [("依法最早的公示截止", place.lawful(earliest, rules.BR54))]
    rows += [("依法最晚的公示开始", place.lawful(by, rules.BR54))] if by else []
    return pages.act(
        request,
        forms.PubliciseForm,
        lambda who, data: services.publicise(who, lot.code, until=data["until"], at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "公示中标候选人", "开始公示", verdict),
            "bands": _overdue(by, request.at) if verdict.ok else [],
            "rows": rows,
            "runners": place.runners(report.candidates if report is not None and is_reported else ()),
        },
        initial={"until": earliest},
        done=f"/desk/lots/{lot.code}/",
        words="中标候选人已公示",
    )


def _overdue(by: datetime | None, at: datetime) -> list[dict[str, str]]:
    return [{"kind": "warn", "title": "已过依法最晚的公示开始", "text": STILL_DUE}] if by and at > by else []


@require_http_methods(place.METHODS)
def award(request: Request, code: str) -> HttpResponse:
    """定标."""
    _, lot = place.of_owner(request, code, Permission.AWARD_MAKE)
    found = place.award(lot)
    verdict = queries.may_award_now(lot, found, request.at)
    return pages.act(
        request,
        lambda *args, **kwargs: forms.AwardForm(found, *args, **kwargs),
        lambda who, data: services.award(
            who, lot.code, rank=int(data["rank"]), passed=_passed(found, data), at=request.at
        ),
        template="contracting/act.html",
        context={
            **place.frame(lot, "定标", "确定中标人", verdict, style="seal"),
            "rows": [
                ("公示截止", show.until(found.publicity_until)),
                ("状态", show.state(found.state.label)),
            ],
            "runners": place.runners(found.runners),
            "hint": FIRST,
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


@require_http_methods(place.METHODS)
def report(request: Request, code: str) -> HttpResponse:
    """招标投标情况书面报告."""
    _, lot = place.of_owner(request, code, Permission.CANDIDATES_PUBLICISE)
    found = place.award(lot)
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.report(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "书面报告", "提交书面报告", rules.may_report(found, "—")),
            "rows": _report_by(lot, found, request.at),
        },
        done=f"/desk/lots/{lot.code}/",
        words="书面报告已提交",
    )


def _report_by(lot: LotFacts, found: AwardFacts, at: datetime) -> list[tuple[str, object]]:
    if found.awarded_at is None:
        return []
    return [("依法最晚的提交", place.lawful(queries.report_by(lot, found.awarded_at, at), rules.BL47))]


@require_http_methods(place.METHODS)
def refuse(request: Request, code: str) -> HttpResponse:
    """放弃中标, by the winner."""
    actor, lot, found = place.of_winner(request, code)
    verdict = rules.may_refuse(found, actor.organisation, "—")
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.refuse_award(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "放弃中标", "放弃中标", verdict, style="seal"),
            "bands": [{"kind": "warn", "title": "后果", "text": KEPT}],
        },
        done=f"/desk/lots/{lot.code}/",
        words="已放弃中标",
    )


@require_http_methods(place.METHODS)
def end(request: Request, code: str) -> HttpResponse:
    """结束本轮: no winner; a new round may begin."""
    _, lot = place.of_owner(request, code, Permission.TENDER_RETENDER)
    found = queries.award(lot.code)
    barred = found is not None and queries.is_barred(lot, found, request.at)
    verdict = rules.may_end(found, "—", is_barred=barred)
    return pages.act(
        request,
        forms.TextForm,
        lambda who, data: services.end(who, lot.code, data["text"], at=request.at),
        template="contracting/act.html",
        context={
            **place.frame(lot, "结束本轮", "结束本轮，准备重新招标", verdict, style="seal"),
            "hint": "本轮以流标结束，保证金退还；随后可在“重新招标”开始新一轮。",
        },
        done=f"/desk/lots/{lot.code}/",
        words="本轮已结束",
    )
