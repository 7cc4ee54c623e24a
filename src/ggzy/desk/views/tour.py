"""演示导览: who can be looked through, and where to begin; not in a real installation."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from ggzy.desk import queries
from ggzy.foundation.identity.values import MembershipFacts
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.roles import Role
from ggzy.oversight.cases.queries import deciding
from ggzy.service.portal import queries as portal

SENTENCES = {
    Role.OWNER: "发起招标，答复异议，定标，签订合同。",
    Role.AGENCY: "替招标人编制、公告、主持开标、公示。",
    Role.BIDDER: "投标、解密、看结果、签合同。",
    Role.EXPERT: "应邀评标，打分，签署报告。",
    Role.OPERATOR: "服务开标现场，抽取专家，归档。",
    Role.SUPERVISOR: "查看全过程，可以暂停和恢复一个标段。",
    Role.INSPECTOR: "查阅案卷和日志，监督监督者。",
    Role.AUDITOR: "查阅一切，不改动任何内容。",
    Role.CUSTODIAN: "保管开标密钥的一份，开标时交出。",
}
SHOWN = 8


def keyed() -> frozenset[str]:
    """有演示证书密钥的人员."""
    return frozenset(file.stem for file in (Path(settings.SIGNER_STATE).parent / "bidders").glob("*.key"))


@require_safe
def tour(request: Request) -> HttpResponse:
    """导览."""
    if settings.REAL:
        raise Http404
    cast = queries.cast()
    groups = [
        {
            "role": role.label,
            "sentence": SENTENCES[role],
            "people": cast[role][:SHOWN],
            "more": max(0, len(cast[role]) - SHOWN),
        }
        for role in SENTENCES
        if role in cast
    ]
    context = {
        "keys": keyed(),
        "posts": _posts(cast),
        "groups": groups,
        "deadlines": portal.next_deadlines(request.at),
        "now": request.at,
    }
    return pages.show(request, "desk/tour.html", context)


def _posts(cast: Mapping[Role, Sequence[tuple[MembershipFacts, str]]]) -> dict[str, str]:
    """岗位 of those who supervise, by person: who investigates, reviews the law, decides."""
    authorities = {held.organisation for held, _ in cast.get(Role.SUPERVISOR, ()) if held.organisation}
    return {one.person: one.kind.label for code in authorities for one in deciding.posts(code)}
