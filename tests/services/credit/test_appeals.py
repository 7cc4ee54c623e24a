"""异议与修复: marked while it is checked, corrected or kept, and applied everywhere at once."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries, rules, services
from ggzy.registers.credit.values import (
    AppealState,
    Correction,
    Gravity,
    NewBan,
    NewRecord,
    RecordKind,
)
from tests.services.credit.cast import OTHER, PARTY, decision, firm, is_folded, register, supervisor, today

pytestmark = pytest.mark.django_db
KEPT, CORRECTED, WITHDRAWN = AppealState.KEPT, AppealState.CORRECTED, AppealState.WITHDRAWN
GRANTED, DENIED = AppealState.GRANTED, AppealState.DENIED


@pytest.fixture(autouse=True)
def _registered() -> None:
    register(PARTY, "江州第一建设有限公司")
    register(OTHER, "江州第二建设有限公司")


def recorded(gravity: Gravity = Gravity.SERIOUS, days_ago: int = 0) -> str:
    new = NewRecord(PARTY, RecordKind.PENALTY, "串通投标", "罚款", decision(days_ago=days_ago), gravity)
    services.record(supervisor(), new, at=journal.now())
    return queries.records_of(PARTY)[0].code


def banned() -> str:
    new = NewBan(PARTY, "collusion", today(), rules.add_months(today(), 12), decision())
    services.ban(supervisor(), new, at=journal.now())
    return queries.bans_of(PARTY)[0].code


def objected(entry: str) -> str:
    services.object_to(firm(), entry, "处罚决定已被撤销", at=journal.now())
    return queries.appeals_of(PARTY)[0].code


def settle(code: str, state: AppealState, **said) -> None:
    services.settle(supervisor(), code, state, "经核实", at=journal.now(), **said)


def test_an_objection_marks_the_entry_until_it_is_settled() -> None:
    entry = recorded()
    code = objected(entry)
    assert queries.disputed([entry]) == {entry} and len(queries.open_appeals()) == 1
    with pytest.raises(Refused, match="正在核实"):
        objected(entry)
    settle(code, KEPT)
    assert queries.disputed([entry]) == frozenset()
    appeal = queries.appeal(code)
    assert (appeal.state, appeal.answer, appeal.is_late) == (KEPT, "经核实", False)
    assert queries.shown_count(journal.now()) == 1 and is_folded()


def test_what_was_wrong_is_corrected_and_told() -> None:
    entry = recorded()
    settle(objected(entry), CORRECTED, correction=Correction("未按期公示合同", "责令改正"))
    assert queries.record(entry).title == "未按期公示合同"
    (fact,) = journal.facts(subject=f"party/{PARTY}/credit", kinds=["credit.corrected"])
    assert fact.audience.value == "public" and is_folded()


def test_a_minor_record_is_corrected_without_being_published() -> None:
    settle(objected(recorded(Gravity.MINOR)), CORRECTED, correction=Correction("更正", "内容"))
    (fact,) = journal.facts(subject=f"party/{PARTY}/credit", kinds=["credit.note_corrected"])
    assert fact.audience.value == "restricted" and is_folded()


def test_a_withdrawn_record_is_neither_shown_nor_counted() -> None:
    entry = recorded()
    assert queries.grade(PARTY, journal.now()).score < 100
    settle(objected(entry), WITHDRAWN)
    assert queries.shown_count(journal.now()) == 0
    assert queries.grade(PARTY, journal.now()).score == 100
    assert queries.effects_of(PARTY, journal.now()) and is_folded()


def test_a_ban_that_was_wrong_opens_every_door() -> None:
    entry = banned()
    settle(objected(entry), WITHDRAWN)
    assert queries.is_banned(PARTY, journal.now()) is None and is_folded()


def test_only_the_text_of_a_record_can_be_corrected() -> None:
    code = objected(banned())
    with pytest.raises(Missing, match="撤销后重新作出"):
        settle(code, CORRECTED, correction=Correction("标题", "内容"))
    assert queries.appeal(code).state is AppealState.OPEN


def test_repair_is_asked_for_by_the_subject_and_granted_by_a_decision() -> None:
    entry = recorded(Gravity.GENERAL, days_ago=120)
    before = queries.grade(PARTY, journal.now()).score
    services.apply_for_repair(firm(), entry, "罚款已缴清", at=journal.now())
    code = queries.appeals_of(PARTY)[0].code
    with pytest.raises(Refused, match="请填写修复决定"):
        settle(code, GRANTED)
    settle(code, GRANTED, decision=decision("云信修〔2026〕1号"))
    assert queries.record(entry).repaired_on == today()
    assert queries.shown_count(journal.now()) == 0
    assert queries.grade(PARTY, journal.now()).score == 100 > before
    assert is_folded()


def test_repair_before_its_day_is_refused_with_the_day() -> None:
    entry = recorded(Gravity.GENERAL, days_ago=10)
    first = rules.add_months(queries.record(entry).decision.decided_on, 3)
    with pytest.raises(Refused, match=f"最早{first.year}年{first.month}月{first.day}日"):
        services.apply_for_repair(firm(), entry, "罚款已缴清", at=journal.now())
    assert queries.appeals_of(PARTY) == ()


def test_a_repair_that_is_denied_leaves_the_record() -> None:
    entry = recorded(Gravity.GENERAL, days_ago=120)
    services.apply_for_repair(firm(), entry, "罚款已缴清", at=journal.now())
    settle(queries.appeals_of(PARTY)[0].code, DENIED)
    assert queries.record(entry).repaired_on is None and queries.shown_count(journal.now()) == 1
    assert is_folded()


def test_a_ban_is_not_repaired() -> None:
    with pytest.raises(Missing, match="市场禁入不能申请修复"):
        services.apply_for_repair(firm(), banned(), "已整改", at=journal.now())


def test_a_late_settlement_is_told_as_late() -> None:
    code = objected(recorded())
    services.settle(supervisor(), code, KEPT, "经核实", at=journal.now() + timedelta(days=30))
    assert queries.appeal(code).is_late


def test_who_may_not() -> None:
    entry = recorded()
    with pytest.raises(Missing):
        services.object_to(firm(OTHER), entry, "不是我的", at=journal.now())
    for role in (Role.SUPERVISOR, Role.EXPERT, Role.OPERATOR):
        with pytest.raises(Forbidden):
            services.object_to(supervisor(role), entry, "有误", at=journal.now())
    code = objected(entry)
    for role in (Role.BIDDER, Role.OPERATOR, Role.AUDITOR):
        with pytest.raises(Forbidden):
            services.settle(supervisor(role), code, KEPT, "经核实", at=journal.now())


def test_names_alike_are_told_and_bar_nobody() -> None:
    banned()
    found = queries.namesakes([OTHER], journal.now())
    assert "法定代表人张三与江州第一建设有限公司的法定代表人同名" in found[OTHER][0]
    assert queries.is_banned(OTHER, journal.now()) is None
    assert queries.namesakes([PARTY], journal.now()) == {}
