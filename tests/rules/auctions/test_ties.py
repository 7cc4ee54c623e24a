"""利害关系与材料: one row per sign of common control, and what says nothing."""

from dataclasses import replace

import pytest

from ggzy.registers.parties.values import BankAccount, PartyFacts, PartyKind, PartyRole
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import Document
from tests.rules.auctions.auction_setting import FIRM, NOW, OTHER, OWNER, REGION

PARTY = PartyFacts(
    code=FIRM,
    name="云岭路桥建设有限公司",
    kind=PartyKind.LEGAL,
    region=REGION,
    roles=(PartyRole.BIDDER,),
    registered_at=NOW,
    basic_account=BankAccount("云岭路桥建设有限公司", "江州农商银行", "6222020000000001"),
    representative="何理",
    address="望江路 1 号",
)
STRANGER = replace(
    PARTY,
    code=OTHER,
    name="望江市政工程有限公司",
    basic_account=BankAccount("望江市政工程有限公司", "江州农商银行", "6222020000000002"),
    representative="周岚",
    address="望江路 2 号",
)
SAME_ACCOUNT = replace(STRANGER, basic_account=PARTY.basic_account)
SAME_HOUSE = replace(STRANGER, representative=" 何理", address="望江路 1 号 ")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (SAME_ACCOUNT, "使用同一基本账户"),
        (SAME_HOUSE, "法定代表人同为何理、住所相同"),
        (STRANGER, ""),
        (replace(STRANGER, representative="何理"), ""),  # a namesake
        (replace(STRANGER, address="望江路 1 号"), ""),  # a neighbour
        (replace(SAME_HOUSE, representative=""), ""),
        (replace(STRANGER, basic_account=None), ""),
    ],
)
def test_signs_of_common_control(other, words):
    assert rules.clashes(PARTY, [other]) == ((f"与本单位{words}的单位",) if words else ())
    owner = replace(other, code=OWNER, name="江州市城市建设管理处")
    assert rules.tie(PARTY, [owner]) == (f"与江州市城市建设管理处{words}" if words else "")


def test_nobody_clashes_with_itself():
    assert rules.clashes(PARTY, [PARTY]) == () and rules.tie(PARTY, [PARTY]) == ""


def test_a_clash_names_nobody_for_who_applies_is_sealed():
    (words,) = rules.clashes(PARTY, [SAME_ACCOUNT, replace(SAME_ACCOUNT, code=OWNER)])
    assert SAME_ACCOUNT.name not in words and SAME_ACCOUNT.code not in words


@pytest.mark.parametrize(
    ("handed_in", "missing"),
    [
        ((), ("营业执照", "资信证明")),
        (("营业执照",), ("资信证明",)),
        (("资信证明", "营业执照", "营业执照"), ()),
        (("", "其他"), ("营业执照", "资信证明")),
    ],
)
def test_what_was_not_handed_in(handed_in, missing):
    files = [Document("文件.pdf", "sha256:" + "1" * 64, 9, material) for material in handed_in]
    assert rules.missing(("营业执照", "资信证明"), files) == missing
