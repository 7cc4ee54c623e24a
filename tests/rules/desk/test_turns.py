"""轮到谁、时间线、下一步: one row per stage."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ggzy.desk import rules
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.trading.dossier.values import Stage, Summary

AT = datetime(2026, 3, 26, 1, tzinfo=UTC)
REGION = RegionCode("980102")


def summary(stage: Stage, **change: Any) -> Summary:
    """A lot at a stage."""
    known: dict[str, Any] = {
        "lot": LotCode("A01-1"), "stage": stage, "title": "教学楼", "owner": CreditCode.make(region=REGION, serial=1),
        "agency": None, "category": "construction", "region": REGION, "method": "open_tender", "nature": "works",
        "estimate": Money.yuan(1), "registered_at": AT - timedelta(days=40),
    }  # fmt: skip
    return Summary(**{**known, **change})


@pytest.mark.parametrize(
    "role, stage, words",
    [
        (Role.OWNER, Stage.REGISTERED, "招标公告"),
        (Role.AGENCY, Stage.CLOSED, "主持开标"),
        (Role.OWNER, Stage.PUBLICITY, "定标"),
        (Role.AGENCY, Stage.EVALUATED, "公示中标候选人"),
        (Role.BIDDER, Stage.CLOSED, "解密"),
        (Role.OPERATOR, Stage.OPENED, "抽取"),
        (Role.OWNER, Stage.FAILED, "重新招标"),
    ],
)
def test_each_stage_is_somebodys_turn(role: Role, stage: Stage, words: str):
    task = rules.task(role, summary(stage), AT)
    assert task is not None and words in task.what


@pytest.mark.parametrize(
    "role, stage, change",
    [
        (Role.AGENCY, Stage.PUBLICITY, {}),  # the owner decides
        (Role.OWNER, Stage.PUBLICITY, {"publicity_until": AT + timedelta(days=1)}),  # the period still runs
        (Role.OWNER, Stage.REGISTERED, {"is_suspended": True}),  # the brake holds
        (Role.AUDITOR, Stage.CLOSED, {}),  # reads, does not act
        (Role.OWNER, Stage.ARCHIVED, {}),
    ],
)
def test_otherwise_it_is_nobodys(role: Role, stage: Stage, change: dict[str, object]):
    assert rules.task(role, summary(stage, **change), AT) is None


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_says_what_comes_next(stage: Stage):
    assert rules.coming(summary(stage), AT).title


TIMES = {"registered": AT - timedelta(days=40), "announced": AT - timedelta(days=30)}


@pytest.mark.parametrize(
    "stage, current",
    [
        (Stage.REGISTERED, "招标公告"),
        (Stage.ANNOUNCED, "投标截止与开标"),
        (Stage.CLOSED, "开标记录"),
        (Stage.OPENED, "评标"),
        (Stage.EVALUATED, "中标候选人公示"),
        (Stage.PUBLICITY, "中标候选人公示"),
        (Stage.AWARDED, "合同"),
        (Stage.CONTRACTED, "履约"),
        (Stage.COMPLETED, "归档"),
    ],
)
def test_timeline_has_one_current_station(stage: Stage, current: str):
    steps = rules.timeline(summary(stage), TIMES)
    assert [step.name for step in steps if step.state == "current"] == [current]


@pytest.mark.parametrize("stage, word", [(Stage.FAILED, "流标"), (Stage.TERMINATED, "终止")])
def test_an_ended_lot_shows_where_it_ended(stage: Stage, word: str):
    steps = rules.timeline(summary(stage), TIMES)
    assert [step.name for step in steps if step.state == "stopped"] == [word]
    assert [step.name for step in steps if step.state == "done"] == ["入场登记", "招标公告"]


def test_a_failed_round_is_forgotten_by_the_next():
    told = [("lot.registered", AT), ("tender.announced", AT), ("tender.failed", AT), ("round.begun", AT)]
    assert rules.moments(told) == {"registered": AT}


def test_an_archived_lot_shows_what_never_came_as_skipped():
    steps = rules.timeline(summary(Stage.ARCHIVED), {**TIMES, "archived": AT})
    assert {step.name: step.state for step in steps}["合同"] == "skipped"


@pytest.mark.parametrize(
    "seat, state, signed, words",
    [
        ("called", "convening", False, "答复评标邀请"),
        ("seated", "scoring", False, "评审打分"),
        ("seated", "concluded", False, "签署评标报告"),
        ("seated", "concluded", True, ""),
        ("seated", "reported", True, ""),
    ],
)
def test_a_member_is_told_the_next_step(seat: str, state: str, signed: bool, words: str):
    assert rules.sitting(seat, state, signed) == words


def test_only_who_has_signed_in_learns_for_what():
    assert rules.told("seated", "教学楼") == "教学楼"
    assert "教学楼" not in rules.told("called", "教学楼")
