"""Bans for the tests of doors, made through the commands of credit; and what a shut door looks like."""

from datetime import datetime

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import add_months, local_date
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit import services
from ggzy.registers.credit.values import Decision, NewBan, NewListing
from tests.services.credit.cast import firm, supervisor
from tests.world import clock


def decision(at: datetime) -> Decision:
    return Decision("云岭省住房和城乡建设厅", "云建罚〔2026〕7号", "招标投标法 §53", local_date(at))


def ban(party: CreditCode, at: datetime, ground: str = "collusion") -> str:
    """From compulsory tenders, or from acting as an agency, for a year from that day on."""
    today = local_date(at)
    with clock(at):
        new = NewBan(party, ground, today, add_months(today, 12), decision(at))
        services.ban(supervisor(), new, at=at)
    return credit.bans_of(party)[0].code


def outlaw(party: CreditCode, at: datetime) -> str:
    """On a list that shuts out of everything, sales too."""
    with clock(at):
        services.propose(supervisor(), NewListing(party, "某公司", "judgment", "拒不履行"), at=at)
        code = credit.listings_of(party)[0].code
        services.notify(supervisor(), code, at=at)
        services.plead(firm(party), code, "没有异议", at=at)
        services.decide(supervisor(), code, decision(at), "不影响列入", at=at)
        services.publish(supervisor(), code, at=at)
    return code


def is_shut(entry: str, run, *args, **said) -> bool:
    """Refused for the ban, with the number of its entry and an article; and nothing is recorded."""
    head = journal.head()
    with pytest.raises(Refused) as refused:
        run(*args, **said)
    assert journal.head() == head, "a refused command recorded something"
    (reason,) = [one for one in refused.value.reasons if one.code in ("banned", "member_banned")]
    assert entry in reason.text and ("§" in str(reason) or "141号" in str(reason)), str(reason)
    return True
