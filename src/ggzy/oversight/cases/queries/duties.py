"""监督待办: cases, complaints, petitions and checks by their legal days."""

from datetime import datetime

from django.db.models import Q

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.codes import RegionCode
from ggzy.oversight.cases.models import Case, Check, Complaint, LotOrder, Petition
from ggzy.oversight.cases.values.casework import CaseState
from ggzy.oversight.cases.values.checks import CheckState
from ggzy.oversight.cases.values.complaints import ComplaintState, PetitionState
from ggzy.oversight.cases.values.duties import Duty
from ggzy.oversight.powers import queries as powers
from ggzy.oversight.powers.values import Remit

SHOWN_MAX = 50


def duties(region: RegionCode, remit: Remit) -> tuple[Duty, ...]:
    """监督待办 of whoever supervises a region, the first due on top."""
    bound = (*_cases(region, remit), *_complaints(region, remit), *_orders(region, remit))
    found = (*bound, *_petitions(region), *_checks(region))
    return tuple(sorted(found, key=lambda one: (one.until, one.url))[:SHOWN_MAX])


def counts(region: RegionCode, remit: Remit, at: datetime) -> tuple[tuple[str, int, str], ...]:
    """监督数字 of whoever supervises a region: what is open, with the page of each."""
    mine = Q(region__startswith=region.prefix)
    open_cases = Case.objects.filter(mine, state__in=(CaseState.OPEN, CaseState.NOTIFIED, CaseState.DECIDED))
    running = powers.within(remit, open_cases, leader="organisation")
    filed = Complaint.objects.filter(mine, state__in=(ComplaintState.FILED, ComplaintState.ACCEPTED))
    open_complaints = powers.within(remit, filed)
    checks = Check.objects.filter(mine).exclude(state__in=(CheckState.PUBLISHED, CheckState.ABANDONED))
    return (
        ("办理中案件", running.count(), "/desk/cases/"),
        ("办理中投诉", open_complaints.count(), "/desk/complaints/"),
        ("进行中抽查", checks.count(), "/desk/checks/"),
        (
            "待同意的监督人员和证书",
            len(identity.proposals(region, at)) + len(identity.bindings(region, at)),
            "/desk/consents/",
        ),
    )


def _cases(region: RegionCode, remit: Remit) -> list[Duty]:
    rows = Case.objects.filter(region__startswith=region.prefix)
    rows = powers.within(remit, rows, leader="organisation")
    found = []
    running = rows.filter(state__in=(CaseState.OPEN, CaseState.NOTIFIED)).select_related("draft_row")
    for row in running:
        what = "审核并作出决定" if hasattr(row, "draft_row") else "调查并作出决定"
        found.append(Duty(what, row.title, f"/desk/cases/{row.pk}/", row.decide_by, "行政处罚法 §57、§60"))
    for row in rows.filter(state=CaseState.DECIDED):
        if row.publish_by:
            found.append(
                Duty(
                    "公开决定", row.title, f"/desk/cases/{row.pk}/", row.publish_by, "招标投标法实施条例 §78"
                )
            )
    return found


def _complaints(region: RegionCode, remit: Remit) -> list[Duty]:
    rows = Complaint.objects.filter(region__startswith=region.prefix)
    rows = powers.within(remit, rows.filter(state__in=(ComplaintState.FILED, ComplaintState.ACCEPTED)))
    found = []
    for row in rows:
        if row.state == ComplaintState.FILED:
            found.append(
                Duty("决定是否受理投诉", row.lot_title, _of(row), row.accept_by, "招标投标法实施条例 §61")
            )
        elif row.decide_by:
            found.append(Duty("处理投诉", row.lot_title, _of(row), row.decide_by, "招标投标法实施条例 §61"))
    return found


def _of(row: Complaint) -> str:
    return f"/desk/complaints/{row.pk}/"


def _petitions(region: RegionCode) -> list[Duty]:
    mine = Q(region__startswith=region.prefix) | Q(region=RegionCode.COUNTRY)
    rows = Petition.objects.filter(mine).exclude(state=PetitionState.ANSWERED)
    return [
        Duty("答复来件", row.pk, f"/desk/petitions/{row.pk}/", row.answer_by, "信访工作条例") for row in rows
    ]


def _checks(region: RegionCode) -> list[Duty]:
    rows = Check.objects.filter(region__startswith=region.prefix, state=CheckState.DRAWN)
    return [
        Duty("公开抽查结果", row.pk, f"/desk/checks/{row.pk}/", row.publish_by, "国发〔2019〕5号")
        for row in rows
        if row.publish_by
    ]


def _orders(region: RegionCode, remit: Remit) -> list[Duty]:
    rows = LotOrder.objects.filter(region__startswith=region.prefix, met_at=None)
    rows = powers.within(remit, rows, leader="case__organisation")
    return [
        Duty("督促办结责令事项", row.pk, f"/desk/cases/{row.case_id}/", row.until, "行政处罚法 §28")
        for row in rows
    ]
