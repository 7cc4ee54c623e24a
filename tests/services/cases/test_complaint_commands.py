"""投诉和来件: filed, accepted, copied, stayed, decided · refusals · who may not · what the lot's stream tells."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.desk.management.commands import verify
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.events import Audience, body
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Refused
from ggzy.oversight.cases import queries, rules, services
from ggzy.oversight.cases.models import Petition
from ggzy.oversight.cases.queries import complaints as desk
from ggzy.oversight.cases.values.complaints import (
    Category,
    Channel,
    ComplaintState,
    NewComplaint,
    NewPetition,
    PetitionState,
)
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage
from tests.world import CITY, START, World

DAY = timedelta(days=1)
KEY = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def lot(world: World):
    """A lot on which its bidders may object and complain."""
    code = world.lot()
    objections.open_window(code, Stage.RESULT, opens=START - DAY, closes=START + 900 * DAY, at=START)
    from ggzy.trading.projects import services as projects
    from ggzy.trading.projects.values import Phase

    projects.advance(code, Phase.CONTESTED, START)
    dossiers.refresh(code)
    return code


def filed(world: World, lot, matter: str = "award", at=START, **changes) -> str:
    new = NewComplaint(lot, matter, "江州市城市建设管理处", local_date(START), "定标违反规定", "认定定标无效")
    receipt = services.file_complaint(world.bidders[0].acts(), replace(new, **changes), at=at)
    return receipt.subject.split("/")[1]


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_complaint_runs_its_machine_and_the_lot_tells_it_without_a_name(world: World, lot):
    code = filed(world, lot)
    supervisor = world.supervisor.acts
    services.accept_complaint(supervisor(), code, at=START + DAY)
    services.send_copy(supervisor(), code, at=START + 2 * DAY)
    services.file_reply(world.owner.acts(), code, "定标合法", at=START + 3 * DAY)
    before = desk.complaint(code).decide_by
    services.stay_complaint(supervisor(), code, 10, "专家评审", at=START + 4 * DAY)
    after = desk.complaint(code).decide_by
    assert before is not None and after is not None and after > before
    services.decide_complaint(
        supervisor(), code, "upheld", "江建投诉〔2026〕1号", "定标无效", at=START + 20 * DAY
    )
    found = desk.complaint(code)
    assert found.state is ComplaintState.DECIDED and found.reply == "定标合法" and not found.is_late
    told = [fact for fact in journal.facts(subject=f"lot/{lot}") if fact.kind.startswith("complaint.")]
    assert [fact.kind.split(".")[1] for fact in told] == ["filed", "accepted", "stayed", "decided"]
    assert told[-1].audience is Audience.PUBLIC
    assert not any(str(world.bidders[0].organisation) in str(body(fact.event)) for fact in told)
    assert [one.code for one in desk.decided()] == [code]
    assert desk.statistics() == (("定标、合同", "成立", 1),)


def test_late_decision_is_taken_and_shown_as_late(world: World, lot):
    code = filed(world, lot)
    services.accept_complaint(world.supervisor.acts(), code, at=START + DAY)
    services.decide_complaint(world.supervisor.acts(), code, "rejected", "1号", "不属实", at=START + 90 * DAY)
    assert desk.complaint(code).is_late


def test_result_must_be_objected_to_first(world: World, lot):
    code = filed(world, lot, "result")
    with pytest.raises(Refused) as refused:
        services.accept_complaint(world.supervisor.acts(), code, at=START + DAY)
    assert codes(refused) == ["not_objected"]
    services.refuse_complaint(world.supervisor.acts(), code, ["not_objected"], "未提异议", at=START + DAY)
    assert desk.complaint(code).state is ComplaintState.REFUSED
    objections.raise_objection(world.bidders[0].acts(), lot, Stage.RESULT, "评分有误")
    raised = desk.raised(lot, world.bidders[0].organisation, "result")
    assert len(raised) == 1 and raised[0].answered_on is None
    assert desk.raised(lot, world.bidders[1].organisation, "result") == ()


def test_complainant_withdraws(world: World, lot):
    code = filed(world, lot)
    services.withdraw_complaint(world.bidders[0].acts(), code, at=START + DAY)
    assert desk.complaint(code).state is ComplaintState.WITHDRAWN
    with pytest.raises(Refused):
        services.accept_complaint(world.supervisor.acts(), code, at=START + DAY)


def test_an_accepted_complaint_is_withdrawn_by_leave_of_the_supervisor(world: World, lot):
    code = filed(world, lot)
    bidder, supervisor = world.bidders[0].acts, world.supervisor.acts
    services.accept_complaint(supervisor(), code, at=START + DAY)
    with pytest.raises(Refused) as refused:
        services.withdraw_complaint(bidder(), code, at=START + DAY)
    assert codes(refused) == ["reason_missing"]
    services.withdraw_complaint(bidder(), code, "双方已经和解", at=START + 2 * DAY)
    assert desk.complaint(code).state is ComplaintState.ACCEPTED
    for stranger in (world.bidders[0], world.auditor, world.owner):
        with pytest.raises(Forbidden):
            services.settle_withdrawal(stranger.acts(), code, True, "准予", at=START + 2 * DAY)
    services.settle_withdrawal(supervisor(), code, False, "已查实有明显违法行为", at=START + 3 * DAY)
    found = desk.complaint(code)
    assert found.state is ComplaintState.ACCEPTED and found.withdrawal is not None
    assert (found.withdrawal.is_granted, found.withdrawal.answer) == (False, "已查实有明显违法行为")
    services.withdraw_complaint(bidder(), code, "证据不足", at=START + 4 * DAY)
    services.settle_withdrawal(supervisor(), code, True, "不损害他人", at=START + 5 * DAY)
    assert desk.complaint(code).state is ComplaintState.WITHDRAWN
    assert rules.fold(verify.facts_of(code, ("complaint",))) == queries.standing(code)
    assert rules.fold(verify.facts_of(lot, ("lot",))) == queries.standing(lot)


def test_who_may_not(world: World, lot):
    code = filed(world, lot)
    for player in (world.owner, world.operator, world.inspector, world.auditor):
        with pytest.raises(Forbidden):
            services.accept_complaint(player.acts(), code, at=START)
        with pytest.raises(Forbidden):
            services.file_complaint(
                player.acts(), NewComplaint(lot, "award", "甲", local_date(START), "乙", "丙"), at=START
            )
    with pytest.raises(Missing):
        services.accept_complaint(world.other_supervisor.acts(), code, at=START)
    with pytest.raises(Missing):
        services.withdraw_complaint(world.bidders[1].acts(), code, at=START)
    with pytest.raises(Missing):  # the copy was not sent yet
        services.file_reply(world.owner.acts(), code, "说明", at=START)
    services.accept_complaint(world.supervisor.acts(), code, at=START)
    services.send_copy(world.supervisor.acts(), code, at=START)
    with pytest.raises(Missing):
        services.file_reply(world.other_owner.acts(), code, "说明", at=START)


def test_facts_and_rows_of_complaints_and_petitions_agree(world: World, lot):
    code = filed(world, lot)
    services.accept_complaint(world.supervisor.acts(), code, at=START)
    services.send_copy(world.supervisor.acts(), code, at=START)
    assert rules.fold(verify.facts_of(code, ("complaint",))) == queries.standing(code)
    assert rules.fold(verify.facts_of(lot, ("lot",))) == queries.standing(lot) == {"complaints.accepted": 1}
    tip = petition(world)
    services.route_petition(world.supervisor.acts(), tip, "clue", "核查", at=START)
    assert rules.fold(verify.facts_of(tip, ("petition",))) == queries.standing(tip)


def petition(world: World, **changes) -> str:
    new = NewPetition(Category.REPORT, Channel.WEB, "评委收受好处", RegionCode.COUNTRY)
    receipt = services.file_petition(world.system(), replace(new, **changes), KEY, at=START)
    return receipt.subject.split("/")[1]


def test_tip_without_a_name_keeps_nobody_and_is_followed_by_its_code(world: World):
    code = petition(world)
    (fact,) = journal.facts(subject=f"petition/{code}")
    assert fact.actor.person == "system" and fact.actor.organisation is None
    assert fact.audience is Audience.RESTRICTED
    row = Petition.objects.get(pk=code)
    assert (row.name, row.contact) == ("", "") and KEY.replace("-", "") not in row.key_digest
    services.answer_petition(world.supervisor.acts(), code, "已立案", at=START + DAY)
    found = desk.followed(KEY.lower().replace("-", " "), START + DAY)
    assert found.state is PetitionState.ANSWERED and found.answer == "已立案"
    for wrong in ("", "ABCD", KEY[:-1]):
        with pytest.raises(Missing):
            desk.followed(wrong, START)


def test_calls_are_taken_down_by_the_centre_and_answered_by_the_supervisor(world: World):
    new = NewPetition(Category.CONSULT, Channel.HOTLINE, "怎样交保证金", CITY, name="张三", contact="139")
    receipt = services.record_petition(world.operator.acts(), new, KEY, at=START)
    code = receipt.subject.split("/")[1]
    assert [one.code for one in desk.petitions(CITY, START)] == [code]
    for player in (world.operator, world.owner, world.auditor):
        with pytest.raises(Forbidden):
            services.answer_petition(player.acts(), code, "银行转账", at=START)
    with pytest.raises(Missing):
        services.answer_petition(world.other_supervisor.acts(), code, "银行转账", at=START)
    for player in (world.owner, world.bidders[0], world.auditor):
        with pytest.raises(Forbidden):
            services.record_petition(player.acts(), new, KEY, at=START)
    services.answer_petition(world.supervisor.acts(), code, "银行转账", at=START)
    with pytest.raises(Refused) as refused:
        services.answer_petition(world.supervisor.acts(), code, "再答", at=START)
    assert codes(refused) == ["answered"]


def test_same_form_twice_is_one_petition_with_one_code(world: World):
    assert services.key_for("form-1") == services.key_for("form-1") != services.key_for("form-2")
    actor = world.system()
    new = NewPetition(Category.REPORT, Channel.WEB, "评委收受好处", RegionCode.COUNTRY)
    first = services.file_petition(actor, new, KEY, at=START)
    assert services.file_petition(actor, new, KEY, at=START).height == first.height
    assert Petition.objects.count() == 1
