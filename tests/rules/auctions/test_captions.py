"""竞价室的说明: the sentence for each rule of a room, and the phases it may come through."""

from dataclasses import replace

import pytest

from ggzy.trading.auctions.rules import captions
from ggzy.trading.auctions.values import (
    AtCeiling,
    Ceiling,
    Entry,
    Measure,
    PriorityMode,
    PriorityTerms,
    RoomPhase,
    SecondContest,
)
from tests.rules.auctions.auction_setting import DOWN, FORMATS, TERMS, TIMING, yuan

TIMED = replace(TIMING, timed_s=300)
SECOND = SecondContest(name="自持面积", measure=Measure.AREA, start=0, step=100_00, timed_s=300)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "竞价结束前 5 分钟内有新报价的，结束时间顺延至该次报价后 5 分钟，延长次数不限。"),
        (
            {"timed_s": 300, "window_s": 90, "extensions_max": 4},
            "限时竞价结束前 90 秒内有新报价的，结束时间顺延至该次报价后 5 分钟，最多延长 4 次。",
        ),
        ({"window_s": 0}, "本场竞价不延长时间。"),
    ],
)
def test_the_extension_is_said_in_one_sentence(change, said):
    assert captions.extension(replace(TERMS, timing=replace(TIMING, **change))) == said


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (replace(TERMS, entry=Entry.OFFERED), "挂牌期内有过有效报价的竞买人参加限时竞价。"),
        (replace(TERMS, entry=Entry.JOINED), "询问期内表示继续竞价的竞买人参加限时竞价。"),
        (
            replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000))),
            "最高限价 3,000,000.00 元，达到后首个报到最高限价的竞买人竞得。",
        ),
        (
            replace(DOWN, ceiling=Ceiling(amount=yuan(2_000_000))),
            "最低限价 2,000,000.00 元，达到后首个报到最低限价的竞买人竞得。",
        ),
        (
            replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000), rule=AtCeiling.CONTEST, second=SECOND)),
            "最高限价 3,000,000.00 元，达到后转为竞自持面积。",
        ),
        (
            replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000), rule=AtCeiling.DRAW)),
            "最高限价 3,000,000.00 元，达到后在愿以最高限价成交的竞买人中摇号。",
        ),
        (
            replace(TERMS, priority=PriorityTerms(mode=PriorityMode.IN_ROOM)),
            "优先购买权人可以相同价格应价，其他竞买人可以继续报价。",
        ),
        (
            replace(TERMS, priority=PriorityTerms(mode=PriorityMode.AFTER, asking_s=60)),
            "竞价结束后询问优先购买权人是否以相同价格受让。",
        ),
    ],
)
def test_what_the_terms_add_is_said_after_it(terms, said):
    assert captions.sentences(terms) == (captions.extension(terms), said)


@pytest.mark.parametrize(
    ("code", "terms", "names"),
    [
        ("ascending", TERMS, ["未开始", "竞价", "已结束"]),
        (
            "listing",
            replace(TERMS, timing=TIMED, entry=Entry.JOINED),
            ["未开始", "挂牌期", "询问期", "限时竞价", "已结束"],
        ),
        ("dynamic", replace(TERMS, timing=TIMED), ["未开始", "自由报价期", "限时竞价", "已结束"]),
        ("sealed_offer", TERMS, ["未开始", "密封报价", "待开启报价", "已结束"]),
        (
            "ascending",
            replace(TERMS, priority=PriorityTerms(mode=PriorityMode.AFTER, asking_s=60)),
            ["未开始", "竞价", "优先购买权询问", "已结束"],
        ),
        (
            "ascending",
            replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000), rule=AtCeiling.DRAW)),
            ["未开始", "竞价", "摇号报名", "待摇号", "已结束"],
        ),
        (
            "ascending",
            replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000), rule=AtCeiling.CONTEST, second=SECOND)),
            ["未开始", "竞价", "竞自持面积", "已结束"],
        ),
    ],
)
def test_the_phases_stand_in_their_order(code, terms, names):
    assert [name for name, _ in captions.steps(FORMATS[code], terms, RoomPhase.WAITING)] == names


@pytest.mark.parametrize(
    ("phase", "marks"),
    [
        (RoomPhase.WAITING, ["current", "coming", "coming"]),
        (RoomPhase.TIMED, ["done", "current", "coming"]),
        (RoomPhase.CLOSED, ["done", "done", "done"]),
    ],
)
def test_a_step_is_done_current_or_coming(phase, marks):
    assert [mark for _, mark in captions.steps(FORMATS["ascending"], TERMS, phase)] == marks


@pytest.mark.parametrize(
    ("terms", "price", "premium"),
    [(TERMS, 2_849_000, "10%"), (DOWN, 2_331_000, "10%"), (TERMS, 2_590_000, "0%")],
)
def test_the_premium_stands_against_the_start_price(terms, price, premium):
    assert captions.premium(terms, yuan(price)).percent_text() == premium
