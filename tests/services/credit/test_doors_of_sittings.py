"""市场禁入的关口 of an evaluation: each through its own command refuses whoever is under a ban.

Take a door's question away and its test here fails. Every refusal names the entry and the law.
"""

from datetime import datetime

import pytest

from ggzy.kernel.codes import ExpertCode
from ggzy.kernel.instants import add_months, local_date
from ggzy.kernel.verdict import Refused
from ggzy.registers.experts import queries as experts
from ggzy.registers.experts import services as expert_services
from ggzy.registers.experts.values import MarkKind, NewMark
from ggzy.trading.evaluation import services as sittings
from ggzy.trading.evaluation.models import Member, PoolLeaf
from ggzy.trading.evaluation.values import Ground, MemberState, Rejection
from tests.services.credit.bans import ban, is_shut
from tests.services.credit.cast import supervisor
from tests.services.evaluation import room as rooms
from tests.services.tendering import hall as halls

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker):
    with rooms.stage(django_db_blocker):
        yield rooms.opened(rooms.LOWEST)


@pytest.fixture
def room(opened, db):
    with opened.clock():
        yield opened


def test_a_barred_party_becomes_no_candidate(room):
    room.begin()
    entry = ban(rooms.firm_code(room, 1), room.at)
    room.review()
    assert is_shut(entry, sittings.finish_review, room.member(1), room.code, at=room.at)
    room.review((Rejection(bid=room.bids()[1], grounds=(Ground.UNQUALIFIED,), text="处于市场禁入期"),))
    sittings.finish_review(room.member(1), room.code, at=room.at)


def mark(expert: str, at: datetime, conduct: str = "duty") -> None:
    today = local_date(at)
    end = add_months(today, 12) if conduct == "duty" else None
    new = NewMark(
        expert=ExpertCode(expert), kind=MarkKind.SANCTION, text="私下接触投标人",
        authority="江州市住房和城乡建设局", document="江建罚〔2026〕9号", decided_on=today,
        conduct=conduct, start=today, end=end,
    )  # fmt: skip
    expert_services.mark(supervisor(), new, at=at)


def test_a_barred_expert_is_not_in_the_draw(room):
    some = evaluation_pool(room)
    mark(some[0], room.at)
    mark(some[1], room.at, "bribe")
    room.request()
    excluded = set(
        PoolLeaf.objects.filter(subject__in=some, exclusion="inactive").values_list("subject", flat=True)
    )
    assert set(some[:2]) <= excluded and some[2] not in excluded


def evaluation_pool(room) -> list[str]:
    members = experts.pool(["A0801"], halls.REGION, room.at)
    return [str(one.expert) for one in members if one.is_eligible(local_date(room.at))][-3:]


def called(room) -> Member:
    """The first expert who was drawn and has not answered."""
    return Member.objects.filter(evaluation__lot_id=room.code, state=MemberState.CALLED)[0]


def test_an_expert_barred_after_the_draw_accepts_no_seat_but_may_decline(room):
    room.drawn(room.request())
    member = called(room)
    mark(str(member.expert), room.at)
    with pytest.raises(Refused, match="-C001"):
        sittings.answer_call(room.member(member.seat), room.code, True, at=room.at)
    sittings.answer_call(room.member(member.seat), room.code, False, "被禁止参加评标", at=room.at)


def test_an_expert_barred_after_accepting_signs_in_no_more(room):
    room.drawn(room.request())
    member = called(room)
    sittings.answer_call(room.member(member.seat), room.code, True, at=room.at)
    mark(str(member.expert), room.at)
    with pytest.raises(Refused) as refused:
        sittings.sign_in(room.member(member.seat), room.code, at=room.at)
    assert [reason.code for reason in refused.value.reasons] == ["expert_banned"]
