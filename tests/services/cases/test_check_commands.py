"""双随机抽查: planned, promised, drawn and run again by a stranger; recused, recorded, published · who may not."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from ggzy.desk.management.commands import verify
from ggzy.foundation.journal import queries as journal
from ggzy.kernel import draw as lottery
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Refused
from ggzy.oversight.cases import queries, rules, services
from ggzy.oversight.cases.models import CheckLeaf
from ggzy.oversight.cases.queries import checks as desk
from ggzy.oversight.cases.rules import checks as check_rules
from ggzy.oversight.cases.values.checks import INSPECTOR, CheckState, Finding
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit import services as services_credit
from ggzy.registers.credit.values import Decision, Gravity, NewRecord, RecordKind
from tests import world as cast
from tests.world import CITY, START, World
from verify import program

DAY = timedelta(days=1)
NONCES = {"supervisor": b"s" * 32, "centre": b"c" * 32, "inspector": b"i" * 32}


@pytest.fixture
def team(world: World):
    """Three more supervisors, so that two can be drawn."""
    authority = (world.supervisor.organisation, world.supervisor.organisation_name)
    return [cast._player(name, world.supervisor.role, *authority) for name in ("甲", "乙", "丙")]


def planned(world: World, item: str = "bidder") -> str:
    return services.plan_check(world.supervisor.acts(), item, CITY, at=START).subject.split("/")[1]


def givers(world: World):
    return {"supervisor": world.supervisor, "centre": world.operator}


def drawn(world: World, item: str = "bidder") -> str:
    code = planned(world, item)
    for party, player in givers(world).items():
        promise = lottery.commitment(code, party, 0, NONCES[party])
        services.commit_check(player.acts(), code, promise, at=START)
    services.close_check(world.supervisor.acts(), code, at=START)
    for party, player in givers(world).items():
        services.reveal_check(player.acts(), code, NONCES[party], at=START)
    services.draw_check(world.supervisor.acts(), code, at=START)
    return code


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_draw_is_run_again_by_the_offline_verifier_and_every_forgery_is_found(world: World, team, tmp_path):
    code = drawn(world)
    first = desk.check(code, START).inspectors[0]
    services.recuse_inspector(world.supervisor.acts(), code, first.subject, "与对象有利害关系", at=START)
    told = desk.replay(desk.check(code, START))
    zeros = "00" * lottery.SIZE
    forged = [{**told, name: zeros} for name in ("seed", "head", "request", "pool_root", "excluded_root")]
    forged += [
        {**told, "drawn": told["drawn"][1:]},
        {**told, "region": "980200"},
        {**told, "givers": told["givers"][:1]},
    ]
    forged.append({**told, "drawn": [{**told["drawn"][0], "subject": "另一家"}, *told["drawn"][1:]]})
    forged.append({**told, "leaves": told["leaves"] * 2})
    forged.append({"check": code})
    file = tmp_path / "抽查.json"
    for given, expected in ((told, 0), *((one, 1) for one in forged), ({**told, "seed": None}, 2)):
        file.write_text(json.dumps(given))
        assert program.main(["verify", str(file)]) == expected, given
    file.write_text("[1")
    assert program.main(["verify", str(file)]) == 1
    assert program.main(["verify", str(tmp_path / "没有.json")]) == 2


def test_draw_is_run_again_by_a_stranger_from_what_is_published(world: World, team):
    told = json.loads(json.dumps(desk.replay(desk.check(drawn(world), START))))
    unhex = bytes.fromhex
    leaves = {
        group: {unhex(one["leaf"]): one["weight"] for one in told["leaves"] if one["group"] == group}
        for group in ("normal", INSPECTOR)
    }
    assert lottery.root([leaf for some in leaves.values() for leaf in some]).hex() == told["pool_root"]
    nonces = {one["party"]: unhex(one["nonce"]) for one in told["givers"]}
    for one in told["givers"]:
        assert (
            lottery.commitment(told["check"], one["party"], 0, nonces[one["party"]]).hex()
            == one["commitment"]
        )
    seed = lottery.seed(
        request=unhex(told["request"]), pool=unhex(told["pool_root"]), excluded=unhex(told["excluded_root"]),
        head=unhex(told["head"]), nonces=nonces,
    )  # fmt: skip
    assert seed.hex() == told["seed"]
    for seat in told["seats"]:
        weights = leaves[seat["group"]]
        order = sorted(weights, key=lambda leaf: min(tickets_of(leaf, weights[leaf], seed)))
        chosen = set(order[: seat["wanted"]])
        found = {
            rules_leaf(one["group"], one["subject"], unhex(one["salt"]), weights)
            for one in told["drawn"]
            if one["group"] == seat["group"]
        }
        assert chosen == found
    assert [one["wanted"] for one in told["seats"]] == [2, 1]  # a team of two, one of five firms


def tickets_of(leaf: bytes, weight: int, seed: bytes) -> list[bytes]:
    """As docs say it: one ticket for the leaf, one for each hash of leaf and number."""
    made = [leaf, *(hashlib.sha256(leaf + bytes([0, number])).digest() for number in range(1, weight))]
    return [hmac.digest(seed, b"ggzy.draw.ticket/1" + one, "sha256") for one in made]


def rules_leaf(group: str, subject: str, salt: bytes, weights: dict[bytes, int]) -> bytes:
    """The leaf of a drawn subject: found under the weight with which it was committed, and no other."""
    for weight in sorted(set(weights.values())):
        named = {"group": group, "subject": subject} | ({"weight": weight} if weight != 1 else {})
        leaf = lottery.leaf(salt, json.dumps(named, separators=(",", ":")).encode())
        if weights.get(leaf) == weight:
            return leaf
    raise AssertionError(f"{subject} was not in the pool")


def test_tickets_follow_credit_and_are_committed_with_the_pool(world: World, team):
    bad, good = world.bidders[0].organisation, world.bidders[1].organisation
    services_credit.record(
        world.supervisor.acts(),
        NewRecord(
            bad, RecordKind.PENALTY, "串通投标", "罚款", Decision("江州市住建局", "1号", "招标投标法 §53", START.date()),
            gravity=Gravity.SERIOUS,
        ),
        at=START,
    )  # fmt: skip
    assert credit.tickets(bad, START) > credit.tickets(good, START)
    code = planned(world)
    rows = CheckLeaf.objects.filter(check_row=code)
    assert {row.subject: row.weight for row in rows if row.group != INSPECTOR} == credit.all_tickets(
        [player.organisation for player in world.bidders], START
    )
    (fact,) = journal.facts(subject=f"check/{code}", kinds=("check.planned",))
    assert fact.event.weights == tuple(row.weight for row in rows)


def test_more_tickets_are_drawn_more_often_and_one_leaf_cannot_change_its_weight():
    """Four tickets against one each of four: drawn first half the time. 2,000 seeds, bounds of five sigma."""
    pool = [check_rules.leaf("normal", "bad", "甲", b"a" * 32, 4)]
    pool += [check_rules.leaf("normal", f"good-{number}", "乙", bytes([number]) * 32) for number in range(4)]
    firsts = [
        check_rules.ordered(pool, "normal", hashlib.sha256(bytes([n // 256, n % 256])).digest())[0].subject
        for n in range(2000)
    ]
    assert 888 < firsts.count("bad") < 1112
    assert check_rules.leaf("normal", "bad", "甲", b"a" * 32, 2).leaf != pool[0].leaf


def test_nobody_alone_decides_and_nobody_changes_a_promise(world: World, team):
    code = planned(world)
    promise = lottery.commitment(code, "supervisor", 0, NONCES["supervisor"])
    services.commit_check(world.supervisor.acts(), code, promise, at=START)
    with pytest.raises(Refused) as refused:
        services.commit_check(world.supervisor.acts(), code, b"x" * 32, at=START)
    assert codes(refused) == ["committed"]
    with pytest.raises(Refused) as refused:
        services.close_check(world.supervisor.acts(), code, at=START)
    assert codes(refused) == ["witness_missing"]
    services.commit_check(world.inspector.acts(), code, b"w" * 32, at=START)
    services.close_check(world.supervisor.acts(), code, at=START)
    with pytest.raises(Refused) as refused:
        services.reveal_check(world.supervisor.acts(), code, b"n" * 32, at=START)
    assert codes(refused) == ["nonce_differs"]
    with pytest.raises(Refused) as refused:
        services.reveal_check(world.operator.acts(), code, b"n" * 32, at=START)
    assert codes(refused) == ["no_giver"]
    with pytest.raises(Refused) as refused:
        services.draw_check(world.supervisor.acts(), code, at=START)
    assert codes(refused) == ["silent"]
    services.abandon_check(world.supervisor.acts(), code, "一方未公开随机数", at=START)
    assert desk.check(code, START).state is CheckState.ABANDONED


def test_recused_inspector_is_followed_by_the_next_ticket(world: World, team):
    code = drawn(world)
    before = desk.check(code, START)
    gone = before.inspectors[0].subject
    services.recuse_inspector(world.supervisor.acts(), code, gone, "近亲属任职", at=START)
    after = desk.check(code, START)
    assert len(after.inspectors) == 2 and gone not in {one.subject for one in after.inspectors}
    with pytest.raises(Refused) as refused:
        services.recuse_inspector(world.supervisor.acts(), code, gone, "再次", at=START)
    assert codes(refused) == ["no_inspector"]


def test_results_are_published_in_time_and_noted(world: World, team):
    code = drawn(world)
    (one,) = desk.check(code, START).results
    with pytest.raises(Refused) as refused:
        services.publish_check(world.supervisor.acts(), code, at=START)
    assert codes(refused) == ["waiting"]
    act = world.supervisor.acts
    with pytest.raises(Refused) as refused:
        services.record_result(act(), code, one.party, Finding.RECTIFY, "人员未到岗", at=START)
    assert codes(refused) == ["rectify_by"]
    until = local_date(START + 30 * DAY)
    services.record_result(act(), code, one.party, Finding.RECTIFY, "人员未到岗", until, at=START)
    with pytest.raises(Refused) as refused:
        services.record_result(act(), code, one.party, Finding.CLEAN, "改口", at=START)
    assert codes(refused) == ["recorded"]
    assert (
        desk.check(code, START + 27 * DAY).is_overdue is False
        and desk.check(code, START + 40 * DAY).is_overdue
    )
    services.publish_check(act(), code, at=START + DAY)
    (record,) = credit.records_of(one.party)
    assert record.decision.document == code and record.gravity is not None and record.gravity.value == "minor"
    services.recheck(act(), code, one.party, "已整改", at=START + 31 * DAY)
    assert desk.check(code, START).results[0].recheck == "已整改"


def test_same_object_rests_after_a_check(world: World, team):
    code = drawn(world)
    (one,) = desk.check(code, START).results
    item = desk.items()["bidder"]
    library, left_out = desk.objects(item, CITY, START + DAY)
    assert one.party in left_out and one.party not in {code for _, code, _ in library}
    library, left_out = desk.objects(item, CITY, START + 181 * DAY)
    assert left_out == [] and len(library) == 5


def test_too_few_inspectors_or_objects_are_refused(world: World):
    with pytest.raises(Refused) as refused:
        planned(world)
    assert codes(refused) == ["inspectors_missing"]
    with pytest.raises(Refused) as refused:
        planned(world, "weather")
    assert codes(refused) == ["item_unknown", "objects_missing", "inspectors_missing"]


def test_who_may_not(world: World, team):
    code = planned(world)
    for player in (world.owner, world.operator, world.inspector, world.auditor, world.bidders[0]):
        with pytest.raises(Forbidden):
            services.close_check(player.acts(), code, at=START)
    for player in (world.owner, world.auditor, world.bidders[0]):
        with pytest.raises(Forbidden):
            services.commit_check(player.acts(), code, b"x" * 32, at=START)
    with pytest.raises(Missing):
        services.close_check(world.other_supervisor.acts(), code, at=START)
    with pytest.raises(Forbidden):
        services.plan_check(world.other_supervisor.acts(), "bidder", CITY, at=START)


def test_facts_and_rows_of_a_check_agree(world: World, team):
    code = drawn(world)
    (one,) = desk.check(code, START).results
    services.record_result(world.supervisor.acts(), code, one.party, Finding.CLEAN, "未见异常", at=START)
    services.publish_check(world.supervisor.acts(), code, at=START)
    assert rules.fold(verify.facts_of(code, ("check",))) == queries.standing(code)
    assert "check.published" in {fact.kind for fact in journal.facts(subject=f"check/{code}")}
