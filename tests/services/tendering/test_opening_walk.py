"""开标: shares, keys, failures, read-out, record."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing.content import Bundle, Offer, OfferField, PartFile
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Refused
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.tendering import queries, rules, services, timers
from ggzy.trading.tendering.models import Bid, Share
from ggzy.trading.tendering.values import BidState, Cause, OpenedFile, PartSecret, Price, TenderState
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import DEADLINE, clock

pytestmark = pytest.mark.django_db
SOON, OVER = DEADLINE + timedelta(minutes=5), DEADLINE + timedelta(minutes=31)


def refused(run, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        run(*args, **kwargs)
    return [reason.code for reason in caught.value.reasons]


def agree(hall):
    facts = list(journal.facts(prefix=f"lot/{hall.code}"))
    assert rules.fold(facts) == queries.standing(hall.code)


def test_three_bids_are_opened_read_out_and_recorded():
    hall = stage.opened()
    assert queries.tender(hall.code).state is TenderState.OPENED
    bids = queries.opened_bids(hall.code)
    assert [bid.price and bid.price.amount for bid in bids] == [Money.yuan(f"190{n}0000") for n in range(3)]
    assert (bids[0].seq, bids[0].leader, bids[0].period) == (1, "李某", "360日历天")
    (record,) = notices.notices(lot=hall.code, kinds=["opening_record"])
    assert record.body[0].table[1][:3] == ("1", hall.people.firms[0].name, "19000000元")
    (opened,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["bids.opened"])
    assert (opened.event.submitted, opened.event.opened, opened.audience) == (3, 3, "public")
    agree(hall)


def test_the_owner_s_side_reads_the_bids_only_after_the_record():
    hall = stage.closed()
    stage.release_shares(hall)
    stage.release_keys(hall)
    stage.decrypt(hall)
    files = [file["digest"] for bid in Bid.objects.all() for file in bid.files]
    agency, rival = hall.people.agency.anew(), hall.people.firms[3].anew()
    assert files and not any(vault.may_read(agency, digest, SOON) for digest in files)
    with clock(SOON):
        services.read_out(hall.agency, hall.code)
        services.conclude_opening(hall.agency, hall.code)
    assert all(vault.may_read(agency, digest, SOON) for digest in files)
    assert not any(vault.may_read(rival, digest, SOON) for digest in files)


def test_no_price_is_told_before_all_are_open_or_the_window_is_over():
    hall = stage.closed()
    stage.release_shares(hall)
    stage.release_keys(hall, (0, 1))
    assert stage.decrypt(hall) == 2
    opening = stage.progress(hall)
    assert (opening.decrypted, opening.pending, opening.keys_released) == (2, 1, 2)
    with clock(SOON):
        assert refused(services.read_out, hall.agency, hall.code) == ["still_decrypting"]
    assert queries.opened_bids(hall.code) == ()
    assert stage.mine(hall, hall.people.firms[0]).price is None
    shown = [repr(fact.event) for fact in journal.facts(prefix=f"lot/{hall.code}")]
    assert not any("19000000" in text for text in shown)


def test_one_custodian_alone_opens_nothing():
    hall = stage.closed()
    stage.release_shares(hall, (0,))
    stage.release_keys(hall)
    assert stage.decrypt(hall) == 0


def test_a_bidder_that_stays_away_has_its_bid_revoked_and_the_others_go_on():
    hall = stage.closed()
    stage.release_shares(hall)
    stage.release_keys(hall, (0, 1))
    stage.decrypt(hall)
    with clock(OVER):
        services.read_out(hall.agency, hall.code)
        (failure,) = queries.failures(hall.code)
        assert (failure.finding, failure.attributed_to) == ("F1", Cause.BIDDER)
        assert refused(services.conclude_opening, hall.agency, hall.code) == ["failures_undecided"]
        services.decide_failure(hall.agency, hall.code, failure.bid, Cause.BIDDER, "解密时间内未解密")
        services.conclude_opening(hall.agency, hall.code)
    assert len(queries.opened_bids(hall.code)) == 2
    assert stage.mine(hall, hall.people.firms[2]).state is BidState.REVOKED
    agree(hall)


def test_late_custodians_get_one_more_window_and_then_the_bids_lapse_without_blame():
    hall = stage.closed()
    stage.release_shares(hall, (0,))
    stage.release_keys(hall)
    with clock(OVER) as at:
        (run,) = timers.due(at)
        run()
        assert list(timers.due(at)) == []
        opening = stage.progress(hall)
        assert opening.extensions == 1 and (opening.custodian_window_until or at) > at
    with clock(OVER + timedelta(minutes=31)):
        services.read_out(hall.agency, hall.code)
        for failure in queries.failures(hall.code):
            assert (failure.finding, failure.attributed_to) == ("F4", Cause.CUSTODY)
            services.decide_failure(hall.agency, hall.code, failure.bid, Cause.CUSTODY, "保管人未到")
        services.conclude_opening(hall.agency, hall.code)
    assert stage.mine(hall, hall.people.firms[0]).state is BidState.LAPSED
    agree(hall)


def test_a_wrong_key_is_refused_in_words_and_may_be_tried_again():
    hall = stage.closed()
    stage.release_shares(hall)
    firm = hall.people.firms[0]
    good = stage.secrets(hall, firm)
    wrong = tuple(PartSecret(secret.part, b"\0" * 32) for secret in good)
    with clock(SOON):
        with pytest.raises(Refused) as caught:
            services.release_bidder_key(firm.anew(), hall.code, wrong)
        assert "这把密钥打不开您的投标文件" in str(caught.value)
        assert refused(services.release_bidder_key, firm.anew(), hall.code, good[:1]) == ["wrong_key"]
        services.release_bidder_key(firm.anew(), hall.code, good)
        assert refused(services.release_bidder_key, firm.anew(), hall.code, good) == ["already_released"]


def test_a_key_after_the_window_is_refused():
    hall = stage.closed()
    firm = hall.people.firms[0]
    with clock(OVER):
        assert refused(services.release_bidder_key, firm.anew(), hall.code, stage.secrets(hall, firm)) == [
            "window_over"
        ]


def test_a_false_share_is_counted_and_others_stand_in_for_it():
    hall = stage.closed()
    first, *_ = hall.people.custodians
    records = stage.shares(hall, first)
    spoiled = (replace(records[0], record=b"\1" * 66), *records[1:])
    with clock(SOON):
        services.release_shares(first.anew(), hall.code, spoiled)
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["shares.released"])
    assert (fact.event.good, fact.event.bad) == (5, 1)
    stage.release_shares(hall, (1, 2), SOON)
    stage.release_keys(hall)
    assert stage.decrypt(hall) == 3
    assert stage.progress(hall).decrypted == 3 and Share.objects.count() == 17


def test_shares_are_released_by_the_holder_alone_and_never_before_the_close():
    hall = stage.announced()
    for firm in hall.people.firms[:3]:
        stage.submit(hall, firm)
    keeper = hall.people.custodians[0]
    with clock(stage.BIDDING):
        codes = refused(services.release_shares, keeper.anew(), hall.code, stage.shares(hall, keeper))
        assert "not_opening" in codes
    stage.close(hall)
    with clock(SOON):
        with pytest.raises(Forbidden):
            services.release_shares(hall.agency, hall.code, ())
        stranger = stage.person(91, "临江县公证处", stage.Role.CUSTODIAN, stage.PartyRole.NOTARY)
        with pytest.raises(Missing):
            services.release_shares(stranger.anew(), hall.code, ())
        services.release_shares(keeper.anew(), hall.code, stage.shares(hall, keeper))
        again = refused(services.release_shares, keeper.anew(), hall.code, stage.shares(hall, keeper))
        assert again == ["already_released"]


def test_an_objection_on_the_spot_is_answered_before_the_opening_ends():
    hall = stage.closed()
    stage.release_shares(hall)
    stage.release_keys(hall)
    stage.decrypt(hall)
    firm = hall.people.firms[0]
    with clock(SOON) as at:
        services.read_out(hall.agency, hall.code)
        raised = objections.raise_objection(firm.anew(), hall.code, Stage.OPENING, "唱标金额有误", at=at)
        assert refused(services.conclude_opening, hall.agency, hall.code) == ["objections_open"]
        objection = journal.receipt(raised.code).fact.event.objection
        objections.answer(hall.agency, objection, "经核对无误", False, at=at)
        services.confirm_record(firm.anew(), hall.code)
        services.conclude_opening(hall.agency, hall.code)


def test_the_base_price_is_announced_against_its_commitment():
    secret = rules.base_price_commitment(Money.yuan(18_800_000), "盐")
    hall = stage.closed(base_price=secret)
    stage.release_shares(hall)
    stage.release_keys(hall)
    stage.decrypt(hall)
    with clock(SOON):
        services.read_out(hall.agency, hall.code)
        assert refused(services.conclude_opening, hall.agency, hall.code) == ["base_price_missing"]
        wrong = refused(services.announce_base_price, hall.agency, hall.code, Money.yuan(1), "盐")
        assert wrong == ["base_price_differs"]
        services.announce_base_price(hall.agency, hall.code, Money.yuan(18_800_000), "盐")
        services.conclude_opening(hall.agency, hall.code)
    (record,) = notices.notices(lot=hall.code, kinds=["opening_record"])
    assert record.fact("标底") == "18,800,000.00 元"


@pytest.mark.parametrize(
    "offer, price",
    [
        (
            Offer("rate", rate=Rate("0.205"), text="下浮20.5%"),
            Price("rate", rate=Rate("0.205"), text="下浮20.5%"),
        ),
        (Offer("text", text="按实际工程量下浮三个点"), Price("text", text="按实际工程量下浮三个点")),
    ],
)
def test_rates_and_sentences_are_read_out_as_they_were_written(offer, price):
    hall = stage.announced()
    for firm in hall.people.firms[:3]:
        stage.submit(hall, firm, offer=replace(offer, fields=(OfferField("缺陷责任期", "24个月"),)))
    stage.close(hall)
    stage.release_shares(hall)
    stage.release_keys(hall)
    stage.decrypt(hall)
    with clock(SOON):
        services.read_out(hall.agency, hall.code)
    bid = queries.opened_bids(hall.code)[0]
    assert (bid.price, bid.note) == (price, "缺陷责任期：24个月")
    agree(hall)


def test_signing_in_is_recorded():
    hall = stage.closed()
    with clock(SOON):
        receipt = services.sign_in(hall.people.firms[0].anew(), hall.code)
        with pytest.raises(Missing):
            services.sign_in(hall.people.firms[3].anew(), hall.code)
    assert receipt.kind == "bidder.signed_in"


def test_a_stage_above_sends_an_opened_lot_back_for_a_new_round():
    hall = stage.opened()
    with clock(SOON + timedelta(days=1)) as at:
        assert refused(services.retender, hall.agency, hall.code, "重招", at=at) == ["not_failed"]
        services.fail(hall.agency, hall.code, "all_rejected", "评标委员会否决了全部投标", at=at)
        services.retender(hall.agency, hall.code, "全部投标被否决", at=at)
    assert queries.tender(hall.code).round == 2
    assert queries.tender(hall.code, 1).failure == "评标委员会否决了全部投标"
    agree(hall)


def test_the_clock_opens_what_can_be_opened():
    hall = stage.closed()
    stage.release_shares(hall)
    stage.release_keys(hall)
    with clock(SOON) as at:
        (run,) = timers.due(at)
        run()
        assert stage.progress(hall).decrypted == 3
        assert list(timers.due(at)) == []


def test_an_opening_of_many_takes_no_query_per_bid_to_read_out(django_assert_max_num_queries):
    people = stage.cast(12)
    hall = stage.closed(12, people)
    stage.release_shares(hall)
    stage.release_keys(hall, range(12))
    stage.decrypt(hall)
    with clock(SOON):
        with django_assert_max_num_queries(30):
            services.read_out(hall.agency, hall.code)
        with django_assert_max_num_queries(60):
            services.conclude_opening(hall.agency, hall.code)
    assert len(queries.opened_bids(hall.code)) == 12


def payloads(hall, firm, spoil=b""):
    """The payloads of both parts, as the bidder still has them, put into the vault."""
    said = Offer(
        "amount", Money.yuan("19000000"), text="19000000元", period="360日历天", quality="合格", leader="李某"
    )
    bundles = {
        "business": Bundle.of(None, [PartFile("商务标.txt", f"{firm.name}的商务标".encode())]),
        "price": Bundle.of(said),
    }
    files = []
    for part, bundle in bundles.items():
        data = b"".join(bundle.read()) + spoil
        kept = vault_services.put(
            data, name=f"{part}.bin", media_type="application/octet-stream", owner=firm.code
        )
        files.append(OpenedFile(part, kept, len(data)))
    return tuple(files)


def test_a_lost_key_is_remedied_by_the_very_plaintext_that_was_sealed():
    hall = stage.closed()
    firm = hall.people.firms[0]
    with clock(SOON):
        early = refused(services.supply_plaintext, firm.anew(), hall.code, payloads(hall, firm))
        assert early == ["too_few_holders"]
        stage.release_shares(hall, at=SOON)
        other = refused(services.supply_plaintext, firm.anew(), hall.code, payloads(hall, firm, b"!"))
        assert other == ["plaintext_differs"]
        services.supply_plaintext(firm.anew(), hall.code, payloads(hall, firm))
    assert stage.mine(hall, firm).state is BidState.OPENED
    stage.release_keys(hall, (1, 2))
    stage.decrypt(hall)
    with clock(SOON):
        services.read_out(hall.agency, hall.code)
    first = queries.opened_bids(hall.code)[0]
    assert first.price and first.price.amount == Money.yuan(19_000_000)
    agree(hall)


def test_without_the_clause_there_is_no_remedy():
    hall = stage.closed(remedy="none")
    firm = hall.people.firms[0]
    stage.release_shares(hall)
    with clock(SOON):
        assert refused(services.supply_plaintext, firm.anew(), hall.code, payloads(hall, firm)) == [
            "no_remedy"
        ]


def test_a_ciphertext_we_spoilt_is_our_fault_and_is_taken_again():
    hall = stage.closed()
    firm = hall.people.firms[0]
    digest = Bid.objects.get(party=firm.code).package
    whole = vault.path_of(digest).read_bytes()
    vault.path_of(digest).write_bytes(whole[:-1] + b"!")
    stage.release_shares(hall)
    stage.release_keys(hall)
    assert stage.decrypt(hall) == 3
    assert (stage.mine(hall, firm).finding, stage.progress(hall).failed) == ("F7", 1)
    with clock(SOON) as at:
        services.arrive(firm.anew(), hall.code, io.BytesIO(whole), "投标文件.sbe", at=at)
        assert services.open_bids(hall.agency, hall.code) == 1
    assert stage.mine(hall, firm).state is BidState.OPENED
    agree(hall)
