"""The rules of notices: content, exclusion phrases, versions, search."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.notices import rules
from ggzy.trading.notices.values import KINDS, Attachment, Block, KeyFact, NoticeDraft, NoticeFacts
from ggzy.trading.projects.values import LotFacts, Phase

REGION = RegionCode("990102")
OWNER = CreditCode.make(authority="12", region=REGION, serial=1)
LOT = LotCode.make(category="A02", platform=OWNER, on=date(2026, 6, 1), serial=1)
AT = datetime(2026, 6, 1, tzinfo=UTC)
FACTS = LotFacts(
    code=LOT,
    title="一标段",
    project=ProjectCode.make(region=REGION, year=2026, serial=1),
    project_title="望江路改造工程",
    owner=OWNER,
    agency=None,
    category="construction",
    nature="works",
    region=REGION,
    method="open_tender",
    scoring="comprehensive",
    estimate=Money.yuan("1980000"),
    price_form="amount",
    must_tender=True,
    rulebook=Rulebook("construction", REGION, date(2026, 6, 1), (), ()),
    round=1,
    phase=Phase.REGISTERED,
    registered_at=AT,
    terminated=False,
    standing=None,
)
SAID = {
    "项目名称": "望江路改造工程",
    "招标内容": "道路及排水",
    "建设规模": "1.2 公里",
    "资金来源": "财政资金",
    "投标人资格要求": "市政公用工程施工总承包三级及以上",
    "联合体投标": "接受",
    "招标文件获取": "公告之日起在本平台免费下载",
    "投标截止时间": "2026年6月26日09:30",
    "招标人": "江州市城市建设管理处",
    "联系方式": "李工 0999-1234567",
    "电子投标": "登录本平台加密递交",
}


def draft(**changes) -> NoticeDraft:
    said = changes.pop("said", SAID)
    facts = tuple(KeyFact(label, text) for label, text in said.items())
    return replace(NoticeDraft(LOT, 1, "tender_notice", "望江路改造工程一标段招标公告", facts), **changes)


def published(**changes) -> NoticeFacts:
    return replace(
        NoticeFacts(
            f"{LOT}-01",
            LOT,
            1,
            1,
            "tender_notice",
            "招标公告",
            "招标公告",
            (),
            (),
            (),
            None,
            None,
            1,
            AT,
            OWNER,
            "",
            (),
        ),
        **changes,
    )


@pytest.mark.parametrize(
    "changes, amended, expected",
    [
        ({}, None, []),
        ({"kind": "gossip"}, None, ["kind_unknown"]),
        ({"title": " "}, None, ["title_missing"]),
        ({"title": "长" * 301}, None, ["title_too_long"]),
        ({"round": 2}, None, ["round_passed"]),
        ({"amends": f"{LOT}-01"}, published(), ["kind_amends_nothing"]),
        (
            {"kind": "failure", "said": {"流标原因": "少于三家"}, "amends": "x"},
            published(),
            ["kind_amends_nothing"],
        ),
        ({"kind": "correction", "said": {"更正事项": "时间"}, "amends": "x"}, None, ["amended_missing"]),
        ({"kind": "correction", "said": {"更正事项": "时间"}, "amends": f"{LOT}-01"}, published(), []),
        (
            {"kind": "correction", "said": {"更正事项": "时间"}, "amends": f"{LOT}-01"},
            published(amended_by=f"{LOT}-02"),
            ["amended_already"],
        ),
        ({"body": (Block("正文", "长" * 400_000),)}, None, ["body_too_long"]),
        ({"attachments": (Attachment("招标文件.pdf", "sha256:00", 1),)}, None, ["attachment_missing"]),
        ({"said": SAID | {"资金来源": "  "}}, None, ["item_missing"]),
    ],
)
def test_notice_is_published_or_every_reason_is_named(changes, amended, expected):
    verdict = rules.may_publish(draft(**changes), FACTS, amended, frozenset())
    assert [reason.code for reason in verdict.reasons] == expected


def test_every_missing_item_is_named_with_its_article():
    verdict = rules.may_publish(draft(said={}), FACTS, None, frozenset())
    assert [reason.code for reason in verdict.reasons] == ["item_missing"] * 11
    assert all(reason.article.startswith("招标公告和公示信息发布管理办法 §5") for reason in verdict.reasons)


def test_agency_is_asked_for_only_where_one_acts():
    assert rules.gaps(draft(), has_agency=False) == ()
    assert [gap.name for gap in rules.gaps(draft(), has_agency=True)] == ["招标代理机构名称"]


def test_content_list_only_warns_where_the_law_does_not_oblige_to_tender():
    free = replace(FACTS, must_tender=False)
    assert rules.may_publish(draft(said={}), free, None, frozenset()).ok
    assert len(rules.check(draft(said={}), has_agency=False).gaps) == 11


def test_heading_of_the_body_counts_like_a_line():
    said = {label: text for label, text in SAID.items() if label != "投标人资格要求"}
    body = (Block("投标人资格要求", "三级及以上"),)
    assert rules.gaps(draft(said=said, body=body), has_agency=False) == ()


@pytest.mark.parametrize("code", list(KINDS))
def test_every_kind_is_named_and_asks_for_something(code):
    kind = KINDS[code]
    assert kind.name and kind.basis and kind.items and kind.group in ("公告", "公示", "记录")


def test_platform_adds_the_lines_every_notice_carries():
    whole = rules.completed(draft(said={"招标人": "甲"}, round=2), FACTS, "乙", "丙")
    assert [(fact.label, fact.text) for fact in whole.facts] == [
        ("项目名称", "望江路改造工程"),
        ("标段名称", "一标段"),
        ("统一交易标识码", str(LOT)),
        ("招标次数", "第2次招标"),
        ("招标代理机构", "丙"),
        ("招标人", "甲"),
    ]


@pytest.mark.parametrize(
    "text, code",
    [
        ("投标人须在本市注册并设有分公司", "local_presence"),
        ("本地企业优先", "local_presence"),
        ("具有本市类似业绩的每项加2分", "local_record"),
        ("获得省级奖项，省内业绩加分", "local_record"),
        ("水泵指定采用某某品牌", "named_brand"),
        ("电梯品牌：迅升", "named_brand"),
        ("注册资本金不低于5000万元", "registered_capital"),
        ("注册资金 1000 万元以上", "registered_capital"),
        ("公司成立满5年", "years_registered"),
        ("仅限国有企业参加投标", "ownership"),
        ("须为我单位备选库内的供应商", "list_membership"),
        ("法定代表人须到现场购买招标文件", "in_person"),
        ("未参加现场踏勘的投标无效", "in_person"),
        ("报名审核通过后方可下载招标文件", "registration_gate"),
    ],
)
def test_excluding_phrase_is_found_with_its_rule(text, code):
    found = rules.exclusions(draft(body=(Block("资格要求", f"一、具有独立法人资格。{text}；其他见附件"),)))
    assert code in [finding.code for finding in found]
    hit = next(finding for finding in found if finding.code == code)
    assert hit.phrase in text and hit.where == "资格要求" and "§" in hit.rule


@pytest.mark.parametrize(
    "text",
    [
        "不得以本市业绩作为加分条件",
        "水泵品牌：不限",
        "参考品牌：迅升或同等档次产品",
        "对注册资本金不作要求",
        "未被列入严重违法失信企业名单",
        "不组织现场踏勘，投标人可自行踏勘",
        "市政公用工程施工总承包三级及以上资质",
        "招标人地址：江州市望江区望江路1号",
    ],
)
def test_harmless_sentence_stays_quiet(text):
    assert rules.exclusions(draft(said={"资格要求": text})) == ()


def test_digest_changes_with_every_part_and_with_nothing_else():
    one = draft()
    others = [
        draft(title="另一标题"),
        draft(said=SAID | {"建设规模": "1.3 公里"}),
        draft(body=(Block("正文", "字"),)),
        draft(body=(Block("正文", table=(("字",),)),)),
        draft(attachments=(Attachment("a", "sha256:00", 1),)),
        draft(amends="x"),
    ]
    assert rules.digest_of(one) == rules.digest_of(draft())
    assert len({rules.digest_of(each) for each in [one, *others]}) == 7


def test_difference_tells_what_the_new_version_says_otherwise():
    before = published(facts=(KeyFact("投标截止时间", "6月26日"), KeyFact("联系方式", "甲")))
    after = published(facts=(KeyFact("投标截止时间", "7月2日"), KeyFact("更正事项", "投标截止时间")))
    assert [(c.label, c.before, c.after) for c in rules.difference(before, after)] == [
        ("投标截止时间", "6月26日", "7月2日"),
        ("更正事项", "", "投标截止时间"),
    ]


@pytest.mark.parametrize(
    "query, found",
    [("道路", True), ("望江 排水", True), ("Ａ０２", True), ("a02", True), (str(LOT), True), ("桥梁", False)],
)
def test_words_and_codes_are_found_however_they_are_typed(query, found):
    text = f"望江路改造工程 道路及排水 {LOT}"
    plain, pairs = rules.normal(text), rules.grams(text)
    hit = all(rules.grams(t) <= pairs and rules.normal(t) in plain for t in rules.terms(query))
    assert hit is found
