"""公告稿: a notice speaks of a sale or of a purchase in its own words."""

from dataclasses import replace

import pytest

from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.rules import notices
from ggzy.trading.auctions.values import Winner
from tests.rules.auctions.auction_setting import DOWN, FIRM, FORMATS, LOT, NOTICE, START, yuan

NOTICES = [
    ("listing", NOTICE, {"起始价", "竞买人条件"}, "竞得人"),
    ("reverse", replace(NOTICE, format=DOWN), {"最高限价", "供应商条件"}, "成交供应商"),
]


@pytest.mark.parametrize(("code", "terms", "labels", "winner"), NOTICES)
def test_a_notice_uses_the_words_of_its_trade(code, terms, labels, winner):
    told = notices.transfer_notice(LOT, FORMATS[code], terms)
    said = {fact.label for fact in told.facts}
    assert labels <= said and {"保证金", "竞价方式", "报名时间", "竞价时间"} <= said
    won = Winner(1001, FIRM, "甲公司")
    sold = notices.sale_notice(LOT, queries.formats()[code], won, str(yuan(1)), Money.yuan(1), START, None)
    assert (sold.facts[0].label, sold.facts[0].text) == (winner, "甲公司")
