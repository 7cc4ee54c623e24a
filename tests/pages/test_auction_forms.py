"""公告和各步的表单: every format is composed and checked, every refusal told in words, nothing typed is lost."""

import json
from datetime import datetime, timedelta

import pytest

from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.plan import state_key
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.values import AtCeiling, AuctionState, Measure, PriorityMode, TieRule
from tests.pages import markup
from tests.pages.auction_walk import (
    address,
    announced,
    applied,
    carried,
    lot_of,
    mistakes,
    paper,
    proposed,
    start,
    text,
)
from tests.services.auctions import stage
from tests.services.auctions.stage import DAY, MINUTE, NOW, OPENS
from tests.world import World, browser, clock

LAND: dict[str, str] = {"is_immovable": "yes", "first": "50%", "first_days": "30", "all_days": "365"}
PER_FORMAT: dict[str, tuple[str, dict[str, str]]] = {
    "ascending": ("C02", {"ladder": "300万 2万", "leap_max": "10", "ceiling": "500万", "at_ceiling": "close", "step": "1万"}),
    "dynamic": ("C02", {"timed": "90 秒", "window": "60 秒", "length": "60 秒", "entry": "offered"}),
    "weighted": ("C01", {"price_weight": "80", "price_best": "400万", "items": "交货期 20 60 30 天", "least_points": "0.1"}),
    "sealed_offer": ("C02", {
        "ties": "again", "ties_rounds": "2", "ties_round": "10 分钟", "priority": "after", "priority_asking": "10 分钟",
    }),
    "descending": ("C02", {"step": "10万", "fall_interval": "5 分钟", "fall_floor": "150万"}),
    "listing": ("B01", LAND | {
        "asking": "5 分钟", "entry": "joined", "timed": "5 分钟", "step": "1万",
        "ceiling": "400万", "at_ceiling": "contest", "second_name": "自持租赁住房面积", "second_measure": "area",
        "second_start": "100", "second_step": "50", "second_cap": "1100", "second_timed": "5 分钟",
        "per": "元/亩", "quantity": "1.5", "deposit": "60万",
    }),
    "reverse": ("L05", {"deposit": "0", "step": "1000"}),
}  # fmt: skip


@pytest.mark.parametrize("method", PER_FORMAT)
def test_every_format_is_announced_on_the_page(world: World, method: str):
    code, change = PER_FORMAT[method]
    lot = lot_of(world, code, method)
    if code == "C01":
        change = change | {"appraisal": "200万"}
    if method == "sealed_offer":
        stage.keep_offers(world, lot)
    done, _ = announced(world, lot, **change)
    assert done.status_code == 303, mistakes(done)
    terms = queries.auction(lot).terms
    assert terms is not None
    match method:
        case "listing":
            second = terms.format.ceiling and terms.format.ceiling.second
            assert second and second.measure is Measure.AREA and second.cap == 110_000
            assert terms.format.ceiling and terms.format.ceiling.rule is AtCeiling.CONTEST
            assert terms.floor == Money.yuan(3_000_000)
        case "ascending":
            assert [rung.step for rung in terms.format.steps.ladder] == [2_000_000]
        case "sealed_offer":
            assert terms.format.ties.rule is TieRule.AGAIN and terms.format.ties.round_s == 600
            assert terms.format.priority and terms.format.priority.mode is PriorityMode.AFTER
        case "weighted":
            assert [item.weight for item in terms.format.items] == [80, 20]
        case "descending":
            length = terms.format.timing.ends_at - terms.format.timing.starts_at
            assert length == timedelta(minutes=30)
    with clock(NOW + DAY):
        page = text(browser(world.agency).get(address(lot, "amend/")))
        assert markup.faults(page) == []


WRONG = [
    ("start", "很多钱", "很多钱"), ("start", "-1", "起始价"), ("start", "1e-9", "起始价"), ("start", "NaN", "起始价"),
    ("start", "9" * 30, "起始价"), ("step", "", "请填写本项"), ("step", "0", "增减幅度应大于零"),
    ("window", "true", "时长请写成"), ("window", "99999999 小时", "时长请写成"), ("starts_at", "2026-13-40 25:00", "时间请写成"),
    ("viewings", "明天上午", "第 1 行"), ("viewings", "2026-06-05 11:00 至 09:00", "结束时间应晚于开始时间"),
    ("ladder", "300万", "第 1 行"), ("first", "200%", "首期付款"), ("bidders_min", "0", "最少竞买人数"),
    ("deposit", "五毛一", "保证金"), ("is_exact", "maybe", "请在所列各项中选择"), ("conditions", "", "请填写本项"),
    ("starts_at", "2026-06-02 09:00", "最早"), ("ends_at", "2026-06-01 09:00", "竞价结束时间应晚于开始时间"),
    ("quantity", "Infinity", "不是有效的数字"), ("contact", "电" * 300, "联系人"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "words"), WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(world: World, field: str, value: str, words: str):
    lot = lot_of(world, "C02", "ascending")
    with clock(NOW):
        desk, form = start(world, lot)
        answer = desk.post(address(lot, "announce/"), form | {field: value, "documents": paper()})
        page = text(answer)
        assert answer.status_code in (200, 422) and words in page, mistakes(answer)
        assert 'value="publish"' not in page and "转让须知.txt" in page
        assert markup.faults(page) == []
    assert queries.auction(lot).state is AuctionState.DRAFTED


def test_one_button_takes_the_earliest_lawful_day_and_moves_what_hangs_on_it(world: World):
    lot = lot_of(world, "C02", "ascending")
    with clock(NOW):
        desk, form = start(world, lot)
        lawful = form["starts_at"]
        early = form | {"starts_at": "2026-06-03 09:00", "ends_at": "2026-06-03 17:00", "apply_until": "2026-06-02 17:00",
                        "deposit_until": "2026-06-02 17:00"}  # fmt: skip
        check = desk.post(address(lot, "announce/"), early | {"documents": paper()})
        assert 'name="adopt" value="starts_at"' in text(check) and "企业国有资产交易监督管理办法" in text(
            check
        )
        mended = proposed(desk.post(address(lot, "announce/"), carried(check) | {"adopt": "starts_at"}))
        assert mended["starts_at"] == lawful and mended["ends_at"].startswith(lawful[:10])
        assert mended["apply_until"][:10] < lawful[:10]


def test_a_reserve_is_not_published_before_its_slip_is_kept(world: World):
    lot = lot_of(world, "C02", "ascending")
    with clock(NOW):
        desk, form = start(world, lot)
        check = desk.post(address(lot, "announce/"), form | {"reserve": "210万", "documents": paper()})
        page = text(check)
        assert "保留价凭证" in page and "data:text/plain" in page and "sha256:" in page
        lost = desk.post(address(lot, "announce/"), carried(check) | {"go": "publish"})
        assert lost.status_code == 422 and "请先下载或者打印保留价凭证" in text(lost)
    assert queries.auction(lot).state is AuctionState.DRAFTED


def test_an_announced_notice_is_amended_through_the_same_three_steps(world: World):
    lot = stage.announced(world)
    with clock(NOW + DAY):
        desk = browser(world.agency)
        form = proposed(desk.get(address(lot, "amend/"))) | {"conditions": "境内法人", "contact": "李工"}
        dull = desk.post(address(lot, "amend/"), form | {"reason": "", "is_material": "no", "go": "check"})
        assert dull.status_code == 422 and "请填写本项" in text(dull)
        said = form | {"reason": "更正联系人", "is_material": "no", "go": "check"}
        check = desk.post(address(lot, "amend/"), said)
        assert check.status_code == 200 and "更正联系人" in text(check), mistakes(check)
        done = desk.post(address(lot, "amend/"), carried(check) | {"go": "publish"})
        assert done.status_code == 303, mistakes(done)
    terms = queries.auction(lot).terms
    assert terms is not None and terms.contact == "李工" and terms.format.timing.starts_at == OPENS


def test_disclosure_is_extended_and_a_short_one_refused(world: World):
    lot = stage.equipment(world)
    late = datetime(2026, 7, 6, 9, tzinfo=BEIJING)
    with clock(NOW + 5 * DAY):
        desk = browser(world.agency)
        short = {
            "apply_until": "2026-06-22 09:00",
            "starts_at": "2026-06-23 09:00",
            "ends_at": "2026-06-23 11:00",
        }
        refused = desk.post(address(lot, "extend/"), short)
        assert refused.status_code == 422 and "每次延长不少于 5 个工作日" in text(refused)
        done = desk.post(address(lot, "extend/"), {
            "apply_until": "2026-07-03 17:00", "starts_at": "2026-07-06 09:00", "ends_at": "2026-07-06 11:00",
        })  # fmt: skip
        assert done.status_code == 303, mistakes(done)
    terms = queries.auction(lot).terms
    assert terms is not None and terms.format.timing.starts_at == late


def test_consent_is_recorded_and_a_day_to_come_refused(world: World):
    lot = lot_of(world, "C02", "ascending")
    with clock(NOW):
        desk = browser(world.agency)
        form = {"authority": "江州市国资委", "on": "2026-06-09", "paper": paper("批复.txt", "同意")}
        late = desk.post(address(lot, "consent/"), form)
        assert late.status_code == 422 and "不能晚于今日" in text(late)
        done = desk.post(
            address(lot, "consent/"), form | {"on": "2026-05-29", "paper": paper("批复.txt", "同意")}
        )
        assert done.status_code == 303
        assert "江州市国资委" in text(desk.get(address(lot, "announce/")))


def test_a_declined_application_is_put_in_order_and_sent_again(world: World):
    lot = lot_of(world, "C02", "ascending")
    assert announced(world, lot, deposit="0")[0].status_code == 303
    bidder = world.bidders[0]
    with clock(NOW + DAY):
        bare = browser(bidder).post(address(lot, "apply/send/"), {"is_pledged": "yes", "send": "yes"})
        assert bare.status_code == 422 and "缺少公告要求的材料" in text(bare)
    assert applied(world, lot, bidder).status_code == 303
    with clock(NOW + 2 * DAY):
        desk, one = browser(world.operator), address(lot, f"applications/{bidder.organisation}/")
        assert desk.post(f"{one}decline/", {"grounds": "  "}).status_code == 422
        assert desk.post(f"{one}decline/", {"grounds": "执照已过期\n授权书未盖章"}).status_code == 303
        assert desk.get(one).status_code == 404
        page = text(browser(bidder).get(address(lot, "apply/")))
        assert "执照已过期" in page and "授权书未盖章" in page and "提交竞买申请" in page
    assert applied(world, lot, bidder, NOW + 2 * DAY + MINUTE * 5).status_code == 303
    with clock(NOW + 3 * DAY):
        again = browser(bidder).post(address(lot, "apply/withdraw/"), {"request": "w"})
        assert again.status_code == 303
        own = sales.own(lot, 1, bidder.organisation)
        assert own is not None and own.label == "已撤回"


def test_the_owners_side_may_not_apply_and_late_comers_are_told_both_moments(world: World):
    lot = lot_of(world, "C02", "ascending")
    assert announced(world, lot, deposit="0")[0].status_code == 303
    terms = queries.auction(lot).terms
    assert terms is not None
    late = applied(world, lot, world.bidders[0], terms.apply_until)
    assert late.status_code == 422 and "报名已于" in text(late) and "到达" in text(late)
    with clock(NOW + DAY):
        assert browser(world.owner).post(address(lot, "apply/send/"), {}).status_code in (403, 404)


def test_a_viewing_is_booked_at_a_time_the_notice_offers(world: World):
    lot = lot_of(world, "C02", "ascending")
    assert announced(world, lot, deposit="0", viewings="2026-06-05 09:00 至 11:30")[0].status_code == 303
    with clock(NOW + DAY):
        desk = browser(world.bidders[0])
        assert "09:00" in text(desk.get(address(lot, "apply/viewing/")))
        for wrong in ("2026-06-05T12:00:00+08:00", "abc", ""):
            assert desk.post(address(lot, "apply/viewing/"), {"on": wrong}).status_code == 422
        (first, *_) = [
            part.split('"')[0]
            for part in text(desk.get(address(lot, "apply/viewing/"))).split('name="on" value="')[1:]
        ]
        assert desk.post(address(lot, "apply/viewing/"), {"on": first}).status_code == 303
        page = text(desk.get(address(lot, "apply/")))
        assert "已预约" in page and "踏勘时间已过" not in page
    with clock(NOW + 6 * DAY):
        page = text(desk.get(address(lot, "apply/")))
        assert "踏勘时间已过" in page and "预约踏勘</a>" not in page


def test_default_is_declared_after_the_day_and_the_lot_announced_again(world: World):
    lot, _ = stage.closed(world)
    when = OPENS + timedelta(hours=3)
    with clock(when):
        services.settle(world.system(), lot, at=when)
        desk = browser(world.agency)
        form = {"breach": "confirmation", "reason": "未按期到场签署"}
        early = desk.post(address(lot, "default/"), form)
        assert early.status_code == 422 and "期限尚未届满" in text(early)
        done = desk.post(address(lot, "default/"), form | {"is_refused": "on"})
        assert done.status_code == 303, mistakes(done)
        assert queries.auction(lot).state is AuctionState.DEFAULTED
        low = desk.post(address(lot, "relist/"), {"start": "0", "reason": "违约"})
        assert low.status_code == 422 and "起始价" in text(low)
        half = desk.post(address(lot, "relist/"), {"start": "259万", "reason": "违约", "authority": "市政府"})
        assert half.status_code == 422 and "书面同意须写明" in text(half)
        done = desk.post(address(lot, "relist/"), {"start": "259万", "reason": "竞得人违约"})
        assert done.status_code == 303, mistakes(done)
        assert queries.auction(lot).round == 2
        assert "第 2 次公告" in text(desk.get(address(lot, "announce/")))


def test_keepers_of_sealed_offers_are_named_and_hand_in_their_keys(world: World):
    lot = lot_of(world, "C02", "sealed_offer")
    keepers = [stage.certified(player) for player in world.custodians]
    with clock(NOW):
        desk = browser(world.agency)
        page = text(desk.get(address(lot, "custody/")))
        boxes = [piece.split('"')[0] for piece in page.split('name="holders" value="')[1:]]
        alone = desk.post(address(lot, "custody/"), {"k": "2", "holders": boxes[:1]})
        assert alone.status_code == 422 and "不能设为 2 位同开" in text(alone)
        assert desk.post(address(lot, "custody/"), {"k": "2", "holders": boxes}).status_code == 303
        assert "公钥未提交" in text(desk.get(address(lot, "custody/")))
        _, form = start(world, lot)
        check = desk.post(address(lot, "announce/"), form | {"documents": paper()})
        assert "位保管人没有提交公钥" in text(check)
        suite = suites.suite("W1")
        for keeper in keepers:
            door = browser(keeper)
            strange = door.post(address(lot, "keys/"), {"file": paper("a.json", "[]")})
            assert strange.status_code == 422 and "不是保管人工具生成的" in text(strange)
            who, private = suites.fingerprint(keeper.certificate), suites.private_from_pem(keeper.key)
            statement = state_key(lot, 1, who, suite.public_of(suite.new_key()), private)
            said = json.dumps(statement.body())
            done = door.post(address(lot, "keys/"), {"file": paper("key.json", said)})
            assert done.status_code == 303, mistakes(done)
        assert "公钥已提交" in text(desk.get(address(lot, "custody/")))
        assert browser(world.bidders[0]).get(address(lot, "keys/")).status_code in (403, 404)
    assert announced(world, lot, ties="earlier", priority="")[0].status_code == 303
