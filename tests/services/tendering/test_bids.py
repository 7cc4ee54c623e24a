"""递交、替换、撤回、截止."""

from datetime import date, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.vault import services as vault
from ggzy.kernel.errors import Conflict, Forbidden
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.deposits import services as deposit_services
from ggzy.trading.deposits.values import GuaranteeForm
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from ggzy.trading.tendering import queries, rules, services, timers
from ggzy.trading.tendering.models import Bid
from ggzy.trading.tendering.values import BidState, SealedBid, TenderState
from tests.services.tendering import hall as stage
from tests.services.tendering.banned import ban
from tests.services.tendering.hall import BIDDING, DEADLINE, clock

pytestmark = pytest.mark.django_db
JUST_BEFORE = DEADLINE - timedelta(seconds=2)


def refused(run, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        run(*args, **kwargs)
    return [reason.code for reason in caught.value.reasons]


def agree(hall):
    facts = list(journal.facts(prefix=f"lot/{hall.code}"))
    assert rules.fold(facts) == queries.standing(hall.code)


def test_a_bid_is_received_with_a_receipt_and_no_price():
    hall = stage.announced()
    firm = hall.people.firms[0]
    receipt = stage.submit(hall, firm)
    assert receipt.kind == "bid.submitted" and receipt.signature and len(receipt.code) == 19
    bid = stage.mine(hall, firm)
    assert (bid.state, bid.gen, bid.price) == (BidState.SUBMITTED, 1, None)
    fact = journal.receipt(receipt.code).fact
    assert fact.audience == "sealed" and "19000000" not in repr(fact.event)
    agree(hall)


def test_the_same_form_submits_once_and_another_file_under_it_is_a_conflict():
    hall = stage.announced()
    firm = hall.people.firms[0]
    actor = firm.anew()
    with clock(BIDDING):
        sealed = SealedBid(stage.seal(hall, firm))
        first = services.submit_bid(actor, hall.code, sealed)
        assert services.submit_bid(actor, hall.code, sealed).height == first.height
        with pytest.raises(Conflict):
            services.submit_bid(actor, hall.code, SealedBid(stage.seal(hall, firm, price="1")))


def test_a_replacement_counts_and_the_first_stays_until_it_is_in():
    hall = stage.announced()
    firm = hall.people.firms[0]
    stage.submit(hall, firm)
    first = stage.mine(hall, firm)
    with clock(BIDDING):
        broken = vault.put(b"ggzy.sbe/1\nnothing", name="x.sbe", owner=firm.code)
        assert refused(services.submit_bid, firm.anew(), hall.code, SealedBid(broken)) == ["malformed"]
    assert stage.mine(hall, firm) == first
    stage.replace_bid(hall, firm, "18500000")
    second = stage.mine(hall, firm)
    assert (second.gen, second.bid) == (2, first.bid)
    assert sorted(Bid.objects.values_list("gen", "state")) == [(1, "replaced"), (2, "submitted")]
    agree(hall)


def test_a_stale_generation_is_refused():
    hall = stage.announced()
    firm = hall.people.firms[0]
    stage.submit(hall, firm)
    assert refused(stage.submit, hall, firm, price="2") == ["generation"]


def test_a_withdrawn_bid_frees_its_bidder_and_returns_the_deposit():
    hall = with_deposit(firms=1)
    firm = hall.people.firms[0]
    stage.submit(hall, firm)
    with clock(BIDDING):
        receipt = services.withdraw_bid(firm.anew(), hall.code)
        assert stage.mine(hall, firm).state is BidState.WITHDRAWN
        assert not deposits.is_secured(hall.code, firm.code)
        assert refused(services.withdraw_bid, firm.anew(), hall.code) == ["no_bid"]
    assert journal.receipt(receipt.code).fact.event.refund_by == stage.moment("2026-06-30T00:00")
    agree(hall)


def test_after_a_withdrawal_the_next_generation_may_come():
    hall = stage.announced()
    firm = hall.people.firms[0]
    stage.submit(hall, firm)
    with clock(BIDDING):
        services.withdraw_bid(firm.anew(), hall.code)
    stage.replace_bid(hall, firm, "18500000", BIDDING + timedelta(minutes=5))
    assert stage.mine(hall, firm).state is BidState.SUBMITTED
    agree(hall)


def with_deposit(firms):
    """Deposits of 400,000 yuan, secured by letters for so many firms."""
    hall = stage.announced(deposit=Money.yuan(400_000))
    with clock(BIDDING - timedelta(hours=2)) as at:
        for number, firm in enumerate(hall.people.firms[:firms]):
            deposit_services.open_account(firm.anew(), hall.code, at=at)
            form = GuaranteeForm(
                f"BH-{number}",
                "云岭银行",
                hall.people.owner.code,
                Money.yuan(400_000),
                date(2026, 6, 1),
                date(2026, 12, 31),
                True,
            )
            deposit_services.place_guarantee(firm.anew(), hall.code, form, at=at)
    return hall


def test_without_the_deposit_a_bid_is_refused_with_the_amount():
    hall = with_deposit(firms=1)
    stage.submit(hall, hall.people.firms[0])
    with pytest.raises(Refused) as caught:
        stage.submit(hall, hall.people.firms[1])
    assert "应缴 400,000.00 元" in str(caught.value)


def test_a_late_bid_is_refused_with_both_moments_and_kept_once_as_a_fact():
    hall = stage.announced()
    firm = hall.people.firms[0]
    stage.submit(hall, firm)
    digest = stage.seal(hall, firm, gen=2, prev=hall.sealed[firm.code].manifest.digest)
    late = DEADLINE + timedelta(milliseconds=412)
    with clock(late) as at:
        with pytest.raises(Refused) as caught:
            services.submit_bid(firm.anew(), hall.code, SealedBid(digest))
        (reason,) = caught.value.reasons
        assert "截止时间为 09:30:00。投标文件未被接收；此前 15:00:00" in reason.text
        services.note_late_bid(firm.anew(), hall.code, digest, at, at=at)
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["bid.refused"])
    assert fact.subject.endswith("/refusals") and fact.event.deadline == DEADLINE


def test_a_bid_two_seconds_early_counts_and_the_close_names_its_place():
    hall = stage.announced()
    for firm in hall.people.firms[:3]:
        stage.submit(hall, firm, JUST_BEFORE)
    stage.close(hall)
    (closed,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["bidding.closed"])
    assert (closed.event.count, closed.event.last_seq, closed.seq) == (3, 3, 4)
    assert closed.event.chain.startswith("sha256:")


def test_a_banned_bidder_is_refused():
    hall = stage.announced()
    firm = hall.people.firms[0]
    ban(hall, firm)
    assert refused(stage.submit, hall, firm) == ["banned"]


def test_a_consortium_is_one_bid_and_its_members_bid_nowhere_else():
    hall = stage.announced()
    leader, member, other, _ = hall.people.firms
    stage.submit(hall, leader, members=(member.code,), name="江州一号与二号联合体")
    bid = stage.mine(hall, leader)
    assert bid.bidder.name == "江州一号与二号联合体" and bid.bidder.parties == (leader.code, member.code)
    assert refused(stage.submit, hall, member) == ["one_bid_only"]
    assert refused(stage.submit, hall, other, members=(member.code,)) == ["one_bid_only"]
    stage.submit(hall, other)


def test_a_name_of_a_thousand_characters_is_kept_whole():
    hall = stage.announced()
    leader, member, *_ = hall.people.firms
    name = "、".join(f"江州市第{number}建设工程集团有限责任公司" for number in range(60))
    assert len(name) > 1000
    stage.submit(hall, leader, members=(member.code,), name=name)
    assert stage.mine(hall, leader).bidder.name == name


def test_a_member_under_a_ban_bars_the_whole_consortium():
    hall = stage.announced()
    leader, member, *_ = hall.people.firms
    ban(hall, member)
    assert refused(stage.submit, hall, leader, members=(member.code,)) == ["member_banned"]


def test_an_envelope_signed_by_another_firm_is_refused():
    hall = stage.announced()
    mine, theirs = hall.people.firms[:2]
    with clock(BIDDING):
        digest = stage.seal(hall, theirs)
        codes = refused(services.submit_bid, mine.anew(), hall.code, SealedBid(digest))
    assert codes == ["other_bidder", "certificate"]


def test_an_unencrypted_file_is_refused():
    hall = stage.announced()
    firm = hall.people.firms[0]
    digest = vault.put("投标文件正文".encode(), name="投标文件.txt", owner=firm.code)
    with clock(BIDDING):
        assert refused(services.submit_bid, firm.anew(), hall.code, SealedBid(digest)) == ["not_a_package"]


def test_a_bid_that_answers_an_older_version_is_refused():
    hall = stage.announced()
    firm = hall.people.firms[0]
    digest = stage.seal(hall, firm)
    with clock(stage.moment("2026-06-03T09:00")) as at:
        files = stage.documents(hall.people, "第二版")
        services.clarify(hall.agency, hall.code, "改", files, is_material=False, classification="错字", at=at)
    with clock(BIDDING):
        codes = refused(services.submit_bid, firm.anew(), hall.code, SealedBid(digest))
    assert codes == ["documents_outdated"]


def test_only_bidders_bid():
    hall = stage.announced()
    with clock(BIDDING), pytest.raises(Forbidden):
        services.withdraw_bid(hall.agency, hall.code)
    with clock(BIDDING):
        digest = stage.seal(hall, hall.people.firms[0])
        for stranger in (hall.people.agency, hall.people.operator):
            with pytest.raises((Forbidden, Refused)):
                services.submit_bid(stranger.anew(), hall.code, SealedBid(digest))


def test_two_bids_are_sent_back_unopened_and_the_lot_may_enter_a_new_round():
    hall = with_deposit(firms=3)
    for firm in hall.people.firms[:3]:
        stage.submit(hall, firm)
    with clock(JUST_BEFORE):
        services.withdraw_bid(hall.people.firms[2].anew(), hall.code)
    stage.close(hall)
    tender = queries.tender(hall.code)
    assert tender.state is TenderState.FAILED and "收到 2 份投标文件，少于 3 份" in tender.failure
    assert queries.opening(hall.code) is None and queries.opened_bids(hall.code) == ()
    assert stage.mine(hall, hall.people.firms[0]).state is BidState.RETURNED
    assert not deposits.is_secured(hall.code, hall.people.firms[0].code)
    assert notices.notices(lot=hall.code, newest_first=True)[0].kind == "failure"
    with clock(DEADLINE + timedelta(days=1)) as at:
        services.retender(hall.agency, hall.code, "投标人少于三个", at=at)
    again = queries.tender(hall.code)
    assert (again.round, again.state) == (2, TenderState.DRAFTED)
    agree(hall)


def test_the_clock_closes_what_is_due_and_nothing_twice():
    hall = stage.announced()
    with clock(JUST_BEFORE) as at:
        assert list(timers.due(at)) == []
    with clock(DEADLINE + timedelta(seconds=1)) as at:
        (run,) = timers.due(at)
        run()
        assert list(timers.due(at)) == []
        assert refused(services.close, stage.system(), hall.code) == ["not_announced"]


def test_nobody_closes_early():
    hall = stage.announced()
    assert refused(stage.close, hall, JUST_BEFORE) == ["too_early"]


def test_time_that_stood_still_is_given_back_to_the_bidders():
    hall = stage.announced()
    supervisor, order = (
        hall.people.supervisor,
        Order("江州市住房和城乡建设局", "核查投诉", "实施条例 §62", date(2026, 7, 1)),
    )
    with clock(stage.moment("2026-06-10T09:00")) as at:
        projects.suspend(supervisor.anew(), hall.code, order, at=at)
    with clock(stage.moment("2026-06-12T09:00")) as at:
        projects.resume(supervisor.anew(), hall.code, order, at=at)
    later = DEADLINE + timedelta(days=2)
    with clock(DEADLINE) as at:
        assert queries.tender(hall.code).deadline == later
        assert list(timers.due(at)) == []
    stage.submit(hall, hall.people.firms[0], later - timedelta(minutes=1))
    assert refused(stage.submit, hall, hall.people.firms[1], later) == ["deadline_passed"]
