"""排斥性表述: found with their place, quiet where the text forbids or waives them."""

import time

import pytest

from ggzy.registers.catalog.values import exclusions


@pytest.mark.parametrize(
    "text, code, phrase",
    [
        ("投标人须在本市注册并设有服务网点", "local_presence", "本市注册"),
        ("须在江州市行政区域内设有分公司", "local_presence", "在江州市行政区域内设有分公司"),
        ("本地企业优先", "local_presence", "本地企业优先"),
        ("仅限本省供应商参加", "local_presence", "本省供应商"),
        ("非本市注册的投标人不得参加", "local_presence", "非本市注册的投标人不得"),
        ("近一年在当地缴纳社会保险不少于20人", "local_presence", "当地缴纳社"),
        ("外地企业不得参加", "local_presence", "外地企业不得"),
        ("企业注册地须在本市", "local_presence", "注册地须在本市"),
        ("办公地点距采购人不超过二十公里的得五分", "local_presence", "距采购人不超过"),
        ("须在采购人所在地行政区域内设有分公司", "local_presence", "采购人所在地行政区域内设有分公司"),
        ("须与本地企业组成联合体", "local_presence", "与本地企业组成联合体"),
        ("具有本市类似业绩的每项加2分", "local_record", "本市类似业绩"),
        ("省内业绩每项得1分", "local_record", "省内业绩"),
        ("水泵指定采用迅升品牌", "named_brand", "指定采用迅升品牌"),
        ("电梯品牌：迅升", "named_brand", "品牌：迅升"),
        ("仅限迅升品牌", "named_brand", "仅限迅升品牌"),
        ("注册资本金不低于5000万元", "registered_capital", "注册资本金不低于"),
        ("上年度营业收入不低于2000万元", "size", "营业收入不低于2000万"),
        ("公司成立满5年", "years_registered", "公司成立满5年"),
        ("成立年限须3年以上", "years_registered", "成立年限须3年以上"),
        ("仅限国有企业参加投标", "ownership", "仅限国有"),
        ("须为我单位备选库内的供应商", "list_membership", "备选库"),
        ("具有某行业协会会员单位证书的得2分", "membership", "协会会员单位证书"),
        ("投标时须提供原厂针对本项目的授权书", "maker_letter", "原厂针对本项目的授权书"),
        ("法定代表人须到现场购买招标文件", "in_person", "法定代表人须到现场购买"),
        ("须到代理机构购买磋商文件并登记", "in_person", "须到代理机构购买磋商文件"),
        ("未参加现场踏勘的投标无效", "in_person", "未参加现场踏勘的投标无效"),
        ("报名审核通过后方可下载招标文件", "registration_gate", "报名审核通过后方可下载"),
    ],
)
def test_excluding_phrase_is_found_with_its_place_and_article(text, code, phrase):
    whole = f"一、具有独立法人资格；\n二、{text}。三、其他见附件"
    found = {hit.code: hit for hit in exclusions(whole)}
    assert code in found
    hit = found[code]
    assert phrase in hit.phrase and whole[hit.start : hit.end] == hit.phrase
    assert "§" in hit.rule and hit.text


@pytest.mark.parametrize(
    "text",
    [
        "不得以本市业绩作为加分条件",
        "招标人不得以注册地、在本市设立分支机构、缴纳税收为条件限制投标人",
        "任何单位均不得以文件形式，要求投标人在本市注册",
        "本市业绩不作为加分条件",
        "对注册资本金不作要求",
        "注册资本金不限",
        "水泵品牌：不限",
        "参考品牌：迅升或同等档次产品",
        "须在本市公共资源交易平台完成主体注册",
        "在中华人民共和国境内注册的独立法人",
        "成立未满一年的，提供成立以来的财务报表",
        "成立时间至提交响应文件截止时间不足一年的，可提供任意时段的报表",
        "未被列入严重违法失信企业名单",
        "须提供《节能产品认证机构名录》中认证机构出具的证书",
        "评标委员会推荐投标人为中标候选人",
        "不组织现场踏勘，投标人可自行踏勘",
        "市政公用工程施工总承包三级及以上资质",
        "具有依法缴纳税收和社会保障资金的良好记录",
        "项目负责人须为省内注册建造师以外的人员不作要求",
        "招标人地址：江州市望江区望江路1号",
    ],
)
def test_harmless_sentence_stays_quiet(text):
    assert exclusions(text) == ()


def test_list_opened_by_a_prohibition_stays_quiet_and_what_follows_is_read():
    text = (
        "4.2 招标文件不得有下列内容：\n（一）要求在本市注册或者设立分公司；\n（二）以本市业绩作为加分条件。\n"
        "4.3 投标人须具备下列条件：\n（一）在本市注册；\n（二）三级资质。"
    )
    (hit,) = exclusions(text)
    assert hit.code == "local_presence" and hit.start > text.index("4.3")


def test_prohibition_to_the_bidder_does_not_excuse_the_next_clause():
    assert [hit.code for hit in exclusions("投标人不得以他人名义投标，且须在本市注册")] == ["local_presence"]


def test_places_are_told_in_the_order_of_the_text():
    text = "注册资本不低于500万元；须在本县设有分公司；成立满3年"
    assert [hit.code for hit in exclusions(text)] == [
        "registered_capital",
        "local_presence",
        "years_registered",
    ]


@pytest.mark.parametrize(
    "text", ["不得" * 60_000, "招标人" * 40_000, "本市" * 60_000 + "注册", "（一）" * 40_000]
)
def test_hostile_text_costs_what_it_is_long(text):
    started = time.process_time()
    exclusions(text)
    assert time.process_time() - started < 5
