"""编制、公告、澄清、延期: it works · refusals · who may not · what is recorded."""

from datetime import date, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing.plan import state_key
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Order, Phase
from ggzy.trading.tendering import queries, rules, services
from ggzy.trading.tendering.values import TenderState
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import ANNOUNCED, DEADLINE, clock, moment

pytestmark = pytest.mark.django_db


def refused(run, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        run(*args, **kwargs)
    return [reason.code for reason in caught.value.reasons]


def asked(hall):
    found = deposits.requirement(hall.code)
    assert found is not None
    return found


def window(hall):
    found = objections.window(hall.code, Stage.DOCUMENT)
    assert found is not None
    return found


def kinds(hall):
    return [fact.kind for fact in journal.facts(prefix=f"lot/{hall.code}")]


def test_a_deposit_that_follows_credit_is_announced_and_asked_of_each_bidder():
    hall = stage.announced(deposit=Money.yuan(400_000), deposit_by_credit=True)
    (notice,) = notices.notices(lot=hall.code)
    assert "按信用等级核定" in notice.fact("投标保证金") and asked(hall).bounds is not None
    bidder = hall.people.firms[0]
    with clock(ANNOUNCED):
        facts = queries.bidder_facts(
            projects.lot(hall.code), queries.row_of(hall.code, 1), bidder.code, ANNOUNCED
        )
        verdict = rules.may_submit(queries.tender(hall.code), facts, queries.method("open_tender"), ANNOUNCED)
    assert "投标保证金未到账（应缴 200,000.00 元）" in str([str(one) for one in verdict.reasons])


def test_an_announcement_publishes_notice_plan_deposit_and_objection_window():
    hall = stage.announced(deposit=Money.yuan(400_000))
    tender = queries.tender(hall.code)
    assert (tender.state, tender.deadline) == (TenderState.ANNOUNCED, DEADLINE)
    assert projects.lot(hall.code).phase is Phase.CONTESTED
    assert tender.plan is not None
    assert tender.plan.threshold == 2 and tender.plan_digest == tender.plan.digest
    (notice,) = notices.notices(lot=hall.code)
    assert notice.id == tender.notice and "400,000.00 元" in notice.fact("投标保证金")
    assert notice.attachments[0].digest == tender.documents[0].files[0].digest
    assert asked(hall).amount == Money.yuan(400_000) and asked(hall).bounds is None
    assert window(hall).closes == DEADLINE
    assert {"plan.fixed", "tender.announced", "notice.published"} <= set(kinds(hall))


def test_nothing_is_announced_before_every_custodian_has_posted_a_key():
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people), keys=2)
    terms = stage.terms(people)
    with clock(ANNOUNCED) as at:
        assert refused(services.announce, hall.agency, hall.code, terms, at=at) == ["keys_missing"]
    assert queries.tender(hall.code).state is TenderState.DRAFTED


def test_an_unlawful_date_is_refused_and_leaves_nothing():
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    terms, head = stage.terms(people, deadline=moment("2026-06-10T09:30")), journal.head()
    with clock(ANNOUNCED) as at, pytest.raises(Refused) as caught:
        services.announce(hall.agency, hall.code, terms, at=at)
    assert "最早 2026年6月22日" in str(caught.value)
    assert journal.head() == head and notices.notices(lot=hall.code) == ()


def test_the_same_form_announces_once():
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    actor, terms = hall.agency, stage.terms(people)
    with clock(ANNOUNCED) as at:
        first = services.announce(actor, hall.code, terms, at=at)
        assert services.announce(actor, hall.code, terms, at=at).height == first.height
        with pytest.raises(Conflict):
            services.announce(actor, hall.code, stage.terms(people, venue="另一开标室"), at=at)
        assert refused(services.announce, hall.agency, hall.code, terms, at=at)[0] == "already_announced"


@pytest.mark.parametrize(
    "who, error", [("operator", Forbidden), ("supervisor", Forbidden), ("firm", Forbidden)]
)
def test_only_the_owner_s_side_announces(who, error):
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    person = people.firms[0] if who == "firm" else getattr(people, who)
    with clock(ANNOUNCED) as at, pytest.raises(error):
        services.announce(person.anew(), hall.code, stage.terms(people), at=at)


def test_another_owner_finds_no_such_lot():
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    stranger = stage.person(90, "临江县教育局", stage.Role.OWNER, stage.PartyRole.OWNER)
    with clock(ANNOUNCED) as at, pytest.raises(Missing):
        services.announce(stranger.anew(), hall.code, stage.terms(people), at=at)


def test_a_key_is_taken_once_from_the_person_named_with_a_true_signature():
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people), keys=2)
    third, fourth = people.custodians[2], people.custodians[0]
    public = stage.SUITE.public_of(stage.SUITE.new_key())
    with clock(ANNOUNCED) as at:
        forged = state_key(hall.code, 1, third.who, public, fourth.key)
        assert refused(services.post_custodian_key, third.anew(), hall.code, forged, at=at) == [
            "bad_signature"
        ]
        elsewhere = state_key(hall.code, 2, third.who, public, third.key)
        assert refused(services.post_custodian_key, third.anew(), hall.code, elsewhere, at=at) == [
            "other_tender"
        ]
        again = state_key(hall.code, 1, fourth.who, public, fourth.key)
        assert refused(services.post_custodian_key, fourth.anew(), hall.code, again, at=at) == ["key_posted"]
        with pytest.raises(Missing):
            services.post_custodian_key(third.anew(), hall.code, again, at=at)
        stage.post_key(hall, third, at)
    assert queries.tender(hall.code).keys_posted == (1, 2, 3)


def test_naming_other_custodians_voids_the_keys_already_posted():
    people = stage.cast()
    hall = stage.prepared(people, stage.lot(people))
    with clock(ANNOUNCED) as at:
        services.prepare(hall.agency, hall.code, stage.custody_plan(people), at=at)
    assert queries.tender(hall.code).keys_posted == ()


def test_a_late_material_change_moves_the_deadline_and_everything_that_hangs_on_it():
    hall = stage.announced(deposit=Money.yuan(400_000))
    files = stage.documents(hall.people, "招标文件第二版")
    with clock(moment("2026-06-12T09:00")) as at:
        services.clarify(
            hall.agency, hall.code, "第三章改为…", files, is_material=True, classification="影响报价", at=at
        )
        tender = queries.tender(hall.code)
        assert tender.deadline == moment("2026-06-29T09:30")
        assert (tender.documents_version, [one.version for one in tender.documents]) == (2, [1, 2])
        assert asked(hall).due == tender.deadline
        assert window(hall).closes == tender.deadline
    assert kinds(hall)[-2:] == ["tender.clarified", "deadline.moved"]
    assert "6月29日" in notices.notices(lot=hall.code, newest_first=True)[0].fact("投标截止时间")


def test_a_change_that_a_person_called_harmless_moves_nothing():
    hall = stage.announced()
    files = stage.documents(hall.people, "招标文件第二版")
    with clock(moment("2026-06-22T09:00")) as at:
        services.clarify(
            hall.agency, hall.code, "更正错字", files, is_material=False, classification="只改错字", at=at
        )
        assert queries.tender(hall.code).deadline == DEADLINE


def test_a_question_is_answered_without_naming_who_asked():
    hall = stage.announced()
    with clock(moment("2026-06-03T09:00")) as at:
        services.ask(hall.people.firms[0].anew(), hall.code, "工期是否可以调整？", at=at)
        files = stage.documents(hall.people, "第二版")
        services.clarify(
            hall.agency,
            hall.code,
            "不调整",
            files,
            is_material=False,
            classification="答疑",
            answers=(1,),
            at=at,
        )
    ((number, text, _, answered),) = queries.questions(hall.code, 1)
    assert (number, text, answered) == (1, "工期是否可以调整？", 2)
    (asked,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["question.asked"])
    assert hall.people.firms[0].code not in repr(asked.event) and asked.audience == "sealed"


def test_an_extension_is_corrected_in_public_and_only_later():
    hall = stage.announced()
    with clock(moment("2026-06-15T09:00")) as at:
        later = moment("2026-06-30T09:30")
        services.extend(hall.agency, hall.code, later, "开标场地调整", at=at)
        assert queries.tender(hall.code).deadline == later
        assert refused(services.extend, hall.agency, hall.code, DEADLINE, "提前", at=at) == ["not_later"]
    first, correction = notices.notices(lot=hall.code)
    assert correction.amends == first.id and correction.kind == "correction"


def test_a_suspended_lot_lets_nothing_happen():
    hall = stage.announced()
    with clock(moment("2026-06-15T09:00")) as at:
        order = Order("江州市住房和城乡建设局", "核查投诉", "实施条例 §62", date(2026, 7, 1))
        project_services.suspend(hall.people.supervisor.anew(), hall.code, order, at=at)
        codes = refused(services.extend, hall.agency, hall.code, DEADLINE + timedelta(days=7), "延期", at=at)
        assert codes and "not_later" not in codes


def test_documents_taken_are_counted_in_silence():
    hall = stage.announced()
    with clock(moment("2026-06-03T09:00")) as at:
        for firm in hall.people.firms[:2]:
            services.take_documents(firm.anew(), hall.code, 1, at=at)
        services.take_documents(hall.people.firms[0].anew(), hall.code, 1, at=at)
        with pytest.raises(Missing):
            services.take_documents(hall.people.firms[0].anew(), hall.code, 2, at=at)
    assert queries.taken(hall.code, 1) == 2
    facts = list(journal.facts(prefix=f"lot/{hall.code}", kinds=["documents.taken"]))
    assert {fact.audience for fact in facts} == {"sealed"}


def test_only_the_invited_may_bid_in_an_invited_tender():
    people = stage.cast()
    invited = tuple(firm.code for firm in people.firms[:3])
    hall = stage.announced(people, invitees=invited, method="invited_tender")
    assert notices.notices(lot=hall.code) == ()
    stage.submit(hall, people.firms[0])
    assert refused(stage.submit, hall, people.firms[3]) == ["not_invited"]
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["bidders.invited"])
    assert fact.event.invitees == invited and fact.audience == "sealed"
