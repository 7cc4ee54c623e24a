"""对留痕的反应: confidential reads elsewhere in the house are readings too."""

from ggzy.foundation.journal.values import Fact
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.oversight.powers.models import ReadingRow
from ggzy.registers.parties import queries as parties
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.projects import queries as projects

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
READS = {"dossier.exported": "导出案卷", "committee.read": "调阅评标委员会名单"}


def read(fact: Fact) -> None:
    """查阅: what officials read elsewhere concerns those who took part in the lot."""
    if fact.actor.role not in WATCHERS:
        return
    try:
        lot = projects.lot(fact.event.lot)
    except Missing:
        return
    bidders = [bid.code for bid in dossiers.opened_prices(lot.code)]
    concerned = [code for code in (lot.owner, lot.agency, *bidders) if code]
    ReadingRow.objects.update_or_create(
        height=fact.height,
        defaults={
            "what": str(lot.code),
            "title": f"{READS[fact.kind]}：{lot.title}"[:200],
            "person": fact.actor.person,
            "organisation": parties.name(fact.actor.organisation) if fact.actor.organisation else "",
            "role": fact.actor.role.label,
            "reason": fact.event.reason,
            "at": fact.at,
            "concerning": list(dict.fromkeys(map(str, concerned))),
        },
    )


FOLLOWERS = dict.fromkeys(READS, read)
