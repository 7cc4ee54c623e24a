"""案件: from its opening to the ban that bites · refusals · who may not · what is recorded and who may read it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.desk.management.commands import verify
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.events import Audience
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.oversight.cases import access, queries, rules, services
from ggzy.oversight.cases.queries import casework
from ggzy.oversight.cases.values import CaseState, Measure, MeasureKind, NewCase, Proposal, Source
from ggzy.oversight.powers import queries as reading
from ggzy.oversight.powers import services as powers
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit.values import RecordKind
from tests.authority import Authority, decide, staffed
from tests.world import CITY, START, World

DAY = timedelta(days=1)
EVIDENCE = "sha256:" + "a" * 64


def opened(world: World, **changes) -> str:
    lot = world.lot()
    new = NewCase(
        title="望江路改造工程串通投标案",
        text="两家投标文件由同一台计算机制作",
        offence="collusion",
        parties=(world.bidders[0].organisation, world.bidders[1].organisation),
        region=CITY,
        source=Source.OWN,
        lot=lot,
    )
    receipt = services.open_case(world.supervisor.acts(), replace(new, **changes), at=START)
    return receipt.subject.split("/")[1]


def proposal(world: World, *kinds: MeasureKind) -> Proposal:
    """A fine and a ban for both firms, and a new tender of the lot."""
    both = [player.organisation for player in world.bidders[:2]]
    measures = [Measure(MeasureKind.FINE, party, Money.yuan(60_000)) for party in both]
    measures += [Measure(MeasureKind.BAN, party, None, 12) for party in both]
    chosen = [one for one in measures if not kinds or one.kind in kinds]
    return Proposal(
        "投标文件的制作设备相同，构成串通投标",
        (*chosen, Measure(MeasureKind.RETENDER)),
        Money.yuan(10_000_000),
    )


@pytest.fixture
def authority(world: World) -> Authority:
    return staffed(world)


def notified(world: World, authority: Authority) -> str:
    code = opened(world)
    services.join_case(authority.second.acts(), code, at=START)
    services.keep_evidence(world.supervisor.acts(), code, EVIDENCE, "设备比对报告", at=START)
    services.notify(world.supervisor.acts(), code, proposal(world), at=START)
    return code


def decided(world: World, authority: Authority) -> str:
    code = notified(world, authority)
    decide(authority, code, "江建罚决〔2026〕1号", proposal(world), at=START + 8 * DAY)
    return code


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_ban_bites_at_once_and_the_record_follows_with_publication(world: World, authority: Authority):
    code = decided(world, authority)
    firm = world.bidders[0].organisation
    ban = credit.is_banned(firm, START + 8 * DAY)
    assert ban is not None and ban.decision.document == "江建罚决〔2026〕1号" and ban.ground == "collusion"
    assert credit.is_banned(world.bidders[2].organisation, START + 8 * DAY) is None
    assert credit.records_of(firm) == ()
    services.publish(world.supervisor.acts(), code, at=START + 9 * DAY)
    (record,) = credit.records_of(firm)
    assert (
        record.kind is RecordKind.PENALTY
        and "罚款 60,000.00 元" in record.text
        and "市场禁入 12 个月" in record.text
    )
    (shown,) = queries.published(START + 9 * DAY)
    assert shown.code == code and shown.state is CaseState.PUBLISHED


def test_order_reaches_the_lot_and_must_be_met_before_the_case_is_closed(world: World, authority: Authority):
    code = decided(world, authority)
    services.publish(world.supervisor.acts(), code, at=START + 9 * DAY)
    lot = casework.case(code, START).lot
    assert lot is not None
    (order,) = queries.orders(lot, START + 9 * DAY)
    assert order.kind is MeasureKind.RETENDER and not order.is_late
    with pytest.raises(Refused) as refused:
        services.close(world.supervisor.acts(), code, "罚款已缴纳", at=START + 10 * DAY)
    assert codes(refused) == ["orders_open"]
    services.meet_order(world.supervisor.acts(), order.code, "招标人已重新招标", at=START + 20 * DAY)
    services.close(world.supervisor.acts(), code, "罚款已缴纳", at=START + 20 * DAY)
    assert casework.case(code, START).state is CaseState.CLOSED
    kinds = [fact.kind for fact in journal.facts(subject=f"lot/{lot}")]
    assert kinds[-2:] == ["lot.ordered", "order.met"]


def test_nobody_outside_is_told_before_the_notice_and_the_public_not_before_publication(
    world: World, authority: Authority
):
    code = opened(world)
    services.join_case(authority.second.acts(), code, at=START)
    firm = world.bidders[0]
    assert casework.told(firm.organisation, START) == ()
    with pytest.raises(Missing):
        services.state(firm.acts(), code, "没有串通", False, at=START)
    services.keep_evidence(world.supervisor.acts(), code, EVIDENCE, "设备比对报告", at=START)
    services.notify(world.supervisor.acts(), code, proposal(world), at=START)
    assert [one.code for one in casework.told(firm.organisation, START)] == [code]
    assert casework.told(world.bidders[2].organisation, START) == () and queries.published(START) == ()
    audiences = {fact.audience for fact in journal.facts(subject=f"case/{code}")}
    assert audiences == {Audience.RESTRICTED}


def test_party_is_heard_before_the_decision(world: World, authority: Authority):
    code = notified(world, authority)
    first, second = world.bidders[:2]
    services.state(first.acts(), code, "设备是租用的", True, at=START + DAY)
    services.state(second.acts(), code, "没有串通", False, at=START + DAY)

    with pytest.raises(Refused) as refused:
        services.propose(world.supervisor.acts(), code, proposal(world), (), at=START + 2 * DAY)
    assert codes(refused) == ["hearing_open"]
    with pytest.raises(Refused) as refused:
        services.call_hearing(world.supervisor.acts(), code, (START + 3 * DAY).date(), at=START + 2 * DAY)
    assert codes(refused) == ["too_soon"]
    services.call_hearing(world.supervisor.acts(), code, (START + 14 * DAY).date(), at=START + 2 * DAY)
    with pytest.raises(Refused) as refused:
        services.hold_hearing(world.supervisor.acts(), code, "当事人到场", at=START + 14 * DAY)
    assert codes(refused) == ["presides"]
    services.hold_hearing(authority.reviewer.acts(), code, "当事人到场，质证完毕", at=START + 14 * DAY)
    decide(authority, code, "江建罚决〔2026〕2号", proposal(world), at=START + 15 * DAY)
    found = casework.case(code, START + 15 * DAY)
    assert found.state is CaseState.DECIDED and "租用" in found.parties[0].statement


def test_case_ends_without_a_penalty_or_goes_to_another_authority(world: World, authority: Authority):
    code = opened(world)
    with pytest.raises(Refused) as refused:
        services.drop(world.supervisor.acts(), code, "证据不足", at=START)
    assert codes(refused) == ["no_post", "same_person"]
    services.drop(authority.head.acts(), code, "证据不足", at=START)
    assert casework.case(code, START).state is CaseState.DROPPED
    other = opened(world)
    services.transfer(authority.head.acts(), other, "公安机关", "涉嫌串通投标罪", at=START)
    found = casework.case(other, START)
    assert found.state is CaseState.TRANSFERRED and found.ending == "移送公安机关：涉嫌串通投标罪"
    assert list(journal.facts(subject=f"case/{other}"))[-1].kind == "case.transferred"


def test_refusals_name_every_reason_and_leave_nothing(world: World, authority: Authority):
    code = opened(world)
    head = journal.head()
    with pytest.raises(Refused) as refused:
        services.notify(world.supervisor.acts(), code, Proposal("", (), None), at=START)
    assert codes(refused) == ["evidence_missing", "measures_missing", "text_missing", "officers_few"]
    with pytest.raises(Refused) as refused:
        services.propose(world.supervisor.acts(), code, proposal(world), (), at=START)
    assert codes(refused) == ["officers_few", "evidence_missing", "not_notified", "not_told"]
    with pytest.raises(Refused) as refused:
        services.decide(authority.head.acts(), code, "", at=START)
    assert codes(refused) == ["no_draft", "document_missing"]
    with pytest.raises(Refused) as refused:
        services.publish(world.supervisor.acts(), code, at=START)
    assert codes(refused) == ["not_decided"] and journal.head() == head


def test_who_may_not(world: World, authority: Authority):
    code = notified(world, authority)
    for act in (
        lambda actor: services.drop(actor, code, "证据不足", at=START),
        lambda actor: services.keep_evidence(actor, code, "sha256:" + "b" * 64, "材料", at=START),
        lambda actor: services.join_case(actor, code, at=START),
        lambda actor: services.propose(actor, code, proposal(world), (), at=START),
        lambda actor: services.review(actor, code, True, "同意", at=START),
        lambda actor: services.voice(actor, code, True, "同意", at=START),
        lambda actor: services.send_back(actor, code, "补充证据", at=START),
        lambda actor: services.decide(actor, code, "1号", at=START),
    ):
        for player in (world.owner, world.operator, world.inspector, world.auditor, world.bidders[0]):
            with pytest.raises(Forbidden):
                act(player.acts())
        with pytest.raises(Missing):
            act(world.other_supervisor.acts())
    with pytest.raises(Missing):
        services.state(world.bidders[2].acts(), code, "与我无关", False, at=START)
    for player in (world.owner, world.operator, world.bidders[0]):
        with pytest.raises(Forbidden):
            access.case_to_read(player.acts(), code, START)
    with pytest.raises(Missing):
        access.case_to_read(world.other_supervisor.acts(), code, START)


def test_reading_is_written_before_and_shown_to_whom_it_concerns(world: World, authority: Authority):
    code = notified(world, authority)
    firms = [player.organisation for player in world.bidders[:2]]
    auditor = world.auditor.acts()
    assert not reading.has_read(auditor, code, START)
    with pytest.raises(Refused):
        powers.read_file(world.auditor.acts(), code, f"案件 {code}", " ", firms, at=START)
    receipt = powers.read_file(
        world.auditor.acts(), code, f"案件 {code}", "审计项目 2026-08", firms, at=START
    )
    assert reading.has_read(auditor, code, START) and not reading.has_read(
        auditor, code, START + timedelta(hours=1)
    )
    (mine,) = reading.readings_about(firms[0])
    assert (mine.reason, mine.role, mine.height) == ("审计项目 2026-08", "审计", receipt.height)
    assert reading.readings_about(world.bidders[2].organisation) == ()
    with pytest.raises(Forbidden):
        powers.read_file(world.operator.acts(), code, "案件", "好奇", firms, at=START)


def test_facts_and_rows_of_a_case_agree(world: World, authority: Authority):
    code = decided(world, authority)
    folded = rules.fold(verify.facts_of(code, ("case",)))
    assert folded == queries.standing(code) and folded["document"] == "江建罚决〔2026〕1号"
    lot = casework.case(code, START).lot
    assert lot is not None and rules.fold(verify.facts_of(lot, ("lot",))) == queries.standing(lot) == {
        "orders": 1
    }


def test_same_request_twice_opens_one_case(world: World):
    actor = world.supervisor.acts("case-1")
    new = NewCase("一案", "线索", "procedure", (world.bidders[0].organisation,), CITY)
    first = services.open_case(actor, new, at=START)
    assert services.open_case(actor, new, at=START).height == first.height
    assert len(queries.cases(CITY, START)) == 1
