"""发布公告: it works · each refusal · who may not · what is recorded · twice the same request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.notices import followers, queries, rules, services
from ggzy.trading.notices.values import Attachment, Block, KeyFact, NoticeDraft
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from tests.world import START, World

SAID = {
    "招标内容": "道路 1.2 公里及排水",
    "建设规模": "估算价 498 万元",
    "资金来源": "财政资金",
    "投标人资格要求": "市政公用工程施工总承包三级及以上",
    "联合体投标": "不接受",
    "招标文件获取": "公告之日起在本平台免费下载",
    "投标截止时间": "2026年6月26日（周五）09:30",
    "联系方式": "李工 0980-1234567",
    "电子投标": "登录本平台加密递交",
}


def draft(lot: LotCode, **changes) -> NoticeDraft:
    said = changes.pop("said", SAID)
    facts = tuple(KeyFact(label, text) for label, text in said.items())
    return replace(NoticeDraft(lot, 1, "tender_notice", "望江路改造工程施工招标公告", facts), **changes)


def correction(lot: LotCode, amends: str, text: str = "投标截止时间") -> NoticeDraft:
    said = {"更正事项": text, "投标截止时间": "2026年7月3日（周五）09:30"}
    return draft(lot, said=said, kind="correction", title="望江路改造工程施工更正公告", amends=amends)


def test_notice_is_published_once_and_for_good(world: World):
    lot = world.lot()
    receipt = services.publish(world.agency.acts(), draft(lot), at=START)
    (notice,) = queries.notices(lot=lot)
    assert notice.id == f"{lot}-01" and notice.version == 1 and notice.published_at == START
    assert notice.fact("招标人") == world.owner.organisation_name
    assert notice.fact("招标代理机构") == world.agency.organisation_name
    assert notice.fact("统一交易标识码") == lot
    fact = list(journal.facts(subject=f"lot/{lot}"))[-1]
    assert (fact.height, fact.kind, fact.audience) == (receipt.height, "notice.published", "public")
    assert (fact.event.notice, fact.event.digest) == (notice.id, notice.digest)
    assert rules.fold(journal.facts(subject=f"lot/{lot}")) == queries.standing(lot)


def test_digest_is_that_of_what_can_be_read(world: World):
    lot = world.lot()
    services.publish(
        world.agency.acts(), draft(lot, body=(Block("正文", "字", (("序号", "名称"),)),)), at=START
    )
    (notice,) = queries.notices(lot=lot)
    again = NoticeDraft(
        notice.lot,
        notice.round,
        notice.kind,
        notice.title,
        notice.facts,
        notice.body,
        notice.attachments,
        None,
    )
    assert rules.digest_of(again) == notice.digest


def test_every_missing_item_is_named_and_nothing_is_published(world: World):
    lot = world.lot()
    head = journal.head()
    with pytest.raises(Refused) as refused:
        services.publish(world.agency.acts(), draft(lot, said={}, title=""), at=START)
    assert [reason.code for reason in refused.value.reasons] == ["title_missing"] + ["item_missing"] * 9
    assert journal.head() == head and queries.notices(lot=lot) == ()


def test_correction_makes_a_new_version_and_changes_nothing_that_was_said(world: World):
    lot = world.lot()
    services.publish(world.agency.acts(), draft(lot), at=START)
    before = queries.notices(lot=lot)[0]
    services.publish(world.agency.acts(), correction(lot, before.id), at=START + timedelta(days=1))
    first, second = queries.versions(f"{lot}-02")
    assert replace(first, amended_by=None) == before and first.amended_by == second.id
    assert (second.version, second.amends) == (2, first.id)
    changed = {change.label: (change.before, change.after) for change in queries.difference(second.id)}
    assert changed["投标截止时间"] == ("2026年6月26日（周五）09:30", "2026年7月3日（周五）09:30")


def test_outdated_version_is_not_corrected_twice(world: World):
    lot = world.lot()
    services.publish(world.agency.acts(), draft(lot), at=START)
    services.publish(world.agency.acts(), correction(lot, f"{lot}-01"), at=START)
    with pytest.raises(Refused) as refused:
        services.publish(world.agency.acts(), correction(lot, f"{lot}-01", "又一次"), at=START)
    assert [reason.code for reason in refused.value.reasons] == ["amended_already"]
    services.publish(world.agency.acts(), correction(lot, f"{lot}-02", "又一次"), at=START)
    assert [notice.version for notice in queries.versions(f"{lot}-01")] == [1, 2, 3]


def test_notice_of_another_lot_cannot_be_corrected_here(world: World):
    one, other = world.lot(), world.lot()
    services.publish(world.agency.acts(), draft(one), at=START)
    with pytest.raises(Refused) as refused:
        services.publish(world.agency.acts(), correction(other, f"{one}-01"), at=START)
    assert [reason.code for reason in refused.value.reasons] == ["amended_missing"]
    with pytest.raises(Missing):
        services.publish(world.agency.acts(), correction(other, f"{other}-77"), at=START)


def test_excluding_phrase_warns_with_the_rule_and_does_not_stop(world: World):
    lot = world.lot()
    said = SAID | {"投标人资格要求": "注册资本金不低于5000万元"}
    check = queries.check(draft(lot, said=said))
    assert [finding.code for finding in check.findings] == ["registered_capital"]
    services.publish(world.agency.acts(), draft(lot, said=said), at=START)
    (notice,) = queries.notices(lot=lot)
    assert notice.findings == check.findings
    assert list(journal.facts(subject=f"lot/{lot}"))[-1].event.findings == ("registered_capital",)


def test_attachment_must_be_in_the_vault_and_is_public_afterwards(world: World):
    lot = world.lot()
    unknown = Attachment("招标文件.txt", "sha256:" + "0" * 64, 3)
    with pytest.raises(Refused) as refused:
        services.publish(world.agency.acts(), draft(lot, attachments=(unknown,)), at=START)
    assert [reason.code for reason in refused.value.reasons] == ["attachment_missing"]
    digest = vault_services.put(
        "招标文件".encode(), name="招标文件.txt", owner=str(world.agency.organisation)
    )
    assert not vault.may_read(None, digest, START)
    known = Attachment("招标文件.txt", digest, 12)
    services.publish(world.agency.acts(), draft(lot, attachments=(known,)), at=START)
    assert vault.may_read(None, digest, START)


def test_who_may_not_publish(world: World):
    lot = world.lot()
    with pytest.raises(Missing):
        services.publish(world.other_owner.acts(), draft(lot), at=START)
    for player in (world.bidders[0], world.operator, world.auditor, world.experts[0]):
        with pytest.raises(Forbidden):
            services.publish(player.acts(), draft(lot), at=START)


def test_same_form_twice_is_one_notice(world: World):
    lot, actor = world.lot(), world.agency.acts("notice-1")
    first = services.publish(actor, draft(lot), at=START)
    assert services.publish(actor, draft(lot), at=START).height == first.height
    assert len(queries.notices(lot=lot)) == 1
    with pytest.raises(Conflict):
        services.publish(actor, draft(lot, title="另一标题"), at=START)


def test_brake_and_end_of_a_lot_are_announced_by_the_platform_once(world: World):
    lot = world.lot()
    order = Order("江州市住房和城乡建设局", "收到投诉", "招标投标法实施条例 §62", date(2026, 6, 10))
    projects.suspend(world.supervisor.acts(), lot, order, at=START)
    projects.resume(world.supervisor.acts(), lot, order, at=START)
    projects.terminate(world.supervisor.acts(), lot, order, at=START)
    for _ in range(2):
        for fact in list(journal.facts(subject=f"lot/{lot}", kinds=tuple(followers.FOLLOWERS))):
            followers.FOLLOWERS[fact.kind](fact)
    published = queries.notices(lot=lot)
    assert [notice.kind for notice in published] == ["suspension", "resumption", "termination"]
    assert published[0].fact("复查日期") == "2026年06月10日"
    assert published[2].fact("终止原因") == "收到投诉"
